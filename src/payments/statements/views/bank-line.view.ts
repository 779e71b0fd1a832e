import type { PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import type { BankLine, Expected } from '../matching/bank-facts.ts';
import { suggest, type Suggestion } from '../matching/suggest.ts';
import { noSuchLineOfTheBank } from '../statement-problems.ts';
import { openExpected } from './expected.view.ts';
import { bankLine, linesToMatchNow, type StatementLineRow } from './statements.view.ts';

/** So much of a line, and what it was for; with who and why where a person did it, and whether it was taken back. */
export interface MatchShown {
  readonly id: string;
  readonly source: string;
  readonly documentId: string;
  readonly label: string;
  readonly runId: string | null;
  readonly amount: string;
  readonly how: string;
  readonly note: string;
  readonly matchedBy: string | null;
  readonly matchedOn: PlainDate;
  readonly takenBackBecause: string | null;
  readonly takenBackBy: string | null;
}

/** What of a line two people write off. */
export interface WriteOffShown {
  readonly id: string;
  readonly lineId: string;
  readonly amount: string;
  readonly category: string;
  readonly reason: string;
  readonly state: 'open' | 'approved' | 'refused';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedBecause: string;
}

/** A line with everything that was done about it, and what it may be. */
export interface BankLineDetail {
  readonly line: StatementLineRow;
  readonly matches: readonly MatchShown[];
  readonly writeOffs: readonly WriteOffShown[];
  readonly suggestions: readonly Suggestion[];
}

const WRITE_OFF = `select id, line_id as "lineId", amount::numeric(14,2)::text as amount, category, reason, state,
  proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy", decided_because as "decidedBecause"
  from payments.write_off`;
const LINES_COMPARED = 500;

/** Shows one line of the bank's to whoever reconciles. @throws no_such_bank_line */
export async function bankLineDetail(tx: Transaction, id: string): Promise<BankLineDetail> {
  const line = await bankLine(tx, id);
  if (!line) throw noSuchLineOfTheBank('No line of this council has that number.');
  const matches = await tx.query<MatchShown>(
    `select m.id, m.source, m.document_id as "documentId", coalesce(e.label, m.source || ' ' || m.document_id) as label, e.run_id as "runId",
            m.amount::numeric(14,2)::text as amount, m.how, m.note, m.matched_by as "matchedBy", m.matched_on as "matchedOn",
            u.reason as "takenBackBecause", u.unmatched_by as "takenBackBy"
       from payments.bank_match m left join payments.bank_unmatch u on u.match_id = m.id
       left join payments.expected_on_bank e on e.source = m.source and e.document_id = m.document_id
      where m.line_id = $1 order by m.id`,
    [id],
  );
  const writeOffs = await tx.query<WriteOffShown>(`${WRITE_OFF} where line_id = $1 order by id`, [id]);
  const suggestions = line.toMatch === '0.00' ? [] : await suggestionsFor(tx, line);
  return { line, matches, writeOffs, suggestions };
}

async function suggestionsFor(tx: Transaction, line: StatementLineRow): Promise<Suggestion[]> {
  const expected: Expected[] = await openExpected(tx);
  const others = (await linesToMatchNow(tx, '0', LINES_COMPARED)).map(asLine);
  return suggest(asLine(line), expected, others);
}

/** What is still open of a line, as matching looks at it. */
function asLine({ id, direction, toMatch, date, reference, details }: StatementLineRow): BankLine {
  return { id, direction, amount: toMatch, date, words: `${reference} ${details}` };
}

/** Lists what waits for a second person to write it off, the oldest first. */
export function writeOffsWaiting(tx: Transaction): Promise<WriteOffShown[]> {
  return tx.query(`${WRITE_OFF} where state = 'open' order by id limit 500`);
}

/** Finds what was proposed to be written off. @throws no_such_bank_line */
export async function writeOffById(tx: Transaction, id: string): Promise<WriteOffShown> {
  const row = await tx.maybe<WriteOffShown>(`${WRITE_OFF} where id = $1`, [id]);
  if (!row) throw noSuchLineOfTheBank('Nothing of that number is to be written off.');
  return row;
}

/** Locks what was proposed to be written off; nothing when there is none of that number. */
export function lockWriteOff(tx: Transaction, id: string): Promise<WriteOffShown | undefined> {
  return tx.maybe(`${WRITE_OFF} where id = $1 for update`, [id]);
}

/** Digests what is to be written off, with its line: what a second person signs, and the database asks for. */
export async function writeOffFingerprint(tx: Transaction, id: string): Promise<Buffer> {
  const row = await tx.one<{ print: Buffer }>(`select payments.write_off_fingerprint($1) as print`, [id]);
  return row.print;
}
