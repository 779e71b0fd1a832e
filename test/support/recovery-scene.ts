import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { Drafts, UnitOfWork } from '../../src/platform/index.ts';
import { ProposeRecovery, RecoveryPreviews, SetRecoveryFloor } from '../../src/subsistence/index.ts';
import type { TestHouse } from './test-house.ts';

/** A recovery that waits for a manager, and what always stays with a family: in force, and proposed anew. */
export interface RecoveryScene {
  readonly id: string;
  readonly floor: string;
}

const TODAY = '2026-12-04' as PlainDate;

/** Sets a floor, and writes down what the family of an overpayment agreed to pay back. */
export async function recoveryScene(house: TestHouse, overpaymentId: string): Promise<RecoveryScene> {
  const { app, council } = house;
  const { administrator, caseworker, finance } = council.actors;
  const floors = app.get(SetRecoveryFloor);
  const { floorId } = await floors.propose(administrator, {
    ...{ percent: 80, weekly: Money.gbp('30.00'), reason: 'Agreed by the panel of November' },
  });
  await floors.decide(finance, floorId, { outcome: 'approved', reason: '' });
  const again = { percent: 90, weekly: Money.gbp('30.00'), reason: 'Less should be taken' };
  const { choices } = await app
    .get(UnitOfWork)
    .read(caseworker, (tx) => app.get(RecoveryPreviews).ground(tx, overpaymentId));
  const startsOn = choices[0]?.coversFrom;
  if (!startsOn) throw new Error('no payment ahead could be smaller');
  const agreed = { weekly: '4.00', startsOn, agreedOn: TODAY, agreedWith: 'The mother' };
  const known = { explainedIn: 'Spanish, with an interpreter', evidence: 'She agreed during the visit.' };
  const { recoveryId } = await app.get(ProposeRecovery).run(caseworker, overpaymentId, { ...agreed, ...known });
  await app.get(Drafts).keep(caseworker, `overpayments/recovery/${overpaymentId}`, {
    agreed: { ...agreed, ...known },
    form: { ...agreed, ...known, 'agreedOn-day': '4', 'agreedOn-month': '12', 'agreedOn-year': '2026' },
  });
  return { id: recoveryId, floor: (await floors.propose(administrator, again)).floorId };
}
