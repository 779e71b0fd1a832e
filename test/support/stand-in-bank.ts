import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/stand-ins/bank/main.js', import.meta.url));
const PATIENCE_MILLISECONDS = 5000;

/** The stand-in bank in a process of its own, with the folder it is spoken to through. */
export class StandInBank {
  readonly #seen = new Set<string>();

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
  ) {}

  static async start(): Promise<StandInBank> {
    const folder = mkdtempSync(join(tmpdir(), 'mainstay-bank-'));
    const child = fork(MAIN, ['--folder', folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
    await until(() => !existsSync(path));
    // The answer is written before the file is looked at again.
    await pause(100);
    const answer = join(this.folder, 'out', `${name}.ack`);
    return existsSync(answer) ? readFileSync(answer, 'utf8') : undefined;
  }

  /** Gives the reports that were not fetched yet, in the order given. */
  reports(order: (names: string[]) => string[] = (names) => names): { kind: string; text: string }[] {
    const names = readdirSync(join(this.folder, 'out')).filter((name) =>
      /(input|arucs|awacs)-[^.]*\.(xml|csv)$/.test(name),
    );
    const fresh = order(names.filter((name) => !this.#seen.has(name)).toSorted());
    for (const name of fresh) this.#seen.add(name);
    return fresh.map((name) => ({
      kind: /(input|arucs|awacs)/.exec(name)![1]!,
      text: readFileSync(join(this.folder, 'out', name), 'utf8'),
    }));
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
    await pause(20);
  }
}
