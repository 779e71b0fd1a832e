import type { PricedMember } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import type { EntitlementFacts, TopUpFacts } from '../domain/entitlement/facts.ts';
import type { PlanRow, TopUpRow } from './plan.store.ts';

/** Puts rows together into what entitlement needs to know. */
export function factsOf(
  plan: PlanRow,
  members: readonly PricedMember[],
  topUps: readonly TopUpRow[],
): EntitlementFacts {
  return {
    supportFrom: plan.supportFrom,
    supportTo: plan.supportTo,
    standard: plan.standard,
    override: overrideOf(plan),
    members,
    topUps: topUps.map(topUpFacts),
  };
}

function overrideOf({ overrideWeekly, overrideReason }: PlanRow): EntitlementFacts['override'] {
  if (overrideWeekly === null) return null;
  return { weeklyPence: Money.gbp(overrideWeekly).toPence(), reason: overrideReason ?? '' };
}

function topUpFacts({ id, memberId, weekly, reason, from, to }: TopUpRow): TopUpFacts {
  return { id, memberId, reason, from, to, weeklyPence: Money.gbp(weekly).toPence() };
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
