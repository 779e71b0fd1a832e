/** The name of the draft that keeps a form which arrived after its session had run out. */
export const KEPT_FORM = 'kept-form';

/** Thrown where a page needs somebody signed in; the page filter turns it into the way there. */
export class SignInNeeded extends Error {
  constructor(readonly next: string) {
    super('sign in first');
  }
}

/** Thrown where a page is not to be shown at all; the page filter goes to another one instead. */
export class GoElsewhere extends Error {
  constructor(readonly url: string) {
    super('go to another page');
  }
}

/** Takes only addresses of our own to go on to after signing in. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\w/.?=&%+:-]{0,500}$/.test(next) ? next : '/';
}
