import { planFaults } from './fault-plan.ts';
import type { Ground } from './ground.ts';
import { type Damage, Injector } from './injector.ts';
import type { Backend, FaultOptions } from './options.ts';
import { OwnRedis } from './own-redis.ts';
import { PhaseClock } from './phase-clock.ts';
import { type Counted, JOB_LEASE_SECONDS, Trial, WORKERS } from './trial.ts';

const SENTENCES_SHOWN = 20;
/** Workers are killed less often while families are told: each time a moment is waited for. */
const KILLS_FOR_EACH_OF_NOTICES = 2;
const NOBODY_TOLD = {
  ...{ expected: 0, accepted: 0, duplicates: 0, missing: 0, received: 0, inForce: 0, kept: 0 },
  ...{ kills: 0, killsBetweenCallAndSave: 0 },
};

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
  readonly bank: BankCounts;
  readonly notices: NoticeCounts;
  readonly seconds: number;
}

/** What of the bank's news was half there, or there more or less than once, after whoever took it in was killed. */
export interface BankCounts {
  readonly kills: number;
  readonly halfApplied: number;
  readonly notOnce: number;
  readonly untied: number;
}

/** Who was told of the move of their pay day, and what became of it. */
export interface NoticeCounts {
  readonly expected: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly received: number;
  readonly inForce: number;
  readonly kept: number;
  readonly kills: number;
  readonly killsBetweenCallAndSave: number;
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
  // After the books were counted: the clock then opens runs nobody takes through.
  const bank = await tryBankNews(backend, trial, weeks, ground);
  const notices = await tryNotices(backend, trial, weeks, options, ground);
  const { kills, queueWipes, postgresCrashes } = damage;
  const { runs, expected, paid, duplicates, missing } = counted;
  return {
    ...{ backend, kills, queueWipes, postgresCrashes, runs, expected, paid },
    ...{ duplicates: duplicates.length, missing: missing.length },
    ledgerBalanced: counted.bookFaults.length === 0 && counted.unequal.length === 0,
    bank,
    notices,
    seconds: secondsSince(began),
  };
}

/** Has the bank's returns and statements taken in and matched; whoever does it is killed. */
async function tryBankNews(backend: Backend, trial: Trial, weeks: number, ground: Ground): Promise<BankCounts> {
  const began = performance.now();
  const { kills, halfApplied, notOnce, untied } = await trial.bank(weeks);
  ground.tell(`${backend}: the bank’s news taken in after ${secondsSince(began)} s and ${kills} kills`);
  for (const sentence of [...halfApplied, ...notOnce, ...untied].slice(0, SENTENCES_SHOWN))
    ground.tell(`${backend}: ${sentence}`);
  return { kills, halfApplied: halfApplied.length, notOnce: notOnce.length, untied: untied.length };
}

/** Has families told of a move of their pay day; one that never settles counts as missing. */
async function tryNotices(
  backend: Backend,
  trial: Trial,
  weeks: number,
  { kills, seed }: FaultOptions,
  ground: Ground,
): Promise<NoticeCounts> {
  const began = performance.now();
  const told = await trial.notices(weeks, Math.max(2, Math.ceil(kills / KILLS_FOR_EACH_OF_NOTICES)), seed);
  if (!told) return { ...NOBODY_TOLD, missing: 1 };
  const counts = { ...told, duplicates: told.duplicates.length, missing: told.missing.length };
  ground.tell(
    `${backend}: families told after ${secondsSince(began)} s, ${told.killsBetweenCallAndSave} of ${told.kills} kills between call and save`,
  );
  for (const sentence of [...told.duplicates, ...told.missing].slice(0, SENTENCES_SHOWN))
    ground.tell(`${backend}: ${sentence}`);
  return counts;
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
