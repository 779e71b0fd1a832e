import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { Quarter } from '../domain/calendar-quarter.ts';
import { sendCalendars } from '../early-jobs.ts';
import { noSuchQuarter } from '../plan-problems.ts';
import { insertIssue } from '../store/calendar-issue.store.ts';
import { type CalendarReach, PaymentCalendars } from '../views/payment-calendars.view.ts';

/** A payment calendar on its way. */
export interface CalendarBegun extends Quarter, CalendarReach {
  readonly issueId: string;
}

/** Sends a quarter's payment calendar to every family, for a finance officer who does not wait for the clock, or for the clock. */
@Injectable()
export class SendCalendar {
  static readonly allowed: Allowed = { roles: ['finance'], machine: true };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly paymentCalendars: PaymentCalendars,
  ) {}

  /** @param from the first day of the present quarter or the next @throws no_such_quarter, payment_calendar_sent_before */
  async run(
    actor: Actor,
    from: PlainDate,
    options: Pick<Command, 'idempotency' | 'dryRun'> = {},
  ): Promise<CalendarBegun> {
    mustBeAllowed(actor, SendCalendar.allowed);
    return this.unitOfWork.run({ name: 'subsistence.send-calendar', actor, ...options }, async (tx) => {
      const quarter = (await this.paymentCalendars.ahead(tx)).find((each) => each.from === from);
      if (!quarter) throw noSuchQuarter(`No quarter to come begins on ${from}.`);
      return this.within(tx, quarter);
    });
  }

  /** Sends it inside a transaction that found it due. */
  async within(tx: Transaction, { from, to }: Quarter): Promise<CalendarBegun> {
    const reach = await this.paymentCalendars.reach(tx, { from, to });
    const counts = { families: reach.families, unreached: reach.unreached.length };
    const issueId = await insertIssue(tx, { from, to, ...counts });
    tx.audit({
      ...{ action: 'subsistence.calendar-sent', subjectKind: 'calendar-issue', subjectId: issueId },
      detail: { from, to, ...counts },
    });
    tx.announce({ topic: sendCalendars, key: `${issueId}-0`, payload: { issueId, after: '0' } });
    return { issueId, from, to, ...reach };
  }
}
