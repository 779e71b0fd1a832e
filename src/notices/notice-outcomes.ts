import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/index.ts';
import type { NoticeKind } from './domain/notice-facts.ts';

/** What a room does once a notice it drafted was received. */
export type WhenReceived = (tx: Transaction, noticeId: string) => Promise<void>;

/** Brings delivery back up: rooms above say what follows from the receipt of their kind of notice. */
@Injectable()
export class NoticeOutcomes {
  readonly #handlers = new Map<NoticeKind, WhenReceived>();

  whenReceived(kind: NoticeKind, handler: WhenReceived): void {
    if (this.#handlers.has(kind)) throw new Error(`receipt of ${kind} has two handlers`);
    this.#handlers.set(kind, handler);
  }

  async tell(tx: Transaction, kind: NoticeKind, noticeId: string): Promise<void> {
    await this.#handlers.get(kind)?.(tx, noticeId);
  }
}
