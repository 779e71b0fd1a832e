import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { DomainError, operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { DecideRun, listRuns, OpenRun, ReleaseRun, type RunRow, SubmitRun } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { Council } from './council.ts';
import type { Phase } from './fault-plan.ts';

const LOOKS_EVERY_MS = 10;
const STUCK_AFTER_MS = 60_000;
/** What a person is told when the step they repeat after a lost connection had been done already. */
const DONE_ALREADY = ['run_opened_twice', 'not_in_that_state', 'already_decided'];

/** Where the driver found the run at its last look. */
export type Seen = RunRow['state'] | 'none';

/** A run that does not move any more, though nothing has gone wrong for a minute. */
export class StuckRun extends Error {}

/** What the driver tells on its way. */
export interface Watcher {
  saw(state: Seen): void;
  entered(phase: Phase): void;
  /** Waits until the watcher has done all it does to this run. */
  finish?(): Promise<void>;
  stop?(): void;
}

/**
 * Takes a run from opening to its bank file as its people would: look at where it stands, do the next step, look again.
 *
 * A lost connection leaves open whether a step was done; the next look tells.
 * @throws StuckRun
 */
export async function driveRun(
  app: INestApplicationContext,
  council: Council,
  payDate: PlainDate,
  watcher: Watcher,
): Promise<void> {
  let seen: Seen | undefined;
  let movedAt = Date.now();
  for (;;) {
    const run = await ifConnected(async () => findRun(app, council, payDate));
    const state = run === 'away' ? seen : (run?.state ?? 'none');
    if (state !== undefined && state !== seen) {
      watcher.saw(state);
      const phase = phaseOf(state);
      if (phase && phase !== phaseOf(seen)) watcher.entered(phase);
      seen = state;
      movedAt = Date.now();
    }
    if (state === 'exported') return;
    if (Date.now() - movedAt > STUCK_AFTER_MS) throw new StuckRun(`the run for ${payDate} stays ${state ?? 'unseen'}`);
    const done = run === 'away' ? 'away' : await ifConnected(async () => doNextStep(app, council, payDate, run));
    if (done !== true) await pause(LOOKS_EVERY_MS);
  }
}

async function findRun(
  app: INestApplicationContext,
  council: Council,
  payDate: PlainDate,
): Promise<RunRow | undefined> {
  const runs = await app.get(UnitOfWork).read(operatorOf(council.authorityId), (tx) => listRuns(tx, 3));
  return runs.find((run) => run.payDate === payDate && run.state !== 'cancelled');
}

/** Does what waits for a person. @returns true when a person had something to do */
async function doNextStep(
  app: INestApplicationContext,
  council: Council,
  payDate: PlainDate,
  run: RunRow | undefined,
): Promise<boolean> {
  if (!run) await app.get(OpenRun).run(council.as('finance'), payDate);
  else if (run.state === 'priced') await app.get(SubmitRun).run(council.as('finance'), run.id);
  else if (run.state === 'in_approval')
    await app.get(DecideRun).run(council.as('manager'), run.id, {
      ...{ outcome: 'approved', reason: 'Fault harness' },
      fingerprint: run.fingerprint?.toString('hex') ?? '',
    });
  else if (run.state === 'approved') await app.get(ReleaseRun).run(council.as('releaser'), run.id);
  else return false;
  return true;
}

async function ifConnected<T>(work: () => Promise<T>): Promise<T | 'away'> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && !DONE_ALREADY.includes(error.code)) throw error;
    return 'away';
  }
}

function phaseOf(state: Seen | undefined): Phase | undefined {
  if (state === 'planned' || state === 'pricing') return 'pricing';
  if (state === 'releasing') return 'posting';
  return state === 'posted' ? 'export' : undefined;
}
