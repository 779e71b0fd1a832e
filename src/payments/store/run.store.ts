import { type Money, nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchRun } from '../payment-problems.ts';
import { type RunCommand, type RunState, runStates } from '../run.states.ts';

/** What a run pays: section 17 support by plan, instalments of awards, or alone the same day one award, or one thing put right. */
export type RunKind = 'section-17' | 'grants' | 'emergency' | 'put-right';

/** Says whether all days of a run are the day it is released: money for a family that cannot wait. */
export function isSameDay(kind: RunKind): boolean {
  return kind === 'emergency' || kind === 'put-right';
}

/** Says as what a run is approved. */
export function runApprovalKind(kind: RunKind): 'section-17-run' | 'grants-run' {
  return kind === 'section-17' || kind === 'put-right' ? 'section-17-run' : 'grants-run';
}

/** A run as the database has it. Ids and amounts are text. */
export interface RunRow {
  readonly id: string;
  readonly kind: RunKind;
  /** The approval, or the thing put right, that it is alone for; null for others. */
  readonly forDocument: string | null;
  readonly state: RunState;
  readonly version: number;
  readonly payDate: PlainDate;
  readonly entryDay: PlainDate;
  readonly processingDay: PlainDate;
  readonly inputDay: PlainDate;
  readonly isLate: boolean;
  /** The day it was priced, and what of the database that pricing saw. */
  readonly pricedOn: PlainDate | null;
  readonly factsSeen: string | null;
  readonly pricingRound: number;
  readonly batchesTotal: number;
  readonly batchesDone: number;
  readonly lineCount: number;
  readonly heldCount: number;
  readonly total: string;
  /** What each fund pays of it; null on a run priced before this was kept. */
  readonly byFund: readonly { readonly fundId: string; readonly amount: string }[] | null;
  readonly fingerprint: Buffer | null;
  readonly approvalId: string | null;
  readonly openedBy: string | null;
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly releasedBy: string | null;
  readonly postedOn: PlainDate | null;
  readonly cancelledReason: string | null;
}

/** What is known of a run wherever its fingerprint, in bytes or in text, does not matter. */
export type RunFacts = Omit<RunRow, 'fingerprint'>;

const COLUMNS = `id, kind, for_document as "forDocument", state, version, pay_date as "payDate", entry_day as "entryDay", processing_day as "processingDay",
  input_day as "inputDay", is_late as "isLate", priced_on as "pricedOn", facts_seen::text as "factsSeen", pricing_round as "pricingRound", batches_total as "batchesTotal",
  batches_done as "batchesDone", line_count as "lineCount", held_count as "heldCount", total::numeric(14,2)::text as total, by_fund as "byFund",
  fingerprint, approval_id as "approvalId", opened_by as "openedBy", proposed_by as "proposedBy", approved_by as "approvedBy",
  released_by as "releasedBy", posted_on as "postedOn", cancelled_reason as "cancelledReason"`;

/** Reads one run. @throws no_such_run */
export async function readRun(tx: Transaction, id: string): Promise<RunRow> {
  const run = await tx.maybe<RunRow>(`select ${COLUMNS} from payments.run where id = $1`, [id]);
  if (!run) throw noSuchRun('No run of this council has that number.');
  return run;
}

/** Reads one run and locks it for this transaction. @throws no_such_run */
export async function lockRun(tx: Transaction, id: string): Promise<RunRow> {
  const run = await tx.maybe<RunRow>(`select ${COLUMNS} from payments.run where id = $1 for update`, [id]);
  if (!run) throw noSuchRun('No run of this council has that number.');
  return run;
}

/** Lists runs, newest pay date first. */
export function listRuns(tx: Transaction, limit: number): Promise<RunRow[]> {
  return tx.query(`select ${COLUMNS} from payments.run order by pay_date desc, id desc limit $1`, [limit]);
}

/** Lists runs a page at a time, newest pay date first. @param asked the run the page before ended with, and a state */
export function findRuns(
  tx: Transaction,
  asked: { readonly state?: RunState; readonly after?: string; readonly limit: number },
): Promise<RunRow[]> {
  return tx.query(
    `select ${COLUMNS} from payments.run where ($1::text is null or state = $1)
        and ($2::bigint is null or (pay_date, id) < (select pay_date, id from payments.run where id = $2))
      order by pay_date desc, id desc limit $3`,
    [asked.state ?? null, asked.after ?? null, asked.limit],
  );
}

/** Finds priced runs with lines held for an earlier run that is open no more. */
export async function runsWaitingForAnother(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct r.id from payments.run r join payments.line l on l.run_id = r.id
      where r.state = 'priced' and l.status = 'held' and l.hold_code = 'earlier-run-open'
        and not exists (select from payments.line o join payments.run e on e.id = o.run_id
                         where o.source_id = l.source_id and o.status = 'payable' and o.run_id <> r.id
                           and e.state not in ('posted', 'exported'))
      order by r.id`,
  );
  return rows.map((row) => row.id);
}

/**
 * Moves a locked run along one edge of its machine, setting what changes with it.
 * @throws not_in_that_state
 */
export async function moveRun(
  tx: Transaction,
  run: RunRow,
  command: RunCommand,
  set: Record<string, string | number | boolean | Buffer | Money | null> = {},
  reason = '',
): Promise<void> {
  const next = nextState('The run', runStates, run.state, command);
  await tx.because(reason);
  const columns = Object.keys(set);
  const values = Object.values(set).map((value) => (Buffer.isBuffer(value) || value === null ? value : String(value)));
  await tx.query(
    `update payments.run set state = $2, version = version + 1 ${columns.map((name, i) => `, ${name} = $${i + 3}`).join('')} where id = $1`,
    [run.id, next, ...values],
  );
}
