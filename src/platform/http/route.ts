import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import type { ZodType } from 'zod';
import type { Actor, Allowed } from '../../kernel/index.ts';

/** Everything there is to know about a route: who may call it, what it takes, what it gives. The OpenAPI page is made of these. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  /** Who may call it; `open` needs no sign-in. */
  readonly allowed: Allowed | 'open';
  readonly body?: ZodType;
  readonly query?: ZodType;
  readonly answer?: ZodType;
  /** True when it moves money: an Idempotency-Key header is then required. */
  readonly movesMoney?: boolean;
  /** Media type when the answer is not JSON. */
  readonly produces?: string;
  /** Media type when the body is not JSON; it is then handed over as bytes. */
  readonly consumes?: string;
  readonly status?: number;
  /** True for a page: let in by its session cookie, answered with HTML. */
  readonly isPage?: boolean;
  /** What the audit trail calls it: the look a page records, or what its action writes; null where nothing is recorded. */
  readonly audit?: string | null;
}

/** A call that has been let in and checked. */
export interface Asked {
  readonly actor: Actor;
  readonly body: unknown;
  readonly query: unknown;
  readonly idempotency?: { readonly key: string; readonly inputHash: string };
}

export const ROUTE = 'mainstay:route';
export type AskedRequest = Request & { asked?: Asked; actor?: Actor };

/** Declares a route. A route without this is refused at start-up. */
export function Route(facts: RouteFacts): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: facts.path, method: facts.method === 'GET' ? RequestMethod.GET : RequestMethod.POST }),
    HttpCode(facts.status ?? 200),
    SetMetadata(ROUTE, facts),
  );
}

/** Hands the checked call to a controller. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const { asked } = context.switchToHttp().getRequest<AskedRequest>();
  if (!asked) throw new Error('the route guard did not run');
  return asked;
});
