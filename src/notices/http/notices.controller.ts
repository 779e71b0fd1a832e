import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { type Asked, AskedBy, day, number, paragraphs, Route, UnitOfWork, words } from '../../platform/index.ts';
import { LogTelling } from '../actions/log-telling.action.ts';
import { seeNotices } from '../actions/see-notices.ts';
import { TryAgain } from '../actions/try-again.action.ts';
import { noticeKinds } from '../domain/notice-facts.ts';
import { boardCounts, boardFilters, type BoardNotice, boardNotices, placeOf } from '../views/board.view.ts';
import { type NoticeStory, noticeStory } from '../views/notice-story.view.ts';

const board = z.object({
  filter: z.enum(boardFilters).optional(),
  kind: z.enum(noticeKinds).optional(),
  sort: z.enum(['needed', 'newest']).default('needed'),
  after: z
    .string()
    .regex(/^(?:(?:\d{4}-\d\d-\d\d|infinity)_)?\d{1,18}$/, 'Use the "next" of the page before.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
const told = z.object({
  how: z.enum(['call', 'visit']),
  outcome: z.enum(['told', 'not-reached']),
  on: day,
  spokeTo: words(100),
  note: paragraphs(2000),
});
const again = z.object({ way: z.enum(['sms', 'email', 'letter']) });

/** Notices over HTTP: the board, one notice, what a person did about it. */
@Controller()
export class NoticesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logTelling: LogTelling,
    private readonly tryAgain: TryAgain,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices', summary: 'Notices to families, the soonest needed first' },
    ...{ allowed: seeNotices, query: board },
  })
  list(@AskedBy() asked: Asked) {
    const query = asked.query as z.output<typeof board>;
    // A place by number is no place by day: it is let be, and the list begins again.
    const fits = query.after?.includes('_') === (query.sort === 'needed');
    const from = { ...query, after: fits ? query.after : undefined };
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const notices = await boardNotices(tx, from);
      const last = notices.length === query.limit ? notices.at(-1) : undefined;
      return { counts: await boardCounts(tx), notices, next: last ? placeOf(last, query.sort) : null };
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/:id', summary: 'One notice with every attempt; the look is on record' },
    allowed: seeNotices,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<NoticeStory> {
    return this.unitOfWork.run({ name: 'notices.see-notice', actor: asked.actor }, async (tx) => {
      const story = await noticeStory(tx, number(id));
      const { familyId } = story.notice;
      tx.audit({ action: 'notices.notice-seen', subjectKind: 'family', subjectId: familyId, detail: { notice: id } });
      return story;
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/:id/tellings', summary: 'Log a call or a visit', status: 201 },
    ...{ allowed: LogTelling.allowed, body: told },
  })
  tell(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.logTelling.run(asked.actor, number(id), asked.body as z.output<typeof told>);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/:id/next-way', summary: 'Try the family’s next way now' },
    allowed: TryAgain.allowed,
  })
  nextWay(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ queued: number; callNeeded: number }> {
    return this.tryAgain.nextWay(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/:id/same-way', status: 201 },
    ...{ summary: 'Send by a way that failed, now that the details were put right' },
    ...{ allowed: TryAgain.allowed, body: again },
  })
  async sameWay(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ queued: 1 }> {
    const { way } = asked.body as z.output<typeof again>;
    await this.tryAgain.sameWay(asked.actor, number(id), way, asked.idempotency);
    return { queued: 1 };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/families/:id/notices', summary: 'A family’s notices; the look is on record' },
    allowed: seeNotices,
  })
  ofFamily(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ notices: BoardNotice[] }> {
    return this.unitOfWork.run({ name: 'notices.see-family-notices', actor: asked.actor }, async (tx) => {
      await familyDetail(tx, number(id));
      tx.audit({ action: 'notices.family-notices-seen', subjectKind: 'family', subjectId: id, detail: {} });
      return { notices: await boardNotices(tx, { among: [id], sort: 'newest', limit: 200 }) };
    });
  }
}
