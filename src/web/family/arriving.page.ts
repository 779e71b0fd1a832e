import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { LookAtFamilyPage, OpenFamilyPage } from '../../notices/index.ts';
import { words } from '../../platform/index.ts';
import {
  attempt,
  clearCookie,
  cookieOf,
  goTo,
  type OpenVisit,
  Page,
  type PageAnswer,
  read,
  setCookie,
  show,
  type View,
  Visiting,
} from '../pages/index.ts';
import { familyPageUrls as urls, NEUTRAL_PAGE } from './family.urls.ts';

const typed = z.object({ code: words(40) });

/** The ways onto a family's page, with a code or the link in a message, and the quick way off it. */
@Controller()
export class ArrivingPages {
  constructor(
    private readonly openFamilyPage: OpenFamilyPage,
    private readonly look: LookAtFamilyPage,
  ) {}

  @Page({ method: 'GET', path: urls.code, title: 'Type your code', allowed: 'open', audit: null })
  ask(): View {
    return show('family/code.njk', { values: {} });
  }

  @Page({ method: 'POST', path: urls.code, title: 'Type your code', allowed: 'open', audit: 'notices.family-came' })
  take(
    @Visiting() visit: OpenVisit,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PageAnswer> {
    return attempt(
      () => this.#open(read(typed, visit.form).code, request, response),
      () => show('family/code.njk', { values: visit.form }),
    );
  }

  @Page({ method: 'GET', path: urls.closed, title: 'This page is closed', allowed: 'open', audit: null })
  closed(): View {
    return show('family/closed.njk');
  }

  /** A link and no form, so that it works at once and without scripts: the session ends before anything else happens. */
  @Page({ method: 'GET', path: urls.exit, title: 'Exit this page', allowed: 'open', audit: null })
  async exit(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<PageAnswer> {
    const secret = cookieOf(request, 'family');
    clearCookie(response, 'family');
    response.set('Referrer-Policy', 'no-referrer');
    if (secret) await this.look.leave(secret);
    return goTo(NEUTRAL_PAGE);
  }

  /** Last of all addresses under `/f`: whatever is none of them is taken for a code. */
  @Page({
    ...{ method: 'GET', path: urls.byLink, title: 'Open your page', allowed: 'open' },
    audit: 'notices.family-came',
  })
  follow(
    @Visiting() visit: OpenVisit,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PageAnswer> {
    response.set('Referrer-Policy', 'no-referrer');
    return attempt(
      () => this.#open(visit.params.code ?? '', request, response),
      () => show('family/code.njk', { values: {} }),
    );
  }

  async #open(code: string, request: Request, response: Response): Promise<PageAnswer> {
    setCookie(response, 'family', await this.openFamilyPage.run(code, request.ip ?? ''));
    return goTo(urls.start);
  }
}
