import { createHash } from 'node:crypto';

/** Letters and digits that are not mistaken for each other. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const COUNCIL_LETTERS = 2;
const RANDOM_LETTERS = 10;
const CODE = new RegExp(`^[${LETTERS}]{${COUNCIL_LETTERS + RANDOM_LETTERS}}$`);

/** Makes the code of a link: two letters for the council, ten that nobody can guess (50 bits). @param random ten random bytes */
export function newCode(authorityId: string, random: Uint8Array): string {
  const council = Number(authorityId);
  const letters = [Math.floor(council / LETTERS.length) % LETTERS.length, council % LETTERS.length, ...random];
  return letters.map((each) => LETTERS[each % LETTERS.length]).join('');
}

/** Reads a code as a family typed it: spaces, dashes, small letters and look-alikes are forgiven. */
export function readCode(typed: string): { readonly code: string; readonly authorityId: string } | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!CODE.test(code)) return undefined;
  const [high, low] = [LETTERS.indexOf(code[0] as string), LETTERS.indexOf(code[1] as string)];
  return { code, authorityId: String(high * LETTERS.length + low) };
}

/** Digests a code: what the database keeps of it. */
export function codeDigest(code: string): Buffer {
  return createHash('sha256').update(`family code ${code}`).digest();
}
