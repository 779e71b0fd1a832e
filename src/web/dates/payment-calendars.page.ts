import { Controller } from '@nestjs/common';
import { seeRuns } from '../../payments/index.ts';
import { addDays, isPlainDate, type PlainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { earlyDates, listIssues, PaymentCalendars, SendCalendar } from '../../subsistence/index.ts';
import { namesOf } from '../../identity/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  show,
  type View,
  type Visit,
  Visiting,
  writtenDay,
} from '../pages/index.ts';
import { datesUrls } from './dates.urls.ts';

const SHOWN = 12;
const DAYS_BACK = 60;
const DAYS_AHEAD = 120;

/** The quarter's payment calendar: which went out, which is next, whom it reaches; sent sooner by finance. */
@Controller()
export class PaymentCalendarsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: PaymentCalendars,
    private readonly sendCalendar: SendCalendar,
  ) {}

  @Page({
    ...{ method: 'GET', path: datesUrls.calendars, title: 'Payment calendars' },
    ...{ allowed: seeRuns, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const sent = await listIssues(tx, SHOWN);
      const people = sent.map((each) => each.madeBy);
      return {
        ...{ sent, names: Object.fromEntries(await namesOf(tx, people)), ahead: await this.calendars.ahead(tx) },
        early: await earlyDates(tx, addDays(tx.today, -DAYS_BACK), addDays(tx.today, DAYS_AHEAD)),
        today: tx.today,
      };
    });
    return show('dates/payment-calendars.njk', { ...data, maySend: maySend(visit) });
  }

  @Page({
    ...{ method: 'GET', path: datesUrls.sendCalendar, title: 'Send a payment calendar now' },
    ...{ allowed: SendCalendar.allowed, audit: 'families.list-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#check(visit);
  }

  @Page({
    ...{ method: 'POST', path: datesUrls.sendCalendar, title: 'Send a payment calendar now' },
    ...{ allowed: SendCalendar.allowed, audit: 'subsistence.calendar-sent' },
  })
  send(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { from, families } = await this.sendCalendar.run(visit.actor, quarterAsked(visit), {
          idempotency: visit.idempotency,
        });
        const told = families === 1 ? '1 family gets' : `${families} families get`;
        return goTo(datesUrls.calendars, `${told} the calendar that begins on ${writtenDay(from)}.`);
      },
      () => this.list(visit),
    );
  }

  async #check(visit: Visit): Promise<PageAnswer> {
    const from = quarterAsked(visit);
    const found = await this.unitOfWork.read(visit.actor, async (tx) => {
      const quarter = (await this.calendars.ahead(tx)).find((each) => each.from === from);
      return quarter && !quarter.issue ? { quarter, reach: await this.calendars.reach(tx, quarter) } : undefined;
    });
    return found ? show('dates/send-calendar.njk', found) : goTo(datesUrls.calendars);
  }
}

function maySend(visit: Visit): boolean {
  return visit.person.roles.some((role) => SendCalendar.allowed.roles.includes(role));
}

/** Reads the first day of a quarter from the address; any other text finds no quarter. */
function quarterAsked({ params }: Visit): PlainDate {
  const from = params.from ?? '';
  return isPlainDate(from) ? from : ('0001-01-01' as PlainDate);
}
