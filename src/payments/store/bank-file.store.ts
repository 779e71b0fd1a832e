import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type BankFileCommand, type BankFileState, bankFileStates } from '../bank-file.states.ts';
import { noSuchFile } from '../file-problems.ts';
import type { RailName } from '../rails/rail-names.ts';

/** A bank file and where it is in its life. */
export interface BankFileRow {
  readonly id: string;
  readonly state: BankFileState;
  readonly version: number;
  readonly purpose: 'run' | 'reissue' | 'rescue';
  readonly runId: string | null;
  readonly replacesId: string | null;
  readonly replacedById: string | null;
  readonly rail: RailName;
  readonly serial: string;
  readonly name: string;
  readonly items: number;
  readonly total: string;
  readonly entryDay: PlainDate;
  readonly begunBy: string | null;
  readonly begunOn: PlainDate | null;
  readonly bankReference: string | null;
  readonly submittedOn: PlainDate | null;
  readonly answerFrom: 'report' | 'person' | 'statement' | null;
  readonly answerReportId: string | null;
  readonly answeredBy: string | null;
  readonly answerReason: string | null;
  readonly settledOn: PlainDate | null;
  /** The line of a bank statement that shows its money. */
  readonly shownBy: string | null;
}

const ROWS = `select b.id, b.state, b.version, f.purpose, f.run_id as "runId", f.replaces_id as "replacesId",
    (select n.id from payments.export_file n where n.replaces_id = f.id) as "replacedById", f.rail, f.serial, f.name, f.items,
    f.total::numeric(14,2)::text as total, coalesce(f.entry_day, r.entry_day) as "entryDay", b.begun_by as "begunBy",
    b.begun_on as "begunOn", b.bank_reference as "bankReference", b.submitted_on as "submittedOn", b.answer_from as "answerFrom",
    b.answer_report_id as "answerReportId", b.answered_by as "answeredBy", b.answer_reason as "answerReason",
    b.settled_on as "settledOn", b.shown_by as "shownBy"
  from payments.bank_file b join payments.export_file f on f.id = b.id left join payments.run r on r.id = f.run_id`;

/** Reads one bank file. @throws no_such_file */
export async function readBankFile(tx: Transaction, id: string): Promise<BankFileRow> {
  const row = await tx.maybe<BankFileRow>(`${ROWS} where b.id = $1`, [id]);
  if (!row) throw noSuchFile('No bank file of this council has that number.');
  return row;
}

/** Locks bank files, in one order for everyone, and reads them. */
export async function lockBankFiles(tx: Transaction, ids: readonly string[]): Promise<BankFileRow[]> {
  await tx.query(`select 1 from payments.bank_file where id = any ($1::bigint[]) order by id for update`, [ids]);
  return tx.query(`${ROWS} where b.id = any ($1::bigint[]) order by b.id`, [ids]);
}

/** Locks one bank file. @throws no_such_file */
export async function lockBankFile(tx: Transaction, id: string): Promise<BankFileRow> {
  const [row] = await lockBankFiles(tx, [id]);
  if (!row) throw noSuchFile('No bank file of this council has that number.');
  return row;
}

/** Lists the files of a run, oldest first. */
export function filesOfRun(tx: Transaction, runId: string): Promise<BankFileRow[]> {
  return tx.query(`${ROWS} where f.run_id = $1 order by b.id`, [runId]);
}

/** Lists bank files, the newest first, in some states. */
export function listBankFiles(
  tx: Transaction,
  asked: { readonly states?: readonly BankFileState[]; readonly after?: string; readonly limit: number },
): Promise<BankFileRow[]> {
  return tx.query(
    `${ROWS} where ($1::text[] is null or b.state = any ($1)) and ($2::bigint is null or b.id < $2) order by b.id desc limit $3`,
    [asked.states ?? null, asked.after ?? null, asked.limit],
  );
}

/** Finds files by what a report calls them: the bank's reference, the file's name, or its serial. */
export async function filesCalled(tx: Transaction, names: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ called: string; ids: string[] }>(
    `select n.called, array_agg(b.id order by b.id) as ids from unnest($1::text[]) as n(called)
       join payments.export_file f on f.name = n.called or f.serial = n.called
         or exists (select from payments.bank_file k where k.id = f.id and k.bank_reference = n.called)
       join payments.bank_file b on b.id = f.id and b.state <> 'exported' group by 1`,
    [[...new Set(names)]],
  );
  return new Map(rows.map(({ called, ids }) => [called, ids]));
}

/** Moves a locked file along one edge, noting what changes with it. @throws not_in_that_state */
export async function moveBankFile(
  tx: Transaction,
  file: BankFileRow,
  command: BankFileCommand,
  set: Readonly<Record<string, string | null>> = {},
  reason = '',
): Promise<BankFileState> {
  const next = nextState('The file', bankFileStates, file.state, command);
  await tx.because(reason);
  const more = Object.keys(set).map((name, index) => `, ${name} = $${index + 3}`);
  await tx.query(`update payments.bank_file set state = $2, version = version + 1 ${more.join('')} where id = $1`, [
    ...[file.id, next, ...Object.values(set)],
  ]);
  return next;
}

/** Keeps which line of a statement shows a locked file's money, once. */
export async function noteShown(tx: Transaction, id: string, lineId: string): Promise<void> {
  await tx.query(`update payments.bank_file set shown_by = $2, version = version + 1 where id = $1`, [id, lineId]);
}

/** Names those of some files of which a statement shows money. */
export async function shownAmong(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct document_id as id from payments.bank_claim where source = 'file' and document_id = any ($1::bigint[])`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}
