import { type FamilyFilter, type FamilySummary, findFamilies } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  familiesByNextDate,
  familiesOfStatus,
  type PlanGlance,
  planGlances,
  type PlanStatus,
} from '../../subsistence/index.ts';

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

/** A family of a list, with its plan at a glance. */
export interface ListedFamily {
  readonly family: FamilySummary;
  readonly plan?: PlanGlance;
  readonly place: string;
}

/** A page of the list; `previous` and `next` are places to go on from. */
export interface FamilyListing {
  readonly rows: readonly ListedFamily[];
  readonly previous?: string;
  readonly next?: string;
  /** True when looking stopped before the page was full: the next page goes on looking. */
  readonly isCutShort: boolean;
}

/** Some families in order, and where they end; nothing comes after the last. */
interface Stretch {
  readonly families: readonly ListedFamily[];
  readonly edge?: string;
}
type Source = (from: Pick<ListAsked, 'after' | 'before'>, limit: number) => Promise<Stretch>;

const ON_A_PAGE = 50;
/** Families looked at together where their plans decide who is shown, and how often before the page is shown as it is. */
const LOOKED_AT_ONCE = 500;
const MOST_LOOKS = { reference: 20, newest: 20, 'next-date': 4 } as const;
/** Up to so many families are put in order here; of more, enough are found by walking along the dates. */
const FEW = 4000;

/**
 * Finds a page of families. Families and plans are two rooms: where plans decide, families are looked at in stretches,
 * so that each question is one statement over an index, however many families there are.
 */
export async function familyListing(tx: Transaction, asked: ListAsked): Promise<FamilyListing> {
  const { filter, status, payDay, sort } = asked;
  if (sort === 'next-date') {
    const few = await fewByDate(tx, filter);
    return few ? walk(few, asked, FEW) : walk(byNextDate(tx, asked), asked, LOOKED_AT_ONCE);
  }
  const rare = status === 'waiting' || status === 'ended' ? await familiesOfStatus(tx, status, FEW) : undefined;
  if (rare) return walk(byFamily(tx, { ...filter, among: rare }, sort), asked, ON_A_PAGE + 1);
  const plansDecide = status !== undefined || payDay !== undefined;
  return walk(byFamily(tx, filter, sort), asked, plansDecide ? LOOKED_AT_ONCE : ON_A_PAGE + 1);
}

/** Somebody's own families, or a ward's, are few enough to be put in order of their dates at once. */
async function fewByDate(tx: Transaction, filter: FamilyFilter): Promise<Source | undefined> {
  if (Object.values(filter).every((value) => value === undefined)) return undefined;
  const few = await findFamilies(tx, filter, { sort: 'newest', limit: FEW + 1 });
  if (few.length > FEW) return undefined;
  const plans = await planGlances(tx, idsOf(few));
  const dated = few.flatMap((family): ListedFamily[] => {
    const plan = plans.get(family.id);
    return plan?.payDate ? [{ family, plan, place: `${plan.payDate}_${plan.planId}` }] : [];
  });
  const inOrder = dated.toSorted((a, b) => (orderOf(a.place) < orderOf(b.place) ? -1 : 1));
  return ({ after, before }, limit) => {
    const left = inOrder.filter(
      ({ place }) => (!after || orderOf(place) > orderOf(after)) && (!before || orderOf(place) < orderOf(before)),
    );
    const families = before ? left.slice(-limit) : left.slice(0, limit);
    const last = before ? families[0] : families.at(-1);
    return Promise.resolve({ families, ...(left.length > limit && last ? { edge: last.place } : {}) });
  };
}

/** Makes places of the same day comparable as text. */
function orderOf(place: string): string {
  const { payDate, planId } = dateAt(place);
  return `${payDate}_${planId.padStart(18, '0')}`;
}

function byFamily(tx: Transaction, filter: FamilyFilter, sort: 'reference' | 'newest'): Source {
  return async (from, limit) => {
    const found = await findFamilies(tx, filter, { sort, ...from, limit });
    const plans = await planGlances(tx, idsOf(found));
    const families = found.map((family) => ({
      ...{ family, plan: plans.get(family.id) },
      place: sort === 'reference' ? family.reference : family.id,
    }));
    const last = from.before === undefined ? families.at(-1) : families[0];
    return { families, ...(found.length === limit && last ? { edge: last.place } : {}) };
  };
}

function byNextDate(tx: Transaction, asked: ListAsked): Source {
  return async ({ after, before }, limit) => {
    const from = { ...(after ? { after: dateAt(after) } : {}), ...(before ? { before: dateAt(before) } : {}) };
    const dates = await familiesByNextDate(tx, { ...from, payDay: asked.payDay, limit });
    const among = dates.map((date) => date.familyId);
    const found = await findFamilies(tx, { ...asked.filter, among }, { sort: 'newest', limit });
    const byId = new Map(found.map((family) => [family.id, family]));
    const plans = await planGlances(tx, idsOf(found));
    const places = dates.map((date) => ({ familyId: date.familyId, place: `${date.payDate}_${date.planId}` }));
    const families = places.flatMap(({ familyId, place }) => {
      const family = byId.get(familyId);
      return family ? [{ family, plan: plans.get(familyId), place }] : [];
    });
    const last = before ? places[0] : places.at(-1);
    return { families, ...(dates.length === limit && last ? { edge: last.place } : {}) };
  };
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

function dateAt(place: string): { payDate: PlainDate; planId: string } {
  const [payDate, planId] = place.split('_');
  return { payDate: payDate as PlainDate, planId: planId ?? '' };
}

function idsOf(families: readonly FamilySummary[]): string[] {
  return families.map((family) => family.id);
}
