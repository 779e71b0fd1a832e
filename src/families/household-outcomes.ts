import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/index.ts';
import type { PricedMember } from './views/for-pricing.view.ts';

/** A person that was changed, and the version it has now. */
export interface ChangedMember {
  readonly id: string;
  readonly version: number;
}

/** A household is not what it was: what happened, the people as they were before, and whose rows changed. */
export interface HouseholdChanged {
  readonly familyId: string;
  readonly cause: 'left' | 'pregnancy-ended' | 'birth-corrected';
  readonly before: readonly PricedMember[];
  readonly changed: readonly ChangedMember[];
}

/** What a room above does, in the same transaction, once a household changed. */
export type WhenChanged = (tx: Transaction, changed: HouseholdChanged) => Promise<void>;

/** Brings changes of households back up: the room that pays families works out what they do, and tells them. */
@Injectable()
export class HouseholdOutcomes {
  #handler: WhenChanged | undefined;

  whenChanged(handler: WhenChanged): void {
    if (this.#handler) throw new Error('changed households have two handlers');
    this.#handler = handler;
  }

  async tell(tx: Transaction, changed: HouseholdChanged): Promise<void> {
    if (changed.changed.length > 0) await this.#handler?.(tx, changed);
  }
}
