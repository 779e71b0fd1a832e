import { setTimeout as pause } from 'node:timers/promises';
import type { Seen, Watcher } from './drive-run.ts';
import { type Fault, type Phase, phases } from './fault-plan.ts';

/** What the injector can break. */
export interface Breakable {
  kill(worker: number): Promise<void>;
  wipeQueue(): Promise<void>;
  crashPostgres(): Promise<void>;
}

/** What was broken, and in which states runs were when it happened. */
export interface Damage {
  kills: number;
  queueWipes: number;
  postgresCrashes: number;
  readonly hit: Map<string, number>;
}

export type PhaseTimes = Readonly<Record<Phase, number>>;

/**
 * Breaks things while one run goes by, as planned.
 *
 * The first fault of a phase comes while the phase would be at work undisturbed; the next ones come while the system is
 * recovering, within `recoveryMs`.
 */
export class Injector implements Watcher {
  readonly #left: Fault[];
  readonly #busy: Promise<void>[] = [];
  #state: Seen = 'none';
  #failure: Error | undefined;
  readonly #givenUp = new AbortController();

  constructor(
    faults: readonly Fault[],
    private readonly times: PhaseTimes,
    private readonly recoveryMs: number,
    private readonly things: Breakable,
    private readonly damage: Damage,
  ) {
    this.#left = [...faults];
  }

  saw(state: Seen): void {
    this.#state = state;
  }

  entered(phase: Phase): void {
    // Kept for finish(): nobody waits for it until the run is through.
    const broken = this.#break(this.#take(phase), this.times[phase]);
    this.#busy.push(broken.catch((error: Error) => void (this.#failure = error)));
  }

  /** Breaks what is left, for phases that went by unseen, and waits until all is broken. */
  async finish(): Promise<void> {
    await Promise.all(this.#busy);
    if (this.#failure) throw this.#failure;
    for (const phase of phases) await this.#break(this.#take(phase), this.times[phase]);
  }

  /** Breaks nothing more, for a run that is given up. */
  stop(): void {
    this.#givenUp.abort();
  }

  #take(phase: Phase): Fault[] {
    const mine = this.#left.filter((fault) => fault.phase === phase);
    for (const fault of mine) this.#left.splice(this.#left.indexOf(fault), 1);
    return mine;
  }

  async #break(faults: readonly Fault[], phaseMs: number): Promise<void> {
    let window = phaseMs;
    for (const fault of faults) {
      await pause(fault.share * window, undefined, { signal: this.#givenUp.signal });
      this.damage.hit.set(this.#state, (this.damage.hit.get(this.#state) ?? 0) + Math.max(1, fault.victims.length));
      await this.#cause(fault);
      window = this.recoveryMs;
    }
  }

  async #cause(fault: Fault): Promise<void> {
    if (fault.kind === 'wipe-queue') {
      await this.things.wipeQueue();
      this.damage.queueWipes += 1;
    } else if (fault.kind === 'crash-postgres') {
      await this.things.crashPostgres();
      this.damage.postgresCrashes += 1;
    } else {
      await Promise.all(fault.victims.map(async (worker) => this.things.kill(worker)));
      this.damage.kills += fault.victims.length;
    }
  }
}
