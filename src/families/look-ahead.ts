import type { Transaction } from '../platform/index.ts';

/** Looks at what would be once something was written down, for whoever is about to: in a transaction that is taken back. */
export type LookAhead<Seen> = (tx: Transaction) => Promise<Seen>;
