import { AgreeFundRules, SetFundRules } from '../../src/funds/index.ts';
import { AskForReview, ChangeAward, GiveBack } from '../../src/grants/index.ts';
import { Money, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { finishRun } from './complete-run.ts';
import { type GrantStage, grantFund, NO_RULES, takeApplicationTo } from './grants-scene.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestHouse } from './test-house.ts';

/** Applications at every stage, by it; and the fund that pays them. */
export interface GrantsPageScene {
  readonly grantFund: string;
  readonly grant: Readonly<Record<GrantStage, string>>;
  /** Reviews of refusals: to be passed on, and with a reviewer. */
  readonly review: Readonly<Record<'asked' | 'inReview', string>>;
  /** Rules for the fund that wait for a second person. */
  readonly fundRules: string;
  /** Somebody who helps families. */
  readonly signpost: string;
  /** An application whose award was paid, and money of it that is given back. */
  readonly paidGrant: { readonly id: string; readonly givenBack: string };
}

const STAGES = [
  ...(['draft', 'recommended', 'changes_asked', 'declined', 'approved', 'emergency', 'submitted'] as const),
];

/** Has a family apply again and again, so that there is an application at every stage; others are refused once. */
export async function grantsPageScene(
  house: TestHouse,
  familyId: string,
  refusedFamilies: readonly string[],
): Promise<GrantsPageScene> {
  const fundId = await grantFund(house.app, house.council, '5000.00');
  const rules = { ...NO_RULES, programme: 'Early action', buys: ['housing', 'food'], emergencyCap: '500.00' };
  await house.app.get(SetFundRules).run(operatorOf(house.council.id), fundId, rules);
  await house.superuser.query(`update families.family set safe_checked_on = '2026-12-01' where id = $1`, [familyId]);
  const grant: Partial<Record<GrantStage, string>> = {};
  for (const stage of STAGES) grant[stage] = await takeApplicationTo(house, familyId, stage);
  for (const refused of refusedFamilies) await takeApplicationTo(house, refused, 'declined');
  const review = { asked: await asked(house, familyId), inReview: await asked(house, familyId) };
  await house.app.get(AskForReview).passOn(house.council.actors.caseworker, review.inReview, 'The letter is here.');
  const { rows } = await house.superuser.query<{ id: string }>(
    `select id from grants.signpost where authority_id = $1 order by id limit 1`,
    [house.council.id],
  );
  const more = { ...rules, awardCap: '900.00', buys: ['housing', 'food', 'baby'] };
  const { proposalId: fundRules } = await house.app
    .get(AgreeFundRules)
    .propose(house.council.actors.finance, fundId, more, { reason: 'Nappies are asked for most' });
  return {
    fundRules,
    grantFund: fundId,
    grant: grant as Record<GrantStage, string>,
    review,
    signpost: rows[0]?.id ?? '',
    paidGrant: await paidAndGivenBack(house, familyId),
  };
}

/** Has an application refused and its review asked for. @returns the number of the review */
async function asked(house: TestHouse, familyId: string): Promise<string> {
  const refused = await takeApplicationTo(house, familyId, 'declined');
  const words = { words: 'The landlord has written to us now. Please look at the letter.' };
  const { reviewId } = await house.app.get(AskForReview).byWorker(house.council.actors.caseworker, refused, words);
  return reviewId;
}

/** Has an emergency paid the same day, and a part of it given back by the landlord. */
async function paidAndGivenBack(house: TestHouse, familyId: string): Promise<GrantsPageScene['paidGrant']> {
  const { app, council, superuser } = house;
  const id = await takeApplicationTo(house, familyId, 'emergency');
  const { rows } = await superuser.query<{ id: string }>(`select id from grants.award where application_id = $1`, [id]);
  const awardId = rows[0]?.id ?? '';
  const { runId } = await app.get(ChangeAward).payToday(council.actors.finance, awardId);
  await workOff(app, council.id);
  await finishRun(app, council, runId);
  const paid = await superuser.query<{ id: string; day: PlainDate }>(
    `select o.id, r.entry_day::text as day from payments.payment_order o join payments.run r on r.id = o.run_id
      where r.id = $1 order by o.amount desc limit 1`,
    [runId],
  );
  const { id: paymentId = '', day } = paid.rows[0] ?? {};
  if (!day) throw new Error('the emergency was not paid in the scene');
  const terms = { givenBy: 'payee', way: 'transfer', expectedOn: day, reason: 'The arrears were less' } as const;
  const parts = [{ paymentId, amount: Money.gbp('40.00') }];
  const { givenBackIds } = await app.get(GiveBack).run(council.actors.finance, awardId, parts, terms);
  return { id, givenBack: givenBackIds[0] ?? '' };
}
