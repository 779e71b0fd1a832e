import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { readRun } from '../store/run.store.ts';

/** A line as a list shows it, with how it was worked out. */
export interface LineRow {
  readonly id: string;
  readonly sourceId: string;
  readonly familyId: string;
  readonly family: string;
  readonly status: 'payable' | 'held' | 'void';
  readonly holdCode: string | null;
  readonly amount: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  readonly explanation: unknown;
}

/** Lists the lines of a run a page at a time. @param after the last number of the page before @throws no_such_run */
export async function listLines(
  tx: Transaction,
  runId: string,
  asked: { status?: string; after: string; limit: number },
): Promise<LineRow[]> {
  await readRun(tx, runId);
  const rows = await tx.query<Omit<LineRow, 'family'>>(
    `select id, source_id as "sourceId", family_id as "familyId", status, hold_code as "holdCode",
            amount::numeric(14,2)::text as amount, covers_from as "coversFrom", covers_to as "coversTo", explanation
       from payments.line where run_id = $1 and id > $2 and status <> 'void' and ($3::text is null or status = $3)
      order by id limit $4`,
    [runId, asked.after, asked.status ?? null, asked.limit],
  );
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => ({ ...row, family: references.get(row.familyId) ?? '' }));
}
