import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** Measures from outside: as superuser on the database, and from what the system says of processes. */
export class Meter {
  constructor(private readonly sql: pg.Client) {}

  /** Times something after a checkpoint, so that full pages and dirty buffers of what came before do not count. */
  async timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number; walBytes: number }> {
    await this.sql.query('checkpoint');
    const from = await this.#walPosition();
    const began = performance.now();
    const answer = await work();
    const ms = performance.now() - began;
    return { answer, ms, walBytes: (await this.#walPosition()) - from };
  }

  async forgetStatements(): Promise<void> {
    await this.sql.query('select pg_stat_statements_reset()');
  }

  /** Counts the statements the application role sent since they were forgotten: actions, jobs and the queue itself. */
  async statements(): Promise<number> {
    const { rows } = await this.sql.query<{ n: number }>(
      `select coalesce(sum(calls), 0)::int as n from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = 'mainstay_app'`,
    );
    return rows[0]?.n ?? 0;
  }

  async #walPosition(): Promise<number> {
    const { rows } = await this.sql.query<{ at: string }>(`select pg_current_wal_lsn() - '0/0' as at`);
    return Number(rows[0]?.at);
  }
}

/** Says how much memory a process held at its highest so far, in MB. */
export function peakRssMb(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    // Not Linux: only this process can say.
    return pid === process.pid ? process.resourceUsage().maxRSS / 1024 : 0;
  }
}

/** Finds the middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
