import type { Transaction } from '../../platform/index.ts';
import { nextGoneAstray, type Way } from '../store/attempt.store.ts';
import { failAttempt } from './hear.ts';

/**
 * Stops what waits to go by a way a family no longer calls safe, or to a place where it is not any more: for whoever is
 * about to send. Each family's next way is tried instead, or a person is asked to call.
 */
export async function failGoneAstray(tx: Transaction, limit: number, only: readonly Way[]): Promise<void> {
  // What fails makes room for others, which are to be looked at as well.
  for (;;) {
    const astray = await nextGoneAstray(tx, limit, only);
    if (astray.length === 0) return;
    for (const attempt of astray) await failAttempt(tx, attempt, 'The family changed how it can safely be reached.');
  }
}
