import { Global, Module } from '@nestjs/common';
import { ProblemPages } from '../../platform/index.ts';
import { CouncilStyle } from './council-style.ts';
import { HtmlProblems } from './html-problems.ts';
import { PageFilter } from './page.filter.ts';
import { PageGuard } from './page.guard.ts';
import { PageInterceptor } from './page.interceptor.ts';
import { Renderer } from './renderer.ts';

/** What every journey's pages stand on. */
@Global()
@Module({
  controllers: [CouncilStyle],
  providers: [Renderer, PageGuard, PageInterceptor, PageFilter, { provide: ProblemPages, useClass: HtmlProblems }],
  exports: [Renderer, PageGuard, PageInterceptor, PageFilter, ProblemPages],
})
export class PagesModule {}
