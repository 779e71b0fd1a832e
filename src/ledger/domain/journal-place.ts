import { isPlainDate, type PlainDate } from '../../kernel/index.ts';
import { type TransferKind, transferKinds } from './transfer-kinds.ts';

/** A place in the journal: a page begins after it. */
export interface JournalPlace {
  readonly day: PlainDate;
  readonly document: string;
  readonly kind: TransferKind;
  readonly leg: number;
}

/** Says whether a word is a kind of transfer. */
export function isTransferKind(word: string): word is TransferKind {
  return Object.hasOwn(transferKinds, word);
}

/** Writes a place for an address: `2026-12-03_1234_pay_0`. */
export function writePlace({ day, document, kind, leg }: JournalPlace): string {
  return [day, document, kind, leg].join('_');
}

/** Reads a place from an address; nothing when it is none. */
export function readPlace(text: string): JournalPlace | undefined {
  const [, day = '', document = '', kind = '', leg = ''] = /^([\d-]+)_(\d{1,18})_([a-z-]+)_(\d{1,4})$/.exec(text) ?? [];
  if (!isPlainDate(day) || !isTransferKind(kind)) return undefined;
  return { day, document, kind, leg: Number(leg) };
}
