import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf, noticePolicy } from '../../identity/index.ts';
import { clockOf } from '../../kernel/index.ts';
import { NoticeOutcomes, noticesByIds, telling } from '../../notices/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type DatesTold, dueToTell, sendNextCalendars, tellNextEarly } from '../actions/tell-dates.ts';
import { sendCalendars, tellEarly } from '../early-jobs.ts';
import { markDatesTold } from '../store/early-telling.store.ts';

/** Tells families of payments that come early: by the quarter's calendar, and by a notice of its own where that was not in time. */
@Injectable()
export class EarlyPayments implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
    private readonly calendars: Calendars,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(sendCalendars, (tx, { issueId, after }) =>
      this.sendCalendars(tx, issueId as string, after as string),
    );
    this.catalogue.handle(tellEarly, (tx) => this.tellEarly(tx));
    this.outcomes.whenReceived('calendar', (tx, noticeId) => this.received(tx, noticeId));
    this.outcomes.whenReceived('early-payment', (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick((authorityId) => this.tick(authorityId));
  }

  async sendCalendars(tx: Transaction, issueId: string, after: string): Promise<void> {
    const last = await sendNextCalendars(tx, issueId, after, await this.#council(tx));
    if (last) tx.announce({ topic: sendCalendars, key: `${issueId}-${last}`, payload: { issueId, after: last } });
  }

  async tellEarly(tx: Transaction): Promise<void> {
    const last = await tellNextEarly(tx, await this.#council(tx));
    if (last) tx.announce({ topic: tellEarly, key: `${last.planId}-${last.payDate}-${last.arrivesOn}`, payload: {} });
  }

  /** Keeps on record when a family had the dates, and that it had. */
  async received(tx: Transaction, noticeId: string): Promise<void> {
    const [notice] = await noticesByIds(tx, [noticeId]);
    if (notice?.receivedOn) await markDatesTold(tx, noticeId, notice.receivedOn);
  }

  /** Rings when an early payment has come near that nobody was told of. */
  async tick(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.tell-early', actor: clockOf(authorityId) }, async (tx) => {
      const [first] = await dueToTell(tx, (await noticePolicy(tx)).noticeDays, 1);
      if (!first) return;
      const { planId, payDate, arrivesOn } = first;
      tx.announce({ topic: tellEarly, key: `${tx.today}-${planId}-${payDate}-${arrivesOn}`, payload: {} });
    });
  }

  async #council(tx: Transaction): Promise<DatesTold> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return { calendars, times: await telling(tx, this.calendars) };
  }
}
