import { Injectable, type OnModuleInit } from '@nestjs/common';
import { use, useParts } from '../../funds/index.ts';
import { Money } from '../../kernel/index.ts';
import { postEach, postPayments, sealRun } from '../../ledger/index.ts';
import { JobCatalogue } from '../../outbox/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { postRun } from '../actions/release-run.action.ts';
import { lockRun, moveRun } from '../store/run.store.ts';
import { exportRun } from './export-run.job.ts';

/** Writes the orders, and gives what they come to by fund, in one look at the lines. */
const ORDERS = `with ordered as (
    insert into payments.payment_order (id, run_id, family_id, instrument_id, authority_id, amount, fund_id, rail)
    select id, run_id, family_id, instrument_id, authority_id, amount, fund_id, rail from payments.line
     where run_id = $1 and status = 'payable' order by id returning fund_id, amount)
  select fund_id as "fundId", sum(amount) as amount, count(*)::int as orders from ordered group by 1 order by 1`;

/** What each line of a grants run is paid from: an award's reservation, part by part. */
const RESERVED = `select reserved_by as "documentId", reserved_leg as leg, fund_id as "fundId", amount from payments.line
  where run_id = $1 and status = 'payable' order by id`;

// That each transfer is an order of that amount, the database itself checks.
const OWED = `select id as document_id, run_id, fund_id, $2::date as effective_date, amount
  from payments.payment_order where run_id = $1`;

/** What its payments were smaller by, to pay overpayments back: usually nothing, found by an index of its own. */
const PAID_BACK = `select id as document_id, 0 as leg, $3::date as effective_date, recovered as amount from payments.line
  where run_id = $2 and recovers is not null and status = 'payable'`;

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
    // A whole council's run is sorted and compared in memory; the usual 4 MB would send it to disk and back.
    await tx.query(`select set_config('work_mem', '64MB', true)`);
    const funds = await tx.query<{ fundId: string; amount: string; orders: number }>(ORDERS, [runId]);
    const orders = funds.reduce((sum, fund) => sum + fund.orders, 0);
    const posted = await postPayments(tx, { sql: OWED, parameters: [runId, run.entryDay] });
    const used = funds.map(({ fundId, amount }) => ({ fundId, amount: Money.gbp(amount) }));
    if (run.kind === 'section-17' || run.kind === 'put-right') await use(tx, run.approvalId as string, used);
    else await useParts(tx, await reservationsOf(tx, runId));
    await postEach(tx, 'paid-back', { sql: PAID_BACK, parameters: [runId, run.entryDay] });
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
  }
}

async function reservationsOf(tx: Transaction, runId: string): Promise<Parameters<typeof useParts>[1]> {
  const rows = await tx.query<{ documentId: string; leg: number; fundId: string; amount: string }>(RESERVED, [runId]);
  return rows.map((row) => ({ ...row, amount: Money.gbp(row.amount) }));
}
