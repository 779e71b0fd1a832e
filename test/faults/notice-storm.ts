import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from '../../src/demo/chance.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import type { Breakable } from './injector.ts';

/** How long a message may be on its way before it is looked up: longer than the stand-in's slowest answer. */
export const LOOK_AGAIN_SECONDS = 3;
const SLOWEST_ANSWER_MS = 400;
const WAITS_FOR_A_CALL_MS = 4000;
/** Made-up families' numbers that take no messages. */
const DEAD_NUMBERS = Array.from({ length: 99 }, (_, index) => `07700900${String(10 * (index + 1)).padStart(3, '0')}`);

/** What was broken while families were told. */
export interface Broken {
  kills: number;
  /** Kills that came while messages Notify had taken in were not yet written down. */
  killsBetweenCallAndSave: number;
}

/** What the storm looks at to find its moment. */
export interface Watched {
  readonly notify: StandInNotify;
  /** How many messages we know Notify took in. */
  readonly noted: () => Promise<number>;
}

/** Makes Notify slow, lossy and confused, then kills workers while they wait for it, wipes the queue and crashes Postgres. */
export async function storm(watched: Watched, things: Breakable, kills: number, seed: number): Promise<Broken> {
  const chance = new Chance(seed);
  const broken: Broken = { kills: 0, killsBetweenCallAndSave: 0 };
  const { notify } = watched;
  await notify.ask({
    ...{ slow: SLOWEST_ANSWER_MS, loseReply: 8, failNext: 4, rateLimit: 6 },
    ...{ duplicateCallbacks: 1, outOfOrderCallbacks: true, lateCallbacks: 300 },
    outcomes: Object.fromEntries(DEAD_NUMBERS.map((number) => [number, 'permanent-failure'])),
  });
  for (let kill = 0; kill < kills; kill += 1) {
    if (await isBetweenCallAndSave(watched)) broken.killsBetweenCallAndSave += 1;
    await things.kill(kill % 2);
    broken.kills += 1;
    if (kill === 0) await things.wipeQueue();
    if (kill === 1) await things.crashPostgres();
    await notify.ask({
      outOfOrderCallbacks: false,
      failNext: { times: 2 + chance.below(3), status: 504 },
      failLookups: 1,
      loseReply: chance.below(6),
    });
  }
  return broken;
}

/** The storm is over: what Notify still owes comes as it may. */
export async function calm(notify: StandInNotify): Promise<void> {
  await notify.ask({ slow: 0, loseReply: 0, failNext: 0, failLookups: 0, rateLimit: 0 });
}

/** Waits until Notify has taken in more than we wrote down: then a worker stands between its call and its saving. */
async function isBetweenCallAndSave({ notify, noted }: Watched): Promise<boolean> {
  const deadline = Date.now() + WAITS_FOR_A_CALL_MS;
  const before = (await notify.account()).accepted.length;
  while (Date.now() < deadline) {
    const { accepted } = await notify.account();
    if (accepted.length > before && accepted.length > (await noted().catch(() => accepted.length))) return true;
    await pause(60);
  }
  return false;
}
