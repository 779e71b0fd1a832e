import { type Channel, channels } from '../../../../families/index.ts';
import { type CellReader, quoted, writeAllowed } from './cell-reading.ts';

/** What a caseworker writes when no way of telling a family is safe. */
export const NO_WAYS = 'none';

/** Reads the ways that are safe as a caseworker lists them; kept in the usual order, a space between. */
export const readWays: CellReader = (text, column) => {
  const written = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (written.length === 1 && written[0] === NO_WAYS) return NO_WAYS;
  const known: readonly string[] = channels;
  const unknown = written.find((way) => !known.includes(way));
  if (unknown !== undefined) return { reason: `${quoted(unknown)} is not a way.`, whatToDo: writeAllowed(column) };
  return channels.filter((way) => written.includes(way)).join(' ');
};

/** Gives the ways a read cell holds. */
export function waysIn(read: string): Channel[] {
  return channels.filter((way) => read.split(' ').includes(way));
}
