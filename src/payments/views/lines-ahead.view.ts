import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A payment that stands in a run and is still to arrive. */
export interface LineAhead {
  readonly sourceId: string;
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly amount: string;
}

/** Lists payments of some sources that stand in runs, open or sent, and arrive on a day or later, in order. */
export function linesAhead(tx: Transaction, sourceIds: readonly string[], from: PlainDate): Promise<LineAhead[]> {
  return tx.query(
    `select l.source_id as "sourceId", r.pay_date as "payDate", r.entry_day as "arrivesOn", l.amount::numeric(14,2)::text as amount
       from payments.run r join payments.line l on l.run_id = r.id and l.status = 'payable'
      where r.entry_day >= $2 and r.state <> 'cancelled' and l.source_id = any ($1::bigint[])
      order by l.source_id, r.pay_date`,
    [sourceIds, from],
  );
}
