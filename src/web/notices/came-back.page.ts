import { Controller } from '@nestjs/common';
import { referencesOf } from '../../families/index.ts';
import { LogReturn, noLetterKept, noticeStory } from '../../notices/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrl, noticeUrls } from './notices.urls.ts';

/** Logs that a letter printed here came back, once a person saw what follows from that. */
@Controller()
export class CameBackPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logReturn: LogReturn,
  ) {}

  @Page({
    ...{ method: 'GET', path: noticeUrls.cameBack, title: 'A letter came back', allowed: LogReturn.allowed },
    ...{ audit: 'notices.notice-seen', subject: 'notice' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const story = await noticeStory(tx, number(visit.params.id ?? ''));
      const letter = story.attempts.find(({ id, way }) => id === visit.params.attempt && way === 'letter');
      if (!letter) throw noLetterKept('This notice has no such letter.');
      const family = (await referencesOf(tx, [story.notice.familyId])).get(story.notice.familyId);
      return show('notices/came-back.njk', { ...story, letter, family, terms, at: noticeUrl(story.notice.id) });
    });
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.cameBack, title: 'A letter came back', allowed: LogReturn.allowed },
    audit: 'notices.letter-came-back',
  })
  log(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { wasReceived } = await this.logReturn.run(
          visit.actor,
          number(visit.params.attempt ?? ''),
          visit.idempotency,
        );
        return goTo(
          noticeUrl(visit.params.id ?? ''),
          wasReceived ? 'Logged. Ask the family where it lives now.' : 'Logged: the letter does not count as received.',
        );
      },
      () => this.ask(visit),
    );
  }
}
