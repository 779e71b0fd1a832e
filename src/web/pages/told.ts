import type { Request, Response } from 'express';
import { clearCookie, cookieOf, setCookie } from './cookies.ts';

/** Says something on the next page this person sees. */
export function tell(response: Response, what: string): void {
  setCookie(response, 'told', Buffer.from(what.slice(0, 500)).toString('base64url'));
}

/** Takes what is to be said, once. */
export function takeTold(request: Request, response: Response): string | undefined {
  const kept = cookieOf(request, 'told');
  if (!kept) return undefined;
  clearCookie(response, 'told');
  return Buffer.from(kept, 'base64url').toString('utf8');
}
