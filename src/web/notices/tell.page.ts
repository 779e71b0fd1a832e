import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { LogTelling, noticeStory } from '../../notices/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { inputRefused, number, paragraphs, UnitOfWork, words } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrl, noticeUrls } from './notices.urls.ts';

const answers = z.object({
  how: z.enum(['call', 'visit'], 'Say how you told them.'),
  outcome: z.enum(['told', 'not-reached'], 'Say what came of it.'),
  spokeTo: words(100),
  note: paragraphs(2000),
});

/** Logs a call or a visit by which a person told a family, under a script of what to say. */
@Controller()
export class TellPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logTelling: LogTelling,
  ) {}

  @Page({
    ...{ method: 'GET', path: noticeUrls.tell, title: 'Log a call or a visit', allowed: LogTelling.allowed },
    ...{ audit: 'notices.notice-seen', subject: 'notice' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.tell, title: 'Log a call or a visit', allowed: LogTelling.allowed },
    audit: 'notices.telling-logged',
  })
  log(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const told = { ...read(answers, visit.form), on: dayIn(visit.form) };
        await this.logTelling.run(visit.actor, id, told);
        return goTo(
          noticeUrl(id),
          told.outcome === 'told' ? 'Logged: the family knows.' : 'Logged. Nobody was reached.',
        );
      },
      () => this.#form(visit),
    );
  }

  #form(visit: Visit): Promise<View> {
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const story = await noticeStory(tx, number(visit.params.id ?? ''));
      const family = (await referencesOf(tx, [story.notice.familyId])).get(story.notice.familyId);
      const [year, month, day] = tx.today.split('-').map(Number);
      const today = { 'on-day': `${day}`, 'on-month': `${month}`, 'on-year': `${year}` };
      const values = Object.keys(visit.form).length > 0 ? visit.form : today;
      return show('notices/tell.njk', { ...story, family, terms, values, at: noticeUrl(story.notice.id) });
    });
  }
}

function dayIn(form: Form): PlainDate {
  const day = dateField(form, 'on');
  if (!day) throw inputRefused('The day is missing.', [{ field: 'on-day', reason: 'Say on which day it was.' }]);
  return day;
}
