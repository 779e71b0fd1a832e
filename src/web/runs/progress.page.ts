import { Controller, type OnModuleDestroy, Res } from '@nestjs/common';
import type { Response } from 'express';
import { setTimeout as pause } from 'node:timers/promises';
import { readRun, type RunRow, seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, type Visit, Visiting } from '../pages/index.ts';
import { isMoving, progressOf } from './progress.ts';
import { runUrls } from './runs.urls.ts';
import { runIdOf } from './stage.ts';

const LOOK_EVERY_MS = 700;
const HEARTBEAT_EVERY_MS = 10_000;
/** The browser asks again by itself, and its permission is looked at again. */
const LASTS_AT_MOST_MS = 60_000;

/** Says while it happens how far the machine is with a run: what the run's page says, as server-sent events. */
@Controller()
export class ProgressPage implements OnModuleDestroy {
  readonly #closing = new AbortController();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  onModuleDestroy(): void {
    this.#closing.abort();
  }

  @Page({
    ...{ method: 'GET', path: runUrls.progress, title: 'How far a run is', allowed: seeRuns },
    ...{ audit: null, produces: 'text/event-stream' },
  })
  async stream(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const runId = runIdOf(visit);
    const look = (): Promise<RunRow> => this.unitOfWork.read(visit.actor, (tx) => readRun(tx, runId));
    let run = await look();
    response.status(200).type('text/event-stream').set('Cache-Control', 'no-store').set('X-Accel-Buffering', 'no');
    response.write('retry: 1000\n\n');
    const until = Date.now() + LASTS_AT_MOST_MS;
    const sayIt = sayer(response);
    while (isMoving(run) && Date.now() < until && !response.destroyed && !this.#closing.signal.aborted) {
      sayIt('progress', run);
      await pause(LOOK_EVERY_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      run = await look();
    }
    if (!isMoving(run)) sayIt('done', run);
    response.end();
  }
}

/** Writes an event when something changed, and a heartbeat when nothing did for a while. */
function sayer(response: Response): (event: 'progress' | 'done', run: RunRow) => void {
  let said = '';
  let at = Date.now();
  return (event, run) => {
    const data = JSON.stringify(progressOf(run));
    const isNews = data !== said || event === 'done';
    if (!isNews && Date.now() - at < HEARTBEAT_EVERY_MS) return;
    response.write(isNews ? `event: ${event}\ndata: ${data}\n\n` : ': still here\n\n');
    [said, at] = [data, Date.now()];
  };
}
