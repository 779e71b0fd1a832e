import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes, serveNotices } from '../../notices/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepOldDay, takeEffect } from '../actions/settle-pay-day.ts';
import { tellFamilies } from '../move-jobs.ts';
import { readMove } from '../store/move.store.ts';
import { changesOfMove, lockWaitingChanges, type PayDayChangeRow } from '../store/pay-day-change.store.ts';
import { keepUntold, settleReceived, type WaitsForNotice } from './through-notice.ts';

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

  readonly #change: WaitsForNotice<PayDayChangeRow> = {
    kinds: ['pay-day'],
    lock: lockWaitingChanges,
    takeEffect: async (tx, change) => takeEffect(tx, change, await this.#calendars(tx)),
    keep: async (tx, changes, because) => keepOldDay(tx, changes, because, await this.#calendars(tx)),
  };

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
    if (urgentReason === null) await keepUntold(tx, this.#change, noticeIds);
    else for (const change of changes) await takeEffect(tx, change, await this.#calendars(tx));
    // Whoever kept the old day in this step has no notice to be served any more.
    await serveNotices(tx, noticeIds);
    const last = changes.at(-1);
    if (changes.length === FAMILIES_AT_ONCE && last)
      tx.announce({ topic: tellFamilies, key: `${moveId}-${last.id}`, payload: { moveId, after: last.id } });
  }

  /** A notice arrived: in time, its change takes effect; too late, the old day is kept. */
  received(tx: Transaction, noticeId: string): Promise<void> {
    return settleReceived(tx, noticeId, this.#change);
  }

  /** Keeps the old day of every family whose notice was not received by the last day it was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue', actor: clockOf(authorityId) }, (tx) =>
      keepUntold(tx, this.#change),
    );
  }

  async #calendars(tx: Transaction): Promise<CouncilCalendars> {
    return this.calendars.of(tx, (await authorityOf(tx)).division);
  }
}
