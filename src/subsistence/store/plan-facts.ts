import type { PricedMember } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import type { EntitlementFacts, KeptFacts, OverrideFacts, TopUpFacts } from '../domain/entitlement/facts.ts';
import { overrideWindows } from '../domain/override-windows.ts';
import type { PlanRow, TopUpRow } from './plan.store.ts';

/** Puts rows together into what entitlement needs to know. */
export function factsOf(
  plan: PlanRow,
  members: readonly PricedMember[],
  topUps: readonly TopUpRow[],
  kept: readonly KeptFacts[],
): EntitlementFacts {
  const known = {
    supportFrom: plan.supportFrom,
    supportTo: plan.supportTo,
    standard: plan.standard,
    overrides: overridesOf(plan),
    members,
    topUps: topUps.map(topUpFacts),
  };
  return kept.length === 0 ? known : { ...known, kept };
}

/** The plan's own override until the first decision about it, then each decision's. */
function overridesOf({ overrideWeekly, overrideReason, overridesDecided }: PlanRow): OverrideFacts[] {
  const first = overrideWeekly === null ? [] : [{ weeklyPence: pence(overrideWeekly), reason: overrideReason ?? '' }];
  if (overridesDecided.length === 0) return first;
  const decided = overridesDecided.map(({ from, weekly, reason }) => ({
    ...{ from, reason, weeklyPence: weekly === null ? null : pence(weekly) },
  }));
  return overrideWindows(first, decided);
}

function pence(weekly: string): bigint {
  return Money.gbp(weekly).toPence();
}

function topUpFacts({ id, memberId, weekly, reason, from, to }: TopUpRow): TopUpFacts {
  return { id, memberId, reason, from, to, weeklyPence: pence(weekly) };
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
