import { Secret, TOTP } from 'otpauth';

const SECONDS = 30;

/** What an authenticator app needs to make codes for one person. */
export interface AuthenticatorKey {
  /** The key in base 32, for typing. */
  readonly text: string;
  /** The `otpauth:` address, for a QR code. */
  readonly address: string;
}

/** Makes a new key for a person's authenticator app. */
export function newAuthenticatorKey(): string {
  return new Secret({ size: 20 }).base32;
}

/** Describes a key for the person setting up their app. */
export function describeKey(key: string, email: string, issuer: string): AuthenticatorKey {
  return { text: key.replaceAll(/(.{4})(?=.)/g, '$1 '), address: totp(key, email, issuer).toString() };
}

/**
 * Checks a code somebody typed: this half minute's, the one before or the one after.
 * @returns the number of the half minute it belongs to, so that it can be used once only; nothing when it is wrong
 */
export function stepOfCode(key: string, code: string, now: Date = new Date()): number | undefined {
  const digits = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const delta = totp(key).validate({ token: digits, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / SECONDS) + delta;
}

/** Makes the code of this moment, for the demonstration and the tests. */
export function codeNow(key: string, now: Date = new Date()): string {
  return totp(key).generate({ timestamp: now.getTime() });
}

function totp(key: string, email = '', issuer = 'Mainstay'): TOTP {
  return new TOTP({
    issuer,
    label: email,
    algorithm: 'SHA1',
    digits: 6,
    period: SECONDS,
    secret: Secret.fromBase32(key),
  });
}
