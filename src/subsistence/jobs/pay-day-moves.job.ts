import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { isInTime, NoticeOutcomes, noticesByIds, overdueNotices, serveNotices } from '../../notices/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepOldDay, takeEffect } from '../actions/settle-pay-day.ts';
import { hadItTooLate, NOT_PROVED_IN_TIME } from '../domain/kept-because.ts';
import { tellFamilies } from '../move-jobs.ts';
import { readMove } from '../store/move.store.ts';
import { changesOfMove, lockChangeOfNotice, lockWaitingChanges } from '../store/pay-day-change.store.ts';

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
    const { urgentReason } = await readMove(tx, moveId);
    const noticeIds = changes.map((change) => change.noticeId);
    if (urgentReason === null) await this.#keepLate(tx, noticeIds);
    else for (const change of changes) await takeEffect(tx, change, await this.#calendars(tx));
    // Whoever kept the old day in this step has no notice to be served any more.
    await serveNotices(tx, noticeIds);
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
    if (isInTime(notice)) return takeEffect(tx, change, calendars);
    await keepOldDay(tx, [change], hadItTooLate(notice), calendars);
  }

  /** Keeps the old day of every family whose notice was not received by the last day it was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue', actor: clockOf(authorityId) }, async (tx) =>
      this.#keepLate(tx),
    );
  }

  /** A receipt may come at the same moment: only what is locked and then still without one is kept. */
  async #keepLate(tx: Transaction, among: readonly string[] | null = null): Promise<void> {
    const late = await overdueNotices(tx, ['pay-day'], among);
    const locked = late.length === 0 ? [] : await lockWaitingChanges(tx, late);
    if (locked.length === 0) return;
    const noticeIds = locked.map((change) => change.noticeId);
    const still = new Set(await overdueNotices(tx, ['pay-day'], noticeIds));
    const kept = locked.filter(({ noticeId }) => still.has(noticeId));
    await keepOldDay(tx, kept, NOT_PROVED_IN_TIME, await this.#calendars(tx));
  }

  async #calendars(tx: Transaction): Promise<CouncilCalendars> {
    return this.calendars.of(tx, (await authorityOf(tx)).division);
  }
}
