import type { Money } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What kind of report a bank sent: of whole files, of payments that came back, of details that are wrong. */
export const reportKinds = ['input', 'arucs', 'awacs'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Names what a sealed report belongs to, so that it opens nowhere else. */
export function reportSealContext(sha256: string): string {
  return `bank-report:${sha256}`;
}

/** A report as it is kept. */
export interface NewReport {
  readonly kind: ReportKind;
  readonly sha256: string;
  readonly sealed: Buffer;
  readonly items: number;
  readonly total: Money;
  readonly importedBy: string;
}

/** Keeps a report, once. @returns its number */
export async function insertReport(tx: Transaction, report: NewReport): Promise<string> {
  const { kind, sha256, sealed, items, total, importedBy } = report;
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.bank_report (authority_id, kind, sha256, sealed, items, total, imported_by)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7) returning id`,
    [tx.actor.authorityId, kind, sha256, sealed, items, total.toString(), importedBy],
  );
  return id;
}

/** Finds when a report of exactly these bytes was taken in. */
export function reportOf(tx: Transaction, sha256: string): Promise<{ id: string; importedOn: string } | undefined> {
  return tx.maybe(`select id, imported_on as "importedOn" from payments.bank_report where sha256 = decode($1, 'hex')`, [
    sha256,
  ]);
}

/** What of a report fits nothing here. */
export interface NewException {
  readonly line: number;
  readonly what: 'no-such-payment' | 'no-such-file' | 'file-already-answered' | 'not-at-the-bank';
  readonly reference: string;
  readonly amount: Money | null;
}

/** Writes down what fits nothing here, for a person to explain. */
export async function insertExceptions(
  tx: Transaction,
  reportId: string,
  exceptions: readonly NewException[],
): Promise<void> {
  if (exceptions.length === 0) return;
  const rows = exceptions.map(({ line, what, reference, amount }) => ({
    ...{ line_no: line, what, reference: reference.slice(0, 60), amount: amount?.toString() ?? null },
  }));
  await tx.query(
    `insert into payments.report_exception (authority_id, report_id, line_no, what, reference, amount)
     select $1, $2, e.line_no, e.what, e.reference, e.amount
       from jsonb_to_recordset($3::jsonb) as e(line_no int, what text, reference text, amount kernel.gbp)`,
    [tx.actor.authorityId, reportId, JSON.stringify(rows)],
  );
}

/** What a report said that fits nothing here, as it is shown. */
export interface ExceptionRow {
  readonly id: string;
  readonly reportId: string;
  readonly kind: ReportKind;
  readonly line: number;
  readonly what: NewException['what'];
  readonly reference: string;
  readonly amount: string | null;
  readonly state: 'open' | 'explained';
  readonly explanation: string | null;
}

/** Lists exceptions, open ones first, the newest first. */
export function listExceptions(tx: Transaction, limit: number): Promise<ExceptionRow[]> {
  return tx.query(
    `select e.id, e.report_id as "reportId", b.kind, e.line_no as line, e.what, e.reference, e.amount::numeric(14,2)::text as amount,
            e.state, e.explanation from payments.report_exception e join payments.bank_report b on b.id = e.report_id
      order by e.state desc, e.id desc limit $1`,
    [limit],
  );
}
