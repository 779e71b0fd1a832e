import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { Sessions } from '../../identity/index.ts';
import { type Actor, defineProblem, mustBeAllowed } from '../../kernel/index.ts';
import { Drafts, ROUTE } from '../../platform/index.ts';
import { cookieOf, formProof, isOurForm, isSecure, newVisitor, setCookie } from './cookies.ts';
import { KEPT_FORM, SignInNeeded } from './sign-in-needed.ts';
import { readUpload } from './upload.ts';
import type { Form, OpenVisit, PageFacts, Visit, VisitedRequest } from './visit.ts';

const formNotOurs = defineProblem('form_not_ours', {
  status: 403,
  title: 'This form cannot be taken',
  whatToDo: 'Go back, load the page again and send the form once more. Nothing was changed.',
});

/** Lets a person onto a page: signed in, permitted, and with a form that is ours. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Drafts) private readonly drafts: Drafts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const facts = this.reflector.get<PageFacts>(ROUTE, context.getHandler());
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    const cookie = cookieOf(request, 'session');
    const found = cookie ? await this.sessions.find(cookie) : undefined;
    const inForce = found?.session.isInForce && found.session.isProven ? found : undefined;
    const secret = inForce ? (cookie as string) : this.#visitorOf(request, response);
    if (facts.allowed !== 'open' && !inForce) return this.#askToSignIn(request, cookie, found?.actor);
    if (facts.upload && request.method === 'POST') await readUpload(request, response);
    const open = openVisit(request, secret);
    if (inForce) request.visit = visitOf(open, request, inForce);
    else request.visit = open;
    if (request.method === 'POST') this.#mustBeOurForm(request, secret);
    if (facts.allowed !== 'open' && inForce) mustBeAllowed(inForce.actor, facts.allowed);
    return true;
  }

  #visitorOf(request: VisitedRequest, response: Response): string {
    const known = cookieOf(request, 'visitor');
    if (known) return known;
    const visitor = newVisitor();
    setCookie(response, 'visitor', visitor);
    return visitor;
  }

  #mustBeOurForm(request: VisitedRequest, secret: string): void {
    const site = request.headers['sec-fetch-site'];
    const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    const proof = ((request.body ?? {}) as Record<string, unknown>)['form-proof'];
    if (isFromElsewhere || !isOurForm(secret, proof)) throw formNotOurs('It did not come from a page of yours here.');
  }

  /** Sends somebody to sign in; what they had typed is kept for when they are back. */
  async #askToSignIn(request: VisitedRequest, cookie: string | undefined, actor: Actor | undefined): Promise<never> {
    const proof = ((request.body ?? {}) as Record<string, unknown>)['form-proof'];
    if (request.method === 'GET') throw new SignInNeeded(request.originalUrl);
    if (cookie && actor && isOurForm(cookie, proof))
      await this.drafts.keep(actor, KEPT_FORM, { path: request.originalUrl, form: withoutSecrets(formOf(request)) });
    throw new SignInNeeded('/');
  }
}

function openVisit(request: VisitedRequest, secret: string): OpenVisit {
  const texts = Object.entries(request.query).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    origin: `${isSecure() ? 'https' : 'http'}://${request.headers.host ?? ''}`,
    ...{ path: request.path, params: request.params as Record<string, string>, query: Object.fromEntries(texts) },
    ...{ form: formOf(request), csrf: formProof(secret), idempotency: idempotencyOf(request, '') },
  };
}

function visitOf(
  open: OpenVisit,
  request: VisitedRequest,
  { session, actor }: NonNullable<Awaited<ReturnType<Sessions['find']>>>,
): Visit {
  const { userId: id, name, email, roles } = session;
  const file = request.file && { name: request.file.originalname, bytes: request.file.buffer };
  const visit: Visit = {
    ...{ ...open, actor, person: { id, name, email, roles }, council: session.council, sessionId: session.id },
    brand: session.brand,
    ...{ idempotency: idempotencyOf(request, id), file },
  };
  return { ...visit, signedIn: visit };
}

function formOf(request: VisitedRequest): Form {
  const given = Object.entries((request.body ?? {}) as Record<string, string | string[]>);
  return Object.fromEntries(given.filter(([name]) => name !== 'form-proof' && name !== 'form-key'));
}

/** Fields that are never kept for later, whatever form they are of. */
const SECRETS: readonly string[] = ['password', 'again', 'code', 'apiKey', 'callbackToken'];

function withoutSecrets(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([name]) => !SECRETS.includes(name)));
}

/** A form sent twice (a double click, a reload) is answered once. */
function idempotencyOf(request: VisitedRequest, userId: string): Visit['idempotency'] {
  const key = ((request.body ?? {}) as Record<string, unknown>)['form-key'];
  if (typeof key !== 'string' || !/^[\w-]{10,60}$/.test(key)) return undefined;
  const asked = `${userId}\n${request.originalUrl}\n${JSON.stringify(formOf(request))}`;
  return { key: `page:${key}`, inputHash: createHash('sha256').update(asked).digest('hex') };
}
