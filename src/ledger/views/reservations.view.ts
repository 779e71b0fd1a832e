import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { JournalPlace } from '../domain/journal-place.ts';
import { transferKinds } from '../domain/transfer-kinds.ts';
import type { JournalRow } from '../store/journal.store.ts';
import type { Account } from './accounts.view.ts';
import { journal } from './journal.view.ts';

/** Money of a fund that is reserved: by which document, since when. */
export interface Reservation {
  readonly document: string;
  readonly leg: number;
  readonly day: PlainDate;
  readonly amount: string;
}

const AT_ONCE = 200;

/**
 * Lists what holds a fund's committed money, the newest first. Its sum is the balance of the account.
 *
 * Walks back from the newest and stops when all that is committed has been found: what is older is closed.
 * @param committed the fund's account of that kind
 */
export async function reservations(tx: Transaction, committed: Account): Promise<Reservation[]> {
  const open: Reservation[] = [];
  let left = Money.gbp(committed.balance);
  let after: JournalPlace | undefined;
  while (left.isPositive()) {
    const made = await journal(tx, { kind: 'commit', accountIds: [committed.id] }, after, AT_ONCE);
    for (const { document, leg, day, amount } of await stillOpen(tx, made)) {
      open.push({ document, leg, day, amount });
      left = left.minus(Money.gbp(amount));
    }
    after = made.at(-1);
    if (!after) break;
  }
  return open;
}

async function stillOpen(tx: Transaction, made: readonly JournalRow[]): Promise<JournalRow[]> {
  const closed = await tx.query<{ document: string; leg: number }>(
    `select document_id as document, leg from ledger.transfer
      where document_id = any ($1::bigint[]) and kind in (${transferKinds.free}, ${transferKinds.use})`,
    [made.map((each) => each.document)],
  );
  const isClosed = new Set(closed.map(({ document, leg }) => `${document} ${leg}`));
  return made.filter(({ document, leg }) => !isClosed.has(`${document} ${leg}`));
}
