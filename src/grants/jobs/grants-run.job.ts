import { Injectable, type OnModuleInit } from '@nestjs/common';
import { instrumentsOn } from '../../families/index.ts';
import { Money } from '../../kernel/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import {
  finishPricing,
  grantsRunOpened,
  grantsRunPosted,
  insertReservedLines,
  lockRun,
  readRun,
  type ReservedLine,
  RunPricers,
  runSources,
  sourcesOnLines,
  startRunPricing,
} from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { settle } from '../actions/change-award.action.ts';
import {
  awardsOfInstalments,
  dueInstalments,
  type InstalmentRow,
  moveInstalments,
  readAward,
} from '../store/award.store.ts';

/** Puts the instalments that are due into grants runs, and keeps their books when a run is posted. */
@Injectable()
export class GrantsRuns implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly pricers: RunPricers,
  ) {}

  onModuleInit(): void {
    this.pricers.pricedBy('grants', startGrantsPricing);
    this.pricers.pricedBy('emergency', startGrantsPricing);
    this.catalogue.handle(grantsRunOpened, (tx, { runId }) => this.start(tx, runId as string));
    this.catalogue.handle(grantsRunPosted, (tx, { runId }) => this.posted(tx, runId as string));
  }

  /** Prices a run that was just opened; one that has gone on is left alone. */
  async start(tx: Transaction, runId: string): Promise<void> {
    if ((await lockRun(tx, runId)).state === 'planned') await startGrantsPricing(tx, runId);
  }

  /** Safe to run twice: an instalment that is paid is left alone. */
  async posted(tx: Transaction, runId: string): Promise<void> {
    const paid = await runSources(tx, runId);
    const why = `Run ${runId} was posted.`;
    await moveInstalments(tx, paid, 'paid', why);
    for (const awardId of await awardsOfInstalments(tx, paid)) {
      const award = await readAward(tx, awardId, true);
      if (award.state === 'active') await settle(tx, award, why);
    }
  }
}

/** Writes a line for every instalment that is due and stands in no other run, in the caller's transaction. */
export async function startGrantsPricing(tx: Transaction, runId: string): Promise<{ batches: number }> {
  const { payDate, kind, forDocument } = await readRun(tx, runId);
  await startRunPricing(tx, runId, 0);
  const due = await dueInstalments(tx, payDate, forDocument);
  const standing = await sourcesOnLines(
    tx,
    due.map((each) => each.id),
  );
  const toPay = due.filter((each) => !standing.has(each.id));
  const accounts = await instrumentsOn(
    tx,
    toPay.map((each) => each.familyId),
    tx.today,
  );
  await insertReservedLines(
    tx,
    runId,
    toPay.map((each) => lineOf(each, accounts.get(each.familyId) ?? null)),
    kind === 'emergency',
  );
  await finishPricing(tx, runId);
  return { batches: 0 };
}

function lineOf(instalment: InstalmentRow, familysAccount: string | null): ReservedLine {
  const { id, awardId, applicationId, itemId, leg, familyId, fundId, dueOn, amount, approvalId } = instalment;
  const instrumentId = instalment.instrumentId ?? familysAccount;
  return {
    ...{ sourceId: id, familyId, instrumentId, fundId, dueOn, amount: Money.gbp(amount), reservedBy: approvalId, leg },
    holdCode: instrumentId === null ? 'no-bank-details' : null,
    explanation: {
      kind: 'grant',
      application: applicationId,
      award: awardId,
      item: itemId,
      instalment: id,
      amount,
      dueOn,
    },
  };
}
