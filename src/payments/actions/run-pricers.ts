import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/index.ts';
import { readRun, type RunKind } from '../store/run.store.ts';

/** Starts pricing a run, the first time or again. */
export type StartPricing = (tx: Transaction, runId: string) => Promise<{ batches: number }>;

/** Knows which room prices which kind of run. Each registers itself. */
@Injectable()
export class RunPricers {
  readonly #byKind = new Map<RunKind, StartPricing>();

  pricedBy(kind: RunKind, start: StartPricing): void {
    this.#byKind.set(kind, start);
  }

  /** @throws not_in_that_state once the run was sent for approval, no_such_run */
  async start(tx: Transaction, runId: string): Promise<{ batches: number }> {
    const { kind } = await readRun(tx, runId);
    const start = this.#byKind.get(kind);
    if (!start) throw new Error(`nobody prices runs of kind ${kind}`);
    return start(tx, runId);
  }
}
