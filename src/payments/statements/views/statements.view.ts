import type { Allowed, PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import type { Direction } from '../parse/statement-read.ts';
import { noSuchStatement } from '../statement-problems.ts';

/** Lets people see what the bank says. */
export const seeReconciliation: Allowed = { roles: ['finance', 'auditor', 'administrator'] };

/** A statement in a list. */
export interface StatementRow {
  readonly id: string;
  readonly reference: string;
  readonly sequence: number | null;
  /** The last four digits. */
  readonly account: string;
  readonly format: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opening: string;
  readonly credits: string;
  readonly debits: string;
  readonly closing: string;
  readonly lines: number;
  readonly toMatch: number;
  readonly importedAt: Date;
  readonly importedBy: string;
  readonly sha256: string;
}

/** A line with what of it is matched. */
export interface StatementLineRow {
  readonly id: string;
  readonly statementId: string;
  readonly n: number;
  readonly date: PlainDate;
  readonly direction: Direction;
  readonly amount: string;
  readonly matched: string;
  readonly toMatch: string;
  readonly reference: string;
  readonly details: string;
}

const STATEMENT = `
  select s.id, s.reference, s.sequence, right(s.account, 4) as account, f.format, s.from_day as "from", s.to_day as "to",
         s.opening::numeric(14,2)::text as opening, s.credits::numeric(14,2)::text as credits, s.debits::numeric(14,2)::text as debits,
         s.closing::numeric(14,2)::text as closing, s.lines, f.imported_at as "importedAt", f.imported_by as "importedBy",
         encode(f.sha256, 'hex') as sha256, coalesce(open.n, 0)::int as "toMatch"
    from payments.bank_statement s join payments.statement_file f on f.id = s.file_id
    left join lateral (select count(*) as n from payments.statement_line l
         where l.statement_id = s.id and l.amount <> coalesce((select sum(c.amount) from payments.bank_claim c where c.line_id = l.id), 0)) open on true`;
const LINE = `
  select l.id, l.statement_id as "statementId", l.n, l.booked_on as date, l.direction, l.amount::numeric(14,2)::text as amount,
         coalesce(c.amount, 0)::numeric(14,2)::text as matched, (l.amount - coalesce(c.amount, 0))::numeric(14,2)::text as "toMatch",
         l.reference, l.details
    from payments.statement_line l
    left join lateral (select sum(c.amount) as amount from payments.bank_claim c where c.line_id = l.id) c on true`;

/** Lists statements, the newest days first. @param after the number a page begins after */
export function listStatements(tx: Transaction, after: string | undefined, limit: number): Promise<StatementRow[]> {
  return tx.query(
    `${STATEMENT}
      where $1::bigint is null or (s.to_day, s.id) < (select a.to_day, a.id from payments.bank_statement a where a.id = $1)
      order by s.to_day desc, s.id desc limit $2`,
    [after ?? null, limit],
  );
}

/** Shows one statement. @throws no_such_statement */
export async function statementDetail(tx: Transaction, id: string): Promise<StatementRow> {
  const row = await tx.maybe<StatementRow>(`${STATEMENT} where s.id = $1`, [id]);
  if (!row) throw noSuchStatement('No statement of this council has that number.');
  return row;
}

/** Lists the lines of a statement in the bank's order. */
export function linesOfStatement(
  tx: Transaction,
  id: string,
  after: number,
  limit: number,
): Promise<StatementLineRow[]> {
  return tx.query(`${LINE} where l.statement_id = $1 and l.n > $2 order by l.n limit $3`, [id, after, limit]);
}

/** Lists lines that are not, or not wholly, matched: the oldest first. */
export function linesToMatchNow(tx: Transaction, after: string, limit: number): Promise<StatementLineRow[]> {
  return tx.query(`${LINE} where l.amount <> coalesce(c.amount, 0) and l.id > $1 order by l.id limit $2`, [
    after,
    limit,
  ]);
}

/** Finds the statement, and the line, that a posting of the bank's is from. @throws no_such_statement */
export async function statementOfDocument(
  tx: Transaction,
  document: string,
): Promise<{ statementId: string; lineId: string | null }> {
  const row = await tx.maybe<{ statementId: string; lineId: string | null }>(
    `select s.id as "statementId", null as "lineId" from payments.bank_statement s where s.id = $1
     union all
     (select l.statement_id, case when count(*) over () = 1 then l.id end
        from payments.bank_match m join payments.statement_line l on l.id = m.line_id where m.round_id = $1 order by l.id limit 1)
     union all
     select l.statement_id, l.id from payments.statement_line l where l.id in (
       select m.line_id from payments.bank_match m where m.id = $1
       union all select m.line_id from payments.bank_unmatch u join payments.bank_match m on m.id = u.match_id where u.id = $1
       union all select w.line_id from payments.write_off w where w.id = $1)`,
    [document],
  );
  if (!row) throw noSuchStatement('No statement of this council is behind that posting.');
  return row;
}

/** Finds one line; nothing when there is none of that number. */
export function bankLine(tx: Transaction, id: string): Promise<StatementLineRow | undefined> {
  return tx.maybe(`${LINE} where l.id = $1`, [id]);
}

/** Counts lines by whether they are matched, with what is open each way. */
export function matchingTotals(
  tx: Transaction,
): Promise<{ matched: number; toMatch: number; openOut: string; openIn: string }> {
  return tx.one(
    `select count(*) filter (where open = 0)::int as matched, count(*) filter (where open > 0)::int as "toMatch",
            coalesce(sum(open) filter (where direction = 'debit'), 0)::numeric(16,2)::text as "openOut",
            coalesce(sum(open) filter (where direction = 'credit'), 0)::numeric(16,2)::text as "openIn"
       from (select l.direction, l.amount - coalesce(c.amount, 0) as open from payments.statement_line l
               left join (select line_id, sum(amount) as amount from payments.bank_claim group by 1) c on c.line_id = l.id) lines`,
  );
}
