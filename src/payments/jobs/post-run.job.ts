import { Injectable, type OnModuleInit } from '@nestjs/common';
import { use } from '../../funds/index.ts';
import { postPayments, sealRun } from '../../ledger/index.ts';
import { defineJob, JobCatalogue } from '../../outbox/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { postRun } from '../actions/release-run.action.ts';
import { fundTotals } from '../store/line.store.ts';
import { lockRun, moveRun } from '../store/run.store.ts';
import { exportRun } from './export-run.job.ts';

/** Rung when a run has been posted, for rooms above that keep their own books on it. */
export const runPosted = defineJob('payments.run-posted');

const ORDERS = `insert into payments.payment_order (id, run_id, family_id, instrument_id, authority_id, amount)
  select id, run_id, family_id, instrument_id, authority_id, amount from payments.line
   where run_id = $1 and status = 'payable' order by id`;

// From the lines: they know the fund. That each transfer is an order of that amount, the database itself checks.
const OWED = `select id as document_id, run_id, fund_id, $2::date as effective_date, amount
  from payments.line where run_id = $1 and status = 'payable'`;

/** Posts a released run: orders, transfers, reservation used, seal, state, next jobs, in one transaction. */
@Injectable()
export class PostRun implements OnModuleInit {
  constructor(private readonly catalogue: JobCatalogue) {}

  onModuleInit(): void {
    this.catalogue.handle(postRun, (tx, { runId }) => this.run(tx, runId as string));
  }

  /** Safe to run twice: a run that is not waiting to be posted is left alone. */
  async run(tx: Transaction, runId: string): Promise<void> {
    const run = await lockRun(tx, runId);
    if (run.state !== 'releasing') return;
    const orders = await tx.execute(ORDERS, [runId]);
    const posted = await postPayments(tx, { sql: OWED, parameters: [runId, run.entryDay] });
    await use(tx, run.approvalId as string, await fundTotals(tx, runId));
    const seal = await sealRun(tx, runId);
    if (
      orders !== run.lineCount ||
      posted !== run.lineCount ||
      seal.n !== run.lineCount ||
      seal.total.toString() !== run.total
    )
      throw new Error(`run ${runId}: ${run.lineCount} approved, ${orders} ordered, ${posted} posted, ${seal.n} sealed`);
    await moveRun(tx, run, 'post', { posted_on: tx.today });
    tx.audit({
      action: 'payments.run-posted',
      subjectKind: 'run',
      subjectId: runId,
      detail: { payments: seal.n, total: seal.total },
    });
    tx.announce({ topic: exportRun, key: `run-${runId}`, payload: { runId } });
    tx.announce({ topic: runPosted, key: `run-${runId}`, payload: { runId } });
  }
}
