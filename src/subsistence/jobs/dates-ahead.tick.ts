import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Relay } from '../../outbox/index.ts';
import { clockOf, DomainError } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { type HolidayEffect, promisesUpset, replanPromises, USUAL_APOLOGY } from '../actions/replan-promises.ts';
import { SendCalendar } from '../actions/send-calendar.action.ts';
import { calendarOut } from '../plan-problems.ts';
import { listIssues } from '../store/calendar-issue.store.ts';
import { PaymentCalendars, type QuarterAhead } from '../views/payment-calendars.view.ts';

const QUARTERS_BACK = 8;

/**
 * Looks ahead on every tick: are promises still as the calendar has them, and is a quarter's calendar due?
 *
 * What is promised and what was sent are the memory, so a tick that was missed is made up by the next.
 */
@Injectable()
export class DatesAheadTick implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly paymentCalendars: PaymentCalendars,
    private readonly sendCalendar: SendCalendar,
  ) {}

  onModuleInit(): void {
    this.relay.onTick(async (authorityId) => {
      await this.replan(authorityId);
      await this.issue(authorityId);
    });
  }

  /** Brings promises forward that the list of bank holidays, as it is now, no longer lets arrive as they were made. */
  async replan(authorityId: string, options: { readonly dryRun?: boolean } = {}): Promise<HolidayEffect | undefined> {
    const actor = clockOf(authorityId);
    const isUpset = await this.unitOfWork.read(actor, async (tx) => {
      const { movable } = await promisesUpset(tx, await this.paymentCalendars.of(tx));
      return movable.length > 0;
    });
    if (!isUpset) return undefined;
    return this.unitOfWork.run({ name: 'subsistence.replan', actor, ...options }, async (tx) =>
      replanPromises(tx, await this.paymentCalendars.of(tx), { oneOffId: null, apology: USUAL_APOLOGY }),
    );
  }

  /** Sends each calendar whose day has come. A council's first is for the quarter to come, unless a person sends one sooner. */
  async issue(authorityId: string): Promise<void> {
    const actor = clockOf(authorityId);
    const due = await this.unitOfWork.read(actor, async (tx) => {
      const sent = await listIssues(tx, QUARTERS_BACK);
      const wasMissed = ({ from }: QuarterAhead): boolean => sent.some((each) => each.from < from);
      const isDue = (quarter: QuarterAhead): boolean =>
        quarter.issue === null && quarter.dueOn <= tx.today && (quarter.from > tx.today || wasMissed(quarter));
      return (await this.paymentCalendars.ahead(tx)).filter(isDue);
    });
    for (const quarter of due) {
      const command = { name: 'subsistence.issue-calendar', actor };
      // Another worker's clock, or a person, may have been quicker: then it is out.
      await this.unitOfWork.run(command, (tx) => this.sendCalendar.within(tx, quarter)).catch(unlessOut);
    }
  }
}

function unlessOut(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== calendarOut.kind.code) throw error;
}
