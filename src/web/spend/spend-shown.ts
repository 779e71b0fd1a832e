import { Money } from '../../kernel/index.ts';
import {
  type Division,
  divisions,
  inOrder,
  NOT_RECORDED,
  type SpendAsked,
  type SpendPart,
  type SpendReport,
  type SpendTable,
  type Sorting,
} from '../../reporting/index.ts';
import { monthName } from '../pages/formats.ts';
import { type Bar, type BarOf, barsOf } from './bars.ts';
import { spendUrl, spendUrls } from './spend.urls.ts';

const MOST_BARS = 15;

/** A part with the way to its transfers. */
export type ShownPart = SpendPart & { readonly url: string };

/** A report as its page shows it: in order, with ways to the transfers, and its charts laid out. */
export function shownReport(report: SpendReport, sort: Sorting, order: 'ascending' | 'descending') {
  const { asked } = report;
  const parts = inOrder(report.parts, sort, order).map((part) => ({ ...part, url: transfersOf(asked, part.key) }));
  return {
    ...{ parts, transfersUrl: spendUrl(spendUrls.transfers, asked), heads: headsOf(asked, sort, order) },
    ...{
      tabs: tabsOf(asked),
      partBars: partBars(parts, asked.by),
      partBarsLeftOut: Math.max(0, parts.length - MOST_BARS),
    },
    monthBars: monthBars(report),
    months: report.months.map((each) => ({
      ...each,
      url: spendUrl(spendUrls.transfers, { ...asked, filter: { ...asked.filter, month: each.month } }),
    })),
  };
}

function transfersOf(asked: SpendAsked, key: string | null): string {
  return spendUrl(spendUrls.transfers, { ...asked, filter: { ...asked.filter, [asked.by]: key ?? NOT_RECORDED } });
}

function tabsOf(asked: SpendAsked): { by: Division; url: string; isHere: boolean }[] {
  return divisions.map((by) => ({ by, url: spendUrl(spendUrls.spend, { ...asked, by }), isHere: by === asked.by }));
}

/** The way to each order of the table, by its column; the other way round for the one it is in. */
function headsOf(asked: SpendAsked, sort: Sorting, order: 'ascending' | 'descending') {
  const head = (name: Sorting, first: 'ascending' | 'descending') => {
    const next = name !== sort ? first : order === 'ascending' ? 'descending' : 'ascending';
    const url = `${spendUrl(spendUrls.spend, asked, { sort: name, order: next })}#parts`;
    return { sort: url, sorted: name === sort ? order : undefined };
  };
  return {
    name: head('name', 'ascending'),
    ...Object.fromEntries(
      (['committed', 'spent', 'forecast', 'households', 'cost'] as const).map((name) => [
        name,
        head(name, 'descending'),
      ]),
    ),
  };
}

/** Funds show what is spent, committed and left; everything else shows section 17 beside grants. */
function partBars(parts: readonly ShownPart[], by: Division): Bar[] {
  return barsOf(
    parts.slice(0, MOST_BARS).map((part): BarOf => {
      const { name: label, spent: value, committed, section17, grants, ofFund } = part;
      const split = [
        ['solid', section17],
        ['striped', grants],
      ] as const;
      const fund = [
        ['solid', value],
        ['striped', committed],
        ['empty', ofFund?.available ?? Money.zero],
      ] as const;
      return { label, value, parts: by === 'fund' ? fund : split };
    }),
  );
}

/** The same bars for a table that is handed over: what is spent, and what is committed where it may be shown. */
export function tableBars({ rows }: SpendTable): Bar[] {
  return barsOf(
    rows.flatMap(({ name: label, figures, ofFund }): BarOf[] => {
      if (!figures) return [];
      const { spent: value, section17, grants, committed } = figures;
      const split = [
        ['solid', section17],
        ['striped', grants],
      ] as const;
      const fund = [
        ['solid', value],
        ['striped', committed],
        ['empty', ofFund?.available ?? Money.zero],
      ] as const;
      return [{ label, value, parts: ofFund ? fund : split }];
    }),
  );
}

/** Says in words what spending is narrowed to. */
export function narrowedInWords({ filter }: SpendAsked, funds: readonly { id: string; name: string }[]): string {
  const words = divisions.flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    if (name === 'fund') return [funds.find(({ id }) => id === value)?.name ?? 'another fund'];
    if (name === 'month') return [monthName(value)];
    return [value === NOT_RECORDED ? `no ${name}` : `${name} ${value.replace('section-17', 'section 17')}`];
  });
  return words.join(', ');
}

/** Two bars a month: section 17, and grants under it; from the first month with money to the last. */
function monthBars({ months }: SpendReport): { section17: Bar; grants: Bar }[] {
  const moved = ({ spent, section17 }: SpendReport['months'][number]): boolean =>
    !spent.isZero() || !section17.isZero();
  const shown = months.slice(Math.max(0, months.findIndex(moved)), months.findLastIndex(moved) + 1);
  const bars = barsOf(
    shown.flatMap(({ month, section17, grants }): BarOf[] => [
      { label: monthName(month), value: section17, parts: [['solid', section17]] },
      { label: monthName(month), value: grants, parts: [['striped', grants]] },
    ]),
  );
  return shown.map((_, index) => ({ section17: bars[2 * index] as Bar, grants: bars[2 * index + 1] as Bar }));
}
