import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes, noticesByIds, serveNotices } from '../../notices/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepOldDay, takeEffect } from '../actions/settle-pay-day.ts';
import { tellFamilies } from '../move-jobs.ts';
import {
  changesOfMove,
  lockChangeOfNotice,
  type PayDayChangeRow,
  readMove,
  waitingChanges,
} from '../store/move.store.ts';

const FAMILIES_AT_ONCE = 500;

/** Carries moves of pay days through: tells the families, puts into force what was received in time, keeps the rest. */
@Injectable()
export class PayDayMoves implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
    private readonly calendars: Calendars,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(tellFamilies, (tx, { moveId, after }) => this.tell(tx, moveId as string, after as string));
    this.outcomes.whenReceived('pay-day', (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.keepOverdue(authorityId));
  }

  /** Serves the notices of some hundreds of families, and rings for the next. Safe to run twice: served ones are let be. */
  async tell(tx: Transaction, moveId: string, after: string): Promise<void> {
    const changes = await changesOfMove(tx, moveId, ['waiting'], after, FAMILIES_AT_ONCE);
    const move = await readMove(tx, moveId);
    if (move.urgentReason !== null) {
      const calendars = await this.#calendars(tx);
      for (const change of changes) await takeEffect(tx, change, calendars);
    }
    await serveNotices(
      tx,
      changes.map((change) => change.noticeId),
    );
    const last = changes.at(-1);
    if (changes.length === FAMILIES_AT_ONCE && last)
      tx.announce({ topic: tellFamilies, key: `${moveId}-${last.id}`, payload: { moveId, after: last.id } });
  }

  /** A notice arrived: in time, its change takes effect; too late, the old day is kept. */
  async received(tx: Transaction, noticeId: string): Promise<void> {
    const change = await lockChangeOfNotice(tx, noticeId);
    const [notice] = await noticesByIds(tx, [noticeId]);
    if (!change || !notice?.receivedOn || !notice.neededBy) return;
    const calendars = await this.#calendars(tx);
    if (notice.receivedOn <= notice.neededBy) return takeEffect(tx, change, calendars);
    await keepOldDay(
      tx,
      [change],
      `The family had the notice on ${notice.receivedOn}; ${notice.neededBy} was the last day.`,
      calendars,
    );
  }

  /** Keeps the old day of every family whose notice was not received by the last day it was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue', actor: clockOf(authorityId) }, async (tx) => {
      const waiting = await waitingChanges(tx);
      if (waiting.length === 0) return;
      const notices = new Map(
        (
          await noticesByIds(
            tx,
            waiting.map((each) => each.noticeId),
          )
        ).map((each) => [each.id, each]),
      );
      const isOverdue = ({ noticeId }: PayDayChangeRow): boolean => {
        const notice = notices.get(noticeId);
        return (
          notice !== undefined && notice.receivedOn === null && notice.neededBy !== null && notice.neededBy < tx.today
        );
      };
      const overdue = waiting.filter(isOverdue);
      if (overdue.length === 0) return;
      await keepOldDay(tx, overdue, 'Nothing proves that the family was told in time.', await this.#calendars(tx));
    });
  }

  async #calendars(tx: Transaction): Promise<CouncilCalendars> {
    return this.calendars.of(tx, (await authorityOf(tx)).division);
  }
}
