import { planFaults } from './fault-plan.ts';
import type { Ground } from './ground.ts';
import { type Damage, Injector } from './injector.ts';
import type { Backend, FaultOptions } from './options.ts';
import type { NoticeTally } from './notice-tally.ts';
import { OwnRedis } from './own-redis.ts';
import { PhaseClock } from './phase-clock.ts';
import { type Counted, JOB_LEASE_SECONDS, Trial, WORKERS } from './trial.ts';

const SENTENCES_SHOWN = 20;

/** What one backend survived. */
export interface Survived {
  readonly backend: Backend;
  readonly kills: number;
  readonly queueWipes: number;
  readonly postgresCrashes: number;
  readonly runs: number;
  readonly expected: number;
  readonly paid: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly ledgerBalanced: boolean;
  /** What families were told while everything broke again. */
  readonly notices: NoticeTally;
  readonly seconds: number;
}

/** A backend that could not be tried, and why. */
export interface Skipped {
  readonly backend: Backend;
  readonly skipped: string;
}

/** Runs week after week on one backend while everything breaks, then counts what families were paid. */
export async function tryBackend(backend: Backend, options: FaultOptions, ground: Ground): Promise<Survived | Skipped> {
  const began = performance.now();
  const redis = backend === 'redis' ? await OwnRedis.start(ground.home) : undefined;
  if (backend === 'redis' && !redis) {
    ground.tell('redis: not tried, redis-server is not installed (apt-get install -y redis-server).');
    return { backend, skipped: 'redis-server is not installed' };
  }
  if (redis) ground.atEnd(async () => redis.stop());
  const trial = await Trial.prepare(backend, options, ground, redis);
  const damage: Damage = { kills: 0, queueWipes: 0, postgresCrashes: 0, hit: new Map() };
  await runWeeks(trial, options, damage, (text) => ground.tell(`${backend}: ${text}`));
  const weeks = planFaults(options.kills, WORKERS, options.seed).length + 1;
  const counted = await trial.count(weeks);
  explain(backend, trial, damage, counted, ground);
  const { kills, queueWipes, postgresCrashes } = damage;
  const notices = await tellEverybody(trial, weeks, options, ground, backend);
  const { runs, expected, paid, duplicates, missing } = counted;
  return {
    ...{ backend, kills, queueWipes, postgresCrashes, runs, expected, paid },
    ...{ duplicates: duplicates.length, missing: missing.length },
    ledgerBalanced: counted.bookFaults.length === 0 && counted.unequal.length === 0,
    ...{ notices, seconds: secondsSince(began) },
  };
}

/** Has families told after the runs, with the same number of kills again. These are counted apart. */
async function tellEverybody(
  trial: Trial,
  weeks: number,
  { kills }: FaultOptions,
  ground: Ground,
  backend: Backend,
): Promise<NoticeTally> {
  const damage: Damage = { kills: 0, queueWipes: 0, postgresCrashes: 0, hit: new Map() };
  const notices = await trial.notices(weeks, kills, damage);
  ground.tell(`${backend}: families told through ${damage.kills} more kills: ${JSON.stringify(notices)}`);
  return notices;
}

/** Lets one run go by undisturbed, to learn how long its phases take, then breaks things in each of the next. */
async function runWeeks(
  trial: Trial,
  options: FaultOptions,
  damage: Damage,
  tell: (text: string) => void,
): Promise<void> {
  const clock = new PhaseClock();
  if (!(await trial.week(0, () => clock))) return;
  const times = clock.times();
  tell(`undisturbed: pricing ${times.pricing} ms, posting ${times.posting} ms, export ${times.export} ms`);
  const plan = planFaults(options.kills, WORKERS, options.seed);
  for (const [index, faults] of plan.entries()) {
    const began = performance.now();
    const goesOn = await trial.week(
      index + 1,
      (things) => new Injector(faults, times, JOB_LEASE_SECONDS * 1000, things, damage),
    );
    const { kills, queueWipes, postgresCrashes } = damage;
    const sofar = `${kills} kills, ${queueWipes} wipes, ${postgresCrashes} crashes of Postgres so far`;
    tell(
      `run ${index + 2} of ${plan.length + 1} ${goesOn ? 'exported' : 'STUCK'} after ${secondsSince(began)} s; ${sofar}`,
    );
    if (!goesOn) return;
  }
}

function explain(backend: Backend, trial: Trial, damage: Damage, counted: Counted, ground: Ground): void {
  const hit = [...damage.hit].map(([state, times]) => `${state} ${times}`).join(', ');
  const { endedByThemselves, failedToStart, stoppedByForce } = trial.workers;
  ground.tell(`${backend}: faults struck while the run was: ${hit}`);
  ground.tell(
    `${backend}: ${counted.rungAgain} jobs were rung for again; ${counted.held} payments are held for a reason`,
  );
  ground.tell(
    `${backend}: workers that ended unkilled ${endedByThemselves}, did not start ${failedToStart}, had to be forced to stop ${stoppedByForce}`,
  );
  const sentences = [...counted.duplicates, ...counted.missing, ...counted.unequal, ...counted.bookFaults];
  for (const sentence of sentences.slice(0, SENTENCES_SHOWN)) ground.tell(`${backend}: ${sentence}`);
  if (sentences.length > SENTENCES_SHOWN) ground.tell(`${backend}: and ${sentences.length - SENTENCES_SHOWN} more`);
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}
