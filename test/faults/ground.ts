import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnPostgres } from './own-postgres.ts';

/** Where the harness works: a folder, a Postgres and a log of its own, all of which are gone afterwards. */
export class Ground {
  readonly home = mkdtempSync(join(tmpdir(), 'mainstay-faults-'));
  readonly #logFile = join(this.home, 'workers.log');
  /** The open file that workers write their logs to. */
  readonly log = openSync(this.#logFile, 'a');
  readonly #endings: (() => Promise<void>)[] = [];
  #clearing: Promise<void> | undefined;
  #postgres: Promise<OwnPostgres> | undefined;

  /** Tells how it goes; the answer alone goes to standard output. */
  tell(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Remembers what must be stopped at the end, whatever happens. The last one is stopped first. */
  atEnd(stop: () => Promise<void>): void {
    this.#endings.push(stop);
  }

  postgres(): Promise<OwnPostgres> {
    this.#postgres ??= OwnPostgres.start(this.home);
    return this.#postgres;
  }

  /** Gives the last lines the workers logged. */
  lastLogged(lines: number): string {
    return readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Stops everything and removes every file. */
  clear(): Promise<void> {
    this.#clearing ??= this.#clear();
    return this.#clearing;
  }

  async #clear(): Promise<void> {
    for (const stop of this.#endings.toReversed()) await stop().catch((error: Error) => this.tell(error.message));
    await (await this.#postgres?.catch(() => undefined))?.remove();
    closeSync(this.log);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
