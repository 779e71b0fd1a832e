import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
  Optional,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, defineProblem } from '../../kernel/index.ts';
import { explainRefusal } from '../database/constraint-problems.ts';
import { LOGGER, type Logger } from '../logging/logger.ts';

const notFoundPage = defineProblem('no_such_address', {
  status: 404,
  title: 'There is nothing at this address',
  whatToDo: 'Check the address against /api/openapi.json.',
});
const badRequest = defineProblem('request_not_understood', {
  status: 400,
  title: 'The request could not be read',
  whatToDo: 'Send well-formed JSON with the media type application/json.',
});
const tooLarge = defineProblem('request_too_large', {
  status: 413,
  title: 'The request is too large',
  whatToDo: 'Send less at once: JSON up to 2 MB, bank statements up to 25 MB, family files up to 200 MB.',
});
const ourFault = defineProblem('our_fault', {
  status: 500,
  title: 'Something went wrong on our side',
  whatToDo: 'Nothing was changed. Try again; if it happens again, report the reference below.',
});

/** A problem as RFC 9457 writes it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly whatToDo: string;
  readonly items?: DomainError['items'];
  readonly reference?: string;
}

/** Writes a problem for a caller: stable code, what is wrong, what to do, every wrong place. */
export function problemDocument(error: DomainError, reference?: string): ProblemDocument {
  return {
    type: `/problems/${error.code}`,
    title: error.kind.title,
    status: error.kind.status,
    detail: error.message,
    code: error.code,
    whatToDo: error.kind.whatToDo,
    ...(error.items.length > 0 ? { items: error.items } : {}),
    ...(reference ? { reference } : {}),
  };
}

/** Shows a problem as a page, where a browser asked for one. The web front provides it. */
export abstract class ProblemPages {
  /** @returns whether it answered */
  abstract answer(document: ProblemDocument, request: Request, response: Response): boolean;
}

/** Turns everything thrown into problem+json. What is our own fault is logged, and told without its insides. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Optional() @Inject(ProblemPages) private readonly pages?: ProblemPages,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const context = host.switchToHttp();
    const request = context.getRequest<Request & { id?: string }>();
    const response = context.getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const error = this.#asDomainError(explainRefusal(thrown), request);
    const document = problemDocument(error, error.kind.status >= 500 ? request.id : undefined);
    if (this.pages?.answer(document, request, response)) return;
    response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
  }

  #asDomainError(error: unknown, request: Request & { id?: string }): DomainError {
    if (error instanceof DomainError) return error;
    const status = error instanceof HttpException ? error.getStatus() : (error as { status?: number }).status;
    if (status === 413) return tooLarge((error as Error).message);
    if (status === 404) return notFoundPage(`${request.method} ${request.path}`);
    if (status !== undefined && status >= 400 && status < 500) return badRequest((error as Error).message);
    this.log.error({
      event: 'http.our-fault',
      reference: request.id,
      reason: (error as Error)?.stack ?? String(error),
    });
    return ourFault('The fault has been logged.');
  }
}
