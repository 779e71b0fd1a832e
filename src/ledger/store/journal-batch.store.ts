import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { CodedPosting } from '../domain/journal-file.ts';

/** Money within a fund that is no spending yet (budget, available, committed, used) is not the general ledger's. */
const OUTSIDE = `('budget', 'available', 'committed', 'used')`;
const CODE_OF = `(select k.id from ledger.journal_code k where k.account_id = `;

/** What of the books is in no journal yet, up to a day. */
const UNJOURNALED = `
  from ledger.transfer t join ledger.account d on d.id = t.debit_account join ledger.account c on c.id = t.credit_account
 where t.effective_date <= $1 and d.kind not in ${OUTSIDE} and c.kind not in ${OUTSIDE}
   and not exists (select from ledger.journal_line l where (l.document_id, l.kind, l.leg) = (t.document_id, t.kind, t.leg))`;

/** Names accounts that are to be in the next journal and have no codes. */
export async function accountsWithoutCodes(tx: Transaction, upTo: PlainDate): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select distinct a.code from (select t.debit_account as id ${UNJOURNALED} union select t.credit_account ${UNJOURNALED}) used
       join ledger.account a on a.id = used.id
      where not exists (select from ledger.journal_code k where k.account_id = a.id) order by 1`,
    [upTo],
  );
  return rows.map((row) => row.code);
}

/** Counts what is to be in the next journal. */
export function nextJournal(tx: Transaction, upTo: PlainDate): Promise<{ postings: number; total: string }> {
  return tx.one(
    `select count(*)::int as postings, coalesce(sum(t.amount), 0)::numeric(16,2)::text as total ${UNJOURNALED}`,
    [upTo],
  );
}

/** Writes a batch with everything that is in no journal yet, up to a day. @returns its number */
export async function insertBatch(
  tx: Transaction,
  batch: { upTo: PlainDate; postings: number; total: string; sha256: Buffer; madeBy: string; number: number },
): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into ledger.journal_batch (authority_id, number, up_to, postings, total, sha256, made_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [tx.actor.authorityId, batch.number, batch.upTo, batch.postings, batch.total, batch.sha256, batch.madeBy],
  );
  await tx.query(
    `insert into ledger.journal_line (batch_id, n, document_id, kind, leg, authority_id, debit_code, credit_code)
     select $2, row_number() over (order by t.effective_date, t.document_id, t.kind, t.leg), t.document_id, t.kind, t.leg, t.authority_id,
            ${CODE_OF} d.id order by k.id desc limit 1), ${CODE_OF} c.id order by k.id desc limit 1) ${UNJOURNALED}`,
    [batch.upTo, id],
  );
  return id;
}

/** Takes the number after the last batch; whoever else makes one waits. */
export async function nextBatchNumber(tx: Transaction): Promise<number> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('ledger.journal_batch'), $1::int)`, [tx.actor.authorityId]);
  return (await tx.one<{ number: number }>(`select coalesce(max(number), 0) + 1 as number from ledger.journal_batch`))
    .number;
}

const CODED = `t.effective_date as day, t.document_id as document, k.name as kind, t.leg, t.amount::numeric(14,2)::text as amount,
  json_build_object('account', d.code, 'costCentre', dk.cost_centre, 'subjective', dk.subjective) as debit,
  json_build_object('account', c.code, 'costCentre', ck.cost_centre, 'subjective', ck.subjective) as credit`;

/** Lists what would be in the next journal, in its order, with the codes in force. */
export function postingsToJournal(tx: Transaction, upTo: PlainDate): Promise<CodedPosting[]> {
  return tx.query(
    `select row_number() over (order by t.effective_date, t.document_id, t.kind, t.leg)::int as n, ${CODED}
       from (select t.*, ${CODE_OF} d.id order by k.id desc limit 1) as debit_code,
                    ${CODE_OF} c.id order by k.id desc limit 1) as credit_code ${UNJOURNALED}) t
       join ledger.transfer_kind k on k.code = t.kind
       join ledger.account d on d.id = t.debit_account join ledger.account c on c.id = t.credit_account
       join ledger.journal_code dk on dk.id = t.debit_code join ledger.journal_code ck on ck.id = t.credit_code
      order by 1`,
    [upTo],
  );
}

/** Lists what is in a journal, in its order, with the codes it was made with. */
export function postingsOfBatch(tx: Transaction, batchId: string): Promise<CodedPosting[]> {
  return tx.query(
    `select l.n, ${CODED} from ledger.journal_line l
       join ledger.transfer t on (t.document_id, t.kind, t.leg) = (l.document_id, l.kind, l.leg)
       join ledger.transfer_kind k on k.code = t.kind
       join ledger.account d on d.id = t.debit_account join ledger.account c on c.id = t.credit_account
       join ledger.journal_code dk on dk.id = l.debit_code join ledger.journal_code ck on ck.id = l.credit_code
      where l.batch_id = $1 order by l.n`,
    [batchId],
  );
}
