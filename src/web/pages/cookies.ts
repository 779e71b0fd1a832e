import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/** The cookies there are: who is in, a sign-in half done, a family on its page, a visitor's mark for forms, what to say next. */
export type CookieName = 'session' | 'sign-in' | 'family' | 'visitor' | 'told';

/** Whether cookies may travel over plain HTTP: only on somebody's own machine. */
export function isSecure(): boolean {
  return process.env.NODE_ENV === 'production';
}

/** Reads one of our cookies. */
export function cookieOf(request: Request, name: CookieName): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[fullName(name)] || undefined;
}

/** Sets one of our cookies until the browser closes: never read by scripts, never sent along from other sites. */
export function setCookie(response: Response, name: CookieName, value: string): void {
  append(response, name, value);
}

/** Takes one of our cookies away. */
export function clearCookie(response: Response, name: CookieName): void {
  append(response, name, '', 0);
}

function append(response: Response, name: CookieName, value: string, maxAge?: number): void {
  const cookie = stringifySetCookie({
    ...{ name: fullName(name), value, httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() },
    ...(maxAge === undefined ? {} : { maxAge }),
  });
  response.append('Set-Cookie', cookie);
}

function fullName(name: CookieName): string {
  return `${isSecure() ? '__Host-' : ''}mainstay-${name}`;
}

/** Makes the mark a visitor's forms are known by before they sign in. */
export function newVisitor(): string {
  return randomBytes(24).toString('base64url');
}

/** Makes what each form carries to prove that we wrote it, from a cookie only this browser has. */
export function formProof(secret: string): string {
  return createHmac('sha256', secret).update('mainstay form').digest('base64url');
}

/** Says whether a form is ours. */
export function isOurForm(secret: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [expected, found] = [Buffer.from(formProof(secret)), Buffer.from(given)];
  return expected.length === found.length && timingSafeEqual(expected, found);
}
