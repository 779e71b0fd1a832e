import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DayClosing } from '../../src/stand-ins/bank/account.ts';

const MAIN = fileURLToPath(new URL('../../src/stand-ins/bank/main.js', import.meta.url));
const PATIENCE_MILLISECONDS = 5000;

/** The stand-in bank in a process of its own, with the folder it is spoken to through. */
export class StandInBank {
  readonly #seen = new Set<string>();

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
  ) {}

  /** @param opening what stands on the account, for a bank that keeps one */
  static async start(opening?: string): Promise<StandInBank> {
    const folder = mkdtempSync(join(tmpdir(), 'mainstay-bank-'));
    const options = opening === undefined ? [] : ['--opening', opening];
    const child = fork(MAIN, ['--folder', folder, ...options], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new StandInBank(child, folder);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
    rmSync(this.folder, { recursive: true });
  }

  /** Says what goes wrong next. */
  faults(next: object): void {
    const path = join(this.folder, 'faults');
    writeFileSync(`${path}.new`, JSON.stringify(next));
    renameSync(`${path}.new`, path);
  }

  /** Hands a file in. @returns the bank's reference, or nothing where its answer is lost */
  async handIn(name: string, bytes: string): Promise<string | undefined> {
    const path = join(this.folder, 'in', name);
    writeFileSync(`${path}.part`, bytes, 'latin1');
    renameSync(`${path}.part`, path);
    // The answer is there before the file is gone.
    await until(() => !existsSync(path));
    const answer = join(this.folder, 'out', `${name}.ack`);
    return existsSync(answer) ? readFileSync(answer, 'utf8') : undefined;
  }

  /** Closes a day of the bank's: it books, reports, and writes a statement where it is asked to. */
  async closeDay(asked: DayClosing): Promise<void> {
    const path = join(this.folder, 'day');
    writeFileSync(`${path}.new`, JSON.stringify(asked));
    renameSync(`${path}.new`, path);
    await until(() => !existsSync(path));
  }

  /** Gives the reports that were not fetched yet, in the order given. */
  reports(order: (names: string[]) => string[] = (names) => names): { kind: string; text: string }[] {
    return this.#fresh(/(input|arucs|awacs)-[^.]*\.(xml|csv)$/, order).map(({ name, text }) => ({
      ...{ kind: /(input|arucs|awacs)/.exec(name)![1]!, text },
    }));
  }

  /** Gives the statements that were not fetched yet, as files. */
  statements(): { name: string; text: string }[] {
    return this.#fresh(/^statement-\d+\.\w+$/);
  }

  /** Names the vouchers that were cashed and not fetched yet, by their references. */
  cashed(): string[] {
    return this.#fresh(/^cashed-\d+\.csv$/).flatMap(({ text }) => text.trimEnd().split('\n').slice(1));
  }

  #fresh(pattern: RegExp, order: (names: string[]) => string[] = (names) => names): { name: string; text: string }[] {
    const names = readdirSync(join(this.folder, 'out')).filter((name) => pattern.test(name) && !this.#seen.has(name));
    const fresh = order(names.toSorted());
    for (const name of fresh) this.#seen.add(name);
    return fresh.map((name) => ({ name, text: readFileSync(join(this.folder, 'out', name), 'utf8') }));
  }

  /** The files the bank took and did not reject. */
  taken(): string[] {
    const names = readdirSync(join(this.folder, 'taken')).filter((name) => !name.endsWith('-rejected'));
    return names.map((name) => readFileSync(join(this.folder, 'taken', name), 'latin1'));
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('the stand-in bank does nothing');
    await pause(5);
  }
}
