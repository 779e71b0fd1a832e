import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** One pay date of the council: when its run opens, its Bacs days, and what became of it. */
export interface PayCalendarRow {
  readonly payDate: PlainDate;
  readonly opensOn: PlainDate;
  readonly inputDay: PlainDate;
  readonly processingDay: PlainDate;
  readonly entryDay: PlainDate;
  readonly runId: string | null;
  readonly state: string;
}

/** Shows the pay calendar from a day on. A past cut-off without a run stays visible as "missed". */
export function payCalendar(tx: Transaction, limit = 400): Promise<PayCalendarRow[]> {
  return tx.query(
    `select c.pay_date as "payDate", c.opens_on as "opensOn", c.input_day as "inputDay", c.processing_day as "processingDay",
            c.entry_day as "entryDay", c.run_id as "runId",
            case when r.state is not null then r.state when c.input_day < $1 then 'missed' else 'planned' end as state
       from payments.pay_calendar c left join payments.run r on r.id = c.run_id
      where c.pay_date >= $1::date - 60 or r.id is null order by c.pay_date limit $2`,
    [tx.today, limit],
  );
}
