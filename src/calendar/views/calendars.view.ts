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

/** Reads working calendars from the bank holidays on record. Bacs follows England and Wales whatever the council's division. */
@Injectable()
export class Calendars {
  async of(tx: Transaction, division: Division): Promise<CouncilCalendars> {
    const rows = await tx.query<{ division: Division; day: PlainDate }>(
      `select division, day from calendar.bank_holiday where division = any ($1::text[])`,
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
    `select day as date, title from calendar.bank_holiday where division = $1 and day between $2 and $3 order by day`,
    [division, from, to],
  );
}
