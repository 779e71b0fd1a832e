import type { Transaction } from '../../../platform/index.ts';
import type { Expected } from '../matching/bank-facts.ts';

/** Something the bank is to show and has not, or not wholly. The amount is what is missing. */
export interface OpenExpected extends Expected {
  readonly label: string;
  readonly runId: string | null;
}

/** Lists what the bank is to show and has not shown, the earliest first. */
export function openExpected(tx: Transaction, limit = 2000): Promise<OpenExpected[]> {
  return tx.query(
    `select e.source, e.document_id as id, e.direction, (e.amount - coalesce(c.amount, 0))::numeric(14,2)::text as amount,
            e.day_from as "from", e.day_due as due, e.keys, e.label, e.run_id as "runId"
       from payments.expected_on_bank e
       left join (select source, document_id, sum(amount) as amount from payments.bank_claim group by 1, 2) c
         on c.source = e.source and c.document_id = e.document_id
      where e.amount <> coalesce(c.amount, 0) order by e.day_due, e.document_id limit $1`,
    [limit],
  );
}
