import type { PlainDate } from '../../../kernel/index.ts';
import type { Direction } from '../parse/statement-read.ts';

/** A line of a statement, as far as matching looks at it. */
export interface BankLine {
  readonly id: string;
  readonly direction: Direction;
  /** Pounds and pence, two decimals. */
  readonly amount: string;
  readonly date: PlainDate;
  /** Everything the bank says of it. */
  readonly words: string;
}

/** Something the bank is to show: a file that left, money that is to come back. */
export interface Expected {
  readonly source: string;
  readonly id: string;
  readonly direction: Direction;
  readonly amount: string;
  /** The first day the bank may show it, and the day it should. */
  readonly from: PlainDate;
  readonly due: PlainDate;
  /** Words of the bank's that can only mean this: a serial, a run's number. */
  readonly keys: readonly string[];
}

/** How a match came to be found. */
export type FoundBy = 'reference' | 'amount-and-day' | 'total-of-a-day' | 'parts';

/** So much of a line was for this. */
export interface Match {
  readonly lineId: string;
  readonly source: string;
  readonly documentId: string;
  readonly amount: string;
  readonly how: FoundBy;
}

/** Names a pair of a line and what it may have paid, for sets of them. */
export function pairOf(lineId: string, source: string, documentId: string): string {
  return `${lineId}:${source}:${documentId}`;
}
