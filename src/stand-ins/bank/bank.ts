import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, DayClosing } from './account.ts';
import { readPayments } from './read-payments.ts';
import { arucs, awacs, cashed, COMES_BACK, inputReport, WRONG } from './reports.ts';
import { writeStatement } from './statements.ts';

/** What goes wrong next. Counts go down as they are used. */
interface Faults {
  loseAnswers?: number;
  reject?: number;
  /** So many files are lost on the way, with nothing said. */
  lose?: number;
  holdReports?: boolean;
  doubleReports?: boolean;
}

interface Held {
  readonly name: string;
  readonly text: string;
  /** So many days are closed before it is told. */
  days: number;
}

/** A bank with one customer: takes each file once, says what became of it, and keeps its account where it has one. */
export class Bank {
  #taken = 0;
  #closed = 0;
  readonly #held: Held[] = [];

  constructor(
    private readonly folder: string,
    private readonly account?: Account,
  ) {
    for (const each of ['in', 'out', 'taken', 'lost']) mkdirSync(join(folder, each), { recursive: true });
  }

  /** Looks into the folder once: takes what was dropped, closes a day, and lets go reports that were held back. */
  look(): void {
    for (const name of readdirSync(join(this.folder, 'in')).toSorted()) if (!name.endsWith('.part')) this.#take(name);
    const closing = join(this.folder, 'day');
    const isDay = existsSync(closing);
    if (isDay) this.#closeDay(JSON.parse(readFileSync(closing, 'utf8')) as DayClosing);
    this.#tell();
    if (isDay) rmSync(closing);
  }

  #tell(): void {
    if (this.#faults().holdReports) return;
    for (const report of this.#held.filter(({ days }) => days <= 0)) {
      this.#held.splice(this.#held.indexOf(report), 1);
      this.#write(report.name, report.text);
    }
  }

  #take(name: string): void {
    const path = join(this.folder, 'in', name);
    if (this.#uses('lose')) return renameSync(path, join(this.folder, 'lost', name));
    const text = readFileSync(path, 'latin1');
    this.#taken += 1;
    const reference = `SB-${String(this.#taken).padStart(6, '0')}`;
    const isRejected = this.#uses('reject');
    // A file may be taken and the customer never hear of it. What it hears is there before the file is gone.
    if (!this.#uses('loseAnswers')) this.#write(`${name}.ack`, reference);
    renameSync(path, join(this.folder, 'taken', `${reference}${isRejected ? '-rejected' : ''}`));
    this.#report(`input-${reference}.xml`, inputReport(name, isRejected));
    if (isRejected) return;
    if (this.account) return this.account.take(name, text);
    const payments = readPayments(text);
    const back = payments.filter(({ account }) => COMES_BACK[account]);
    const wrong = payments.filter(({ account }) => WRONG[account]);
    if (back.length > 0) this.#report(`arucs-${reference}.csv`, arucs(back));
    if (wrong.length > 0) this.#report(`awacs-${reference}.xml`, awacs(wrong));
  }

  #closeDay(asked: DayClosing): void {
    if (!this.account) throw new Error('the bank keeps no account: start it with --opening');
    for (const report of this.#held) report.days -= 1;
    this.#closed += 1;
    const number = String(this.#closed).padStart(4, '0');
    const { back, wrong, cashed: vouchers, statement } = this.account.close(asked);
    if (back.length > 0) this.#report(`arucs-${number}.csv`, arucs(back, asked.isStrange), asked.reportsLate ?? 0);
    if (wrong.length > 0) this.#report(`awacs-${number}.xml`, awacs(wrong));
    if (vouchers.length > 0) this.#report(`cashed-${number}.csv`, cashed(vouchers));
    if (!statement) return;
    const { name, text } = writeStatement(statement);
    this.#write(name, text);
  }

  #report(name: string, text: string, days = 0): void {
    this.#held.push({ name, text, days });
    if (this.#faults().doubleReports) this.#held.push({ name: `again-${name}`, text, days });
  }

  #write(name: string, text: string): void {
    const path = join(this.folder, 'out', name);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }

  #faults(): Faults {
    try {
      return JSON.parse(readFileSync(join(this.folder, 'faults'), 'utf8')) as Faults;
    } catch {
      return {};
    }
  }

  #uses(fault: 'loseAnswers' | 'reject' | 'lose'): boolean {
    const faults = this.#faults();
    const left = faults[fault] ?? 0;
    if (left <= 0) return false;
    const path = join(this.folder, 'faults');
    writeFileSync(`${path}.part`, JSON.stringify({ ...faults, [fault]: left - 1 }));
    renameSync(`${path}.part`, path);
    return true;
  }
}
