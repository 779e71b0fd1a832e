import type { PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';

/** A bank file all of whose money is on statements, with the last line that shows it. */
export interface FileShown {
  readonly fileId: string;
  readonly lineId: string;
  readonly bookedOn: PlainDate;
}

/** Finds files that statements show whole and of which that is not noted yet. One nobody handed in is left alone. */
export function filesShown(tx: Transaction): Promise<FileShown[]> {
  return tx.query(
    `select b.id as "fileId", c.line as "lineId", l.booked_on as "bookedOn"
       from payments.bank_file b join payments.export_file f on f.id = b.id
       join lateral (select sum(c.amount) as amount, (array_agg(l.id order by l.booked_on desc, l.id desc))[1] as line
                       from payments.bank_claim c join payments.statement_line l on l.id = c.line_id
                      where c.source = 'file' and c.document_id = b.id) c on c.amount = f.total
       join payments.statement_line l on l.id = c.line
      where b.shown_by is null and b.state in ('submitting', 'submitted', 'unknown', 'accepted', 'settled') order by b.id`,
  );
}

/** Says whether the council takes bank statements in: then they say what is settled. */
export async function takesStatements(tx: Transaction): Promise<boolean> {
  return (await tx.one<{ any: boolean }>(`select exists (select from payments.bank_statement) as any`)).any;
}
