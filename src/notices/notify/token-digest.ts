import { createHash, timingSafeEqual } from 'node:crypto';

/** Digests the token a council gives Notify for its callbacks: what the database keeps of it. */
export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/**
 * Says whether a request to the webhook carries the token whose digest the council keeps.
 *
 * Digests are compared, in constant time: neither the answer's time nor the token's length tells anything.
 * @param authorization the header as it came, `Bearer TOKEN`
 */
export function bearsTokenOf(authorization: string | undefined, sha256: Buffer): boolean {
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(tokenDigest(given), sha256);
}
