import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { DecideRun, OpenRun, PostRun, ReleaseRun, type RunState, SubmitRun } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { Meter } from './meter.ts';
import type { Scene } from './scene.ts';
import type { People } from './seed.ts';
import type { Workers } from './workers.ts';

/** Milliseconds of each part of a run, from opening it to its file on disk. */
export interface Phases {
  readonly priceMs: number;
  readonly approveMs: number;
  readonly postMs: number;
  readonly exportMs: number;
}

const DEADLINE_MILLISECONDS = 15 * 60_000;

/** Takes runs through their life, in one house, beside real workers. */
export class MeasuredRun {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly scene: Scene,
    private readonly people: People,
    private readonly workers: Workers,
  ) {}

  /** Opens a run, has the workers price it and people approve it, then posts it here, by the handler the workers call. */
  async posted(payDate: PlainDate, payments: number, meter: Meter, before: (runId: string) => Promise<void>) {
    const runId = await this.priced(payDate, payments);
    await this.#settled();
    await this.workers.hold();
    try {
      await this.#approved(runId);
      await before(runId);
      const { ms, walBytes } = await meter.timed(() => this.#postHere(runId));
      return { ms, walBytes };
    } finally {
      this.workers.letGo();
      await this.#until(runId, 'exported');
      await this.#settled();
    }
  }

  /** Takes a run from opening to its file on disk, everything by its own process, and says how long each part took. */
  async endToEnd(payDate: PlainDate, payments: number): Promise<{ ms: number; phases: Phases }> {
    const [from, marks] = [performance.now(), [] as number[]];
    const mark = (): void => void marks.push(performance.now() - from - marks.reduce((sum, part) => sum + part, 0));
    const runId = await this.priced(payDate, payments);
    mark();
    await this.#approved(runId);
    mark();
    await this.#until(runId, 'posted');
    mark();
    await this.#until(runId, 'exported');
    await this.#fileOf(runId, payDate, payments);
    mark();
    const ms = performance.now() - from;
    await this.#settled();
    const [priceMs = 0, approveMs = 0, postMs = 0, exportMs = 0] = marks;
    return { ms, phases: { priceMs, approveMs, postMs, exportMs } };
  }

  /** Opens a run and has the workers price it. @returns its number */
  async priced(payDate: PlainDate, payments: number): Promise<string> {
    const { runId } = await this.app.get(OpenRun).run(this.people.finance, payDate);
    await this.#until(runId, 'priced');
    const { rows } = await this.scene.sql.query<{ n: number }>(
      'select line_count as n from payments.run where id = $1',
      [runId],
    );
    if (rows[0]?.n !== payments) throw new Error(`the run pays ${rows[0]?.n} families, not ${payments}`);
    return runId;
  }

  async #approved(runId: string): Promise<void> {
    const { fingerprint } = await this.app.get(SubmitRun).run(this.people.finance, runId);
    const decision = { outcome: 'approved', fingerprint, reason: '' } as const;
    await this.app.get(DecideRun).run(this.people.manager, runId, decision);
    await this.app.get(ReleaseRun).run(this.people.releaser, runId);
  }

  async #postHere(runId: string): Promise<void> {
    const command = { name: 'outbox.perform', actor: clockOf(this.people.finance.authorityId) };
    await this.app.get(UnitOfWork).run(command, (tx) => this.app.get(PostRun).run(tx, runId));
  }

  /** Waits for a state, or one after it. Asked as superuser, so that asking is not counted. */
  async #until(runId: string, state: RunState): Promise<void> {
    const reached = state === 'posted' ? ['posted', 'exported'] : [state];
    const ask = `select from payments.run where id = $1 and state = any ($2)`;
    await this.#asked(ask, [runId, reached], `run ${runId} is not ${state}: look at the workers' log`);
  }

  async #settled(): Promise<void> {
    await this.#asked(
      'select where not exists (select from outbox.message where done_at is null)',
      [],
      'jobs are left',
    );
  }

  async #asked(ask: string, parameters: unknown[], otherwise: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MILLISECONDS;
    for (let looks = 1; (await this.scene.sql.query(ask, parameters)).rowCount === 0; looks += 1) {
      if (performance.now() > deadline) throw new Error(otherwise);
      if (looks % 100 === 0) await this.#refuseFailures();
      await pause(10);
    }
  }

  async #refuseFailures(): Promise<void> {
    const failing = 'select topic, last_error as why from outbox.message where failures > 0 limit 1';
    const [job] = (await this.scene.sql.query<{ topic: string; why: string }>(failing)).rows;
    if (job) throw new Error(`the job ${job.topic} failed: ${job.why}`);
  }

  async #fileOf(runId: string, payDate: PlainDate, payments: number): Promise<void> {
    const path = `${this.scene.config.exportDir}/northshire/bacs-${payDate}-run-${runId}.txt`;
    if ((await stat(path)).size < payments * 100) throw new Error(`${path} is too short`);
  }
}
