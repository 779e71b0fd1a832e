import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import nunjucks from 'nunjucks';
import type { ProblemDocument } from '../../platform/index.ts';
import type { View } from './answers.ts';
import { assets } from './assets.ts';
import * as formats from './formats.ts';
import { languageName } from './languages.ts';
import { navigationFor } from './navigation.ts';
import { rowsAsCards } from './rows-as-cards.ts';
import { takeTold } from './told.ts';
import type { VisitedRequest } from './visit.ts';

const packages = createRequire(import.meta.url);
/** Where the templates are: beside the code, in `src/web`, whichever side of the build this runs from. */
const TEMPLATES = fileURLToPath(new URL('../../../../src/web/', import.meta.url));
const KITS = ['govuk-frontend/package.json', '@ministryofjustice/frontend/package.json'].map((name) =>
  dirname(packages.resolve(name)),
);

/** Writes pages: templates with the design system's parts, and everything every page has. */
@Injectable()
export class Renderer {
  readonly #templates: nunjucks.Environment;

  constructor() {
    const folders = [TEMPLATES, join(KITS[0] as string, 'dist'), KITS[1] as string];
    this.#templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
      ...{ autoescape: true, trimBlocks: true, lstripBlocks: true },
    });
    for (const [name, format] of Object.entries(formats)) this.#templates.addFilter(name, format);
    this.#templates.addFilter('languageName', languageName);
    this.#templates.addFilter('rowsAsCards', rowsAsCards);
    this.#templates.addGlobal('assets', assets);
    this.#templates.addGlobal('errorAt', errorAt);
  }

  /** Writes one page for one request. */
  page(view: View, request: VisitedRequest, response: Response): string {
    const { visit } = request;
    const signedIn = visit?.signedIn;
    const locals = response.locals as { nonce?: string };
    return this.#templates.render(view.template, {
      ...view.data,
      ...{
        visit,
        person: signedIn?.person,
        council: signedIn?.council,
        brand: signedIn?.brand,
        cspNonce: locals.nonce,
        path: request.path,
      },
      navigation: signedIn ? navigationFor(signedIn.person.roles, request.path) : { areas: [] },
      told: takeTold(request, response),
      hidden: () => hiddenFields(visit?.csrf ?? ''),
    });
  }
}

/** The fields every form carries: that it is ours, and a key that makes sending it twice harmless. */
function hiddenFields(csrf: string): nunjucks.runtime.SafeString {
  const field = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${value}">`;
  return new nunjucks.runtime.SafeString(field('form-proof', csrf) + field('form-key', randomUUID()));
}

/** Gives the message of one field, as the design system's parts take it. */
function errorAt(problem: ProblemDocument | undefined, field: string): { text: string } | undefined {
  const items = problem?.items?.filter((item) => item.field === field) ?? [];
  const text = items.map((item) => [item.reason, item.whatToDo].filter(Boolean).join(' ')).join(' ');
  return text ? { text } : undefined;
}
