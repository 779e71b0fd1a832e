import {
  AskForReview,
  DecideApplication,
  PutForward,
  reviewDetail,
  SettleReview,
  WriteApplication,
} from '../../src/grants/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { refusalOf } from './attack.ts';
import { limitTo } from './grants-asked.ts';
import { ANSWERS, grantFund, knownFamily, NO_INTEREST, WHY_NOT, whyNot } from './grants-scene.ts';
import type { GuardScene } from './guard-scene.ts';
import { testHouse, type TestHouse } from './test-house.ts';

const ITEMS = [{ code: 'rent-arrears', amount: '240.00' }];
/** The day on which raw SQL is tried: that of the house's clock. */
const TODAY = `select set_config('mainstay.today', '2026-11-16', true);`;
const STAGES = ['recommended', 'declined', 'asked', 'in_review', 'upheld', 'overturned'] as const;

/** Opens a house with a refusal in every state of its review; the second manager acts when raw SQL is tried. */
export async function reviewsGuardScene(): Promise<GuardScene> {
  const house = await testHouse();
  const { council, app, superuser } = house;
  const names: Record<string, string> = { ours: council.id, ...council.userIds };
  names.fund = await grantFund(app, council, '5000.00');
  for (const stage of STAGES) {
    names[`family_${stage}`] = await knownFamily(house, `R-${stage}`);
    names[stage] = await takeTo(house, names[`family_${stage}`] as string, stage);
    const { rows } = await superuser.query<{ id: string }>(`select id from grants.review where application_id = $1`, [
      names[stage],
    ]);
    names[`review_${stage}`] = rows[0]?.id ?? '';
  }
  for (const kind of ['grant-award', 'grant-review'] as const) await limitTo(house, 'finance', '100.00', { kind });
  const known = `select (select approval_id from grants.application where id = $1) as request,
    (select id from grants.answer where application_id = $2) as answer,
    (select id from grants.answer where application_id = $3 and what = 'upheld') as last_answer`;
  const { rows } = await superuser.query<Record<string, string>>(known, [
    ...[names.recommended, names.declined, names.upheld],
  ]);
  Object.assign(names, rows[0]);
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  const attack = (sql: string, as: 'appClient' | 'owner' = 'appClient'): Promise<string> =>
    refusalOf(house[as], { authorityId: council.id, userId: council.userIds.manager2 }, fill(TODAY + sql));
  return { house, names, attack };
}

async function takeTo(house: TestHouse, familyId: string, stage: (typeof STAGES)[number]): Promise<string> {
  const { app, council } = house;
  const { caseworker, manager, manager2 } = council.actors;
  const asked = { fundCode: 'early-action', ...ANSWERS, items: ITEMS };
  const { applicationId } = await app.get(WriteApplication).start(caseworker, familyId, asked);
  await app.get(PutForward).submit(caseworker, applicationId);
  const { fingerprint } = await app.get(PutForward).recommend(caseworker, applicationId, 'It helps.');
  if (stage === 'recommended') return applicationId;
  const words = { ...NO_INTEREST, ...WHY_NOT, ...(await whyNot(app, manager)) };
  await app.get(DecideApplication).run(manager, applicationId, { ...words, outcome: 'declined', fingerprint });
  if (stage === 'declined') return applicationId;
  const { reviewId } = await app.get(AskForReview).byWorker(caseworker, applicationId, { words: 'Please look again.' });
  if (stage === 'asked') return applicationId;
  await app.get(AskForReview).passOn(caseworker, reviewId, '');
  if (stage === 'in_review') return applicationId;
  const look = { name: 'test.look', actor: manager2 };
  const seen = await app.get(UnitOfWork).run(look, (tx) => reviewDetail(tx, reviewId));
  await app.get(SettleReview).run(manager2, reviewId, { ...words, outcome: stage, fingerprint: seen.fingerprint });
  return applicationId;
}
