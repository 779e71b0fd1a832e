import type { INestApplicationContext } from '@nestjs/common';
import { familyByReference } from '../families/index.ts';
import { ReferFamily, TakeUp } from '../grants/index.ts';
import { addDays } from '../kernel/index.ts';
import { Clock, UnitOfWork } from '../platform/index.ts';
import type { DemoCouncil } from './council.ts';
import { actorOf, peopleOf } from './people.ts';

/** Has the partner refer two families: one is being looked at, the other waits to be taken up. */
export async function partnersStory(
  app: INestApplicationContext,
  council: DemoCouncil,
  fundCode: string,
): Promise<void> {
  const [partner, { caseworker }] = [actorOf(council, 'partner'), peopleOf(council)];
  const consentOn = addDays(app.get(Clock).today(), -1);
  const agreed = { consentHow: 'in-person', consentOn, hearsOutcome: true, postcode: '', born: null } as const;
  const underWay = await app.get(ReferFamily).run(partner, {
    ...{ ...agreed, leadName: 'Nadia Rahman', consentBy: 'Nadia Rahman', children: 'Two, at primary school' },
    ...{ reach: 'Through us, on 01632 960123', need: 'Shoes and coats before the frost.', codes: ['clothing'] },
    analysis: 'She moved twice since summer. The school lends coats, but not over the holidays.',
  });
  const familyId = await app.get(UnitOfWork).read(caseworker, (tx) => familyByReference(tx, 'P-HELD'));
  await app.get(TakeUp).referral(caseworker, underWay.referralId, { whose: { familyId }, fundCode });
  await app.get(ReferFamily).run(partner, {
    ...{ ...agreed, leadName: 'Amina Diallo', consentBy: 'Amina Diallo', children: 'Samba, 4' },
    ...{ reach: 'Call 07700 900321 on weekday mornings', need: 'The cupboard is empty.', codes: ['food', 'bed'] },
    analysis: 'She and her son share one bed in a friend’s room, until Sunday at the latest.',
  });
}
