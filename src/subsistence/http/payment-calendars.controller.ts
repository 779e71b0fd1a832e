import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { addDays } from '../../kernel/index.ts';
import { seeRuns } from '../../payments/index.ts';
import { type Asked, AskedBy, day, Route, UnitOfWork } from '../../platform/index.ts';
import { type CalendarBegun, SendCalendar } from '../actions/send-calendar.action.ts';
import { type CalendarIssue, listIssues } from '../store/calendar-issue.store.ts';
import { type EarlyDate, earlyDates, placeAfter, type ToldTooLate, toldTooLate } from '../views/early-payments.view.ts';
import { PaymentCalendars, type QuarterAhead } from '../views/payment-calendars.view.ts';

const sending = z.object({ from: day, dryRun: z.boolean().default(false) });
const lateQuery = z.object({
  payDate: day.optional(),
  after: z.string().max(40).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const DAYS_BACK = 60;
const DAYS_AHEAD = 120;

/** Payment calendars and early payments over HTTP. */
@Controller()
export class PaymentCalendarsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sendCalendar: SendCalendar,
    private readonly calendars: PaymentCalendars,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/payment-calendars', allowed: seeRuns },
    summary: 'The present quarter and the next, and the calendars that were sent',
  })
  list(@AskedBy() asked: Asked): Promise<{ ahead: QuarterAhead[]; sent: CalendarIssue[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ ahead: await this.calendars.ahead(tx), sent: await listIssues(tx, 24) },
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/payment-calendars', status: 202 },
    summary: 'Send a quarter’s payment calendar now; dryRun says whom it would reach',
    ...{ allowed: SendCalendar.allowed, body: sending },
  })
  send(@AskedBy() asked: Asked): Promise<CalendarBegun> {
    const { from, dryRun } = asked.body as z.output<typeof sending>;
    const options = dryRun ? { dryRun } : { idempotency: asked.idempotency };
    return this.sendCalendar.run(asked.actor, from, options);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/early-payments', allowed: seeRuns },
    summary: 'Pay dates whose money comes early, and how many families were told in time',
  })
  async early(@AskedBy() asked: Asked): Promise<{ dates: EarlyDate[] }> {
    const dates = await this.unitOfWork.read(asked.actor, (tx) =>
      earlyDates(tx, addDays(tx.today, -DAYS_BACK), addDays(tx.today, DAYS_AHEAD)),
    );
    return { dates };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/early-payments/told-too-late', query: lateQuery },
    summary: 'Families that were not told in time of money that comes early',
    allowed: seeRuns,
  })
  async late(@AskedBy() asked: Asked): Promise<{ families: ToldTooLate[]; next: string | null }> {
    const { payDate, ...query } = asked.query as z.output<typeof lateQuery>;
    const families = await this.unitOfWork.run(
      { name: 'subsistence.see-told-too-late', actor: asked.actor },
      async (tx) => {
        tx.audit({ action: 'subsistence.told-too-late-seen', subjectKind: 'council', subjectId: tx.actor.authorityId });
        return toldTooLate(tx, { ...query, payDate });
      },
    );
    const last = families.at(-1);
    return { families, next: families.length === query.limit && last ? placeAfter(last) : null };
  }
}
