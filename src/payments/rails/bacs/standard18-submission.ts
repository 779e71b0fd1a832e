import type { PlainDate } from '../../../kernel/index.ts';

/** One payment to one account. */
export interface Standard18Credit {
  /** Six digits. */
  readonly sortCode: string;
  /** Eight digits. */
  readonly account: string;
  /** Whole pence, 1 to 99,999,999,999. */
  readonly amountPence: bigint;
  /** What the payee sees, or a building society's roll number: 18 characters reach the bank. */
  readonly reference: string;
  /** The account's holder: 18 characters reach the bank. */
  readonly name: string;
}

/** Everything a file says. The same submission always makes the same bytes. */
export interface Standard18Submission {
  /** Six letters or digits, unlike any other the council submits that day: the caller sees to that. */
  readonly serial: string;
  /** The council's number at Bacs (SUN), six characters. */
  readonly serviceUserNumber: string;
  /** The council's own account, which is debited once for the whole file. */
  readonly originator: { readonly sortCode: string; readonly account: string; readonly name: string };
  readonly createdOn: PlainDate;
  readonly expiresOn: PlainDate;
  /** Day 2 of the cycle, one Bacs day before the money arrives. */
  readonly processingDay: PlainDate;
  /** 1 to 999; 1 when absent. */
  readonly fileNumber?: number;
  /** Up to seven characters; blank when absent. */
  readonly auditPrintId?: string;
  /** Read once, in order. */
  readonly items: Iterable<Standard18Credit>;
}

/** A text that was cut to fit, for a person to look at before the file goes. It names the place, never the person. */
export interface Standard18Warning {
  /** Place in `items`, from 0; absent for the council's own name. */
  readonly index?: number;
  readonly field: 'name' | 'reference' | 'originator.name';
}

/** A file ready to store and submit, with the control totals that must equal the ledger's. */
export interface Standard18File {
  readonly bytes: Buffer;
  /** Lines in all: the credits, one contra and seven labels. */
  readonly lines: number;
  readonly creditCount: number;
  readonly creditPence: bigint;
  /** Of `bytes`, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly warnings: readonly Standard18Warning[];
}
