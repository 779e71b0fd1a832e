import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Money } from '../../kernel/index.ts';
import { runTotal } from '../../ledger/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction } from '../../platform/index.ts';
import { exportFolder, runFileName } from '../rails/export-folder.ts';
import { rails } from '../rails/rails.ts';
import { exportIds, exportSealContext, type KeptExport, readExport } from '../store/export.store.ts';
import { verifyReturns } from './verify-returns.view.ts';
import { verifyRuns } from './verify-runs.view.ts';
import { runContent } from '../store/run-content.store.ts';
import { readRun } from '../store/run.store.ts';
import { spendSumsAmiss } from '../store/spend-sums.store.ts';

/** Proves payment orders and bank files for an auditor. */
@Injectable()
export class VerifyPayments {
  constructor(
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** @returns one sentence a fault */
  async run(tx: Transaction): Promise<{ files: number; faults: string[] }> {
    const faults = [
      ...(await orderFaults(tx)),
      ...(await runFaults(tx)),
      ...(await verifyRuns(tx)),
      ...(await verifyReturns(tx)),
      ...(await spendFaults(tx)),
    ];
    const files = await exportIds(tx);
    for (const id of files) faults.push(...(await this.#fileFaults(tx, id)));
    return { files: files.length, faults };
  }

  async #fileFaults(tx: Transaction, id: string): Promise<string[]> {
    const kept = await readExport(tx, id);
    return [...(await partFaults(tx, kept)), ...this.#bytesFaults(kept), ...(await this.#diskFaults(tx, kept))];
  }

  #bytesFaults(kept: KeptExport): string[] {
    const faults: string[] = [];
    try {
      const bytes = this.seal.open(kept.sealed, exportSealContext(kept));
      if (!sha256(bytes).equals(kept.sha256)) faults.push(`${fileOf(kept)} does not have its hash`);
      if (isAnotherTotal(kept, bytes)) faults.push(`${fileOf(kept)} has another total inside`);
    } catch {
      faults.push(`${fileOf(kept)} cannot be opened: it was changed, or sealed with another key`);
    }
    return faults;
  }

  /** A copy that was taken away is no fault; one that was changed is. */
  async #diskFaults(tx: Transaction, kept: KeptExport): Promise<string[]> {
    const path = join(await exportFolder(tx, this.config.exportDir), kept.name);
    const copy = await readFile(path).catch(() => undefined);
    return copy && !sha256(copy).equals(kept.sha256)
      ? [`the copy on disk of ${fileOf(kept)} was changed: ${path}`]
      : [];
  }
}

/** Sums that reports are made from must be what their payments come to. */
async function spendFaults(tx: Transaction): Promise<string[]> {
  return (await spendSumsAmiss(tx)).map(
    ({ month, kept, orders }) =>
      `sums of spending of ${month}: some families' are kept as ${kept}, and their payments come to ${orders}`,
  );
}

/** Whether a file says another total than was kept, for the rails that can be read back. */
function isAnotherTotal(kept: KeptExport, bytes: Buffer): boolean {
  const inside = rails[kept.rail].totalIn?.(bytes);
  return inside !== undefined && inside !== Money.gbp(kept.total).toPence();
}

function fileOf(kept: KeptExport): string {
  return kept.runId === null ? `file ${kept.id}` : `the file of run ${kept.runId}`;
}

/** A file must be its part of the ledger, and be called what it is. */
async function partFaults(tx: Transaction, kept: KeptExport): Promise<string[]> {
  if (kept.purpose !== 'run' || kept.runId === null) return [];
  const faults: string[] = [];
  const [part, whole] = [await filesAndOrders(tx, kept), await runTotal(tx, kept.runId)];
  const [run, content] = [await readRun(tx, kept.runId), await runContent(tx, kept.runId)];
  if (part.total !== kept.total || part.n !== kept.items)
    faults.push(`${fileOf(kept)} says ${kept.items} × ${kept.total}, the orders are ${part.n} × ${part.total}`);
  if (part.inFiles !== whole.n || part.filesTotal !== whole.total)
    faults.push(`${fileOf(kept)} says ${part.inFiles} × ${part.filesTotal}, the ledger ${whole.n} × ${whole.total}`);
  if (kept.name !== runFileName(rails[kept.rail], run)) faults.push(`${fileOf(kept)} has another name`);
  if (!run.fingerprint?.equals(content.fingerprint))
    faults.push(`the lines of run ${kept.runId} are not those that were approved`);
  return faults;
}

/** What a run's orders of one rail come to, and what all its files do. */
function filesAndOrders(
  tx: Transaction,
  { runId, rail }: KeptExport,
): Promise<{ n: number; total: string; inFiles: number; filesTotal: string }> {
  return tx.one(
    `select (select count(*)::int from payments.payment_order where run_id = $1 and rail = $2) as n,
            (select coalesce(sum(amount), 0)::numeric(16,2)::text from payments.payment_order where run_id = $1 and rail = $2) as total,
            sum(items)::int as "inFiles", sum(total)::numeric(16,2)::text as "filesTotal"
       from payments.export_file where run_id = $1 and purpose = 'run'`,
    [runId, rail],
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

async function orderFaults(tx: Transaction): Promise<string[]> {
  const odd = await tx.query<{ id: string; run_id: string }>(
    `select o.id, o.run_id from payments.payment_order o left join payments.line l on l.id = o.id
      where l.id is null or l.amount <> o.amount or l.status <> 'payable' or l.run_id <> o.run_id or l.family_id <> o.family_id
         or l.instrument_id <> o.instrument_id order by o.id limit 50`,
  );
  return odd.map((each) => `payment order ${each.id} of run ${each.run_id} is not the line that was approved`);
}

async function runFaults(tx: Transaction): Promise<string[]> {
  const odd = await tx.query<{ id: string; said: string; found: string }>(
    `select r.id, r.line_count || ' × ' || r.total as said, count(o.id) || ' × ' || coalesce(sum(o.amount), 0) as found
       from payments.run r left join payments.payment_order o on o.run_id = r.id
      where r.state in ('posted', 'exported') group by r.id, r.line_count, r.total
     having count(o.id) <> r.line_count or coalesce(sum(o.amount), 0) <> r.total order by r.id`,
  );
  const twice = await tx.query<{ source_id: string; n: string }>(
    `select l.source_id, count(*) as n from payments.line l join payments.line m
        on m.source_id = l.source_id and m.id > l.id and m.status = 'payable' and m.covers_from < l.covers_to and m.covers_to > l.covers_from
      where l.status = 'payable' group by 1 order by 1 limit 50`,
  );
  return [
    ...odd.map((each) => `run ${each.id} was approved as ${each.said} and holds ${each.found}`),
    ...twice.map((each) => `plan ${each.source_id} is paid twice for some days`),
  ];
}
