import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type ProblemDocument, ProblemPages } from '../../platform/index.ts';
import { View } from './answers.ts';
import { Renderer } from './renderer.ts';
import type { VisitedRequest } from './visit.ts';

/** Shows a problem as a page to a person with a browser: the same title, reason and remedy as the API's. */
@Injectable()
export class HtmlProblems extends ProblemPages {
  constructor(@Inject(Renderer) private readonly renderer: Renderer) {
    super();
  }

  answer(document: ProblemDocument, request: Request, response: Response): boolean {
    if (request.path.startsWith('/api/') || !request.accepts(['json', 'html'])) return false;
    if (request.accepts(['json', 'html']) !== 'html') return false;
    response.status(document.status).set('Cache-Control', 'no-store').type('html');
    const template = isFamilys(request.path) ? 'family/problem.njk' : 'pages/problem.njk';
    response.send(this.renderer.page(new View(template, { document }), request as VisitedRequest, response));
    return true;
  }
}

/** Families' own pages name nobody, and lead to no page of the council's people. */
function isFamilys(path: string): boolean {
  return path === '/f' || path.startsWith('/f/');
}
