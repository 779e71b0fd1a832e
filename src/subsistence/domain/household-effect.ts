import { addDays, type Period, type PlainDate } from '../../kernel/index.ts';
import { entitlement, type RateTable } from './entitlement/entitlement.ts';
import type { EntitlementFacts, EntitlementLine, KeptLine } from './entitlement/facts.ts';
import { lostLines, sumOf, trimmed } from './falls.ts';

/** What a changed household does to a plan from the first day not paid yet; weekly pence. */
export interface HouseholdEffect {
  readonly on: PlainDate;
  readonly before: bigint;
  readonly after: bigint;
  /** What the family goes on getting until it was told; empty when nothing falls. */
  readonly lost: readonly KeptLine[];
}

const DAYS_AHEAD = 366;

/**
 * Compares a plan with its household as it was and as it is, day by day, for whoever must tell the family.
 *
 * The first day that is worth less counts; where none is, the first day compared.
 * @param from the first day that is not paid yet @throws no_rate_in_force
 */
export function householdEffect(
  before: EntitlementFacts,
  after: EntitlementFacts,
  from: PlainDate,
  rates: RateTable,
): HouseholdEffect {
  const end = addDays(from, DAYS_AHEAD);
  const period: Period = { from, to: after.supportTo && after.supportTo < end ? after.supportTo : end };
  const was = entitlement(before, period, rates).lines;
  const is = entitlement(after, period, rates).lines;
  const days = [...new Set([from, ...[...was, ...is].flatMap((line) => [line.from, line.to])])].toSorted();
  const compared = days
    .filter((day) => day < period.to)
    .map((day) => compare(counting(was, day), counting(is, day), day));
  return (
    compared.find((each) => each.after < each.before) ?? compared[0] ?? { on: from, before: 0n, after: 0n, lost: [] }
  );
}

type Counting = EntitlementLine & KeptLine;

function counting(lines: readonly EntitlementLine[], day: PlainDate): Counting[] {
  return lines.filter((line): line is Counting => line.from <= day && day < line.to && line.component !== 'override');
}

function compare(was: readonly Counting[], is: readonly Counting[], on: PlainDate): HouseholdEffect {
  const { kept, gained } = lostLines(was, is);
  return { on, before: sumOf(was), after: sumOf(is), lost: trimmed(kept, gained) };
}
