import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { LOGGER, type Logger, ProblemFilter, ProblemPages } from '../../platform/index.ts';
import { GoElsewhere, SignInNeeded } from './sign-in-needed.ts';

/** Turns what a page throws into the way to sign in, or the same problem the API would answer, as a page. */
@Catch()
@Injectable()
export class PageFilter implements ExceptionFilter {
  readonly #problems: ProblemFilter;

  constructor(@Inject(LOGGER) log: Logger, @Inject(ProblemPages) pages: ProblemPages) {
    this.#problems = new ProblemFilter(log, pages);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (thrown instanceof GoElsewhere) return redirect(host, thrown.url);
    if (!(thrown instanceof SignInNeeded)) {
      // oxlint-disable-next-line promise/valid-params -- a filter's catch, not a promise's
      this.#problems.catch(thrown, host);
      return;
    }
    const next = thrown.next === '/' ? '' : `?next=${encodeURIComponent(thrown.next)}`;
    redirect(host, `/sign-in${next}`);
  }
}

function redirect(host: ArgumentsHost, url: string): void {
  host.switchToHttp().getResponse<Response>().set('Cache-Control', 'no-store').redirect(303, url);
}
