import { bacsDays, mustBeKnown, openingDay, vendoredBankHolidays, workingCalendarOf } from '../calendar/index.ts';
import { addDays, nextPayDay, type PayDay, type PlainDate } from '../kernel/index.ts';

const LEAD_DAYS = 3;
const LODGED_AT_MOST_DAYS_AHEAD = 30;

/** The pay date of the demonstration, and the day its clock stands at when the real day will not do. */
export interface DemoDay {
  readonly payDate: PlainDate;
  /** Set when the pay date is too far from today for a real run: the clock is then pinned to the day its run would open. */
  readonly pinnedToday?: PlainDate;
}

/** Chooses the demonstration's pay date: the one asked for, or the next of the pay day whose cut-off is still ahead. */
export function demoDay(today: PlainDate, payDay: PayDay, asked?: PlainDate): DemoDay {
  const calendar = workingCalendarOf(vendoredBankHolidays(), 'england-and-wales');
  if (asked) {
    mustBeKnown(asked, calendar);
    const { inputDay } = bacsDays(asked, calendar, calendar);
    const possible = inputDay >= today && inputDay <= addDays(today, LODGED_AT_MOST_DAYS_AHEAD);
    return possible ? { payDate: asked } : { payDate: asked, pinnedToday: openingDay(inputDay, LEAD_DAYS, calendar) };
  }
  let payDate = nextPayDay(today, payDay);
  while (bacsDays(payDate, calendar, calendar).inputDay < today) payDate = addDays(payDate, 7);
  return { payDate };
}
