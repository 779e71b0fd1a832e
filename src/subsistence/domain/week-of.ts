import { addDays, Money, type Period, type PlainDate } from '../../kernel/index.ts';
import { entitlement, type RateTable, worth } from './entitlement/entitlement.ts';
import type { EntitlementFacts, EntitlementFlag, EntitlementLine } from './entitlement/facts.ts';
import { exactPounds, paymentOf } from './entitlement/payment-of.ts';
import type { ExplainedLine } from './explanation.ts';

/** One line of a week as a page shows it; money as decimal text. */
export type WeekLine = Omit<ExplainedLine, 'topUpId'>;

/** What a week comes to, rounded once, with every line it rests on. */
export interface Week {
  readonly period: Period;
  readonly amount: Money;
  readonly lines: readonly WeekLine[];
  readonly flags: readonly EntitlementFlag[];
}

/** Works out, for whoever decides, what the seven days from a day come to. @throws no_rate_in_force */
export function weekOf(facts: EntitlementFacts, from: PlainDate, rates: RateTable): Week {
  const period = { from, to: addDays(from, 7) };
  const found = entitlement(facts, period, rates);
  return { period, amount: paymentOf(found.sevenths).amount, lines: found.lines.map(shown), flags: found.flags };
}

/** Adds up what counts on a day, for whoever tells a family what it gets then: weekly pence. @throws no_rate_in_force */
export function dayTotal(facts: EntitlementFacts, day: PlainDate, rates: RateTable): bigint {
  const { lines } = entitlement(facts, { from: day, to: addDays(day, 1) }, rates);
  return lines.reduce((sum, line) => sum + line.weeklyPence, 0n);
}

/** Writes a line of an entitlement for a reader. */
export function shown({ component, memberId, from, to, days, weeklyPence, basis }: EntitlementLine): WeekLine {
  const amount = exactPounds(worth({ days, weeklyPence }));
  return { component, memberId, from, to, days, weekly: Money.fromPence(weeklyPence).toString(), amount, basis };
}
