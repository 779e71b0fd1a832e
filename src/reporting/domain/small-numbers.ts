/** Figures of fewer households than this are not published: an odd amount, a place and a month can point at a family. */
export const FEWEST_PUBLISHED = 5;

/** How many households figures are of; nobody is in what is empty. */
export interface Counted {
  readonly households: number;
  readonly isEmpty: boolean;
}

/**
 * Says which parts of a whole may not be published, for whoever hands figures out.
 *
 * Those of fewer than five households; and, where the total is published, as many of the next smallest as it takes that
 * what is hidden cannot be worked out from the rest: two parts at least, of five households at least.
 *
 * @returns in the order given, whether each is hidden
 * @source Local Government Transparency Code 2015: what is published must not identify a person
 */
export function hiddenParts(parts: readonly Counted[]): boolean[] {
  const hidden = parts.map(({ households, isEmpty }) => !isEmpty && households < FEWEST_PUBLISHED);
  if (!hidden.includes(true)) return hidden;
  const smallestFirst = parts
    .map((part, index) => ({ ...part, index }))
    .filter(({ isEmpty, index }) => !isEmpty && !hidden[index])
    .toSorted((a, b) => a.households - b.households || a.index - b.index);
  for (const { index } of smallestFirst) {
    const those = parts.filter((_, each) => hidden[each]);
    const households = those.reduce((sum, each) => sum + each.households, 0);
    if (those.length > 1 && households >= FEWEST_PUBLISHED) break;
    hidden[index] = true;
  }
  return hidden;
}

/** Says whether even the whole is of too few households to be published. */
export function isTooSmall({ households, isEmpty }: Counted): boolean {
  return !isEmpty && households < FEWEST_PUBLISHED;
}
