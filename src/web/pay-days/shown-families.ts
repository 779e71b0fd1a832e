import { Money } from '../../kernel/index.ts';
import { isMoved, type MovedFamily } from '../../subsistence/index.ts';

/** Which families of a move are listed. */
export const shows = ['moves', 'calls', 'keeps'] as const;
/** What families can be put in order of. */
export const sorts = ['family', 'old', 'new', 'gap', 'until', 'bridging', 'by', 'earliest'] as const;
/** What a list of a move's families shows. */
export interface FamiliesAsked {
  readonly show: (typeof shows)[number];
  readonly sort: (typeof sorts)[number];
  readonly page: number;
}

const ON_A_PAGE = 50;
const wanted: Readonly<Record<FamiliesAsked['show'], (family: MovedFamily) => boolean>> = {
  moves: isMoved,
  calls: (family) => isMoved(family) && (family.told === null || family.told.way === 'call'),
  keeps: (family) => !isMoved(family),
};
const orders: Readonly<Record<FamiliesAsked['sort'], (family: MovedFamily) => string>> = {
  family: ({ family }) => family,
  old: ({ facts }) => facts?.oldDate ?? '',
  new: ({ facts }) => facts?.newDate ?? '',
  gap: ({ daysBetween }) => String(daysBetween ?? 0).padStart(4, '0'),
  until: ({ facts }) => facts?.payment.lastsUntil ?? '',
  bridging: ({ facts }) =>
    Money.gbp(facts?.bridging?.amount ?? '0')
      .toPence()
      .toString()
      .padStart(12, '0'),
  by: ({ neededBy }) => neededBy ?? '',
  earliest: ({ earliest }) => earliest ?? '',
};

/** Picks the families a page of the list shows, in order, and says which pages are beside it. */
export function shownFamilies(families: readonly MovedFamily[], { show, sort, page }: FamiliesAsked) {
  const keyed = families.filter(wanted[show]).map((family) => ({ family, key: orders[sort](family) }));
  const inOrder = keyed.toSorted((a, b) => compare(a.key, b.key) || compare(a.family.family, b.family.family));
  const last = Math.max(1, Math.ceil(inOrder.length / ON_A_PAGE));
  const at = Math.min(page, last);
  const rows = inOrder.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE).map((each) => each.family);
  return { rows, all: inOrder.length, previous: at > 1 ? at - 1 : undefined, next: at < last ? at + 1 : undefined };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
