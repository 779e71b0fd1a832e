import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/index.ts';

/** Does one job inside the transaction that also marks it done. Safe to run twice: it reads the state and acts on that. */
export type JobHandler = (tx: Transaction, payload: Record<string, string>) => Promise<void>;

const topics = new Set<string>();

/** Names a job once. A worker refuses to start while a named job has no handler. */
export function defineJob(topic: string): string {
  topics.add(topic);
  return topic;
}

/** Knows who handles which job. */
@Injectable()
export class JobCatalogue {
  readonly #handlers = new Map<string, JobHandler>();

  handle(topic: string, handler: JobHandler): void {
    if (!topics.has(topic)) throw new Error(`job ${topic} is handled but was never defined`);
    if (this.#handlers.has(topic)) throw new Error(`job ${topic} has two handlers`);
    this.#handlers.set(topic, handler);
  }

  handlerOf(topic: string): JobHandler | undefined {
    return this.#handlers.get(topic);
  }

  /** Stops a worker that would leave some job unhandled. @throws Error naming every such job */
  assertComplete(defined: Iterable<string> = topics): void {
    const missing = [...defined].filter((topic) => !this.#handlers.has(topic));
    if (missing.length > 0) throw new Error(`nobody handles: ${missing.join(', ')}. This worker will not start.`);
  }

  static isDefined(topic: string): boolean {
    return topics.has(topic);
  }
}
