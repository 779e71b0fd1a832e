import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid } from './fields.ts';
import { type Refusal, refusal } from './refusal.ts';

const MAY_BE_OUT_BY_SECONDS = 30;

/** The service and the secret a key is made of: `{name}-{service, 36}-{secret, 36}`. */
export interface ServiceKey {
  readonly service: string;
  readonly secret: string;
}

/** Takes an API key apart. @throws Error when it is not one */
export function serviceKey(apiKey: string): ServiceKey {
  const key = { service: apiKey.slice(-73, -37), secret: apiKey.slice(-36) };
  if (!isUuid(key.service) || !isUuid(key.secret)) throw new Error('--api-key must be NAME-UUID-UUID.');
  return key;
}

const refused = (message: string): Refusal => refusal(403, 'AuthError', message);

/** Checks the token of a request as Notify does. @throws Refusal 401 or 403 */
export function authenticate(header: string | undefined, key: ServiceKey, isRevoked: boolean): void {
  if (!header) throw refusal(401, 'AuthError', 'Unauthorized: authentication token must be provided');
  if (!/^bearer /i.test(header))
    throw refusal(401, 'AuthError', 'Unauthorized: authentication bearer scheme must be used');
  const [head = '', claims = '', signature = '', ...more] = header.slice('Bearer '.length).trim().split('.');
  const { alg } = decoded(head);
  const { iss, iat } = decoded(claims);
  if (more.length > 0 || signature === '') throw refused('Invalid token: API key not found');
  if (typeof iss !== 'string' || iss === '') throw refused('Invalid token: iss field not provided');
  if (iss !== key.service) throw refused('Invalid token: service not found');
  if (alg !== 'HS256') throw refused('Invalid token: algorithm used is not HS256');
  if (!isSigned(`${head}.${claims}`, signature, key.secret)) throw refused('Invalid token: API key not found');
  if (!isFresh(iat)) throw refused('Error: Your system clock must be accurate to within 30 seconds');
  if (isRevoked) throw refused('Invalid token: API key revoked');
}

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isSigned(signed: string, signature: string, secret: string): boolean {
  const right = createHmac('sha256', secret).update(signed).digest();
  const given = Buffer.from(signature, 'base64url');
  return given.length === right.length && timingSafeEqual(given, right);
}

function isFresh(iat: unknown): boolean {
  return typeof iat === 'number' && Math.abs(Date.now() / 1000 - iat) <= MAY_BE_OUT_BY_SECONDS;
}
