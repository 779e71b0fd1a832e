import type { Callbacks } from './callbacks.ts';
import type { Faults } from './faults.ts';
import type { Kept } from './kept-messages.ts';
import { verdictOn } from './letters.ts';
import { outcomeFor } from './recipients.ts';

/** Moves messages on by the clock: sent at half the time, at their end after the whole of it. */
export class Progress {
  constructor(
    private readonly deliveredAfterMs: number,
    private readonly faults: () => Faults,
    private readonly callbacks: Callbacks,
  ) {}

  begin(kept: Kept): void {
    const half = this.deliveredAfterMs / 2;
    if (kept.type === 'letter') {
      setTimeout(() => this.#checkLetter(kept), half);
      return;
    }
    setTimeout(() => Object.assign(kept, { status: 'sending', sentAt: new Date() }), half);
    setTimeout(() => this.#end(kept), this.deliveredAfterMs);
  }

  #end(kept: Kept): void {
    const status = this.faults().outcomeFor(kept.to) ?? outcomeFor(kept.to);
    Object.assign(kept, { status, sentAt: kept.sentAt ?? new Date(), completedAt: new Date() });
    // Notify tells nothing before the end, and a number abroad has none.
    if (status !== 'sending' && status !== 'sent') this.callbacks.tell(kept);
  }

  /** Letters have no receipt: what becomes of them is there for who asks. */
  #checkLetter(kept: Kept): void {
    if (kept.status === 'pending-virus-check') {
      const verdict = verdictOn(kept.pdf ?? Buffer.alloc(0));
      Object.assign(kept, verdict);
      if (verdict.status !== 'accepted') {
        kept.completedAt = new Date();
        return;
      }
    }
    kept.pages ||= 1;
    setTimeout(() => {
      const status = this.faults().outcomeFor(kept.reference ?? '') ?? 'received';
      Object.assign(kept, { status, sentAt: new Date(), completedAt: new Date() });
    }, this.deliveredAfterMs / 2);
  }
}
