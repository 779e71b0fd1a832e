import { Injectable, type OnModuleInit } from '@nestjs/common';
import { defineJob, JobCatalogue } from '../../outbox/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { rollUpRun } from '../store/spend-sums.store.ts';

/** Rung when a run's files are written: add what it paid to the sums reports are made from. */
export const rollUp = defineJob('payments.roll-up-run');

/** Adds a posted run to the sums by family, day and month, after posting and beside it. Until then reports read its transfers. */
@Injectable()
export class RollUpRun implements OnModuleInit {
  constructor(private readonly catalogue: JobCatalogue) {}

  onModuleInit(): void {
    this.catalogue.handle(rollUp, (tx, { runId }) => this.run(tx, runId as string));
  }

  /** Safe to do twice: a run that is in the sums is left alone. */
  async run(tx: Transaction, runId: string): Promise<void> {
    await rollUpRun(tx, runId);
  }
}
