import { type Kept, written } from './kept-messages.ts';
import type { Faults } from './faults.ts';

/** Where receipts go, and how often a failed one is tried again. */
export interface CallbackPlace {
  readonly url: string;
  readonly token: string;
  readonly retryMs: number;
}

const TRIES = 5;
const TIMEOUT_MS = 5000;
/** How long a receipt told out of order comes after the one it should have come before. */
const STALE_AFTER_MS = 50;

/** Tells the service what became of its messages, as Notify does: again only after no answer, a 429 or a 5xx. */
export class Callbacks {
  readonly told = { answered: 0, again: 0, dropped: 0, givenUp: 0 };
  #held: object[] | undefined;

  constructor(
    private readonly place: CallbackPlace | undefined,
    private readonly faults: () => Faults,
  ) {}

  get waiting(): number {
    return this.#held?.length ?? 0;
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const body of held) this.#send(body);
  }

  /** Tells of a text message or an e-mail that came to its end. */
  tell(kept: Kept): void {
    const receipt = receiptOf(kept);
    for (let copy = 0; copy <= this.faults().duplicates; copy += 1) this.#send(receipt);
    if (!this.faults().isOutOfOrder) return;
    const stale = { ...receipt, status: 'temporary-failure', completed_at: written(kept.sentAt) };
    setTimeout(() => this.#send(stale), STALE_AFTER_MS);
  }

  /** Tells that a letter came back. */
  tellReturned(kept: Kept): void {
    this.#send({
      ...{ notification_id: kept.id, reference: kept.reference, date_sent: written(kept.acceptedAt)?.slice(0, 19) },
      ...{ sent_by: null, template_name: kept.template.name, template_id: kept.template.id },
      ...{ template_version: kept.template.version, spreadsheet_file_name: null, spreadsheet_row_number: null },
      upload_letter_file_name: null,
    });
  }

  #send(body: object): void {
    if (!this.place) return;
    if (this.#held) this.#held.push(body);
    else setTimeout(() => void this.#try(body, TRIES), this.faults().lateMs);
  }

  async #try(body: object, triesLeft: number): Promise<void> {
    const status = await this.#post(body);
    if (status !== undefined && status < 300) this.told.answered += 1;
    else if (status !== undefined && status !== 429 && status < 500) this.told.dropped += 1;
    else if (triesLeft === 0) this.told.givenUp += 1;
    else {
      this.told.again += 1;
      setTimeout(() => void this.#try(body, triesLeft - 1), this.place?.retryMs);
    }
  }

  async #post(body: object): Promise<number | undefined> {
    try {
      const response = await fetch(this.place?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.place?.token ?? ''}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  }
}

function receiptOf(kept: Kept) {
  return {
    ...{ id: kept.id, reference: kept.reference, to: kept.to, status: kept.status },
    ...{ created_at: written(kept.acceptedAt), sent_at: written(kept.sentAt), completed_at: written(kept.completedAt) },
    ...{ notification_type: kept.type, template_id: kept.template.id, template_version: kept.template.version },
  };
}
