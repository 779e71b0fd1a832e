import type { Request } from 'express';
import type { Brand } from '../../identity/index.ts';
import type { Actor, Role } from '../../kernel/index.ts';
import type { RouteFacts } from '../../platform/index.ts';

/** What a form field was given: one text, or several where boxes share a name. */
export type FormValue = string | readonly string[];
/** Everything that was typed, by field. */
export type Form = Readonly<Record<string, FormValue>>;

/** Somebody on a page that needs no sign-in. */
export interface OpenVisit {
  readonly path: string;
  /** Where this site is, as the browser asked for it: `https://pages.example`. */
  readonly origin: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Form;
  /** What proves that a form was ours. */
  readonly csrf: string;
  /** What makes a second sending of the same form harmless. */
  readonly idempotency?: { readonly key: string; readonly inputHash: string };
  readonly signedIn?: Visit;
}

/** A signed-in person on a page. */
export interface Visit extends OpenVisit {
  readonly actor: Actor;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly roles: readonly Role[];
  };
  readonly council: string;
  /** How their council's pages look. */
  readonly brand: Brand;
  readonly sessionId: string;
  readonly file?: { readonly name: string; readonly bytes: Buffer };
}

/** What is known of a page's route. */
export type PageFacts = RouteFacts & { readonly subject?: string; readonly upload?: boolean };

/** A request once the page guard has been through it. */
export type VisitedRequest = Request & { visit?: Visit | OpenVisit };
