import { type Division, divisions, type HolidayListed, listHolidays } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import { type HolidayRun, runsPastChanging } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type DatePastChanging, promisesUpset } from '../actions/replan-promises.ts';
import type { PaymentCalendars } from './payment-calendars.view.ts';

/** What of promised money a bank holiday has put out of anybody's reach: a person makes telephone calls. */
export interface PastChanging {
  readonly runs: readonly HolidayRun[];
  readonly dates: readonly DatePastChanging[];
}

/** Lists the bank holidays of some divisions around now: a year back and all that are known ahead. */
export async function bankHolidays(
  tx: Transaction,
  asked: { readonly division?: Division | undefined } = {},
): Promise<{ council: Division; holidays: HolidayListed[] }> {
  const { division } = await authorityOf(tx);
  const wanted = asked.division ? [asked.division] : divisions.filter((each) => isKept(each, division));
  const holidays = await listHolidays(tx, wanted, addDays(tx.today, -28), '9999-12-31' as PlainDate);
  return { council: division, holidays };
}

/** Finds runs and promises that can no longer arrive as promised because of a bank holiday. */
export async function pastChanging(tx: Transaction, calendars: PaymentCalendars): Promise<PastChanging> {
  const known = await calendars.of(tx);
  return { runs: await runsPastChanging(tx, known), dates: (await promisesUpset(tx, known)).past };
}

/** The council's own days off, and those of the banks. */
function isKept(division: Division, ofCouncil: Division): boolean {
  return division === ofCouncil || division === 'england-and-wales';
}
