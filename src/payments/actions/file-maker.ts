import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { BacsDays } from '../../calendar/index.ts';
import { OpenedBankDetails } from '../../families/index.ts';
import { Money, type PlainDate } from '../../kernel/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction } from '../../platform/index.ts';
import { bacsReference } from '../rails/bacs/reference.ts';
import { exportFolder, otherFileName, runFileName, writeExportToDisk } from '../rails/export-folder.ts';
import type { RailName } from '../rails/rail-names.ts';
import type { Rail, RailFile, RailPayment } from '../rails/rail.ts';
import { rails } from '../rails/rails.ts';
import type { ToPay } from '../rails/to-pay.ts';
import { exportSealContext, type NewExport, newExport, nextSerial, readOriginator } from '../store/export.store.ts';
import { templateOf } from '../store/rail-profile.store.ts';
import { keepVouchers, type Voucher, vouchersFor } from '../store/voucher.store.ts';

/** What a file is to be of. */
export interface FileAsked {
  readonly rail: RailName;
  readonly of: Pick<NewExport, 'runId' | 'purpose' | 'replacesId'>;
  /** The run it is the file of. */
  readonly run?: { readonly id: string; readonly payDate: PlainDate };
  readonly days: BacsDays;
  readonly createdOn: PlainDate;
  readonly payments: readonly ToPay[];
}

/** A file that was made. */
export interface FileMade extends Pick<RailFile, 'items' | 'sha256' | 'warnings'> {
  readonly id: string;
  readonly name: string;
  readonly total: Money;
}

const ACCOUNTS_AT_ONCE = 5000;

/**
 * Makes the file of a rail: bytes sealed in the database, a copy on disk.
 *
 * The copy is there before the caller commits, so a full disk leaves nothing done. The bytes depend on what is in the
 * database alone: a second attempt writes the same file.
 */
@Injectable()
export class FileMaker {
  constructor(
    private readonly bankDetails: OpenedBankDetails,
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** @throws bacs_refused, rail_refused, no_originator, export_disk_refused */
  async make(tx: Transaction, asked: FileAsked): Promise<FileMade> {
    const rail = rails[asked.rail];
    const originator = await readOriginator(tx);
    const serial = await nextSerial(tx);
    const template = await templateOf(tx, rail.name);
    const vouchers = rail.name === 'voucher' ? await vouchersFor(tx, asked.payments, asked.days.entryDay) : undefined;
    const payments = await this.#payments(tx, asked.payments, originator.referencePrefix, vouchers);
    const file = rail.write({
      ...{ serial, originator, createdOn: asked.createdOn, days: asked.days, payments },
      ...(template && { template }),
    });
    const name = asked.run ? runFileName(rail, asked.run) : nameOf(rail, asked, serial);
    // The copy goes to disk while the database takes the bytes; the commit waits for both.
    const onDisk = writeExportToDisk(await exportFolder(tx, this.config.exportDir), name, file.bytes);
    const [id] = await Promise.all([this.#keep(tx, asked, { name, serial }, file), onDisk]);
    if (vouchers) await keepVouchers(tx, id, asked.payments, vouchers);
    tx.announce({ topic: bankExpects, key: `file-${id}`, payload: {} });
    const { items, sha256, warnings } = file;
    return { id, name, items, sha256, warnings, total: Money.fromPence(file.pence) };
  }

  #keep(
    tx: Transaction,
    { of, rail, days, run }: FileAsked,
    called: { name: string; serial: string },
    file: RailFile,
  ): Promise<string> {
    const facts = { ...of, rail, inputDay: days.inputDay, ...called, ...(!run && { entryDay: days.entryDay }) };
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

  async #payments(
    tx: Transaction,
    toPay: readonly ToPay[],
    prefix: string,
    vouchers: ReadonlyMap<string, readonly Voucher[]> | undefined,
  ): Promise<RailPayment[]> {
    const payments: RailPayment[] = [];
    const sealedFrom = (start: number) =>
      this.bankDetails.sealed(
        tx,
        toPay.slice(start, start + ACCOUNTS_AT_ONCE).map((each) => each.instrumentId),
      );
    let sealed = await sealedFrom(0);
    for (let start = 0; start < toPay.length; start += ACCOUNTS_AT_ONCE) {
      // The next are fetched while these are opened.
      const [following, accounts] = await Promise.all([sealedFrom(start + ACCOUNTS_AT_ONCE), this.#opened(sealed)]);
      sealed = following;
      for (const { id, instrumentId, pence } of toPay.slice(start, start + ACCOUNTS_AT_ONCE)) {
        const payee = accounts.get(instrumentId);
        if (!payee) throw new Error(`payment ${id} has no details to be paid to`);
        const payment = { payee, amountPence: BigInt(pence), reference: bacsReference(prefix, id) };
        const made = vouchers?.get(id);
        payments.push(made ? { ...payment, vouchers: made.map((each) => shown(each, prefix)) } : payment);
      }
    }
    return payments;
  }
}

function shown({ id, pence, expiresOn }: Voucher, prefix: string): NonNullable<RailPayment['vouchers']>[number] {
  return { reference: bacsReference(prefix, id), amountPence: pence, expiresOn };
}

function nameOf(rail: Rail, { of, days }: FileAsked, serial: string): string {
  return otherFileName(rail, of.purpose, days.entryDay, serial);
}
