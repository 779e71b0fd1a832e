import { addDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';
import { entitlement, type RateTable } from './entitlement/entitlement.ts';
import type { EntitlementFacts, EntitlementLine } from './entitlement/facts.ts';
import { shown, type WeekLine } from './week-of.ts';

const DAYS_OF_A_YEAR = 365;

/** Days on which a week is worth the same, and what begins or stops to count on the first of them. */
export interface Stretch extends Period {
  readonly weekly: string;
  readonly begins: readonly WeekLine[];
  readonly stops: readonly WeekLine[];
}

/** Shows, for whoever plans ahead, how a week's worth changes over a year: birthdays, births, ends. @throws no_rate_in_force */
export function yearAhead(facts: EntitlementFacts, from: PlainDate, rates: RateTable): Stretch[] {
  const year = { from, to: addDays(from, DAYS_OF_A_YEAR) };
  const { lines } = entitlement(facts, year, rates);
  const days = [...new Set([year.from, ...lines.flatMap((line) => [line.from, line.to])])].toSorted();
  return days
    .filter((day) => day < year.to)
    .map((day, index) => stretch(lines, day, days[index + 1] ?? year.to, index === 0));
}

function stretch(lines: readonly EntitlementLine[], from: PlainDate, to: PlainDate, isFirst: boolean): Stretch {
  const counting = lines.filter((line) => line.from <= from && from < line.to);
  const weekly = Money.fromPence(counting.reduce((sum, line) => sum + line.weeklyPence, 0n)).toString();
  const begins = isFirst ? [] : lines.filter((line) => line.from === from);
  const stops = isFirst ? [] : lines.filter((line) => line.to === from);
  return { from, to, weekly, begins: begins.map(shown), stops: stops.map(shown) };
}
