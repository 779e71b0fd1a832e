import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchFile } from '../file-problems.ts';
import { noFileYet, noOriginator } from '../payment-problems.ts';
import type { RailName } from '../rails/rail-names.ts';
import type { Originator } from '../rails/rail.ts';

/** A bank file as it is kept. */
export interface NewExport {
  /** Null for a file of payments that came back. */
  readonly runId: string | null;
  readonly purpose: 'run' | 'reissue' | 'rescue';
  readonly replacesId?: string | undefined;
  readonly rail: RailName;
  readonly serial: string;
  readonly inputDay: PlainDate;
  /** Left out where it is its run's. */
  readonly entryDay?: PlainDate | undefined;
  readonly name: string;
  readonly items: number;
  readonly total: Money;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
}

/** A bank file as a person asks for it; the bytes still sealed. */
export interface KeptExport {
  readonly id: string;
  readonly runId: string | null;
  readonly purpose: NewExport['purpose'];
  readonly rail: RailName;
  readonly serial: string;
  readonly name: string;
  readonly items: number;
  readonly total: string;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
}

/** Names what a sealed file belongs to, so that it opens nowhere else: its run and rail, or its serial and day. */
export function exportSealContext(of: Pick<NewExport, 'runId' | 'purpose' | 'rail' | 'serial'>): string {
  return of.purpose === 'run' ? `export:${of.runId}:${of.rail}` : `export:${of.purpose}:${of.serial}:${of.rail}`;
}

/** @throws no_originator */
export async function readOriginator(tx: Transaction): Promise<Originator> {
  const row = await tx.maybe<Originator>(
    `select service_user_number as "serviceUserNumber", sort_code as "sortCode", account_number as "accountNumber",
            account_name as "accountName", reference_prefix as "referencePrefix" from payments.originator`,
  );
  if (!row) throw noOriginator('No paying account is set.');
  return row;
}

export async function newExport(tx: Transaction, file: NewExport): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into payments.export_file (authority_id, run_id, purpose, replaces_id, rail, serial, input_day, entry_day, name, items, total, sha256, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
    [
      ...[tx.actor.authorityId, file.runId, file.purpose, file.replacesId ?? null, file.rail, file.serial],
      ...[file.inputDay, file.entryDay ?? null, file.name, file.items, file.total.toString(), file.sha256, file.sealed],
    ],
  );
  return id;
}

/** Counts the council's files on, in the row that every export locks: no two files of a day share a serial. */
export async function nextSerial(tx: Transaction): Promise<string> {
  const { serial } = await tx.one<{ serial: number }>(
    `update payments.originator set last_serial = last_serial % 999999 + 1 where authority_id = $1 returning last_serial as serial`,
    [tx.actor.authorityId],
  );
  return String(serial).padStart(6, '0');
}

/** Lists every kept file's number, for proving them one at a time. */
export async function exportIds(tx: Transaction): Promise<string[]> {
  return (await tx.query<{ id: string }>(`select id from payments.export_file order by id`)).map((row) => row.id);
}

const KEPT = `select id, run_id as "runId", purpose, rail, serial, name, items, total::numeric(14,2)::text as total, sha256, sealed
  from payments.export_file`;

/** Finds the files of a run as it was posted, one for each rail. @throws no_file_yet */
export async function readExports(tx: Transaction, runId: string): Promise<KeptExport[]> {
  const rows = await tx.query<KeptExport>(`${KEPT} where run_id = $1 and purpose = 'run' order by rail`, [runId]);
  if (rows.length === 0) throw noFileYet('The run has no bank file.');
  return rows;
}

/** Finds one file. @throws no_such_file */
export async function readExport(tx: Transaction, id: string): Promise<KeptExport> {
  const row = await tx.maybe<KeptExport>(`${KEPT} where id = $1`, [id]);
  if (!row) throw noSuchFile('No bank file of this council has that number.');
  return row;
}
