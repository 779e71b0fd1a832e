import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { runTotal } from '../../ledger/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction } from '../../platform/index.ts';
import { bacsFileName, exportFolder } from '../rails/export-folder.ts';
import { exportIds, exportSealContext, type KeptExport, readExport } from '../store/export.store.ts';
import { verifyRuns } from './verify-runs.view.ts';
import { runContent } from '../store/run-content.store.ts';
import { readRun } from '../store/run.store.ts';

/** Proves payment orders and bank files for an auditor. */
@Injectable()
export class VerifyPayments {
  constructor(
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** @returns one sentence a fault */
  async run(tx: Transaction): Promise<{ files: number; faults: string[] }> {
    const faults = [...(await orderFaults(tx)), ...(await runFaults(tx)), ...(await verifyRuns(tx))];
    const runs = await exportIds(tx);
    for (const runId of runs) faults.push(...(await this.#fileFaults(tx, runId)));
    return { files: runs.length, faults };
  }

  async #fileFaults(tx: Transaction, runId: string): Promise<string[]> {
    const kept = await readExport(tx, runId);
    const faults: string[] = [];
    const [ledger, run, content] = [await runTotal(tx, runId), await readRun(tx, runId), await runContent(tx, runId)];
    if (ledger.total !== kept.total || ledger.n !== kept.items)
      faults.push(
        `the file of run ${runId} says ${kept.items} × ${kept.total}, the ledger ${ledger.n} × ${ledger.total}`,
      );
    if (kept.name !== bacsFileName(run)) faults.push(`the file of run ${runId} has another name`);
    if (!run.fingerprint?.equals(content.fingerprint))
      faults.push(`the lines of run ${runId} are not those that were approved`);
    return [...faults, ...this.#bytesFaults(kept), ...(await this.#diskFaults(tx, kept))];
  }

  #bytesFaults(kept: KeptExport): string[] {
    const faults: string[] = [];
    try {
      const bytes = this.seal.open(kept.sealed, exportSealContext(kept.runId, kept.rail));
      if (!sha256(bytes).equals(kept.sha256)) faults.push(`the file of run ${kept.runId} does not have its hash`);
      const credits = bytes.toString('latin1').split('\r\n').at(-2)?.slice(17, 30) ?? '';
      if (BigInt(credits || '-1') !== BigInt(kept.total.replace('.', '')))
        faults.push(`the file of run ${kept.runId} has another total inside`);
    } catch {
      faults.push(`the file of run ${kept.runId} cannot be opened: it was changed, or sealed with another key`);
    }
    return faults;
  }

  /** A copy that was taken away is no fault; one that was changed is. */
  async #diskFaults(tx: Transaction, kept: KeptExport): Promise<string[]> {
    const path = join(await exportFolder(tx, this.config.exportDir), kept.name);
    const copy = await readFile(path).catch(() => undefined);
    return copy && !sha256(copy).equals(kept.sha256)
      ? [`the copy of run ${kept.runId}'s file on disk was changed: ${path}`]
      : [];
  }
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
