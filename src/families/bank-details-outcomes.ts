import { Injectable } from '@nestjs/common';
import type { PlainDate } from '../kernel/index.ts';
import type { Transaction } from '../platform/index.ts';

/** A family's money is to go to another account. Only the last two digits are told. */
export interface AccountReplaced {
  readonly familyId: string;
  readonly instrumentId: string;
  /** Null for vouchers, which have no digits. */
  readonly oldEnding: string | null;
  readonly newEnding: string | null;
  readonly usableFrom: PlainDate;
}

/** What a room above does, in the same transaction, once a second person approved other bank details. */
export type WhenReplaced = (tx: Transaction, replaced: AccountReplaced) => Promise<void>;

/** Brings approved bank details back up: the room that tells families says how it does. */
@Injectable()
export class BankDetailsOutcomes {
  #handler: WhenReplaced | undefined;

  whenReplaced(handler: WhenReplaced): void {
    if (this.#handler) throw new Error('replaced bank details have two handlers');
    this.#handler = handler;
  }

  async tell(tx: Transaction, replaced: AccountReplaced): Promise<void> {
    await this.#handler?.(tx, replaced);
  }
}
