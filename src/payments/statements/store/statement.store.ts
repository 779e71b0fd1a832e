import { Money } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import type { LineRead, StatementRead } from '../parse/statement-read.ts';

/** A statement file as it is kept. */
export interface NewStatementFile {
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
  readonly importedBy: string;
}

/** Names what a sealed statement belongs to, so that it opens nowhere else. */
export function statementSealContext(sha256: Buffer): string {
  return `statement:${sha256.toString('hex')}`;
}

/** Keeps the file as it came. @returns its number @throws statement_taken_before */
export async function insertStatementFile(tx: Transaction, file: NewStatementFile): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.statement_file (authority_id, name, format, bytes, sha256, sealed, imported_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [tx.actor.authorityId, file.name, file.format, file.bytes, file.sha256, file.sealed, file.importedBy],
  );
  return id;
}

/** What the statements before and after this one, as far as they are here, closed and opened with; that before first. */
export async function balancesBeside(tx: Transaction, { account, from, to }: StatementRead): Promise<string[]> {
  const rows = await tx.query<{ balance: string }>(
    `(select closing::numeric(14,2)::text as balance from payments.bank_statement where account = $1 and to_day <= $2
       order by to_day desc, from_day desc, coalesce(sequence, 0) desc, id desc limit 1)
     union all
     (select opening::numeric(14,2)::text from payments.bank_statement where account = $1 and from_day >= $3
       order by from_day, to_day, coalesce(sequence, 0), id limit 1)`,
    [account, from, to],
  );
  return rows.map((row) => row.balance);
}

/** Keeps one statement of a file, whole. @returns its number */
export async function insertStatement(tx: Transaction, fileId: string, read: StatementRead): Promise<string> {
  const [credits, debits] = [sumOf(read.lines, 'credit'), sumOf(read.lines, 'debit')];
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.bank_statement
       (authority_id, file_id, account, reference, sequence, from_day, to_day, opening, credits, debits, closing, lines)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
    [
      ...[tx.actor.authorityId, fileId, read.account, read.reference, read.sequence ?? null, read.from, read.to],
      ...[read.opening.toString(), credits, debits, read.closing.toString(), read.lines.length],
    ],
  );
  if (read.lines.length > 0) await insertLines(tx, id, read.lines);
  return id;
}

/** Writes a statement's lines in the bank's order, however many, in one statement of SQL. */
async function insertLines(tx: Transaction, statementId: string, lines: readonly LineRead[]): Promise<void> {
  await tx.query(
    `insert into payments.statement_line (statement_id, n, booked_on, authority_id, direction, amount, reference, details)
     select $1, l.n, l.day, $2, case when l.moved < 0 then 'debit' else 'credit' end, abs(l.moved), l.reference, l.details
       from unnest($3::date[], $4::numeric[], $5::text[], $6::text[]) with ordinality as l(day, moved, reference, details, n)`,
    [
      ...[statementId, tx.actor.authorityId, lines.map((line) => line.date), lines.map(moved)],
      ...[lines.map((line) => line.reference), lines.map((line) => line.details)],
    ],
  );
}

/** Money that left is below nought: one list less to send. */
function moved({ direction, amount }: LineRead): string {
  return (direction === 'debit' ? amount.negated() : amount).toString();
}

function sumOf(lines: readonly LineRead[], direction: LineRead['direction']): string {
  return Money.sum(lines.filter((line) => line.direction === direction).map((line) => line.amount)).toString();
}

/** Asks for what a statement, or a round of matches, comes to on each of its days, one way: to be posted as it stands. */
export function daysToPost(
  documentId: string,
  direction: LineRead['direction'],
): { sql: string; parameters: unknown[] } {
  return {
    sql: `select d.document_id, d.leg, d.booked_on as effective_date, d.amount from payments.bank_day_sum d
           where d.document_id = $2 and d.direction = $3`,
    parameters: [documentId, direction],
  };
}
