import type { BacsDays } from '../../calendar/index.ts';
import type { BankDetails } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { RailName } from './rail-names.ts';
import type { FileTemplate } from './template/file-template.ts';

/** Who the council is to the bank. */
export interface Originator {
  readonly serviceUserNumber: string;
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly referencePrefix: string;
}

/** One payment as a rail carries it. */
export interface RailPayment {
  readonly payee: BankDetails;
  /** Whole pence. */
  readonly amountPence: bigint;
  /** What the family sees: a neutral prefix and the payment's number. */
  readonly reference: string;
  /** The vouchers it is made of, where it is paid by vouchers. */
  readonly vouchers?: readonly {
    readonly reference: string;
    readonly amountPence: bigint;
    readonly expiresOn: PlainDate;
  }[];
}

/** Everything a file says. The same submission always makes the same bytes. */
export interface RailSubmission {
  /** Six digits, used once a day. */
  readonly serial: string;
  readonly originator: Originator;
  readonly createdOn: PlainDate;
  readonly days: BacsDays;
  /** How the council's provider wants its file; the rail's own when absent. */
  readonly template?: FileTemplate;
  /** Read once, in order. */
  readonly payments: readonly RailPayment[];
}

/** A file ready to keep, with the control totals that must equal the ledger's. */
export interface RailFile {
  readonly bytes: Buffer;
  /** Payments, however many lines or vouchers each takes. */
  readonly items: number;
  readonly pence: bigint;
  /** Of `bytes`, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Texts that were cut to fit. */
  readonly warnings: number;
}

/** One way money leaves: turns payments into the bytes its bank or provider reads. Pure: no database, clock or network. */
export interface Rail {
  readonly name: RailName;
  /** Of the file's name, with the dot. */
  readonly ending: string;
  readonly mediaType: string;
  /** True when the money is there the day it is sent. */
  readonly isSameDay: boolean;
  /** @throws a problem listing everything wrong: nothing is half written */
  write(submission: RailSubmission): RailFile;
  /** Reads back what a file comes to, in pence, for proving it; absent where each provider has a layout of its own. */
  totalIn?(bytes: Buffer): bigint;
}
