import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { AnswerFamilyMessage, familiesOfOwner, openMessages, readFamilyMessage } from '../../notices/index.ts';
import { number, paragraphs, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

const answering = z.object({ note: paragraphs(1000), version: z.coerce.number().int() });
const ON_A_PAGE = 30;

/** What families write from their own pages: who waits longest, each message, and what was done about it. */
@Controller()
export class FamilyMessagePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly answer: AnswerFamilyMessage,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.messages, title: 'Messages of families' },
    ...{ allowed: AnswerFamilyMessage.allowed, audit: 'notices.family-messages-listed' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const isMine = visit.query.whose === 'mine';
    const after = /^\d{1,18}$/.test(visit.query.after ?? '') ? visit.query.after : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      today: tx.today,
      found: await openMessages(tx, {
        ...{ limit: ON_A_PAGE + 1, ...(after ? { after } : {}) },
        ...(isMine ? { familyIds: await familiesOfOwner(tx, visit.person.id) } : {}),
      }),
    }));
    const messages = data.found.slice(0, ON_A_PAGE);
    const whose = isMine ? 'whose=mine&' : '';
    const next = data.found.length > ON_A_PAGE ? `${visit.path}?${whose}after=${messages.at(-1)?.id}` : undefined;
    const first = after && `${visit.path}${isMine ? '?whose=mine' : ''}`;
    return show('families/messages.njk', { messages, next, first, isMine, today: data.today });
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.message, title: 'A message of a family' },
    ...{ allowed: AnswerFamilyMessage.allowed, audit: 'notices.family-message-seen', subject: 'message' },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#show(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.message, title: 'Answer a message of a family' },
    ...{ allowed: AnswerFamilyMessage.allowed, audit: 'notices.family-message-answered' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { note, version } = read(answering, visit.form);
        await this.answer.run(visit.actor, number(visit.params.id ?? ''), { note, version }, visit.idempotency);
        return goTo(familyUrls.messages, 'The message is answered. The family’s page says that somebody looked at it.');
      },
      () => this.#show(visit),
    );
  }

  async #show(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const message = await readFamilyMessage(tx, number(visit.params.id ?? ''));
      const family = (await referencesOf(tx, [message.familyId])).get(message.familyId);
      const names = await namesOf(tx, [message.answeredBy]);
      return { message, family, today: tx.today, answeredBy: names.get(message.answeredBy ?? '') };
    });
    return show('families/message.njk', { ...data, values: visit.form });
  }
}
