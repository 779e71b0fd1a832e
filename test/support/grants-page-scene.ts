import { SetFundRules } from '../../src/funds/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import { type GrantStage, grantFund, NO_RULES, takeApplicationTo } from './grants-scene.ts';
import type { TestHouse } from './test-house.ts';

/** Applications at every stage, by it; and the fund that pays them. */
export interface GrantsPageScene {
  readonly grantFund: string;
  readonly grant: Readonly<Record<GrantStage, string>>;
}

const STAGES = [
  ...(['draft', 'recommended', 'changes_asked', 'declined', 'approved', 'emergency', 'submitted'] as const),
];

/** Has a family apply again and again, so that there is an application at every stage. */
export async function grantsPageScene(house: TestHouse, familyId: string): Promise<GrantsPageScene> {
  const fundId = await grantFund(house.app, house.council, '5000.00');
  const rules = { ...NO_RULES, programme: 'Early action', buys: ['housing', 'food'], emergencyCap: '500.00' };
  await house.app.get(SetFundRules).run(operatorOf(house.council.id), fundId, rules);
  await house.superuser.query(`update families.family set safe_checked_on = '2026-12-01' where id = $1`, [familyId]);
  const grant: Partial<Record<GrantStage, string>> = {};
  for (const stage of STAGES) grant[stage] = await takeApplicationTo(house, familyId, stage);
  return { grantFund: fundId, grant: grant as Record<GrantStage, string> };
}
