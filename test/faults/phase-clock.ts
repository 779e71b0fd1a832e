import type { Seen, Watcher } from './drive-run.ts';
import type { PhaseTimes } from './injector.ts';

const AT_LEAST_MS = 30;

/** Measures how long the phases of an undisturbed run take, so that faults can be aimed at them. */
export class PhaseClock implements Watcher {
  readonly #seenAt = new Map<Seen, number>();

  saw(state: Seen): void {
    this.#seenAt.set(state, Date.now());
  }

  entered(): void {
    // The states say it all.
  }

  times(): PhaseTimes {
    return {
      pricing: this.#between(this.#seenAt.has('planned') ? 'planned' : 'pricing', 'priced'),
      posting: this.#between('releasing', 'posted'),
      export: this.#between('posted', 'exported'),
    };
  }

  #between(from: Seen, to: Seen): number {
    const began = this.#seenAt.get(from);
    const ended = this.#seenAt.get(to);
    return began === undefined || ended === undefined ? AT_LEAST_MS : Math.max(AT_LEAST_MS, ended - began);
  }
}
