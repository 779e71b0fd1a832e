import { Controller } from '@nestjs/common';
import type { BankHoliday } from '../../calendar/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import { OpenRun, PayCalendar, type PayCalendarRow, seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { earlyDates, pastChanging, PaymentCalendars } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { runUrls } from './runs.urls.ts';
import { may } from './stage.ts';

/** The pay calendar: when money goes out and arrives, what opens by itself when, and what was missed. */
@Controller()
export class CalendarPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payCalendar: PayCalendar,
    private readonly calendars: PaymentCalendars,
  ) {}

  @Page({ method: 'GET', path: runUrls.calendar, title: 'Pay calendar', allowed: seeRuns, audit: null })
  async calendar(@Visiting() visit: Visit): Promise<View> {
    const { calendar, told, past } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const read = await this.payCalendar.read(tx);
      const early = read.dates.filter((date) => date.isEarly).map((date) => date.payDate);
      const [first, final] = [early[0], early.at(-1)];
      return {
        ...{ calendar: read, told: first && final ? await earlyDates(tx, first, final) : [] },
        past: await pastChanging(tx, this.calendars),
      };
    });
    const { today, dates, bankHolidays } = calendar;
    const last = dates.at(-1)?.payDate ?? today;
    return show('runs/calendar.njk', {
      ...{ ...calendar, missed: dates.filter(({ state }) => state === 'missed').length },
      ahead: inOrder(dates, bankHolidays, (day) => day >= today && day <= last),
      back: inOrder(dates, bankHolidays, (day) => day < today).toReversed(),
      ...{ early: Object.fromEntries(told.map((date) => [date.payDate, date])), past },
      mayOpen: may(visit, OpenRun.allowed),
    });
  }
}

/** Puts pay dates and bank holidays in one order; holidays alone, without a pay date around, say nothing. */
function inOrder(
  dates: readonly PayCalendarRow[],
  holidays: readonly BankHoliday[],
  isShown: (day: PlainDate) => boolean,
): (PayCalendarRow | BankHoliday)[] {
  const shown = dates.filter(({ payDate }) => isShown(payDate));
  const first = shown[0]?.payDate;
  const between = holidays.filter(({ date }) => isShown(date) && first !== undefined && date >= addDays(first, -7));
  const dayOf = (row: PayCalendarRow | BankHoliday): PlainDate => ('payDate' in row ? row.payDate : row.date);
  return [...between, ...shown].toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
}
