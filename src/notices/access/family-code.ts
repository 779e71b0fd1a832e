import { createHash } from 'node:crypto';

/** Letters and digits that are not mistaken for each other. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE = new RegExp(`^[${LETTERS}]+$`);
const COUNCIL_LETTERS = 2;
/** How many letters nobody can guess: 50 bits to be typed on a telephone, 130 for a calendar, which asks by itself. */
const RANDOM_LETTERS = { page: 10, feed: 26 } as const;
/** What a code opens. */
export type Opens = keyof typeof RANDOM_LETTERS;

/** A code as it was given: which council made it, read from its first letters. */
export interface ReadCode {
  readonly code: string;
  readonly authorityId: string;
}

/** Makes the code of a link: two letters for the council, the others by chance. @param random ten random bytes */
export function newCode(authorityId: string, random: Uint8Array): string {
  const council = Number(authorityId);
  const letters = [Math.floor(council / LETTERS.length) % LETTERS.length, council % LETTERS.length, ...random];
  return letters.map((each) => LETTERS[each % LETTERS.length]).join('');
}

/** Says how many random bytes a code takes. */
export function randomBytesOf(opens: Opens): number {
  return RANDOM_LETTERS[opens];
}

/** Reads a code as a family typed it: spaces, dashes, small letters and look-alikes are forgiven. */
export function readCode(typed: string, opens: Opens = 'page'): ReadCode | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const isWhole = code.length === COUNCIL_LETTERS + RANDOM_LETTERS[opens];
  if (!isWhole || !CODE.test(code)) return undefined;
  const [high, low] = [LETTERS.indexOf(code[0] as string), LETTERS.indexOf(code[1] as string)];
  return { code, authorityId: String(high * LETTERS.length + low) };
}

/** Writes a code in groups of four, to be read aloud or typed. */
export function spacedCode(code: string): string {
  return code.replaceAll(/.{4}(?=.)/g, '$& ');
}

/** Digests a code: what the database keeps of it. */
export function codeDigest(code: string, opens: Opens = 'page'): Buffer {
  return createHash('sha256')
    .update(`family ${opens === 'page' ? 'code' : opens} ${code}`)
    .digest();
}
