import { DecideApplication, PutForward, WriteApplication } from '../../src/grants/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { OpenRun } from '../../src/payments/index.ts';
import { refusalOf } from './attack.ts';
import { finishRun } from './complete-run.ts';
import { ANSWERS, grantFund, knownFamily, NO_INTEREST } from './grants-scene.ts';
import type { GuardScene } from './guard-scene.ts';
import { workOff } from './outbox-by-hand.ts';
import { whyNot } from './reviews-scene.ts';
import { testHouse, type TestHouse } from './test-house.ts';

const ITEMS = [
  { code: 'rent-arrears', amount: '240.00' },
  { code: 'food', amount: '60.00', instalments: 3 },
];

/** How far an application is taken. */
type Stage = 'draft' | 'recommended' | 'changes_asked' | 'declined' | 'approved';

/** Opens a house with an application in every state, an award that is partly paid, and the next part in a run. */
export async function grantsGuardScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { council, app } = house;
  const names: Record<string, string> = { ours: council.id, theirs: house.other.id, ...council.userIds };
  names.fund = await grantFund(app, council, '5000.00');
  for (const stage of ['draft', 'recommended', 'changes_asked', 'declined', 'approved'] as const) {
    names[`family_${stage}`] = await knownFamily(house, `G-${stage}`);
    names[stage] = await takeTo(house, names[`family_${stage}`] as string, stage);
  }
  names.their_family = await knownFamily(house, 'THEIRS', house.other);
  names.paid_run = await grantsRun(house, '2026-11-18', true);
  names.open_run = await grantsRun(house, '2026-11-25', false);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.finance }, fill(sql));
  return { house, names, attack };
}

async function takeTo({ app, council }: TestHouse, familyId: string, stage: Stage): Promise<string> {
  const { caseworker, manager } = council.actors;
  const asked = { fundCode: 'early-action', ...ANSWERS, items: ITEMS };
  const { applicationId } = await app.get(WriteApplication).start(caseworker, familyId, asked);
  if (stage === 'draft') return applicationId;
  await app.get(PutForward).submit(caseworker, applicationId);
  const { fingerprint } = await app.get(PutForward).recommend(caseworker, applicationId, 'It helps.');
  if (stage === 'recommended') return applicationId;
  const decision = { ...NO_INTEREST, outcome: stage, fingerprint, reason: 'Because.', ...(await whyNot(app, council.actors.manager)) } as const;
  await app.get(DecideApplication).run(manager, applicationId, decision);
  return applicationId;
}

async function grantsRun({ app, council }: TestHouse, payDate: string, isPaid: boolean): Promise<string> {
  const { runId } = await app.get(OpenRun).run(council.actors.finance, payDate as PlainDate, undefined, 'grants');
  await workOff(app, council.id);
  if (isPaid) await finishRun(app, council, runId);
  return runId;
}
