import type { BacsDays } from '../../calendar/index.ts';
import type { BankDetails } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Originator } from '../store/export.store.ts';

/** The ways money leaves, each a folder here. */
export const railNames = ['bacs', 'prepaid-card', 'voucher', 'faster-payments', 'pain001'] as const;
export type RailName = (typeof railNames)[number];

/** One payment as a rail carries it. */
export interface RailPayment {
  readonly payee: BankDetails;
  /** Whole pence. */
  readonly amountPence: bigint;
  /** What the family sees: a neutral prefix and the payment's number. */
  readonly reference: string;
}

/** Everything a file says. The same submission always makes the same bytes. */
export interface RailSubmission {
  /** Six digits, used once a day. */
  readonly serial: string;
  readonly originator: Originator;
  readonly createdOn: PlainDate;
  readonly days: BacsDays;
  /** Read once, in order. */
  readonly payments: readonly RailPayment[];
}

/** A file ready to keep, with the control totals that must equal the ledger's. */
export interface RailFile {
  readonly bytes: Buffer;
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
  /** @throws a problem listing everything wrong: nothing is half written */
  write(submission: RailSubmission): RailFile;
  /** Reads back what a file comes to, in pence, for proving it against the ledger. */
  totalIn(bytes: Buffer): bigint;
}
