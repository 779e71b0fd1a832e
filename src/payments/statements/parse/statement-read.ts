import type { Money, PlainDate } from '../../../kernel/index.ts';

/** The layouts a statement may come in. */
export const statementFormats = ['camt.053', 'mt940', 'csv'] as const;
/** Names a layout, as people at banks say it. */
export type StatementFormat = (typeof statementFormats)[number];

/** Which way money went on the council's account: `debit` is out, `credit` is in. */
export type Direction = 'debit' | 'credit';

/** One booked line of a statement. */
export interface LineRead {
  /** The day the bank booked it. */
  readonly date: PlainDate;
  /** Above nought; the direction says the sign. */
  readonly amount: Money;
  readonly direction: Direction;
  /** What the bank gives as its reference, at most 140 characters; empty when it gives none. */
  readonly reference: string;
  /** Whatever else it says, at most 300 characters; empty when nothing. */
  readonly details: string;
}

/** One statement of one account, proved: opening and lines come to closing. */
export interface StatementRead {
  readonly format: StatementFormat;
  /** Sort code and account number, 14 digits. */
  readonly account: string;
  /** The bank's own name for this statement, by which it is known when it comes twice. */
  readonly reference: string;
  /** The bank's running number, where it counts. */
  readonly sequence?: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Below nought when the account is overdrawn. */
  readonly opening: Money;
  readonly closing: Money;
  /** Where lines cancel each other and only balances say how they follow: every one it may have opened and closed with. */
  readonly mayOpenAt?: readonly Money[];
  readonly lines: readonly LineRead[];
}
