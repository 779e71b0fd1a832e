import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchJournal } from '../ledger-problems.ts';

/** A journal that was made. */
export interface JournalBatch {
  readonly id: string;
  readonly number: number;
  readonly upTo: PlainDate;
  readonly postings: number;
  readonly total: string;
  readonly sha256: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** An account with its codes in the council's general ledger; nothing where nobody has given any. */
export interface AccountCodes {
  readonly accountId: string;
  readonly code: string;
  readonly kind: string;
  readonly fundId: string | null;
  readonly costCentre: string | null;
  readonly subjective: string | null;
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

const BATCH = `select id, number, up_to as "upTo", postings, total::numeric(16,2)::text as total, encode(sha256, 'hex') as sha256,
  made_by as "madeBy", made_at as "madeAt" from ledger.journal_batch`;

/** Lists journals, the newest first. */
export function journalBatches(tx: Transaction, limit: number): Promise<JournalBatch[]> {
  return tx.query(`${BATCH} order by number desc limit $1`, [limit]);
}

/** Finds one journal. @throws no_such_journal */
export async function journalBatch(tx: Transaction, id: string): Promise<JournalBatch> {
  const row = await tx.maybe<JournalBatch>(`${BATCH} where id = $1`, [id]);
  if (!row) throw noSuchJournal('No journal of this council has that number.');
  return row;
}

/** Lists the accounts a journal may have, each with its codes. */
export function accountCodes(tx: Transaction): Promise<AccountCodes[]> {
  return tx.query(
    `select a.id::text as "accountId", a.code, a.kind, a.fund_id as "fundId", k.cost_centre as "costCentre", k.subjective,
            k.set_by as "setBy", k.set_at as "setAt"
       from ledger.account a left join lateral
            (select * from ledger.journal_code k where k.account_id = a.id order by k.id desc limit 1) k on true
      where a.kind not in ('budget', 'available', 'committed', 'used') order by a.fund_id nulls last, a.code`,
  );
}
