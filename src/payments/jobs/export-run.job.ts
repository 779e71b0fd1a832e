import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PlainDate } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { defineJob, JobCatalogue } from '../../outbox/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { FileMaker } from '../actions/file-maker.ts';
import { type RailName, railNames } from '../rails/rail-names.ts';
import type { ToPay } from '../rails/to-pay.ts';
import { lockRun, moveRun, type RunRow } from '../store/run.store.ts';
import { rollUp } from './roll-up-run.job.ts';

/** Rung when a run has been posted: write its bank files. */
export const exportRun = defineJob('payments.export-run');

/** Rung when a run is posted and its files are written, for rooms above that keep their own books on it. The files come first. */
export const runPosted = defineJob('payments.run-posted');

/** The same of a grants run. */
export const grantsRunPosted = defineJob('payments.grants-run-posted');
/** Rung when a run for something put right was exported. */
export const putRightRunPosted = defineJob('payments.put-right-run-posted');

const postedOf = {
  'section-17': runPosted,
  grants: grantsRunPosted,
  emergency: grantsRunPosted,
  'put-right': putRightRunPosted,
} as const;

/** Writes the files of a posted run once, one for each rail, and moves the money of each to clearing. */
@Injectable()
export class ExportRun implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly files: FileMaker,
  ) {}

  onModuleInit(): void {
    this.catalogue.handle(exportRun, (tx, { runId }) => this.run(tx, runId as string));
  }

  /** Safe to run twice: a run that has its files is left alone. */
  async run(tx: Transaction, runId: string): Promise<void> {
    const run = await lockRun(tx, runId);
    if (run.state !== 'posted') return;
    const orders = await ordersOf(tx, runId);
    for (const rail of railNames) {
      const ofRail = orders.every((order) => order.rail === rail)
        ? orders
        : orders.filter((order) => order.rail === rail);
      if (ofRail.length > 0) await this.#export(tx, run, rail, ofRail);
    }
    await moveRun(tx, run, 'export');
    tx.announce({ topic: postedOf[run.kind], key: `run-${runId}`, payload: { runId } });
    tx.announce({ topic: rollUp, key: `run-${runId}`, payload: { runId } });
  }

  async #export(tx: Transaction, run: RunRow, rail: RailName, payments: readonly ToPay[]): Promise<void> {
    const of = { runId: run.id, purpose: 'run' } as const;
    const file = await this.files.make(tx, {
      rail,
      of,
      run,
      days: run,
      createdOn: run.postedOn as PlainDate,
      payments,
    });
    await postTransfers(tx, [
      {
        ...{ documentId: file.id, runId: run.id, kind: 'send', amount: file.total, effectiveDate: run.entryDay },
        ...{ debit: { kind: 'payable' }, credit: { kind: 'clearing' } },
      },
    ]);
    const detail = { file: file.id, sha256: file.sha256, items: file.items, warnings: file.warnings };
    tx.audit({ action: 'payments.run-exported', subjectKind: 'run', subjectId: run.id, detail });
  }
}

function ordersOf(tx: Transaction, runId: string): Promise<(ToPay & { readonly rail: RailName })[]> {
  return tx.query(
    `select id, family_id as "familyId", instrument_id as "instrumentId", (amount * 100)::bigint as pence, rail
       from payments.payment_order where run_id = $1 order by id`,
    [runId],
  );
}
