import { namesOf } from '../../identity/index.ts';
import { runTotal } from '../../ledger/index.ts';
import { stateHistory, type StateChange } from '../../audit/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { readRun, type RunFacts } from '../store/run.store.ts';

/** A run as the people who work on it see it. */
export interface RunDetail extends RunFacts {
  readonly fingerprint: string | null;
  readonly progress: { readonly done: number; readonly of: number };
  readonly people: {
    readonly proposed: string | null;
    readonly approved: string | null;
    readonly released: string | null;
  };
  readonly ledger: { readonly n: number; readonly total: string };
  readonly history: readonly StateChange[];
}

/** Shows one run: state, totals, people, what the ledger holds of it, its story. @throws no_such_run */
export async function runDetail(tx: Transaction, id: string): Promise<RunDetail> {
  const run = await readRun(tx, id);
  const names = await namesOf(tx, [run.proposedBy, run.approvedBy, run.releasedBy]);
  const name = (user: string | null): string | null => (user === null ? null : (names.get(user) ?? null));
  return {
    ...run,
    fingerprint: run.fingerprint?.toString('hex') ?? null,
    progress: { done: run.batchesDone, of: run.batchesTotal },
    people: { proposed: name(run.proposedBy), approved: name(run.approvedBy), released: name(run.releasedBy) },
    ledger: await runTotal(tx, id),
    history: await stateHistory(tx, 'run', id),
  };
}
