import { Controller } from '@nestjs/common';
import { OpenRun, PayCalendar, seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { runUrls } from './runs.urls.ts';
import { may } from './stage.ts';

/** The pay calendar: when money goes out and arrives, what opens by itself when, and what was missed. */
@Controller()
export class CalendarPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payCalendar: PayCalendar,
  ) {}

  @Page({ method: 'GET', path: runUrls.calendar, title: 'Pay calendar', allowed: seeRuns, audit: null })
  async calendar(@Visiting() visit: Visit): Promise<View> {
    const calendar = await this.unitOfWork.read(visit.actor, (tx) => this.payCalendar.read(tx));
    const { today, dates, bankHolidays } = calendar;
    const ahead = dates.filter(({ payDate }) => payDate >= today);
    const last = ahead.at(-1)?.payDate ?? today;
    return show('runs/calendar.njk', {
      ...{ ...calendar, ahead, back: dates.filter(({ payDate }) => payDate < today).toReversed() },
      holidays: bankHolidays.filter(({ date }) => date >= today && date <= last),
      mayOpen: may(visit, OpenRun.allowed),
    });
  }
}
