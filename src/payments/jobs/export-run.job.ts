import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Money, type PlainDate } from '../../kernel/index.ts';
import { OpenedBankDetails } from '../../families/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { defineJob, JobCatalogue } from '../../outbox/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction } from '../../platform/index.ts';
import { bacsFileName, exportFolder, writeExportToDisk } from '../rails/export-folder.ts';
import { bacsReference } from '../rails/bacs/reference.ts';
import { type Standard18Credit, type Standard18File, writeStandard18 } from '../rails/bacs/standard18.ts';
import { exportSealContext, newExport, type Originator, readOriginator } from '../store/export.store.ts';
import { lockRun, moveRun, type RunRow } from '../store/run.store.ts';

/** Rung when a run has been posted: write its bank file. */
export const exportRun = defineJob('payments.export-run');

/** Rung when a run is posted and its file is written, for rooms above that keep their own books on it. The file comes first. */
export const runPosted = defineJob('payments.run-posted');

/** The same of a grants run. */
export const grantsRunPosted = defineJob('payments.grants-run-posted');

const ACCOUNTS_AT_ONCE = 5000;

/**
 * Writes the Bacs file of a posted run once: bytes sealed in the database, a copy on disk, money moved to clearing.
 *
 * The copy is on disk before the commit, so a full disk leaves the run posted and the job open. The bytes depend on what
 * is in the database alone: a second attempt writes the same file.
 */
@Injectable()
export class ExportRun implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly bankDetails: OpenedBankDetails,
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(exportRun, (tx, { runId }) => this.run(tx, runId as string));
  }

  /** Safe to run twice: a run that has its file is left alone. */
  async run(tx: Transaction, runId: string): Promise<void> {
    const run = await lockRun(tx, runId);
    if (run.state !== 'posted') return;
    const originator = await readOriginator(tx);
    const serial = await nextSerial(tx);
    const file = writeStandard18(submissionOf(run, originator, serial, await this.#credits(tx, runId, originator)));
    const name = bacsFileName(run);
    // The copy goes to disk while the database takes the bytes; the commit waits for both.
    const onDisk = writeExportToDisk(await exportFolder(tx, this.config.exportDir), name, file.bytes);
    const [id] = await Promise.all([this.#keep(tx, run, name, serial, file), onDisk]);
    await postTransfers(tx, [
      {
        ...{
          documentId: id,
          runId,
          kind: 'send',
          amount: Money.fromPence(file.creditPence),
          effectiveDate: run.entryDay,
        },
        ...{ debit: { kind: 'payable' }, credit: { kind: 'clearing' } },
      },
    ]);
    await moveRun(tx, run, 'export');
    await this.#note(tx, run, id, file);
    const topic = run.kind === 'section-17' ? runPosted : grantsRunPosted;
    tx.announce({ topic, key: `run-${runId}`, payload: { runId } });
  }

  #keep(tx: Transaction, run: RunRow, name: string, serial: string, file: Standard18File): Promise<string> {
    return newExport(tx, {
      ...{ runId: run.id, rail: 'bacs', serial, inputDay: run.inputDay, name, items: file.creditCount },
      ...{ total: Money.fromPence(file.creditPence), sha256: Buffer.from(file.sha256, 'hex') },
      sealed: this.seal.seal(file.bytes, exportSealContext(run.id, 'bacs')),
    });
  }

  /** Opens accounts once the question for the next ones is on its way. */
  async #opened(sealed: Parameters<OpenedBankDetails['open']>[0]): ReturnType<OpenedBankDetails['many']> {
    await setImmediate();
    return this.bankDetails.open(sealed);
  }

  async #note(tx: Transaction, run: RunRow, id: string, file: Standard18File): Promise<void> {
    const detail = { file: id, sha256: file.sha256, items: file.creditCount, warnings: file.warnings.length };
    tx.audit({ action: 'payments.run-exported', subjectKind: 'run', subjectId: run.id, detail });
  }

  async #credits(tx: Transaction, runId: string, originator: Originator): Promise<Standard18Credit[]> {
    const orders = await tx.query<{ id: string; instrument_id: string; pence: string }>(
      `select id, instrument_id, (amount * 100)::bigint as pence from payments.payment_order where run_id = $1 order by id`,
      [runId],
    );
    const credits: Standard18Credit[] = [];
    const sealedFrom = (start: number) =>
      this.bankDetails.sealed(
        tx,
        orders.slice(start, start + ACCOUNTS_AT_ONCE).map((order) => order.instrument_id),
      );
    let sealed = await sealedFrom(0);
    for (let start = 0; start < orders.length; start += ACCOUNTS_AT_ONCE) {
      // The next are fetched while these are opened.
      const [following, accounts] = await Promise.all([sealedFrom(start + ACCOUNTS_AT_ONCE), this.#opened(sealed)]);
      sealed = following;
      for (const order of orders.slice(start, start + ACCOUNTS_AT_ONCE)) {
        const account = accounts.get(order.instrument_id);
        if (!account) throw new Error(`payment order ${order.id} has no bank details`);
        credits.push({
          ...{ sortCode: account.sortCode, account: account.accountNumber, name: account.accountName },
          ...{
            amountPence: BigInt(order.pence),
            reference: bacsReference(originator.referencePrefix, order.id),
          },
        });
      }
    }
    return credits;
  }
}

function submissionOf(
  run: RunRow,
  originator: Originator,
  serial: string,
  items: Standard18Credit[],
): Parameters<typeof writeStandard18>[0] {
  return {
    ...{ serial, serviceUserNumber: originator.serviceUserNumber, items },
    originator: { sortCode: originator.sortCode, account: originator.accountNumber, name: originator.accountName },
    createdOn: run.postedOn as PlainDate,
    expiresOn: run.entryDay,
    processingDay: run.processingDay,
  };
}

/** Counts the council's files on, in the row that every export locks: no two files of a day share a serial. */
async function nextSerial(tx: Transaction): Promise<string> {
  const { serial } = await tx.one<{ serial: number }>(
    `update payments.originator set last_serial = last_serial % 999999 + 1 where authority_id = $1 returning last_serial as serial`,
    [tx.actor.authorityId],
  );
  return String(serial).padStart(6, '0');
}
