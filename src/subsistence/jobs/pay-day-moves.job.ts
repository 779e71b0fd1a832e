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
  lockWaitingChanges,
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
    const { urgentReason } = await readMove(tx, moveId);
    if (urgentReason === null) await this.#keepLate(tx, changes);
    else for (const change of changes) await takeEffect(tx, change, await this.#calendars(tx));
    // Whoever kept the old day in this step has no notice to be served any more.
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
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue', actor: clockOf(authorityId) }, async (tx) =>
      this.#keepLate(tx, await waitingChanges(tx)),
    );
  }

  /** A receipt may come at the same moment: only what is locked and then still without one is kept. */
  async #keepLate(tx: Transaction, changes: readonly PayDayChangeRow[]): Promise<void> {
    const late = await lateOf(tx, changes);
    if (late.length === 0) return;
    const locked = await lockWaitingChanges(
      tx,
      late.map((each) => each.id),
    );
    const still = await lateOf(tx, locked);
    await keepOldDay(tx, still, 'Nothing proves that the family was told in time.', await this.#calendars(tx));
  }

  async #calendars(tx: Transaction): Promise<CouncilCalendars> {
    return this.calendars.of(tx, (await authorityOf(tx)).division);
  }
}

/** Gives the changes whose notice was needed before today, and was not received. */
async function lateOf(tx: Transaction, changes: readonly PayDayChangeRow[]): Promise<PayDayChangeRow[]> {
  const notices = await noticesByIds(
    tx,
    changes.map((each) => each.noticeId),
  );
  const late = new Set(
    notices
      .filter(({ receivedOn, neededBy }) => receivedOn === null && neededBy !== null && neededBy < tx.today)
      .map(({ id }) => id),
  );
  return changes.filter(({ noticeId }) => late.has(noticeId));
}
