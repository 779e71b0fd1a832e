import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FamilyGuest, languages, LookAtFamilyPage } from '../../notices/index.ts';
import {
  clearCookie,
  cookieOf,
  goTo,
  type OpenVisit,
  type PageAnswer,
  read,
  type View,
  Visiting,
} from '../pages/index.ts';
import { showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

const choice = z.object({ language: z.enum(languages) });

/** The first page: in which language, and is it safe to go on. It shows nothing of the family. */
@Controller()
export class StartPages {
  constructor(private readonly look: LookAtFamilyPage) {}

  @FamilyPage({ method: 'GET', path: urls.start, title: 'Is it safe to continue?' })
  start(@Guest() guest: FamilyGuest): View {
    return showTo(guest, 'start.njk');
  }

  @FamilyPage({ method: 'POST', path: urls.language, title: 'Choose a language' })
  async chooseLanguage(@Guest() guest: FamilyGuest, @Visiting() { form }: OpenVisit): Promise<PageAnswer> {
    await this.look.chooseLanguage(guest, read(choice, form).language);
    return goTo(guest.isSafe ? urls.page : urls.start);
  }

  @FamilyPage({ method: 'POST', path: urls.safe, title: 'It is safe to continue' })
  async goOn(@Guest() guest: FamilyGuest): Promise<PageAnswer> {
    await this.look.isSafe(guest);
    return goTo(urls.page);
  }

  /** Says in the family's language how to come back; the session is over by then. */
  @FamilyPage({ method: 'POST', path: urls.leave, title: 'It is not safe', audit: 'notices.family-left' })
  async leave(
    @Guest() guest: FamilyGuest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PageAnswer> {
    await this.look.leave(cookieOf(request, 'family') ?? '');
    clearCookie(response, 'family');
    return showTo(guest, 'left.njk');
  }
}
