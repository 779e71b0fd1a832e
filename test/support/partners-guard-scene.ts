import { AskForGrant, FollowAward, KeepEvidence, TakeUp } from '../../src/grants/index.ts';
import { KeepAgency } from '../../src/identity/index.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { LookAtFamilyPage, OpenFamilyPage } from '../../src/notices/index.ts';
import { refusalOf } from './attack.ts';
import { codeOf } from './family-visitor.ts';
import { grantFund, knownFamily, takeApplicationTo } from './grants-scene.ts';
import type { GuardScene } from './guard-scene.ts';
import { referral } from './referral-scene.ts';
import { testHouse, type TestHouse } from './test-house.ts';

/** A file that begins as a PDF does. */
export const A_PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');

/** Opens a house with referrals and requests in every state, files, a conference, and an award to be followed up. */
export async function partnersGuardScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { app, council } = house;
  const names: Record<string, string> = { ours: council.id, theirs: house.other.id, ...council.userIds };
  Object.assign(names, { agency: council.agencyId, their_agency: house.other.agencyId });
  names.fund = await grantFund(app, council, '5000.00');
  for (const name of ['family', 'other_family']) names[name] = await knownFamily(house, `P-${name}`);
  await referrals(house, names);
  await requests(house, names);
  const awarded = await takeApplicationTo(house, names.other_family as string, 'approved');
  names.awarded = awarded;
  const { caseworker, partner } = council.actors;
  await app.get(KeepEvidence).add(caseworker, { applicationId: awarded }, { name: 'a.pdf', bytes: A_PDF });
  await app.get(KeepEvidence).add(partner, { referralId: names.received as string }, { name: 'b.pdf', bytes: A_PDF });
  const held = { heldOn: '2026-11-12' as PlainDate, agencies: 'School', recommendation: 'Help with the rent.' };
  await app.get(FollowAward).recordConference(caseworker, awarded, held);
  await closedAgency(house, names);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.finance }, fill(sql));
  return { house, names, attack };
}

async function referrals(house: TestHouse, names: Record<string, string>): Promise<void> {
  const { caseworker } = house.council.actors;
  names.received = await referral(house);
  names.elsewhere = await referral(house, { agency: 'Southtown Aid', leadName: 'Somebody Else' });
  names.taken_up = await referral(house);
  const whose = { familyId: names.family as string };
  const taken = await house.app.get(TakeUp).referral(caseworker, names.taken_up, { whose, fundCode: 'early-action' });
  names.referred = taken.applicationId;
}

async function requests(house: TestHouse, names: Record<string, string>): Promise<void> {
  const secret = await house.app.get(OpenFamilyPage).run(await codeOf(house, names.family as string), 'a telephone');
  const guest = await house.app.get(LookAtFamilyPage).find(secret, null);
  if (!guest) throw new Error('the code opened nothing');
  const asked = { codes: ['food'], need: 'We need food' };
  names.open_request = (await house.app.get(AskForGrant).run(guest, asked)).requestId;
  names.taken_request = (await house.app.get(AskForGrant).run(guest, asked)).requestId;
  const { caseworker } = house.council.actors;
  const taken = await house.app.get(TakeUp).request(caseworker, names.taken_request, 'early-action');
  names.requested = taken.applicationId;
}

async function closedAgency({ app, council }: TestHouse, names: Record<string, string>): Promise<void> {
  const operator = operatorOf(council.id);
  const keep = app.get(KeepAgency);
  const { agencyId } = await keep.add(operator, { name: 'Closed Aid', contact: 'Nobody' });
  const person = { email: 'closed@agency.example', name: 'Closed' };
  names.closed_person = (await keep.addPerson(operator, agencyId, person)).userId;
  await keep.close(operator, agencyId, 'It has ended.');
  names.closed_agency = agencyId;
}
