import { ChangeAward } from '../../src/grants/index.ts';
import { SetFundRules } from '../../src/funds/index.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { OpenRun } from '../../src/payments/index.ts';
import { refusalOf } from './attack.ts';
import { finishRun } from './complete-run.ts';
import { grantFund, knownFamily, NO_RULES, takeApplicationTo } from './grants-scene.ts';
import type { GuardScene } from './guard-scene.ts';
import { workOff } from './outbox-by-hand.ts';
import { testHouse, type TestHouse } from './test-house.ts';

/** Opens a house with an application in every state, an award that is partly paid, and the next part in a run. */
export async function grantsGuardScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { council, app } = house;
  const names: Record<string, string> = { ours: council.id, theirs: house.other.id, ...council.userIds };
  names.fund = await grantFund(app, council, '5000.00');
  await app.get(SetFundRules).run(operatorOf(council.id), names.fund, { ...NO_RULES, emergencyCap: '500.00' });
  for (const stage of ['draft', 'recommended', 'changes_asked', 'declined', 'approved', 'emergency'] as const) {
    names[`family_${stage}`] = await knownFamily(house, `G-${stage}`);
    names[stage] = await takeApplicationTo(house, names[`family_${stage}`] as string, stage);
  }
  names.their_family = await knownFamily(house, 'THEIRS', house.other);
  const { runId } = await app
    .get(ChangeAward)
    .payToday(council.actors.finance, await awardOf(house, names.emergency as string));
  names.emergency_run = runId;
  await workOff(app, council.id);
  names.paid_run = await grantsRun(house, '2026-11-18', true);
  names.open_run = await grantsRun(house, '2026-11-25', false);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.finance }, fill(sql));
  return { house, names, attack };
}

async function grantsRun({ app, council }: TestHouse, payDate: string, isPaid: boolean): Promise<string> {
  const { runId } = await app.get(OpenRun).run(council.actors.finance, payDate as PlainDate, undefined, 'grants');
  await workOff(app, council.id);
  if (isPaid) await finishRun(app, council, runId);
  return runId;
}

async function awardOf({ superuser }: TestHouse, applicationId: string): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(`select id from grants.award where application_id = $1`, [
    applicationId,
  ]);
  return rows[0]?.id ?? '';
}
