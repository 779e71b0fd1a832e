import { type BankPayment, processingDay, readPayments, statementWords } from './read-payments.ts';
import { COMES_BACK, WRONG } from './reports.ts';
import type { Booking, StatementFormat, StatementToWrite } from './statements.ts';

/** How a day of the bank's is closed. */
export interface DayClosing {
  readonly day: string;
  readonly statement?: StatementFormat;
  readonly isReordered?: boolean;
  readonly isLumped?: boolean;
  readonly isQuiet?: boolean;
  readonly reportsLate?: number;
  readonly charge?: string;
  readonly isStrange?: boolean;
}

/** What a closed day is to be told of. */
export interface DayClosed {
  readonly back: readonly BankPayment[];
  readonly wrong: readonly BankPayment[];
  readonly cashed: readonly BankPayment[];
  readonly statement: StatementToWrite | undefined;
}

interface Waiting {
  readonly name: string;
  readonly text: string;
}

/** A customer's account: what leaves it, what comes back, a statement when asked. It knows days as they are closed. */
export class Account {
  #balance: bigint;
  #opening: bigint;
  #from: string | undefined;
  #statements = 0;
  readonly #lines: Booking[] = [];
  #waiting: Waiting[] = [];
  #back: BankPayment[] = [];
  #vouchers: BankPayment[] = [];

  constructor(openingPence: bigint) {
    this.#balance = openingPence;
    this.#opening = openingPence;
  }

  /** Takes a file that is to be paid. */
  take(name: string, text: string): void {
    this.#waiting.push({ name, text });
  }

  /** Books all that is of a day, and writes a statement of what was booked since the last one. */
  close(asked: DayClosing): DayClosed {
    const { day } = asked;
    this.#from ??= day;
    const back = this.#comesBack(asked);
    const paid = this.#pay(asked);
    if (asked.charge) this.#book(day, -pence(asked.charge), 'ACCOUNT CHARGE');
    const vouchers = paid.filter(({ expires }) => expires !== undefined);
    this.#vouchers.push(...vouchers.filter(isForgotten));
    this.#back.push(...paid.filter(({ account }) => COMES_BACK[account]));
    return {
      ...{ back, wrong: paid.filter(({ account }) => WRONG[account]) },
      ...{ cashed: vouchers.filter((each) => !isForgotten(each)), statement: this.#statement(asked) },
    };
  }

  #pay({ day, isQuiet }: DayClosing): BankPayment[] {
    const due = this.#waiting.filter(({ text }) => (processingDay(text) ?? '') < day);
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    return due.flatMap(({ name, text }) => {
      const payments = readPayments(text);
      this.#book(day, -sum(payments), isQuiet ? 'BULK PAYMENT' : statementWords(name, text));
      return payments;
    });
  }

  /** What left on an earlier day and did not arrive, and vouchers whose day is past. */
  #comesBack({ day, isLumped }: DayClosing): BankPayment[] {
    const back = this.#back;
    const past = this.#vouchers.filter(({ expires = '' }) => expires < day);
    this.#back = [];
    this.#vouchers = this.#vouchers.filter((each) => !past.includes(each));
    if (isLumped && back.length > 1) this.#book(day, sum(back), `RETURNS ${back.length} ITEMS`);
    else for (const each of back) this.#book(day, sum([each]), `RETURN ${each.reference}`);
    for (const each of past) this.#book(day, sum([each]), `NOT CASHED ${each.reference}`);
    return back;
  }

  #book(day: string, moved: bigint, reference: string): void {
    this.#balance += moved;
    this.#lines.push({ day, pence: moved, reference, balance: this.#balance });
  }

  #statement({ day, statement: format, isReordered }: DayClosing): StatementToWrite | undefined {
    // Of days on which nothing moved there is no CSV: it would be a header alone.
    if (!format || (format === 'csv' && this.#lines.length === 0)) return undefined;
    this.#statements += 1;
    const lines = this.#lines.splice(0);
    const written = {
      ...{ format, number: this.#statements, from: this.#from as string, to: day, opening: this.#opening },
      ...{ closing: this.#balance, lines: isReordered ? lines.toReversed() : lines },
    };
    this.#opening = this.#balance;
    this.#from = undefined;
    return written;
  }
}

function isForgotten({ name }: BankPayment): boolean {
  return name.includes('FORGETS');
}

function pence(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function sum(payments: readonly BankPayment[]): bigint {
  return payments.reduce((total, { amount }) => total + pence(amount), 0n);
}
