import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { ROUTE, UnitOfWork } from '../../platform/index.ts';
import { type PageAnswer, Redirect } from './answers.ts';
import { Renderer } from './renderer.ts';
import { tell } from './told.ts';
import type { PageFacts, Visit, VisitedRequest } from './visit.ts';

/** Records the look, then turns what a page's handler gives into HTML or the way to another page. */
@Injectable()
export class PageInterceptor implements NestInterceptor<PageAnswer | undefined, string | undefined> {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Renderer) private readonly renderer: Renderer,
  ) {}

  async intercept(
    context: ExecutionContext,
    next: CallHandler<PageAnswer | undefined>,
  ): Promise<Observable<string | undefined>> {
    const facts = this.reflector.get<PageFacts>(ROUTE, context.getHandler());
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    await this.#recordLook(facts, request);
    return next.handle().pipe(mergeMap(async (answer) => this.#answer(answer, request, response)));
  }

  #answer(answer: PageAnswer | undefined, request: VisitedRequest, response: Response): string | undefined {
    // A handler that wrote the answer itself (a file, a stream) gives nothing.
    if (answer === undefined) return undefined;
    response.setHeader('Cache-Control', 'no-store');
    if (answer instanceof Redirect) {
      if (answer.told) tell(response, answer.told);
      response.status(303).location(answer.url);
      return '';
    }
    response.status(answer.status).type('html');
    return this.renderer.page(answer, request, response);
  }

  async #recordLook(facts: PageFacts, request: VisitedRequest): Promise<void> {
    const { audit, subject } = facts;
    const visit = request.visit as Visit | undefined;
    if (!audit || facts.method !== 'GET' || !visit?.actor) return;
    const subjectId = visit.params.id ?? '';
    await this.unitOfWork.run({ name: 'web.look', actor: visit.actor }, async (tx) => {
      tx.audit({
        action: audit,
        subjectKind: subject ?? 'page',
        subjectId: /^\d{1,18}$/.test(subjectId) ? subjectId : '',
      });
    });
  }
}
