import type { RunFacts, RunState } from '../../payments/index.ts';

const MOVING: readonly RunState[] = ['planned', 'pricing', 'releasing', 'posted'];

/** How far the machine is with a run, as the page and its stream say it. */
export interface Progress {
  readonly state: RunState;
  readonly text: string;
  /** Parts done, of how many; nought of nought where it is one step. */
  readonly done: number;
  readonly of: number;
}

/** Says whether the machine is at work on a run: it goes on by itself, and nobody has anything to do. */
export function isMoving(run: Pick<RunFacts, 'state'>): boolean {
  return MOVING.includes(run.state);
}

/** Says how far the machine is with a run, from what the database holds. */
export function progressOf(run: RunFacts): Progress {
  const isPricing = run.state === 'pricing';
  const [done, of] = isPricing ? [run.batchesDone, run.batchesTotal] : [0, 0];
  return { state: run.state, text: textOf(run), done, of };
}

function textOf(run: RunFacts): string {
  const texts: Partial<Record<RunState, string>> = {
    planned: 'The run is open. Pricing starts by itself.',
    pricing: `Pricing: ${run.batchesDone} of ${run.batchesTotal} parts done.`,
    releasing: 'Posting: payments are being written to the ledger, all or none.',
    posted: 'Posted. The bank file is being written.',
  };
  return texts[run.state] ?? 'Done.';
}
