import { DecideBankDetails, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { OpenRun } from '../../src/payments/index.ts';
import { refusalOf } from './attack.ts';
import { child, familyRows, takeIn } from './caseload.ts';
import { completeRun } from './complete-run.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestCouncil } from './test-council.ts';
import { testHouse, type TestHouse } from './test-house.ts';

/** A refusal to be seen: the name of what refuses, what is tried, and the SQL that tries it. */
export type Attack = readonly [guard: string, what: string, sql: string];

/** A council with something in every state, to attack. */
export interface GuardScene {
  readonly house: TestHouse;
  /** Numbers by name; `{name}` in an attack's SQL stands for one. */
  readonly names: Readonly<Record<string, string>>;
  attack(sql: string, as?: 'appClient' | 'owner'): Promise<string>;
}

const RUNS = [
  ...[['exported', 'thursday', '2026-11-26'] as const, ['in_approval', 'friday', '2026-11-27'] as const],
  ...[['priced', 'wednesday', '2026-11-25'] as const, ['approved', 'monday', '2026-11-30'] as const],
];

/** Opens a house with runs in every state, families with bank details in every state, and the same in a second council. */
export async function guardScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { app, council, other } = house;
  await takeInForEveryDay(house, council);
  await takeIn(app, other, [...familyRows('THEIRS-1'), ...familyRows('THEIRS-2')]);
  const names: Record<string, string> = { ours: council.id, theirs: other.id };
  Object.assign(names, council.userIds);
  for (const [stage, , payDate] of RUNS) names[stage] = await completeRun(app, council, payDate, stage);
  names.releasing = await completeRun(app, council, '2026-12-03', 'releasing');
  names.pricing = await pricingRun(house);
  names.their_run = await completeRun(app, other, '2026-11-26', 'exported');
  names.their_user = other.userIds.manager;
  await bankDetailsInEveryState(house);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.finance }, fill(sql));
  return { house, names, attack };
}

/** Declares one test for each attack. */
export function itRefuses(scene: () => GuardScene, attacks: readonly Attack[], as?: 'appClient' | 'owner'): void {
  for (const [guard, what, sql] of attacks)
    it(`refuses ${what} [${guard}]`, async () => {
      expect(await scene().attack(sql, as)).toBe(guard);
    });
}

async function takeInForEveryDay(house: TestHouse, council: TestCouncil): Promise<void> {
  const rows = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].flatMap((day) => [
    ...familyRows(`${day}-1`, { pay_day: day, paid_up_to: '2026-11-24' }, child('2020-02-03')),
    ...familyRows(`${day}-2`, { pay_day: day, paid_up_to: '2026-11-24' }),
  ]);
  await takeIn(house.app, council, rows);
}

async function pricingRun({ app, council }: TestHouse): Promise<string> {
  const { runId } = await app.get(OpenRun).run(council.actors.finance, '2026-11-24' as PlainDate);
  await workOff(app, council.id, ['subsistence.price-batch', 'payments.post-run']);
  return runId;
}

async function bankDetailsInEveryState({ app, council, owner }: TestHouse): Promise<void> {
  await owner.query(`select set_config('mainstay.authority', $1, false)`, [council.id]);
  const found = await owner.query<{ id: string }>(`select id from families.family order by id limit 2`);
  const details = { sortCode: '000015', accountNumber: '12345679', accountName: 'New Account' };
  for (const [index, { id }] of found.rows.entries()) {
    const { bankDetailsId } = await app.get(ProposeBankDetails).run(council.actors.caseworker, id, details);
    if (index === 0) await app.get(DecideBankDetails).run(council.actors.manager, bankDetailsId, 'refuse');
  }
}
