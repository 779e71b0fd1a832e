import { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { entitlement, rateTable, type RateTable, worth } from '../domain/entitlement/entitlement.ts';
import { guideRates } from '../domain/entitlement/guide-rates.ts';
import { exactPounds, paymentOf } from '../domain/entitlement/payment-of.ts';
import { readEntitlementRequest } from '../domain/entitlement/read-request.ts';
import { type Week, weekOf } from '../domain/week-of.ts';
import { type Stretch, yearAhead } from '../domain/year-ahead.ts';
import { rateTables } from '../store/rate.store.ts';

/** The answer to "what would this family get": rounded once, with every line it rests on. */
export interface WorkedOut {
  readonly amount: string;
  readonly exact: string;
  readonly lines: readonly {
    readonly component: string;
    readonly member: string | null;
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly weekly: string;
    readonly amount: string;
    readonly basis: string;
  }[];
  readonly flags: readonly string[];
}

/** The guide rates as they came with this release. */
export function releasedGuideRates(): RateTable {
  return rateTable(
    guideRates.map(({ component, weekly, effectiveFrom }) => ({
      ...{ component, effectiveFrom, version: `guide ${effectiveFrom}` },
      weeklyPence: Money.gbp(weekly).toPence(),
    })),
  );
}

/** Works out what a household would be owed, saved or not. @throws entitlement_input_refused, no_rate_in_force */
export function workOut(given: unknown, rates: RateTable = releasedGuideRates()): WorkedOut {
  const { facts, period } = readEntitlementRequest(given);
  const found = entitlement(facts, period, rates);
  return {
    amount: paymentOf(found.sevenths).amount.toString(),
    exact: exactPounds(found.sevenths),
    lines: found.lines.map(({ component, memberId, from, to, days, weeklyPence, basis }) => ({
      ...{ component, member: memberId, from, to, days, basis },
      weekly: Money.fromPence(weeklyPence).toString(),
      amount: exactPounds(worth({ days, weeklyPence })),
    })),
    flags: found.flags,
  };
}

/** What a household would get from a day on: the first week, and how a week's worth changes over a year. */
export interface WorkedOutAhead {
  readonly week: Week;
  readonly year: readonly Stretch[];
  readonly yearTotal: string;
}

/** Works out a household for a year by the council's own rates, saved or not. @throws entitlement_input_refused, no_rate_in_force */
export async function workOutAhead(tx: Transaction, given: unknown): Promise<WorkedOutAhead> {
  const rates = (await rateTables(tx)).get('guide') ?? new Map();
  const { facts, period } = readEntitlementRequest(given);
  return {
    week: weekOf(facts, period.from, rates),
    year: yearAhead(facts, period.from, rates),
    yearTotal: paymentOf(entitlement(facts, period, rates).sevenths).amount.toString(),
  };
}
