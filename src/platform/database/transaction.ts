import type { EntityManager, QueryRunner } from 'typeorm';
import type { Actor, PlainDate } from '../../kernel/index.ts';

/** Something worth keeping for the auditor: who did what to what. Never holds bank details or free personal text. */
export interface AuditEntry {
  /** `room.verb`, stable: `payments.run-approved`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail?: Record<string, unknown>;
}

/** A job to be done after the commit. The key makes a second announcement of the same thing do nothing. */
export interface Announcement {
  readonly topic: string;
  readonly key: string;
  /** Ids only. */
  readonly payload: Record<string, string>;
  /** Seconds to wait before it is due. */
  readonly delaySeconds?: number;
}

/** One open transaction in one council's scope. Handed to actions by the unit of work; never kept. */
export class Transaction {
  readonly audits: AuditEntry[] = [];
  readonly announcements: Announcement[] = [];

  constructor(
    readonly actor: Actor,
    readonly today: PlainDate,
    private readonly runner: QueryRunner,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** Runs one statement and gives its rows. Decimals, dates and big integers come as text. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const result = (await this.runner.query(sql, parameters, true)) as { records?: Row[] };
    return result.records ?? [];
  }

  /** Runs one statement and gives how many rows it touched. */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    const result = (await this.runner.query(sql, parameters, true)) as { affected?: number };
    return result.affected ?? 0;
  }

  /** Gives the only row. @throws Error when there are none or several */
  async one<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const rows = await this.query<Row>(sql, parameters);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${sql.slice(0, 80)}`);
    return rows[0] as Row;
  }

  /** Gives the first row, or nothing. */
  async maybe<Row>(sql: string, parameters: unknown[] = []): Promise<Row | undefined> {
    return (await this.query<Row>(sql, parameters))[0];
  }

  /** Notes something for the auditor; written, hash-chained, just before the commit. */
  audit(entry: AuditEntry): void {
    this.audits.push(entry);
  }

  /** Puts a job into the outbox in this same transaction: no commit, no job. */
  announce(announcement: Announcement): void {
    this.announcements.push(announcement);
  }

  /** Tells the database why, for the state history that its triggers write. */
  async because(reason: string): Promise<void> {
    await this.query(`select set_config('mainstay.reason', $1, true)`, [reason]);
  }
}
