import { defineProblem } from '../../kernel/index.ts';
import type { RunRow } from '../store/run.store.ts';

/** Tells a person that a run is no longer what the page they act on showed. */
export const runMovedOn = defineProblem('run_moved_on', {
  status: 409,
  title: 'This run has changed since you opened the page',
  whatToDo: 'Look at it as it is now, and decide again. Nothing of yours was done.',
});

/** Stops whoever acts on a run they saw as it was before. @param seen its version on their page, where they say so @throws run_moved_on */
export function mustBeAsSeen(run: Pick<RunRow, 'version' | 'state'>, seen: number | undefined): void {
  if (seen === undefined || seen === run.version) return;
  throw runMovedOn(`Somebody changed it meanwhile. It is now ${run.state.replaceAll('_', ' ')}.`);
}
