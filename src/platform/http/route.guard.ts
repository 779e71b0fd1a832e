import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ZodType } from 'zod';
import { type Actor, defineProblem, mustBeAllowed, type ProblemItem } from '../../kernel/index.ts';
import { type AskedRequest, ROUTE, type RouteFacts } from './route.ts';

export const notSignedIn = defineProblem('not_signed_in', {
  status: 401,
  title: 'Sign in first',
  whatToDo: 'Send "Authorization: Bearer TOKEN" with a token that is neither expired nor revoked.',
});
export const inputRefused = defineProblem('input_refused', {
  status: 422,
  title: 'Some of what was sent is not right',
  whatToDo: 'Correct each place named below and send it again. Nothing was changed.',
});
export const idempotencyKeyMissing = defineProblem('idempotency_key_missing', {
  status: 400,
  title: 'An Idempotency-Key header is needed',
  whatToDo: 'Send a key of your own choosing, new for each new request, so that a repeat cannot move money twice.',
});

/** Finds who a token belongs to. The identity room provides it. */
export abstract class Authenticator {
  abstract authenticate(bearer: string): Promise<Actor | undefined>;
}

/** Lets a call in: signed in, permitted, input right, idempotency key where money moves. */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const facts = this.reflector.get<RouteFacts | undefined>(ROUTE, context.getHandler());
    if (!facts) throw new Error(`route ${context.getHandler().name} has no @Route: say who may call it`);
    // A page has a guard of its own, which knows session cookies.
    if (facts.allowed === 'open' || facts.isPage) return true;
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const actor = await this.#signIn(request);
    mustBeAllowed(actor, facts.allowed);
    request.actor = actor;
    const body: unknown = facts.consumes ? request.body : checked(facts.body, request.body ?? {}, 'body');
    const query = checked(facts.query, request.query, 'query');
    request.asked = { actor, body, query, ...idempotency(facts, request) };
    return true;
  }

  async #signIn(request: AskedRequest): Promise<Actor> {
    const bearer = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const actor = bearer ? await this.authenticator.authenticate(bearer) : undefined;
    if (!actor) throw notSignedIn('This needs a token that is in force.');
    return actor;
  }
}

function checked(schema: ZodType | undefined, given: unknown, place: string): unknown {
  if (!schema) return undefined;
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const items: ProblemItem[] = read.error.issues.map((issue) => ({
    field: issue.path.length > 0 ? issue.path.join('.') : place,
    reason: issue.message,
  }));
  throw inputRefused(`${items.length} place${items.length === 1 ? ' is' : 's are'} not right in the ${place}.`, items);
}

function idempotency(
  facts: RouteFacts,
  request: AskedRequest,
): Pick<NonNullable<AskedRequest['asked']>, 'idempotency'> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length === 0) {
    if (facts.movesMoney) throw idempotencyKeyMissing('This call moves money.');
    return {};
  }
  if (key.length > 200) throw idempotencyKeyMissing('The key is longer than 200 characters.');
  const asked = `${request.actor?.userId ?? ''}\n${request.originalUrl}\n${JSON.stringify(request.body ?? {})}`;
  return { idempotency: { key, inputHash: createHash('sha256').update(asked).digest('hex') } };
}
