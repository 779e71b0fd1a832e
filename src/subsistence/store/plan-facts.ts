import type { PricedMember } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import type { EntitlementFacts } from '../domain/entitlement/facts.ts';
import type { PlanRow, TopUpRow } from './plan.store.ts';

/** Puts rows together into what entitlement needs to know. */
export function factsOf(
  plan: PlanRow,
  members: readonly PricedMember[],
  topUps: readonly TopUpRow[],
): EntitlementFacts {
  return {
    ...{ supportFrom: plan.supportFrom, supportTo: plan.supportTo, standard: plan.standard },
    override:
      plan.overrideWeekly === null
        ? null
        : { weeklyPence: Money.gbp(plan.overrideWeekly).toPence(), reason: plan.overrideReason ?? '' },
    members,
    topUps: topUps.map(({ id, memberId, weekly, reason, from, to }) => ({
      ...{ id, memberId, reason, from, to },
      weeklyPence: Money.gbp(weekly).toPence(),
    })),
  };
}

/** Sorts rows by what they belong to. */
export function grouped<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
