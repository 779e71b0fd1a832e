import type { Transaction } from '../../platform/index.ts';

/** Tells families whose payments did not arrive, each by its own safe way. */
export async function tellOfReturns(_tx: Transaction, _returnIds: readonly string[]): Promise<void> {}
