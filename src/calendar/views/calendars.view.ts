import { Injectable } from '@nestjs/common';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { BankHoliday, Division } from '../domain/bank-holidays.ts';
import { WorkingCalendar } from '../domain/working-calendar.ts';

/** The two calendars a pay date needs: the council's own working days, and the days Bacs processes. */
export interface CouncilCalendars {
  readonly council: WorkingCalendar;
  readonly bacs: WorkingCalendar;
}

/** A bank holiday as a council's list shows it; one the council entered itself says who did, and why. */
export interface HolidayListed extends BankHoliday {
  readonly division: Division;
  readonly addedBy: string | null;
  readonly addedOn: PlainDate | null;
  readonly reason: string | null;
}

/** GOV.UK's list and what the council entered besides: one day once. */
const EVERY_HOLIDAY = `(
  select division, day, title, null::bigint as added_by, null::date as added_on, null as reason from calendar.bank_holiday
  union all
  select division, day, title, added_by, added_on, reason from calendar.one_off_holiday o
   where not exists (select from calendar.bank_holiday h where h.division = o.division and h.day = o.day))`;

/** Reads working calendars from the bank holidays on record. Bacs follows England and Wales whatever the council's division. */
@Injectable()
export class Calendars {
  async of(tx: Transaction, division: Division): Promise<CouncilCalendars> {
    const rows = await tx.query<{ division: Division; day: PlainDate }>(
      `select division, day from ${EVERY_HOLIDAY} h where division = any ($1::text[])`,
      [[division, 'england-and-wales']],
    );
    const of = (which: Division): WorkingCalendar =>
      new WorkingCalendar(rows.filter((row) => row.division === which).map((row) => row.day));
    return { council: of(division), bacs: of('england-and-wales') };
  }
}

/** Lists the bank holidays a council keeps from one day up to and including another, with their names. */
export function holidaysBetween(
  tx: Transaction,
  division: Division,
  from: PlainDate,
  to: PlainDate,
): Promise<BankHoliday[]> {
  return tx.query(
    `select day as date, title from ${EVERY_HOLIDAY} h where division = $1 and day between $2 and $3 order by day`,
    [division, from, to],
  );
}

/** Lists every bank holiday of some divisions from one day up to and including another, with where each comes from. */
export function listHolidays(
  tx: Transaction,
  divisions: readonly Division[],
  from: PlainDate,
  to: PlainDate,
): Promise<HolidayListed[]> {
  return tx.query(
    `select division, day as date, title, added_by as "addedBy", added_on as "addedOn", reason from ${EVERY_HOLIDAY} h
      where division = any ($1::text[]) and day between $2 and $3 order by day, division`,
    [divisions, from, to],
  );
}
