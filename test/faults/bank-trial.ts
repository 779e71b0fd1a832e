import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { type LineToShow, writeCamt053 } from '../../src/demo/statement-file.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { listBankFiles, SubmitFile } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { type BankBooks, bankBooks, bankFaults } from './bank-books.ts';
import { type HeldUp, whileHeldUp } from './bank-locks.ts';
import { withHouse } from './council.ts';
import type { Imported, ToImport } from './importer.ts';
import type { NoticePlace } from './notice-trial.ts';
import { settle } from './settle.ts';

const IMPORTER = fileURLToPath(new URL('importer.js', import.meta.url));
const COME_BACK = 3;
const WORKERS = 2;

/** Where the bank's news is taken in. */
export type BankPlace = NoticePlace & { readonly ownerUrl: string };

/** What the bank's news came to, each fault a sentence. */
export interface BankSurvived {
  kills: number;
  /** What was there of work whose process was killed. */
  readonly halfApplied: string[];
  /** What is there more or less often than once. */
  readonly notOnce: string[];
  /** What does not tie or prove itself. */
  readonly untied: string[];
}

/**
 * Takes in what a bank tells while whoever does it is killed in the very middle: an import of returns after they are written and
 * before they are posted; one of a statement after it is posted and before it is matched; a worker's matching after the matches
 * and before their postings. Then it is done again, and once more where that is refused.
 */
export async function tryBank(place: BankPlace, today: PlainDate): Promise<BankSurvived> {
  return withHouse(place.config, today, async (app) => new BankTrial(place, today, app).run());
}

class BankTrial {
  readonly #survived: BankSurvived = { kills: 0, halfApplied: [], notOnce: [], untied: [] };

  constructor(
    private readonly place: BankPlace,
    private readonly today: PlainDate,
    private readonly app: INestApplicationContext,
  ) {}

  async run(): Promise<BankSurvived> {
    try {
      await this.#takeInAll();
    } catch (error) {
      this.#survived.notOnce.push(`it does not go on: ${(error as Error).message}`);
    }
    this.#survived.untied.push(...(await bankFaults(this.app, this.place.council.authorityId)));
    return this.#survived;
  }

