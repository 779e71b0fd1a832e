import { Chance } from '../../src/demo/chance.ts';

/** The parts of a run that the machine does by itself, so that a dead machine can hurt it. */
export const phases = ['pricing', 'posting', 'export'] as const;
export type Phase = (typeof phases)[number];

/** One thing that goes wrong. */
export interface Fault {
  readonly kind: 'kill' | 'wipe-queue' | 'crash-postgres';
  readonly phase: Phase;
  /** When: as a share of how long the phase takes undisturbed. */
  readonly share: number;
  /** Which workers are killed; empty for the other kinds. */
  readonly victims: readonly number[];
}

const KILLS_IN_A_RUN = 4;
const KILLS_FOR_EACH_WIPE = 10;

/**
 * Plans what goes wrong in which run: the same seed gives the same plan.
 *
 * Exactly `kills` processes are killed, one or both workers at a time; Postgres crashes once; the queue is wiped at
 * least once, always while a run is being priced.
 * @returns the faults of each run, in the order they are to happen
 */
export function planFaults(kills: number, workers: number, seed: number): Fault[][] {
  const chance = new Chance(seed);
  const events = killEvents(kills, workers, chance);
  const runs: Fault[][] = [];
  for (let start = 0; start < events.length; start += KILLS_IN_A_RUN)
    runs.push(events.slice(start, start + KILLS_IN_A_RUN));
  const wipes = 1 + Math.floor(kills / KILLS_FOR_EACH_WIPE);
  for (let wipe = 0; wipe < wipes; wipe += 1)
    chance.pick(runs).push({ kind: 'wipe-queue', phase: 'pricing', share: 0.1 + 0.8 * chance.next(), victims: [] });
  chance.pick(runs).push({ kind: 'crash-postgres', phase: chance.pick(phases), share: chance.next(), victims: [] });
  return runs.map(inOrder);
}

/** Kills one or both workers at a time, phase after phase in turn, so that no run is spared in any. */
function killEvents(kills: number, workers: number, chance: Chance): Fault[] {
  const events: Fault[] = [];
  const first = chance.below(phases.length);
  for (let left = kills; left > 0;) {
    const all = left >= workers && chance.below(5) === 0;
    const victims = all ? Array.from({ length: workers }, (_, worker) => worker) : [chance.below(workers)];
    const phase = phases[(first + events.length) % phases.length] as Phase;
    events.push({ kind: 'kill', phase, share: chance.next(), victims });
    left -= victims.length;
  }
  return events;
}

function inOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || a.share - b.share);
}
