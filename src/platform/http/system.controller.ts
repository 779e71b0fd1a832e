import { Controller, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { defineProblem, problemCatalogue } from '../../kernel/index.ts';
import { QueuePort } from '../queue/queue-port.ts';
import { RouteList } from './openapi.ts';
import { Route } from './route.ts';

const noSuchProblem = defineProblem('no_such_problem', {
  status: 404,
  title: 'There is no problem of that name',
  whatToDo: 'See the list at /problems.',
});

/** Health for whoever operates it, OpenAPI for whoever builds on it, and a page for each kind of problem. */
@Controller()
export class SystemController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(QueuePort) private readonly queue: QueuePort,
    @Inject(RouteList) private readonly routes: RouteList,
  ) {}

  @Route({ method: 'GET', path: '/health/live', summary: 'Is the process alive?', allowed: 'open' })
  live(): { status: string } {
    return { status: 'alive' };
  }

  @Route({ method: 'GET', path: '/health/ready', summary: 'Can it serve: database and queue?', allowed: 'open' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<{ database: boolean; queue: boolean }> {
    const database = await this.database.query('select 1').then(
      () => true,
      () => false,
    );
    const queue = await this.queue.isUp();
    if (!database || !queue) response.status(503);
    return { database, queue };
  }

  @Route({ method: 'GET', path: '/api/openapi.json', summary: 'This API, described', allowed: 'open' })
  openapi(): Record<string, unknown> {
    return this.routes.document();
  }

  @Route({ method: 'GET', path: '/problems', summary: 'Every kind of problem', allowed: 'open', produces: 'text/html' })
  problems(@Res() response: Response): void {
    const rows = problemCatalogue().map(
      (kind) => `<li><a href="/problems/${kind.code}">${kind.code}</a>: ${kind.title}</li>`,
    );
    response.type('html').send(page('Problems', `<ul>${rows.join('')}</ul>`));
  }

  @Route({
    method: 'GET',
    path: '/problems/:code',
    summary: 'One kind of problem',
    allowed: 'open',
    produces: 'text/html',
  })
  problem(@Param('code') code: string, @Res() response: Response): void {
    const kind = problemCatalogue().find((each) => each.code === code);
    if (!kind) throw noSuchProblem('No problem has this code.');
    response
      .type('html')
      .send(page(kind.title, `<p>${kind.whatToDo}</p><p>Code <code>${kind.code}</code>, status ${kind.status}.</p>`));
  }
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} - Mainstay</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}
