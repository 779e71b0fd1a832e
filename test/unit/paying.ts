import { addDays, Money, type PlainDate } from '../../src/kernel/index.ts';
import type { RateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { Explanation, Posted } from '../../src/subsistence/domain/explanation.ts';
import type { Rhythm } from '../../src/subsistence/domain/pay-rhythm.ts';
import {
  dueDays,
  type PaidSoFar,
  type PlanToPrice,
  type PricedLine,
  pricePlan,
} from '../../src/subsistence/domain/price-plan.ts';
import { family, guide, lead, thursday } from './household.ts';

/** A weekly plan of one adult, first paid on the Thursday. */
export function plan({
  frequencyDays = 7,
  ...change
}: Partial<PlanToPrice> & { frequencyDays?: number } = {}): PlanToPrice {
  return { facts: family([lead()]), rhythm: every(frequencyDays), paidUpTo: thursday, ...change };
}

/** Paid on Thursdays, every so many days, never moved. */
export function every(frequencyDays: number): Rhythm {
  return { payDay: 4, frequencyDays, moves: [] };
}

/** What the next pricing is told of the lines posted before it. */
export function paidBy(posted: readonly PricedLine[]): PaidSoFar | undefined {
  const last = posted.findLast((line) => line.holdCode === null);
  if (!last) return undefined;
  const { owedSevenths, carrySevenths } = last;
  // A finding posted since says what each thing was worth by then.
  const { standing } = posted.at(-1) ?? last;
  return { coversTo: last.period.to, owedSevenths, carrySevenths, standing };
}

/** An explanation as it comes back from where it was stored: nothing but JSON. */
export function stored(line: PricedLine): Explanation {
  return JSON.parse(JSON.stringify(line.explanation)) as Explanation;
}

/** What pricing is told of a posted line: one with nothing to pay is only a finding. */
export function told(line: PricedLine): Posted {
  return { isPaid: line.holdCode === null, explanation: stored(line) };
}

/** Prices a plan for a run as pricing does, with the past when it is asked for; nothing when it is not due. */
export function priceFor(
  toPrice: PlanToPrice,
  posted: readonly PricedLine[],
  payDate: PlainDate,
  rates: RateTable = guide,
): PricedLine | undefined {
  const paid = paidBy(posted);
  const period = dueDays(toPrice, paid, payDate);
  if (!period) return undefined;
  const first = pricePlan(toPrice, paid, payDate, period, rates);
  const priced = first === 'needs-past' ? pricePlan(toPrice, paid, payDate, period, rates, posted.map(told)) : first;
  if (priced === 'needs-past') throw new Error('the past was given and is still needed');
  return priced;
}

/** Prices a line that has to be there. */
export function linePaid(...given: Parameters<typeof priceFor>): PricedLine {
  const line = priceFor(...given);
  if (!line) throw new Error('nothing was due');
  return line;
}

/** Pays a plan every so many days, as it stands, so many times. */
export function payTimes(toPrice: PlanToPrice, times: number, from: PlainDate = thursday): PricedLine[] {
  const posted: PricedLine[] = [];
  for (let run = 0; run < times; run += 1)
    posted.push(linePaid(toPrice, posted, addDays(from, run * toPrice.rhythm.frequencyDays)));
  return posted;
}

export function totalOf(posted: readonly PricedLine[]): Money {
  return Money.sum(posted.map((line) => line.amount));
}
