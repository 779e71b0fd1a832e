import type { BankDetails } from '../../families/index.ts';
import type { Money } from '../../kernel/index.ts';
import type { PaidPayment } from '../store/return.store.ts';

/** A payment a report names: it came back, or the details it went to are wrong. */
export interface ReturnRead {
  readonly line: number;
  readonly code: string;
  readonly reference: string;
  readonly amount: Money;
  readonly paid: PaidPayment;
  /** The details a bank says are right. */
  readonly correction: BankDetails | undefined;
}
