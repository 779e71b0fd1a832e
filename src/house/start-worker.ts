import type { INestApplicationContext } from '@nestjs/common';
import { Authorities } from '../identity/index.ts';
import { JobCatalogue, Relay } from '../outbox/index.ts';
import { LOGGER, type Logger, QueuePort, type ReadyConfig } from '../platform/index.ts';

/** A worker at work. */
export interface RunningWorker {
  stop(): Promise<void>;
}

/**
 * Starts answering the doorbell, for the process that does the council's jobs.
 *
 * Refuses to start while some job has no handler. A timer sweeps the outbox whatever the queue remembers, and schedules
 * the tick again if the queue was wiped.
 * @throws Error naming unhandled jobs
 */
export async function startWorker(app: INestApplicationContext, config: ReadyConfig): Promise<RunningWorker> {
  app.get(JobCatalogue).assertComplete();
  const [relay, queue, log] = [app.get(Relay), app.get(QueuePort), app.get<Logger>(LOGGER)];
  const authorityIds = app.get(Authorities).ids;
  await queue.answer(config.QUEUE_CONCURRENCY, (name, ring) => relay.answer(name, ring, authorityIds));
  const round = async (): Promise<void> => {
    await relay
      .sweep(authorityIds)
      .catch((error: Error) => log.warn({ event: 'worker.sweep-failed', reason: error.message }));
    await queue
      .keepTicking()
      .catch((error: Error) => log.warn({ event: 'worker.tick-not-scheduled', reason: error.message }));
  };
  const timer = setInterval(() => void round(), config.SWEEP_SECONDS * 1000);
  await round();
  log.info({ event: 'worker.started', backend: queue.backend, concurrency: config.QUEUE_CONCURRENCY });
  return {
    stop: async () => {
      clearInterval(timer);
      await queue.close();
    },
  };
}
