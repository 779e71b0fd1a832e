import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Allowed } from '../../kernel/index.ts';
import { Route } from '../../platform/index.ts';
import { PageFilter } from './page.filter.ts';
import { PageGuard } from './page.guard.ts';
import { PageInterceptor } from './page.interceptor.ts';
import type { OpenVisit, PageFacts, Visit, VisitedRequest } from './visit.ts';

/** What a page says of itself; `audit` may be null only where nothing of a family or a person is shown. */
export interface PageDeclared {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly title: string;
  readonly allowed: Allowed | 'open';
  readonly audit: string | null;
  /** What kind of thing `:id` of the address is, for the record of the look. */
  readonly subject?: string;
  /** True when the form carries a file, in the field `file`. */
  readonly upload?: boolean;
  /** The media type, where it is not a page of HTML but a file or a stream behind one. */
  readonly produces?: string;
}

/** Declares a page: who may see it, and what the audit trail calls it. Refused at start-up without. */
export function Page(declared: PageDeclared): MethodDecorator {
  const { title, ...rest } = declared;
  const facts: PageFacts = { ...rest, summary: title, isPage: true, produces: declared.produces ?? 'text/html' };
  return applyDecorators(Route(facts), UseGuards(PageGuard), UseInterceptors(PageInterceptor), UseFilters(PageFilter));
}

/** Hands the visit to a page: who it is, what they typed. */
export const Visiting = createParamDecorator((_: unknown, context: ExecutionContext): Visit | OpenVisit => {
  const { visit } = context.switchToHttp().getRequest<VisitedRequest>();
  if (!visit) throw new Error('the page guard did not run');
  return visit;
});
