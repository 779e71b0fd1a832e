import type { Role } from '../../kernel/index.ts';
import { areas, type Place } from './areas.ts';

/** One way in a bar. */
export interface Way {
  readonly text: string;
  readonly href: string;
  readonly active: boolean;
}

/** The bar at the top, and the places of the area somebody is in. */
export interface Navigation {
  readonly areas: readonly Way[];
  /** What the area is called, and its places; absent where there is one place only. */
  readonly within?: { readonly name: string; readonly places: readonly Way[] };
}

/** Gives a person their ways: each area leads to its first place that they may open, and shows its places below. */
export function navigationFor(held: readonly Role[], path: string): Navigation {
  const theirs = areas
    .map(({ name, places }) => ({ name, places: places.filter((place) => isFor(place, held)) }))
    .filter(({ places }) => places.length > 0);
  const here = placeAt(
    theirs.flatMap(({ places }) => places),
    path,
  );
  const way = (text: string, { href }: Place, active: boolean): Way => ({ text, href, active });
  const area = theirs.find(({ places }) => here && places.includes(here));
  return {
    areas: theirs.map(({ name, places }) => way(name, places[0] as Place, places.includes(here as Place))),
    ...(area && area.places.length > 1
      ? { within: { name: area.name, places: area.places.map((place) => way(place.text, place, place === here)) } }
      : {}),
  };
}

function isFor(place: Place, held: readonly Role[]): boolean {
  return place.for.some((role) => held.includes(role));
}

/** Finds the place a page belongs to: the one that says most of its address. */
function placeAt(places: readonly Place[], path: string): Place | undefined {
  const fits = ({ href, below = [] }: Place): number =>
    Math.max(...[href, ...below].map((start) => (path === start || path.startsWith(`${start}/`) ? start.length : 0)));
  const ranked = places.toSorted((one, other) => fits(other) - fits(one));
  return ranked[0] && fits(ranked[0]) > 0 ? ranked[0] : undefined;
}
