import type { Transaction } from '../../platform/index.ts';
import { runContent } from '../store/run-content.store.ts';
import { readRun } from '../store/run.store.ts';
import { type RunFigures, runFigures } from './figures.view.ts';
import { firstToNewDetails, listVariance } from './variance.view.ts';

/** How a payment differs from the last one, in the words of the API's first version: `amount` is more or less. */
export type Change = 'new' | 'stopped' | 'amount' | 'payee';

/** One family whose payment is not like its last one. */
export interface Variance {
  readonly family: string;
  readonly lineId: string | null;
  readonly changes: readonly Change[];
  readonly before: string | null;
  readonly now: string | null;
  readonly isFirstToNewDetails: boolean;
}

/** Everything a finance officer looks at before sending a run for approval. */
export interface Preview {
  readonly payments: number;
  readonly held: number;
  readonly total: string;
  readonly fingerprint: string;
  readonly funds: RunFigures['funds'];
  readonly exceptions: RunFigures['exceptions'];
  readonly changes: Readonly<Record<Change, number>>;
  /** How many payments are the first to an account of a family that was paid before. */
  readonly firstToNewDetails: number;
  readonly variance: readonly Variance[];
}

/** Shows what a run would pay and what changed since each family's last payment. @param limit how many changed families to list */
export async function previewRun(tx: Transaction, runId: string, limit = 200): Promise<Preview> {
  const run = await readRun(tx, runId);
  const content = await runContent(tx, runId);
  const { funds, exceptions, changes } = await runFigures(tx, run);
  const { new: added, stopped, more, less, payee } = changes;
  return {
    ...{ payments: content.n, held: content.held, total: content.total.toString() },
    ...{ fingerprint: content.fingerprint.toString('hex'), funds, exceptions },
    changes: {
      ...{ new: added.payments, stopped: stopped.payments, payee: payee.payments },
      amount: more.payments + less.payments,
    },
    firstToNewDetails: await firstToNewDetails(tx, runId),
    variance: (await listVariance(tx, runId, { limit })).map(
      ({ kinds, family, lineId, before, now, isFirstToNewDetails }) => ({
        ...{ family, lineId, before, now, isFirstToNewDetails },
        changes: kinds.map((kind) => (kind === 'more' || kind === 'less' ? 'amount' : kind)),
      }),
    ),
  };
}
