import { Money, type PlainDate, type ProblemItem } from '../../../kernel/index.ts';
import { statementRefused } from '../statement-problems.ts';
import { accountOf, cut, tidy } from './amounts.ts';
import type { LineRead, StatementFormat, StatementRead } from './statement-read.ts';

const MOST_PROBLEMS = 100;
const MOST_REFERENCE = 140;
const MOST_DETAILS = 300;

/** A balance as the file has it. */
export interface BalanceRead {
  readonly amount: Money;
  readonly date: PlainDate;
}

/** Collects what is wrong with a file, so that all of it is told at once. */
export class FileFaults {
  readonly items: ProblemItem[] = [];

  add(line: number | undefined, reason: string, column?: string): void {
    if (this.items.length < MOST_PROBLEMS)
      this.items.push({ ...(line ? { line } : {}), ...(column ? { column } : {}), reason: `${reason}.` });
  }

  /** @throws statement_refused when anything was wrong */
  refuseAny(): void {
    if (this.items.length === 0) return;
    const places = this.items.length === 1 ? 'one place' : `${this.items.length} places`;
    throw statementRefused(`The file is wrong in ${places}.`, this.items);
  }
}

/** A statement while its file is read. */
export class StatementDraft {
  account = '';
  reference = '';
  sequence: number | undefined;
  from: PlainDate | undefined;
  opening: BalanceRead | undefined;
  closing: BalanceRead | undefined;
  readonly lines: LineRead[] = [];
  readonly #places: number[] = [];
  readonly #faultsBefore: number;
  #net = Money.zero;

  constructor(
    private readonly format: StatementFormat,
    private readonly faults: FileFaults,
    private readonly beganAt: number,
  ) {
    this.#faultsBefore = faults.items.length;
  }

  /** Takes one line in; `at` is its line in the file. */
  add(line: LineRead, at: number): void {
    if (!line.amount.isPositive()) this.faults.add(at, 'a line of nothing');
    this.#net = line.direction === 'credit' ? this.#net.plus(line.amount) : this.#net.minus(line.amount);
    this.lines.push({
      ...line,
      reference: tidy(line.reference, MOST_REFERENCE),
      details: tidy(line.details, MOST_DETAILS),
    });
    this.#places.push(at);
  }

  /** Proves the statement: an account we can read, balances that come out, and no line outside its days. */
  finish(): StatementRead | undefined {
    const { opening, closing } = this;
    const account = accountOf(this.account);
    if (!account) this.#wrong(`the account "${cut(this.account)}" is no sort code and account number`);
    if (!this.reference) this.#wrong('the statement has no reference of its own');
    if (!opening) this.#wrong('there is no opening balance');
    if (!closing) this.#wrong('there is no closing balance');
    if (!account || !opening || !closing || !this.reference) return undefined;
    const from = this.from && this.from < opening.date ? this.from : opening.date;
    // A line that could not be read explains the difference by itself.
    if (this.faults.items.length === this.#faultsBefore) this.#provesItself(opening, closing);
    this.#keepsItsDays(from, closing.date);
    return {
      ...{ format: this.format, account, reference: tidy(this.reference, MOST_REFERENCE), from, to: closing.date },
      ...{ opening: opening.amount, closing: closing.amount, lines: this.lines },
      ...(this.sequence === undefined ? {} : { sequence: this.sequence }),
    };
  }

  #provesItself(opening: BalanceRead, closing: BalanceRead): void {
    const found = opening.amount.plus(this.#net);
    if (found.equals(closing.amount)) return;
    const missing = closing.amount.minus(found);
    this.#wrong(
      `opening ${opening.amount.toString()} and the lines come to ${found.toString()}, but the closing balance says ${closing.amount.toString()}: ${missing.toString()} is unexplained`,
    );
  }

  #keepsItsDays(from: PlainDate, to: PlainDate): void {
    if (to < from) return this.#wrong(`it closes on ${to}, before it opens on ${from}`);
    for (const [index, line] of this.lines.entries())
      if (line.date < from || line.date > to)
        this.faults.add(this.#places[index], `booked on ${line.date}, but the statement is of ${from} to ${to}`);
  }

  #wrong(reason: string): void {
    this.faults.add(this.beganAt, reason);
  }
}
