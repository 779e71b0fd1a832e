import { SetFundRules } from '../../src/funds/index.ts';
import { AskForReview } from '../../src/grants/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import { type GrantStage, grantFund, NO_RULES, takeApplicationTo } from './grants-scene.ts';
import type { TestHouse } from './test-house.ts';

/** Applications at every stage, by it; and the fund that pays them. */
export interface GrantsPageScene {
  readonly grantFund: string;
  readonly grant: Readonly<Record<GrantStage, string>>;
  /** Reviews of refusals: to be passed on, and with a reviewer. */
  readonly review: Readonly<Record<'asked' | 'inReview', string>>;
  /** Somebody who helps families. */
  readonly signpost: string;
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
  return { grantFund: fundId, grant: grant as Record<GrantStage, string>, review, signpost: rows[0]?.id ?? '' };
}

/** Has an application refused and its review asked for. @returns the number of the review */
async function asked(house: TestHouse, familyId: string): Promise<string> {
  const refused = await takeApplicationTo(house, familyId, 'declined');
  const words = { words: 'The landlord has written to us now. Please look at the letter.' };
  const { reviewId } = await house.app.get(AskForReview).byWorker(house.council.actors.caseworker, refused, words);
  return reviewId;
}
