import type { FamilyFilter } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { familiesOfStatus, type PlanGlance, type PlanStatus } from '../../subsistence/index.ts';
import { byFamily, byNextDate, FEW, fewByDate, type ListedFamily, type Source } from './family-sources.ts';

/** What a list of families shows, in which order, from where. */
export interface ListAsked {
  readonly filter: FamilyFilter;
  readonly status?: PlanStatus;
  /** 1 = Monday. */
  readonly payDay?: number;
  readonly sort: 'reference' | 'newest' | 'next-date';
  /** The place of the family the page before ended with, or the page after begins with. */
  readonly after?: string;
  readonly before?: string;
}

/** A page of the list; `previous` and `next` are places to go on from. */
export interface FamilyListing {
  readonly rows: readonly ListedFamily[];
  readonly previous?: string;
  readonly next?: string;
  /** True when looking stopped before the page was full: the next page goes on looking. */
  readonly isCutShort: boolean;
}

const ON_A_PAGE = 50;
/** Families looked at together where their plans decide who is shown, and how often before the page is shown as it is. */
const LOOKED_AT_ONCE = 500;
const MOST_LOOKS = { reference: 20, newest: 20, 'next-date': 4 } as const;

/**
 * Finds a page of families. Families and plans are two rooms: where plans decide, families are looked at in stretches,
 * so that each question is one statement over an index, however many families there are.
 */
export async function familyListing(tx: Transaction, asked: ListAsked): Promise<FamilyListing> {
  const { filter, status, payDay, sort } = asked;
  if (sort === 'next-date') {
    const few = await fewByDate(tx, filter);
    return few ? walk(few, asked, FEW) : walk(byNextDate(tx, filter, payDay), asked, LOOKED_AT_ONCE);
  }
  const rare = status === 'waiting' || status === 'ended' ? await familiesOfStatus(tx, status, FEW) : undefined;
  if (rare) return walk(byFamily(tx, { ...filter, among: rare }, sort), asked, ON_A_PAGE + 1);
  const plansDecide = status !== undefined || payDay !== undefined;
  return walk(byFamily(tx, filter, sort), asked, plansDecide ? LOOKED_AT_ONCE : ON_A_PAGE + 1);
}

async function walk(source: Source, asked: ListAsked, atOnce: number): Promise<FamilyListing> {
  const isBack = asked.before !== undefined;
  const shown: ListedFamily[] = [];
  let edge = isBack ? asked.before : asked.after;
  for (let looks = 0; looks < MOST_LOOKS[asked.sort] && shown.length <= ON_A_PAGE; looks += 1) {
    const stretch = await source(edge === undefined ? {} : { [isBack ? 'before' : 'after']: edge }, atOnce);
    const like = stretch.families.filter(({ plan }) => isAsked(asked, plan));
    if (isBack) shown.unshift(...like);
    else shown.push(...like);
    edge = stretch.edge;
    if (edge === undefined) break;
  }
  return pageOf(asked, shown, edge);
}

function pageOf(asked: ListAsked, shown: readonly ListedFamily[], edge: string | undefined): FamilyListing {
  const isBack = asked.before !== undefined;
  const rows = isBack ? shown.slice(-ON_A_PAGE) : shown.slice(0, ON_A_PAGE);
  const isFull = shown.length > ON_A_PAGE;
  const goesOn = isFull ? (isBack ? rows[0] : rows.at(-1))?.place : edge;
  const cameFrom = isBack ? (rows.at(-1)?.place ?? asked.before) : asked.after && (rows[0]?.place ?? asked.after);
  return { rows, isCutShort: !isFull && edge !== undefined, ...directions(isBack, goesOn, cameFrom) };
}

function directions(isBack: boolean, goesOn?: string, cameFrom?: string): Pick<FamilyListing, 'previous' | 'next'> {
  return isBack ? { previous: goesOn, next: cameFrom } : { previous: cameFrom, next: goesOn };
}

function isAsked({ status, payDay }: ListAsked, plan: PlanGlance | undefined): boolean {
  return (
    (status === undefined || status === (plan?.status ?? 'none')) && (payDay === undefined || payDay === plan?.payDay)
  );
}
