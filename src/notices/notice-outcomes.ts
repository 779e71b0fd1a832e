import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/index.ts';
import type { NoticeKind } from './domain/notice-facts.ts';

/** What a room does once a notice it drafted was received. */
export type WhenReceived = (tx: Transaction, noticeId: string) => Promise<void>;

/** Brings delivery back up: rooms above say what follows from the receipt of their kind of notice, each of its own. */
@Injectable()
export class NoticeOutcomes {
  readonly #handlers = new Map<NoticeKind, WhenReceived[]>();

  whenReceived(kind: NoticeKind, handler: WhenReceived): void {
    this.#handlers.set(kind, [...(this.#handlers.get(kind) ?? []), handler]);
  }

  async tell(tx: Transaction, kind: NoticeKind, noticeId: string): Promise<void> {
    for (const handler of this.#handlers.get(kind) ?? []) await handler(tx, noticeId);
  }
}
