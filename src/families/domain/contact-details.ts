import { defineProblem, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import { type LetterAddressFault, letterAddressFaults } from './letter-address.ts';
import { type SafeWays, waysAfter, type WaysAnswered } from './safe-ways.ts';
import { ukPostcode } from './uk-postcode.ts';

/** UK mobile numbers after the country code: 071–075, 077–079, and 07624 on the Isle of Man; 070 and 076 are not. */
const MOBILE = /^(?:\+44|0044|44|)0?(7(?:[1-57-9]\d{8}|624\d{6}))$/;
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@."(),:;<>[\]\\]{2,}$/;
const longestEmail = 254;
const REFERENCE = /^[A-Za-z0-9/_-]{1,35}$/;

/** Tells a caseworker which of a family's details cannot be kept as written. */
export const familyDetailsRefused = defineProblem('family_details_refused', {
  status: 422,
  title: 'Some of these details need another look',
  whatToDo: 'Correct each place named below. Nothing was changed.',
});

/** How a family is reached, and whether that is safe. */
export interface Reach extends WaysAnswered {
  /** The language it speaks, by its code. */
  readonly language: string;
}

/** Where a family lives. */
export interface Place {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly ward: string | null;
}

/** Reads a UK mobile number as a caseworker wrote it. @returns it as E.164, `+447700900123`, or nothing when it is none */
export function ukMobile(text: string): string | undefined {
  const number = MOBILE.exec(text.replaceAll(/[\s().-]/g, ''))?.[1];
  return number && `+44${number}`;
}

/** Says whether a caseworker wrote one e-mail address. */
export function isEmail(text: string): boolean {
  return text.length <= longestEmail && EMAIL.test(text) && !text.includes('..');
}

/** Checks the council's own number for a family, for whoever writes a new one. @throws family_details_refused */
export function checkReference(reference: string): void {
  if (REFERENCE.test(reference)) return;
  const reason = 'A reference has up to 35 letters, digits, strokes and dashes, without spaces.';
  throw refused([{ field: 'reference', reason }]);
}

/** Checks and tidies how a family is reached, for whoever enters it. @throws family_details_refused naming every wrong field */
export function checkedReach(given: Reach): Reach {
  const items: ProblemItem[] = [];
  const mobile = given.mobile === null ? null : ukMobile(given.mobile);
  if (mobile === undefined)
    items.push({ field: 'mobile', reason: 'That is not a UK mobile number, such as 07700 900123.' });
  if (given.email !== null && !isEmail(given.email))
    items.push({ field: 'email', reason: 'That is not an e-mail address, such as name@example.org.' });
  for (const field of ['language', 'reads'] as const)
    if (!/^[a-z]{2,3}$/i.test(given[field] ?? 'en'))
      items.push({ field, reason: 'Write the code of a language: two or three letters, such as en or sq.' });
  if (items.length > 0) throw refused(items);
  const reads = given.reads && { reads: given.reads.toLowerCase() };
  return { ...given, ...reads, language: given.language.toLowerCase(), mobile: mobile ?? null };
}

const ADDRESS = ['line1', 'line2', 'town', 'postcode'] as const;

/** Something wrong with where a family lives, as a letter would find it. */
export interface PlaceFault extends Pick<LetterAddressFault, 'code' | 'reason'> {
  readonly field: (typeof ADDRESS)[number];
}

/** Finds what keeps letters from a family, for whoever writes down where it lives; nothing when there is no address. */
export function placeFaults(given: Pick<Place, (typeof ADDRESS)[number]>): PlaceFault[] {
  const filled = ADDRESS.filter((field) => given[field] !== null);
  if (filled.length === 0) return [];
  // Whoever a letter is for stands on its first line.
  const faults = letterAddressFaults(['A family', ...filled.map((field) => given[field] ?? '')]);
  const found = faults.map(({ code, line, reason }) => ({ code, reason, field: filled[(line ?? 2) - 2] ?? 'line1' }));
  const isElsewhere = found.some(({ code }) => code === 'no-fixed-abode-address' || code.startsWith('cant-send'));
  const missing = (['line1', 'town', 'postcode'] as const).filter((field) => given[field] === null);
  if (isElsewhere || missing.length === 0) return found;
  const reason = 'A letter needs the first line, the town and the postcode together.';
  const lacking = missing.map((field) => ({ code: 'not-enough-address-lines', reason, field }) as const);
  const isLacking = (fault: PlaceFault): boolean =>
    fault.code === 'not-enough-address-lines' || (fault.code === 'not-a-real-uk-postcode' && given.postcode === null);
  return [...lacking, ...found.filter((fault) => !isLacking(fault))];
}

/** Checks and tidies where a family lives: all of an address letters can reach, or none. @throws family_details_refused */
export function checkedPlace(given: Place): Place {
  const faults = placeFaults(given);
  if (faults.length > 0) throw refused(faults.map(({ field, reason }) => ({ field, reason })));
  return { ...given, postcode: given.postcode === null ? null : (ukPostcode(given.postcode) ?? null) };
}

/**
 * Checks which ways of telling a family are safe, for whoever enters it; what they left out stays.
 * @throws family_details_refused naming the field of each missing detail
 */
export function checkedWays(
  given: Reach,
  now: SafeWays,
  known: { readonly place: Place; readonly today: PlainDate },
): SafeWays {
  const { ways, items } = waysAfter(given, now, known);
  if (items.length > 0) throw refused(items);
  return ways;
}

function refused(items: readonly ProblemItem[]): Error {
  const count = items.length === 1 ? 'One detail cannot be' : `${items.length} details cannot be`;
  return familyDetailsRefused(`${count} kept as written.`, items);
}
