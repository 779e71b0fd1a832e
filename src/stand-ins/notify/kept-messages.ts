import { randomUUID } from 'node:crypto';
import type { MessageType, Template } from './templates.ts';

/** A message Notify took, as long as it remembers it. */
export interface Kept {
  readonly id: string;
  readonly reference: string | null;
  readonly type: MessageType;
  /** Number, address of e-mail, or the lines of the envelope. */
  readonly to: string;
  readonly subject: string | null;
  readonly body: string;
  readonly template: Pick<Template, 'id' | 'name' | 'version'>;
  readonly acceptedAt: Date;
  readonly scheduledFor: string | null;
  readonly postage: string | null;
  /** The bytes of a letter: as uploaded, or as made from its template. */
  readonly pdf: Buffer | null;
  status: string;
  sentAt: Date | null;
  completedAt: Date | null;
  pages: number;
}

/** What is known of a message when it comes in. */
export type Incoming = Omit<Kept, 'id' | 'acceptedAt' | 'sentAt' | 'completedAt' | 'pages'>;

/** How a list is narrowed. */
export interface Narrowing {
  readonly reference?: string;
  readonly statuses?: readonly string[];
  readonly types?: readonly string[];
  readonly olderThan?: string;
}

const PAGE = 250;

/** Everything the service sent, oldest first. */
export class KeptMessages {
  readonly #all: Kept[] = [];
  readonly #places = new Map<string, number>();

  get all(): readonly Kept[] {
    return this.#all;
  }

  /** Makes a message of what came in, and remembers it unless its recipient is one that is only pretended to. */
  take(incoming: Incoming, isRemembered: boolean): Kept {
    const kept: Kept = {
      ...incoming,
      ...{ id: randomUUID(), acceptedAt: new Date(), sentAt: null, completedAt: null, pages: 0 },
    };
    if (!isRemembered) return kept;
    this.#places.set(kept.id, this.#all.length);
    this.#all.push(kept);
    return kept;
  }

  byId(id: string): Kept | undefined {
    const place = this.#places.get(id.toLowerCase());
    return place === undefined ? undefined : this.#all[place];
  }

  /** Gives one page, newest first. */
  page({ reference, statuses, types, olderThan }: Narrowing): readonly Kept[] {
    const end = olderThan === undefined ? this.#all.length : (this.#places.get(olderThan.toLowerCase()) ?? 0);
    const found: Kept[] = [];
    for (let place = end - 1; place >= 0 && found.length < PAGE; place -= 1) {
      const kept = this.#all[place] as Kept;
      const isWanted =
        (reference === undefined || kept.reference === reference) &&
        (statuses === undefined || statuses.includes(kept.status)) &&
        (types === undefined || types.includes(kept.type));
      if (isWanted) found.push(kept);
    }
    return found;
  }
}

/** Writes a moment as Notify does. */
export function written(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString().replace('Z', '000Z');
}

/** Shows a message as Notify's API does. */
export function messageShown(kept: Kept, baseUrl: string): Record<string, unknown> {
  const lines = kept.type === 'letter' ? kept.to.split('\n') : [];
  return {
    ...{ id: kept.id, reference: kept.reference, type: kept.type, status: kept.status },
    ...{ body: kept.body, subject: kept.subject, postage: kept.postage },
    email_address: kept.type === 'email' ? kept.to : null,
    phone_number: kept.type === 'sms' ? kept.to : null,
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((line) => [`line_${line}`, lines[line - 1] ?? null])),
    template: { ...kept.template, uri: `${baseUrl}/v2/template/${kept.template.id}/version/${kept.template.version}` },
    ...{ created_at: written(kept.acceptedAt), created_by_name: null },
    ...{ sent_at: written(kept.sentAt), completed_at: written(kept.completedAt) },
    ...{ scheduled_for: kept.scheduledFor, one_click_unsubscribe: null },
    ...{ is_cost_data_ready: false, cost_in_pounds: null, cost_details: {} },
  };
}
