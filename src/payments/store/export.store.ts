import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noFileYet, noOriginator } from '../payment-problems.ts';

/** Who the council is to the bank. */
export interface Originator {
  readonly serviceUserNumber: string;
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly referencePrefix: string;
}

/** A bank file as it is kept. */
export interface NewExport {
  readonly runId: string;
  readonly rail: 'bacs';
  readonly serial: string;
  readonly inputDay: PlainDate;
  readonly name: string;
  readonly items: number;
  readonly total: Money;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
}

/** A bank file as a person asks for it; the bytes still sealed. */
export interface KeptExport {
  readonly id: string;
  readonly runId: string;
  readonly rail: 'bacs';
  readonly name: string;
  readonly items: number;
  readonly total: string;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
}

/** Names what a sealed file belongs to, so that it opens nowhere else. */
export function exportSealContext(runId: string, rail: string): string {
  return `export:${runId}:${rail}`;
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
    `insert into payments.export_file (authority_id, run_id, rail, serial, input_day, name, items, total, sha256, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[tx.actor.authorityId, file.runId, file.rail, file.serial, file.inputDay, file.name, file.items],
      ...[file.total.toString(), file.sha256, file.sealed],
    ],
  );
  return id;
}

/** Lists every kept file's number, for proving them one at a time. */
export async function exportIds(tx: Transaction): Promise<string[]> {
  return (await tx.query<{ run_id: string }>(`select run_id from payments.export_file order by id`)).map(
    (row) => row.run_id,
  );
}

/** Finds a run's file. @throws no_file_yet */
export async function readExport(tx: Transaction, runId: string): Promise<KeptExport> {
  const row = await tx.maybe<KeptExport>(
    `select id, run_id as "runId", rail, name, items, total::numeric(14,2)::text as total, sha256, sealed
       from payments.export_file where run_id = $1`,
    [runId],
  );
  if (!row) throw noFileYet('The run has no bank file.');
  return row;
}
