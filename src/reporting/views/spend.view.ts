import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { costPerHouseholdWeek } from '../domain/cost-per-week.ts';
import { type ForecastBasis, forecastBasis, shareOut, yetToSpend } from '../domain/forecast.ts';
import { type Days, daysAsked, isNarrowed, monthsOf, type SpendAsked } from '../domain/spend-asked.ts';
import { daysSpentOn } from '../store/fund-days.store.ts';
import { reservedByPart, spendCuts, type SpendSums } from '../store/spend.store.ts';
import { type FundMoney, fundMoney, type MoneyOfFunds } from './fund-money.view.ts';
import { namesOfParts } from './part-names.view.ts';

/** Figures of one part of spending, or of all of it. */
export interface SpendFigures {
  readonly payments: number;
  readonly households: number;
  readonly committed: Money;
  readonly spent: Money;
  readonly section17: Money;
  readonly grants: Money;
  /** To the end of the year; null for a month, and where only a month is asked for. */
  readonly forecast: Money | null;
  readonly householdDays: number;
  readonly costPerHouseholdWeek: Money | null;
}

/** One part of spending, by what it is divided by. */
export interface SpendPart extends SpendFigures {
  readonly key: string | null;
  readonly name: string;
  /** Of a fund, where nothing but the fund narrows: its budget of the year, and what is available of it. */
  readonly ofFund: FundMoney | null;
}

/** Where money went in a financial year: every figure is the sum of its transfers. */
export interface SpendReport {
  readonly asked: SpendAsked;
  readonly days: Days;
  readonly today: PlainDate;
  readonly basis: ForecastBasis;
  readonly total: SpendFigures & { readonly ofFunds: MoneyOfFunds | null };
  readonly parts: readonly SpendPart[];
  /** Every month of the year, section 17 beside grants. */
  readonly months: readonly {
    readonly month: string;
    readonly section17: Money;
    readonly grants: Money;
    readonly spent: Money;
  }[];
  /** Committed money that no part has: awards not in a run yet, and runs paid in another year. */
  readonly committedElsewhere: Money;
}

/** Says where money went, for whoever answers for it. */
export async function spendReport(tx: Transaction, asked: SpendAsked): Promise<SpendReport> {
  const year = daysAsked({ year: asked.year, filter: {} });
  const reserved = await reservedByPart(tx, asked);
  const reservedUntil =
    reserved
      .flatMap(({ until }) => until ?? [])
      .toSorted()
      .at(-1) ?? null;
  const basis = forecastBasis(year, tx.today, { ...(await daysSpentOn(tx, year)), reservedUntil });
  const cuts = await spendCuts(tx, asked, basis.measured);
  const ofFunds = isNarrowed(asked.filter) ? null : await fundMoney(tx, asked.year, year.to, asked.filter.fund);
  const held = new Map(reserved.map(({ key, amount }) => [key, Money.gbp(amount)]));
  const committed = ofFunds?.committed ?? Money.sum(held.values());
  const hasForecast = asked.filter.month === undefined;
  const total = figures(cuts.total, committed, hasForecast ? yetToSpend(Money.gbp(cuts.total.measured), basis) : null);
  const parts = await partsOf(tx, asked, cuts.parts, { held, ofFunds, basis });
  return {
    ...{ asked, days: daysAsked(asked), today: tx.today, basis, total: { ...total, ofFunds }, parts },
    months: monthsOf(asked.year).map((month) => monthOf(month, cuts.months)),
    committedElsewhere: committed.minus(Money.sum(parts.map((each) => each.committed))),
  };
}

interface Beside {
  readonly held: ReadonlyMap<string | null, Money>;
  readonly ofFunds: MoneyOfFunds | null;
  readonly basis: ForecastBasis;
}

/** Every part that spent, that holds money, or that is a fund. */
async function partsOf(
  tx: Transaction,
  asked: SpendAsked,
  sums: readonly SpendSums[],
  { held, ofFunds, basis }: Beside,
): Promise<SpendPart[]> {
  const funds = asked.by === 'fund' ? (ofFunds?.funds ?? []) : [];
  const keys = [...new Set([...sums.map((each) => each.key), ...held.keys(), ...funds.map((each) => each.fundId)])];
  const names = await namesOfParts(tx, asked.by);
  const all = keys.map((key) => sums.find((each) => each.key === key) ?? { ...NOTHING, key });
  const measured = all.map((each) => Money.gbp(each.measured));
  const shares = shareOut(yetToSpend(Money.sum(measured), basis), measured);
  const hasForecast = asked.filter.month === undefined && asked.by !== 'month';
  return all.map((each, index) => {
    const ofFund = funds.find((fund) => fund.fundId === each.key) ?? null;
    const committed = ofFund?.committed ?? held.get(each.key) ?? Money.zero;
    const ahead = hasForecast ? (shares[index] ?? Money.zero) : null;
    return { key: each.key, name: names(each.key), ofFund, ...figures(each, committed, ahead) };
  });
}

const NOTHING = {
  ...{ payments: 0, households: 0, spent: '0.00', section17: '0.00', grants: '0.00', measured: '0.00' },
  householdDays: 0,
};

function figures(sums: Omit<SpendSums, 'key'>, committed: Money, ahead: Money | null): SpendFigures {
  const { payments, households, householdDays } = sums;
  const [spent, section17, grants] = [Money.gbp(sums.spent), Money.gbp(sums.section17), Money.gbp(sums.grants)];
  return {
    ...{ payments, households, householdDays, committed, spent, section17, grants },
    forecast: ahead && spent.plus(committed).plus(ahead),
    costPerHouseholdWeek: costPerHouseholdWeek(section17, householdDays),
  };
}

function monthOf(month: string, months: readonly SpendSums[]): SpendReport['months'][number] {
  const sums = months.find((each) => each.key === month) ?? NOTHING;
  const of = (figure: 'section17' | 'grants' | 'spent'): Money => Money.gbp(sums[figure]);
  return { month, section17: of('section17'), grants: of('grants'), spent: of('spent') };
}
