import { AskForGrant, FollowAward, KeepEvidence, TakeUp } from '../../src/grants/index.ts';
import { LookAtFamilyPage } from '../../src/notices/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import type { FamilyPagesScene } from './family-pages-scene.ts';
import { boxes } from './form-filler.ts';
import type { GrantsPageScene } from './grants-page-scene.ts';
import { A_PDF } from './partners-guard-scene.ts';
import { referral } from './referral-scene.ts';
import type { TestHouse } from './test-house.ts';

/** What partners and families asked for in the scene. */
export interface PartnersPageScene {
  readonly agency: string;
  readonly referral: Readonly<Record<'received' | 'taken_up' | 'closed', string>>;
  readonly referredApplication: string;
  readonly familyRequest: string;
  readonly followUp: string;
}

/** Lets a partner refer three families, and two families ask; files, a conference, a half-written referral. */
export async function partnersPageScene(
  house: TestHouse,
  familyId: string,
  { grant }: GrantsPageScene,
  { familySessions }: FamilyPagesScene,
): Promise<PartnersPageScene> {
  const { app, council, superuser } = house;
  const { caseworker, partner } = council.actors;
  const received = await referral(house, { postcode: 'NR1 1AA' });
  await app.get(KeepEvidence).add(partner, { referralId: received }, { name: 'Tenancy.pdf', bytes: A_PDF });
  const takenUp = await referral(house, { leadName: 'Mariam Yusuf', hearsOutcome: true });
  const { applicationId } = await app
    .get(TakeUp)
    .referral(caseworker, takenUp, { whose: { familyId }, fundCode: 'early-action' });
  await app.get(KeepEvidence).add(caseworker, { applicationId }, { name: 'Letter.pdf', bytes: A_PDF });
  const held = {
    heldOn: '2026-11-12' as PlainDate,
    agencies: 'School, health visitor',
    recommendation: 'Pay the arrears.',
  };
  await app.get(FollowAward).recordConference(caseworker, applicationId, held);
  const closed = await referral(house, { leadName: 'Rosa Pereira' });
  await app.get(TakeUp).closeReferral(caseworker, closed, 'Another council supports them.');
  const asked: string[] = [];
  for (const secret of [familySessions.family, familySessions['family in Arabic']]) {
    const guest = await app.get(LookAtFamilyPage).find(secret, null);
    if (!guest) throw new Error('the session is over');
    const need = guest.language === 'ar' ? 'نحتاج إلى طعام' : 'We have nothing to cook until Friday.';
    asked.push((await app.get(AskForGrant).run(guest, { codes: ['food', 'cooker'], need })).requestId);
  }
  const form = { agreed: 'yes', consentBy: 'Amina Diallo', consentHow: 'in-person', hearsOutcome: 'no' };
  await app.get(Drafts).keep(partner, 'referrals/new', {
    family: { leadName: 'Amina Diallo', reach: 'Call 07700 900321', children: 'Samba, 4', postcode: 'NR1 1AA' },
    consent: { ...form, ...boxes('consentOn', '2026-11-15') },
    needs: { codes: ['food', 'bed'], need: 'The cupboard is empty.' },
    analysis: { analysis: 'She shares one room with two children.' },
  });
  const { rows } = await superuser.query<{ id: string }>(
    `select id from grants.follow_up where application_id = $1 order by due_on limit 1`,
    [grant.approved],
  );
  return {
    ...{ agency: council.agencyId, referral: { received, taken_up: takenUp, closed } },
    ...{ referredApplication: applicationId, familyRequest: asked[0] ?? '', followUp: rows[0]?.id ?? '' },
  };
}
