import type { Field } from './fields.ts';

const SIMULATED = new Set([
  ...['447700900000', '447700900111', '447700900222'],
  ...['', '-2', '-3'].map((which) => `simulate-delivered${which}@notifications.service.gov.uk`),
]);
const OUTCOMES: Readonly<Record<string, string>> = {
  '447700900003': 'temporary-failure',
  '447700900002': 'permanent-failure',
  'temp-fail@simulator.notify': 'temporary-failure',
  'perm-fail@simulator.notify': 'permanent-failure',
};

/** Writes a recipient the one way it is compared by: an e-mail in small letters, a number with its country. */
export function plainRecipient(to: string): string {
  if (to.includes('@')) return to.trim().toLowerCase();
  const digits = to.replace(/[\s().+-]/g, '').replace(/^00/, '');
  if (digits.startsWith('44')) return `44${digits.slice(2).replace(/^0/, '')}`;
  return isAbroad(to) ? digits : `44${digits.replace(/^0/, '')}`;
}

/** Says whether messages to a recipient are answered and thrown away: for smoke tests. */
export function isSimulated(to: string): boolean {
  return SIMULATED.has(plainRecipient(to));
}

/** Says what becomes of a message to a recipient of a test key. */
export function outcomeFor(to: string): string {
  return OUTCOMES[plainRecipient(to)] ?? 'delivered';
}

/** Says whether a number is of another country. */
export function isAbroad(to: string): boolean {
  const number = to.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return number.startsWith('+') && !number.startsWith('+44');
}

export const phoneNumber: Field = { type: 'string', check: wrongWithNumber };
export const emailAddress: Field = { type: 'string', check: wrongWithAddress };

function wrongWithNumber(value: string): string | undefined {
  if (/[^\d\s().+-]/.test(value)) return 'Must not contain letters or symbols';
  const number = plainRecipient(value);
  if (isAbroad(value)) return number.length < 8 ? 'Not enough digits' : undefined;
  if (!number.startsWith('447') && number.length >= 12) return 'Not a UK mobile number';
  if (number.length > 12) return 'Too many digits';
  return number.length < 12 ? 'Not enough digits' : undefined;
}

function wrongWithAddress(value: string): string | undefined {
  const [, name = '', domain = ''] = /^([^\s@"<>,;]{1,64})@([a-z0-9.-]{3,253})$/i.exec(value.trim()) ?? [];
  const parts = domain.split('.');
  const isRight =
    name !== '' && !name.includes('..') && parts.length > 1 && parts.every((part) => /^[a-z0-9]/i.test(part));
  return isRight ? undefined : 'Not a valid email address';
}