  async #takeInAll(): Promise<void> {
    const files = await this.#submitAll();
    const orders = await this.#ordersOf(files.at(-1)?.runId ?? '');
    const [first, second] = [orders.slice(0, COME_BACK), orders.slice(COME_BACK, 2 * COME_BACK)];
    await this.#killed('arucs', this.#report('first', first), 'posting to returned');
    await this.#is({ reports: 1, returns: COME_BACK });
    const lines = [...files.map(debitOf(this.today)), ...orders.map(creditOf(this.today))];
    await this.#killed('statement', this.#statement(lines), 'matching');
    await this.#is({ statements: 1, lines: lines.length, matched: files.length + COME_BACK });
    await this.#matchingKilled(this.#report('second', second));
    const told = { returns: 2 * COME_BACK, matched: files.length + 2 * COME_BACK };
    await this.#is({ ...told, transfers: 2 * COME_BACK + 1 + 1, unposted: '0.00' });
  }

  async #submitAll() {
    const finance = this.place.council.as('finance');
    const files = await this.app.get(UnitOfWork).read(finance, (tx) => listBankFiles(tx, { limit: 500 }));
    for (const { id } of files) {
      await this.app.get(SubmitFile).begin(finance, id);
      await this.app.get(SubmitFile).handIn(finance, id, `BANK-${id}`);
    }
    return files;
  }

  #ordersOf(runId: string): Promise<Order[]> {
    return this.app
      .get(UnitOfWork)
      .read(operatorOf(this.place.council.authorityId), (tx) =>
        tx.query<Order>(
          `select id, amount::numeric(14,2)::text as amount from payments.payment_order where run_id = $1 order by id limit $2`,
          [runId, 2 * COME_BACK],
        ),
      );
  }

  /** Kills an import where it is held up, sees that nothing of it is there, does it again, and has it refused after that. */
  async #killed(kind: ToImport['kind'], path: string, at: HeldUp): Promise<void> {
    const before = await this.#books();
    await this.#heldUp(at, async (untilSomebodyWaits) => {
      const child = this.#importer(kind, path);
      await untilSomebodyWaits();
      child.kill('SIGKILL');
      await once(child, 'exit');
      this.#survived.kills += 1;
      this.#sameAs(before, await this.#books(), `the import of a ${kind}`);
    });
    await this.#says(kind, path, { done: true });
    const refusal = kind === 'arucs' ? 'report_taken_in_before' : 'statement_taken_before';
    await this.#says(kind, path, { refused: refusal });
  }

  /** Kills every worker where one is held up in matching: others take their place and do it. */
  async #matchingKilled(path: string): Promise<void> {
    const { workers, environmentOn } = this.place;
    await this.#says('arucs', path, { done: true });
    const before = await this.#books();
    try {
      await this.#heldUp('posting to suspense', async (untilSomebodyWaits) => {
        await workers.start(environmentOn(this.today));
        await untilSomebodyWaits();
        for (let each = 0; each < WORKERS; each += 1) await workers.kill(each);
        this.#survived.kills += WORKERS;
        this.#sameAs(before, await this.#books(), 'matching');
      });
      await settle(this.app, this.place.council);
    } finally {
      await workers.stop();
    }
  }

  #heldUp(what: HeldUp, work: Parameters<typeof whileHeldUp>[3]): Promise<void> {
    return whileHeldUp(this.place.ownerUrl, this.place.council.authorityId, what, work);
  }

  #importer(kind: ToImport['kind'], path: string): ChildProcess {
    const asked: ToImport = { kind, path, actor: this.place.council.as('finance') };
    return fork(IMPORTER, [JSON.stringify(asked)], {
      env: { ...process.env, ...this.place.environmentOn(this.today) },
      stdio: ['ignore', 'ignore', this.place.ground.log, 'ipc'],
    });
  }

  async #says(kind: ToImport['kind'], path: string, expected: Imported): Promise<void> {
    const child = this.#importer(kind, path);
    const exited = once(child, 'exit');
    const said = await Promise.race([once(child, 'message').then(([each]) => each as Imported), exited]);
    await exited;
    if (JSON.stringify(said) !== JSON.stringify(expected))
      this.#survived.notOnce.push(`the import of a ${kind} says ${JSON.stringify(said)}`);
  }

  #books(): Promise<BankBooks> {
    return bankBooks(this.app, this.place.council.authorityId);
  }

  #sameAs(before: BankBooks, after: BankBooks, what: string): void {
    for (const [name, count] of Object.entries(after))
      if (count !== before[name as keyof BankBooks])
        this.#survived.halfApplied.push(`${what} was killed and left ${name}: ${count}`);
  }

  async #is(expected: Partial<BankBooks>): Promise<void> {
    const books = await this.#books();
    for (const [name, count] of Object.entries(expected))
      if (books[name as keyof BankBooks] !== count)
        this.#survived.notOnce.push(`${name}: ${books[name as keyof BankBooks]}, where there should be ${count}`);
  }

  #report(name: string, orders: readonly Order[]): string {
    const rows = orders.map(({ id, amount }) => `MS ${id},${amount},0`);
    return this.#written(`${name}.csv`, ['reference,amount,code', ...rows, ''].join('\n'));
  }

  #statement(lines: readonly LineToShow[]): string {
    const facts = { reference: 'FAULTS-1', sequence: 1, account: '00009912345678', opening: '9000000.00' };
    return this.#written('statement.xml', writeCamt053({ ...facts, from: this.today, to: this.today, lines }));
  }

  #written(name: string, text: string): string {
    const path = join(this.place.ground.home, name);
    writeFileSync(path, text);
    return path;
  }
}

interface Order {
  readonly id: string;
  readonly amount: string;
}

function debitOf(date: PlainDate): (file: { total: string; serial: string }) => LineToShow {
  return ({ total, serial }) => ({ date, direction: 'debit', amount: total, reference: `BACS ${serial}` });
}

function creditOf(date: PlainDate): (order: Order) => LineToShow {
  return ({ id, amount }) => ({ date, direction: 'credit', amount, reference: `RETURN MS ${id}` });
}
