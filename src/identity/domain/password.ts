import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { defineProblem, type ProblemItem } from '../../kernel/index.ts';

// 32 MiB and about a tenth of a second a try. The costs are written into each hash, so that they can be raised later.
const COSTS = { N: 2 ** 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const FEWEST_CHARACTERS = 12;
const MOST_CHARACTERS = 200;

/** Tells a person why a password is too easy to guess. */
export const passwordTooWeak = defineProblem('password_too_weak', {
  status: 422,
  title: 'Choose another password',
  whatToDo: 'Use at least 12 characters: three random words are good. Leave out your name and e-mail address.',
});

/**
 * Checks a new password for the person choosing it.
 * @throws password_too_weak with the field `password`
 */
export function mustBeGoodPassword(password: string, about: { email: string; name: string }): void {
  const items: ProblemItem[] = [];
  const refuse = (reason: string): void => void items.push({ field: 'password', reason });
  if (password.length < FEWEST_CHARACTERS) refuse(`Use at least ${FEWEST_CHARACTERS} characters.`);
  else if (password.length > MOST_CHARACTERS) refuse(`Use at most ${MOST_CHARACTERS} characters.`);
  else if (new Set(password.toLowerCase()).size < 5) refuse('Use more than a few different characters.');
  else if (namesIn(about).some((name) => password.toLowerCase().includes(name)))
    refuse('Leave out your name and your e-mail address.');
  if (items.length > 0) throw passwordTooWeak('That password is too easy to guess.', items);
}

function namesIn({ email, name }: { email: string; name: string }): string[] {
  const parts = [email.split('@')[0] ?? '', ...name.split(/\s+/)];
  return parts.map((part) => part.toLowerCase()).filter((part) => part.length >= 4);
}

/** Hashes a password for keeping: scrypt with its costs and a salt, `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(18);
  const { N, r, p } = COSTS;
  const key = await derive(password, salt, COSTS);
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Says whether a password is the one that was hashed, in the same time either way. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hashed.split('$');
  const expected = Buffer.from(key, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return found.length === expected.length && timingSafeEqual(found, expected);
}

let nobodys: Promise<string> | undefined;

/** Gives a hash nobody's password has: checked when there is no such person, so that both take as long. */
export function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(randomBytes(18).toString('base64url'));
  return nobodys;
}

function derive(password: string, salt: Buffer, costs: { N: number; r: number; p: number }): Promise<Buffer> {
  const options = { ...costs, maxmem: 256 * costs.N * costs.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
