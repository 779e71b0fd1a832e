import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import {
  LetterFiles,
  LogTelling,
  MakePrintBatch,
  noLetterKept,
  type NoticeStory,
  noticeStory,
  seeNotices,
  TryAgain,
} from '../../notices/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { terms } from './notice-terms.ts';
import { noticeUrl, noticeUrls } from './notices.urls.ts';

const sendingAgain = z.object({ way: z.enum(['sms', 'email', 'letter'], 'Choose a way.') });

/** One notice: what it says, every attempt to tell the family, and what a person can do now. */
@Controller()
export class NoticePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tryAgain: TryAgain,
    private readonly letters: LetterFiles,
  ) {}

  @Page({
    ...{ method: 'GET', path: noticeUrls.notice, title: 'A notice', allowed: seeNotices },
    ...{ audit: 'notices.notice-seen', subject: 'notice' },
  })
  notice(@Visiting() visit: Visit): Promise<View> {
    return this.#notice(visit);
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.nextWay, title: 'Try the next way now', allowed: TryAgain.allowed },
    audit: 'notices.notice-served',
  })
  nextWay(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { queued } = await this.tryAgain.nextWay(visit.actor, id, visit.idempotency);
        return goTo(
          noticeUrl(id),
          queued > 0 ? 'It is sent by the next way now.' : 'No way is left: a person must call.',
        );
      },
      () => this.#notice(visit),
    );
  }

  @Page({
    ...{ method: 'POST', path: noticeUrls.sameWay, title: 'Send again', allowed: TryAgain.allowed },
    audit: 'notices.notice-sent-again',
  })
  sameWay(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { way } = read(sendingAgain, visit.form);
        await this.tryAgain.sameWay(visit.actor, id, way, visit.idempotency);
        return goTo(noticeUrl(id), 'It is sent again, to the details as they are now.');
      },
      () => this.#notice(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: noticeUrls.letter, title: 'A letter as it was sent', allowed: seeNotices },
    ...{ audit: 'notices.notice-seen', subject: 'notice' },
  })
  async letter(@Visiting() visit: Visit): Promise<View> {
    const story = await this.#story(visit);
    const letter = story.attempts.find(({ id, way }) => id === visit.params.attempt && way === 'letter');
    if (!letter) throw noLetterKept('This notice has no such letter.');
    const isTheirs = letter.language === story.theirs?.language;
    return show('notices/letter.njk', {
      ...{ ...story, terms, letter, written: isTheirs ? story.theirs : story.english, at: noticeUrl(story.notice.id) },
    });
  }

  /** The view records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: noticeUrls.letterFile, title: 'Download our copy of a letter' },
    ...{ allowed: LetterFiles.allowed, audit: null, produces: 'application/pdf' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const { name, bytes, sha256 } = await this.letters.copy(visit.actor, number(visit.params.attempt ?? ''));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', sha256);
    response.attachment(name).type('application/pdf').send(bytes);
  }

  async #notice(visit: Visit): Promise<View> {
    const story = await this.#story(visit);
    const { state } = story.notice;
    const isOpen = state === 'serving' || state === 'call_needed';
    const may = (roles: readonly string[]): boolean => visit.person.roles.some((role) => roles.includes(role));
    return show('notices/notice.njk', {
      ...{ ...story, terms, at: noticeUrl(story.notice.id), values: visit.form },
      ...{ mayTell: (isOpen || state === 'received') && may(LogTelling.allowed.roles) },
      prints: may(MakePrintBatch.allowed.roles),
      hasFailed: story.attempts.some((each) => each.state === 'failed'),
      ...{ mayTry: isOpen && may(TryAgain.allowed.roles) },
    });
  }

  #story(visit: Visit): Promise<NoticeStory & { family: string; names: Record<string, string>; today: string }> {
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const story = await noticeStory(tx, number(visit.params.id ?? ''));
      return { ...story, ...(await whoIsIn(tx, story)), today: tx.today };
    });
  }
}

async function whoIsIn(tx: Transaction, { notice, attempts }: NoticeStory) {
  const people = [notice.draftedBy, ...attempts.flatMap(({ loggedBy, cameBackBy }) => [loggedBy, cameBackBy])];
  const references = await referencesOf(tx, [notice.familyId]);
  return { family: references.get(notice.familyId) ?? '', names: Object.fromEntries(await namesOf(tx, people)) };
}
