import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Money, type PlainDate } from '../../kernel/index.ts';
import { OpenedBankDetails } from '../../families/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { defineJob, JobCatalogue } from '../../outbox/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction } from '../../platform/index.ts';
import { exportFolder, runFileName, writeExportToDisk } from '../rails/export-folder.ts';
import { bacsReference } from '../rails/bacs/reference.ts';
import { type Rail, type RailFile, type RailName, railNames, type RailPayment } from '../rails/rail.ts';
import { railOf } from '../rails/rails.ts';
import { exportSealContext, newExport, nextSerial, type Originator, readOriginator } from '../store/export.store.ts';
import { lockRun, moveRun, type RunRow } from '../store/run.store.ts';

/** Rung when a run has been posted: write its bank files. */
export const exportRun = defineJob('payments.export-run');

/** Rung when a run is posted and its files are written, for rooms above that keep their own books on it. The files come first. */
export const runPosted = defineJob('payments.run-posted');

const ACCOUNTS_AT_ONCE = 5000;

/**
 * Writes the files of a posted run once, one for each rail: bytes sealed in the database, a copy on disk, money moved to
 * clearing.
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

  /** Safe to run twice: a run that has its files is left alone. */
  async run(tx: Transaction, runId: string): Promise<void> {
    const run = await lockRun(tx, runId);
    if (run.state !== 'posted') return;
    const originator = await readOriginator(tx);
    const orders = await ordersOf(tx, runId);
    for (const rail of railNames) {
      const ofRail = orders.filter((order) => order.rail === rail);
      if (ofRail.length > 0) await this.#export(tx, run, originator, railOf(rail), ofRail);
    }
    await moveRun(tx, run, 'export');
    tx.announce({ topic: runPosted, key: `run-${runId}`, payload: { runId } });
  }

  async #export(tx: Transaction, run: RunRow, originator: Originator, rail: Rail, orders: Order[]): Promise<void> {
    const serial = await nextSerial(tx);
    const payments = await this.#payments(tx, orders, originator);
    const file = rail.write({ ...{ serial, originator, days: run, payments }, createdOn: run.postedOn as PlainDate });
    const name = runFileName(rail, run);
    // The copy goes to disk while the database takes the bytes; the commit waits for both.
    const onDisk = writeExportToDisk(await exportFolder(tx, this.config.exportDir), name, file.bytes);
    const [id] = await Promise.all([this.#keep(tx, run, rail, { name, serial }, file), onDisk]);
    await postTransfers(tx, [
      {
        ...{ documentId: id, runId: run.id, kind: 'send', effectiveDate: run.entryDay },
        ...{ amount: Money.fromPence(file.pence), debit: { kind: 'payable' }, credit: { kind: 'clearing' } },
      },
    ]);
    const detail = { file: id, sha256: file.sha256, items: file.items, warnings: file.warnings };
    tx.audit({ action: 'payments.run-exported', subjectKind: 'run', subjectId: run.id, detail });
  }

  #keep(
    tx: Transaction,
    run: RunRow,
    rail: Rail,
    called: { name: string; serial: string },
    file: RailFile,
  ): Promise<string> {
    const facts = { runId: run.id, purpose: 'run', rail: rail.name, inputDay: run.inputDay, ...called } as const;
    return newExport(tx, {
      ...{ ...facts, items: file.items, total: Money.fromPence(file.pence), sha256: Buffer.from(file.sha256, 'hex') },
      sealed: this.seal.seal(file.bytes, exportSealContext(facts)),
    });
  }

  /** Opens accounts once the question for the next ones is on its way. */
  async #opened(sealed: Parameters<OpenedBankDetails['open']>[0]): ReturnType<OpenedBankDetails['many']> {
    await setImmediate();
    return this.bankDetails.open(sealed);
  }

  async #payments(tx: Transaction, orders: readonly Order[], originator: Originator): Promise<RailPayment[]> {
    const payments: RailPayment[] = [];
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
        const payee = accounts.get(order.instrument_id);
        if (!payee) throw new Error(`payment order ${order.id} has no bank details`);
        const reference = bacsReference(originator.referencePrefix, order.id);
        payments.push({ payee, amountPence: BigInt(order.pence), reference });
      }
    }
    return payments;
  }
}

interface Order {
  readonly id: string;
  readonly instrument_id: string;
  readonly pence: string;
  readonly rail: RailName;
}

function ordersOf(tx: Transaction, runId: string): Promise<Order[]> {
  return tx.query(
    `select id, instrument_id, (amount * 100)::bigint as pence, rail from payments.payment_order where run_id = $1 order by id`,
    [runId],
  );
}
