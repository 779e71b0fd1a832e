import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { type Actor, defineProblem, type PlainDate } from '../../kernel/index.ts';
import { Clock } from '../clock/clock.ts';
import { databaseRefusal, explainRefusal } from './constraint-problems.ts';
import { Transaction } from './transaction.ts';

export const idempotencyKeyReused = defineProblem('idempotency_key_reused', {
  status: 422,
  title: 'That idempotency key was used for something else',
  whatToDo: 'Send a new Idempotency-Key with a new request; use the old key only to repeat exactly the old request.',
});

/** What one command asks of the unit of work. */
export interface Command {
  /** `room.verb`, for logs and idempotency. */
  readonly name: string;
  readonly actor: Actor;
  /** Do everything, answer, and change nothing. */
  readonly dryRun?: boolean;
  /** The caller's key and a hash of what was asked: the same pair is answered from memory. */
  readonly idempotency?: { readonly key: string; readonly inputHash: string };
}

/** Work another room does at the end of every transaction: audit and outbox register themselves. */
export type BeforeCommit = (tx: Transaction) => Promise<void>;

class DryRun extends Error {
  constructor(readonly answer: unknown) {
    super('dry run');
  }
}

const ATTEMPTS = 6;
const RETRIED = ['40001', '40P01', '55P03'];

/**
 * Owns every transaction: council scope, actor, idempotency, dry run, bounded retry, audit and outbox.
 *
 * An action gets a `Transaction` in its council's scope; row-level security refuses everything else.
 */
@Injectable()
export class UnitOfWork {
  readonly #beforeCommit: BeforeCommit[] = [];
  readonly #afterCommit: ((tx: Transaction) => void)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  beforeCommit(work: BeforeCommit): void {
    this.#beforeCommit.push(work);
  }

  afterCommit(work: (tx: Transaction) => void): void {
    this.#afterCommit.push(work);
  }

  /**
   * Runs one command for an actor, all or nothing.
   * @throws DomainError for a rule that said no; idempotency_key_reused; other errors after the retries
   */
  async run<T>(command: Command, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(command, work);
      } catch (error) {
        const code = databaseRefusal(error)?.code ?? '';
        if (!RETRIED.includes(code) || attempt >= ATTEMPTS) throw explainRefusal(error);
        await pause(10 * 2 ** attempt + Math.random() * 20);
      }
    }
  }

  /** Reads for an actor in a read-only transaction of the council's scope. */
  async read<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#inTransaction(actor, 'START TRANSACTION READ ONLY', async (tx) => work(tx));
  }

  async #once<T>(command: Command, work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      let done: Transaction | undefined;
      const answer = await this.#inTransaction(command.actor, 'START TRANSACTION', async (tx) => {
        const remembered = await this.#recall<T>(tx, command);
        if (remembered) return remembered.answer;
        const fresh = await work(tx);
        for (const each of this.#beforeCommit) await each(tx);
        await this.#remember(tx, command, fresh);
        if (command.dryRun) throw new DryRun(fresh);
        done = tx;
        return fresh;
      });
      if (done) for (const each of this.#afterCommit) each(done);
      return answer;
    } catch (error) {
      if (error instanceof DryRun) return error.answer as T;
      throw error;
    }
  }

  async #inTransaction<T>(actor: Actor, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(begin);
      const today = this.clock.today();
      await enterScope(runner, actor, today);
      const answer = await work(new Transaction(actor, today, runner));
      await runner.query('COMMIT');
      return answer;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  async #recall<T>(tx: Transaction, command: Command): Promise<{ answer: T } | undefined> {
    const { idempotency } = command;
    if (!idempotency) return undefined;
    const claimed = await tx.execute(
      `insert into platform.idempotency (authority_id, key, command, input_hash) values ($1, $2, $3, $4)
       on conflict on constraint pk_idempotency do nothing`,
      [command.actor.authorityId, idempotency.key, command.name, idempotency.inputHash],
    );
    if (claimed === 1) return undefined;
    const row = await tx.one<{ command: string; input_hash: string; answer: T }>(
      `select command, input_hash, answer from platform.idempotency where key = $1`,
      [idempotency.key],
    );
    if (row.command !== command.name || row.input_hash !== idempotency.inputHash)
      throw idempotencyKeyReused(`Key "${idempotency.key}" was first used for ${row.command}.`);
    return { answer: row.answer };
  }

  async #remember(tx: Transaction, command: Command, answer: unknown): Promise<void> {
    if (!command.idempotency) return;
    await tx.query(`update platform.idempotency set answer = $2 where key = $1`, [
      command.idempotency.key,
      JSON.stringify(answer ?? null),
    ]);
  }
}

async function enterScope(runner: QueryRunner, actor: Actor, today: PlainDate): Promise<void> {
  await runner.query(
    `select set_config('mainstay.authority', $1, true), set_config('mainstay.actor', $2, true),
            set_config('mainstay.channel', $3, true), set_config('mainstay.reason', '', true),
            set_config('mainstay.today', $4, true)`,
    [actor.authorityId, actor.userId ?? '', actor.channel, today],
  );
}
