import { addDays, type Period, type PlainDate, plainDate } from '../../src/kernel/index.ts';
import { entitlement, type RateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts, MemberFacts, TopUpFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { exactPounds } from '../../src/subsistence/domain/entitlement/payment-of.ts';
import { releasedGuideRates } from '../../src/subsistence/views/work-out.view.ts';

export const day = plainDate;

/** The guide rates of this release. */
export const guide = releasedGuideRates();

/** A Thursday, and the week that a weekly payment on it covers: 3 to 9 December 2026. */
export const thursday = day('2026-12-03');
export const week: Period = daysFrom(thursday, 7);

export function daysFrom(from: PlainDate, days: number): Period {
  return { from, to: addDays(from, days) };
}

export function lead(change: Partial<MemberFacts> = {}): MemberFacts {
  return { id: 'lead', relationship: 'lead', born: day('1994-05-01'), ...change };
}

export function child(id: string, born: string | null, change: Partial<MemberFacts> = {}): MemberFacts {
  return { id, relationship: 'child', born: born === null ? null : day(born), ...change };
}

/** A household supported since January 2026 until further notice. */
export function family(members: readonly MemberFacts[], change: Partial<EntitlementFacts> = {}): EntitlementFacts {
  return { supportFrom: day('2026-01-01'), supportTo: null, standard: 'subsistence', members, topUps: [], ...change };
}

export function topUp(weeklyPence: bigint, change: Partial<TopUpFacts> = {}): TopUpFacts {
  return { id: 'top-up', weeklyPence, reason: 'Medical diet', ...change };
}

/** Writes each line as "component whose days@weekly pence", in the order the entitlement gives them. */
export function linesOf(facts: EntitlementFacts, period: Period = week, rates: RateTable = guide): string[] {
  return entitlement(facts, period, rates).lines.map(
    (line) => `${line.component} ${line.memberId ?? 'family'} ${line.days}@${line.weeklyPence}`,
  );
}

/** Gives only the lines of one component, with the days they are for. */
export function spansOf(component: string, facts: EntitlementFacts, period: Period = week, rates = guide): string[] {
  return entitlement(facts, period, rates)
    .lines.filter((line) => line.component === component)
    .map((line) => `${line.from} to ${line.to}`);
}

export function exactOf(facts: EntitlementFacts, period: Period = week, rates: RateTable = guide): string {
  return exactPounds(entitlement(facts, period, rates).sevenths);
}

export function flagsOf(facts: EntitlementFacts, period: Period = week): readonly string[] {
  return entitlement(facts, period, guide).flags;
}
