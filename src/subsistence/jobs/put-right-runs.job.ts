import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instrumentsOn } from '../../families/index.ts';
import { addDays, Money } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  finishPricing,
  insertLines,
  lockRun,
  type NewLine,
  putRightRunCancelled,
  putRightRunOpened,
  putRightRunPosted,
  readRun,
  RunPricers,
  runSources,
  startRunPricing,
} from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { movePutRight, type PutRightRow, readPutRight } from '../store/put-right.store.ts';

/** Puts what is to be put right into the run that was opened for it, and notes when it is paid. */
@Injectable()
export class PutRightRuns implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly pricers: RunPricers,
  ) {}

  onModuleInit(): void {
    this.pricers.pricedBy('put-right', pricePutRight);
    this.catalogue.handle(putRightRunOpened, (tx, { runId }) => this.start(tx, runId as string));
    this.catalogue.handle(putRightRunCancelled, (tx, { runId }) => this.cancelled(tx, runId as string));
    this.catalogue.handle(putRightRunPosted, (tx, { runId }) => this.posted(tx, runId as string));
  }

  /** Prices a run that was just opened; one that has gone on is left alone. */
  async start(tx: Transaction, runId: string): Promise<void> {
    if ((await lockRun(tx, runId)).state === 'planned') await pricePutRight(tx, runId);
  }

  /** What no run pays any more is taken back; it can be put right again. Safe to run twice. */
  async cancelled(tx: Transaction, runId: string): Promise<void> {
    const { forDocument, cancelledReason } = await readRun(tx, runId);
    const row = await readPutRight(tx, forDocument ?? '', true);
    if (row.state === 'open') await movePutRight(tx, row, 'withdraw', cancelledReason ?? 'Its run was cancelled.');
  }

  /** Safe to run twice: what is noted as paid is left alone. */
  async posted(tx: Transaction, runId: string): Promise<void> {
    for (const id of await runSources(tx, runId)) {
      const row = await readPutRight(tx, id, true);
      if (row.state === 'open') await movePutRight(tx, row, 'pay');
    }
  }
}

/** Writes the one line of such a run, in the caller's transaction. */
async function pricePutRight(tx: Transaction, runId: string): Promise<{ batches: number }> {
  const { forDocument } = await readRun(tx, runId);
  await startRunPricing(tx, runId, 0);
  const row = await readPutRight(tx, forDocument ?? '');
  const accounts = await instrumentsOn(tx, [row.familyId], tx.today);
  await insertLines(tx, runId, [lineOf(tx, row, accounts.get(row.familyId) ?? null)], true);
  await finishPricing(tx, runId);
  return { batches: 0 };
}

function lineOf(tx: Transaction, row: PutRightRow, instrumentId: string | null): NewLine {
  const { id, familyId, fundId, amount, kind, paymentId } = row;
  const day = { from: tx.today, to: addDays(tx.today, 1) };
  const explanation = JSON.stringify({ ...row.explanation, ...day, payDate: tx.today, putRight: { kind, paymentId } });
  return {
    ...{ sourceId: id, familyId, instrumentId, fundId, coversFrom: day.from, coversTo: day.to, correction: 0 },
    ...{ amount: Money.gbp(amount), owedSevenths: Money.gbp(amount).toPence() * 7n, carrySevenths: 0 },
    ...{
      overpaidSevenths: 0n,
      withdrawnSevenths: 0n,
      recovers: null,
      recovered: null,
      standing: 'put-right',
      explanation,
    },
    holdCode: instrumentId === null ? 'no-bank-details' : null,
    inputFingerprint: createHash('sha256').update(explanation).digest('hex'),
  };
}
