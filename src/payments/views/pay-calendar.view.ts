import { Injectable } from '@nestjs/common';
import { type BankHoliday, Calendars, holidaysBetween, lateBacsDays } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { RunState } from '../run.states.ts';

/** One pay date of the council: when its run opens, its Bacs days, and what became of it. */
export interface PayCalendarRow {
  readonly payDate: PlainDate;
  readonly opensOn: PlainDate;
  readonly inputDay: PlainDate;
  readonly processingDay: PlainDate;
  readonly entryDay: PlainDate;
  readonly runId: string | null;
  readonly state: RunState | 'missed';
  /** True when the money arrives before the pay date, because that is no banking day. */
  readonly isEarly: boolean;
}

/** The pay calendar with what a reader needs beside it. */
export interface PayCalendarAnswer {
  readonly today: PlainDate;
  readonly dates: readonly PayCalendarRow[];
  /** The council's own bank holidays in the time the calendar shows. */
  readonly bankHolidays: readonly BankHoliday[];
  /** The day money arrives that is sent today. */
  readonly soonestEntryDay: PlainDate;
}

const DAYS_BACK = 60;
const DAYS_AHEAD = 100;

/** Shows the pay calendar from two months back. A past cut-off without a run stays visible as "missed". */
export function payCalendar(tx: Transaction, limit = 400): Promise<PayCalendarRow[]> {
  return tx.query(
    `select c.pay_date as "payDate", c.opens_on as "opensOn", coalesce(r.input_day, c.input_day) as "inputDay",
            coalesce(r.processing_day, c.processing_day) as "processingDay", coalesce(r.entry_day, c.entry_day) as "entryDay",
            c.run_id as "runId", c.entry_day < c.pay_date as "isEarly",
            case when r.state is not null then r.state when c.input_day < $1 then 'missed' else 'planned' end as state
       from payments.pay_calendar c left join payments.run r on r.id = c.run_id
      where c.pay_date >= $1::date - ${DAYS_BACK} or r.id is null order by c.pay_date limit $2`,
    [tx.today, limit],
  );
}

/** Gives the pay calendar with the bank holidays around it, to whoever plans payments. */
@Injectable()
export class PayCalendar {
  constructor(private readonly calendars: Calendars) {}

  async read(tx: Transaction): Promise<PayCalendarAnswer> {
    const { division } = await authorityOf(tx);
    const { bacs } = await this.calendars.of(tx, division);
    const span = [addDays(tx.today, -DAYS_BACK), addDays(tx.today, DAYS_AHEAD)] as const;
    return {
      ...{ today: tx.today, dates: await payCalendar(tx) },
      bankHolidays: await holidaysBetween(tx, division, ...span),
      soonestEntryDay: lateBacsDays(tx.today, bacs).entryDay,
    };
  }
}
