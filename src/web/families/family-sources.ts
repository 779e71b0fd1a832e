import { type FamilyFilter, type FamilySummary, findFamilies } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { familiesByNextDate, type PlanGlance, planGlances } from '../../subsistence/index.ts';

/** A family of a list, with its plan at a glance. */
export interface ListedFamily {
  readonly family: FamilySummary;
  readonly plan?: PlanGlance;
  readonly place: string;
}

/** Some families in order, and where they end; nothing comes after the last. */
export interface Stretch {
  readonly families: readonly ListedFamily[];
  readonly edge?: string;
}
/** Gives some families after a place, or before it. */
export type Source = (from: { readonly after?: string; readonly before?: string }, limit: number) => Promise<Stretch>;

/** Up to so many families are put in order here; of more, enough are found by walking along the dates. */
export const FEW = 4000;

/** Takes families as they come in their own order, each with its plan. */
export function byFamily(tx: Transaction, filter: FamilyFilter, sort: 'reference' | 'newest'): Source {
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

/** Takes families as they come along the promised dates. */
export function byNextDate(tx: Transaction, filter: FamilyFilter, payDay?: number): Source {
  return async ({ after, before }, limit) => {
    const from = { ...(after ? { after: dateAt(after) } : {}), ...(before ? { before: dateAt(before) } : {}) };
    const dates = await familiesByNextDate(tx, { ...from, payDay, limit });
    const among = dates.map((date) => date.familyId);
    const found = await findFamilies(tx, { ...filter, among }, { sort: 'newest', limit });
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

/** Somebody's own families, or a ward's, are few enough to be put in order of their dates at once. */
export async function fewByDate(tx: Transaction, filter: FamilyFilter): Promise<Source | undefined> {
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

function dateAt(place: string): { payDate: PlainDate; planId: string } {
  const [payDate, planId] = place.split('_');
  return { payDate: payDate as PlainDate, planId: planId ?? '' };
}

function idsOf(families: readonly FamilySummary[]): string[] {
  return families.map((family) => family.id);
}
