import { addDays, defineProblem, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { JournalPlace } from '../domain/journal-place.ts';
import {
  type Days,
  daysThatHold,
  findTransfer,
  isBesidePayments,
  type JournalFilter,
  type JournalRow,
  transfersOf,
} from '../store/journal.store.ts';

/** Tells an auditor that the ledger has no such transfer. */
export const noSuchTransfer = defineProblem('no_such_transfer', {
  status: 404,
  title: 'There is no such transfer',
  whatToDo: 'Look for it in the journal by its day, fund or run.',
});

const EVER: Days = { from: '0001-01-01' as PlainDate, to: '9999-12-31' as PlainDate };

/**
 * Lists transfers, the newest day first, for whoever follows the money.
 *
 * What is no payment has an index of its own. Among millions of payments, the sums by day say which days hold a page.
 */
export async function journal(
  tx: Transaction,
  filter: JournalFilter,
  after: JournalPlace | undefined,
  limit: number,
): Promise<JournalRow[]> {
  const earliest = filter.from ?? EVER.from;
  let to = after && after.day < (filter.to ?? EVER.to) ? after.day : (filter.to ?? EVER.to);
  const besidePayments = await isBesidePayments(tx, filter);
  if (filter.runId || besidePayments)
    return transfersOf(tx, filter, { from: earliest, to }, after, limit, besidePayments);
  const found: JournalRow[] = [];
  for (let sought = limit; found.length < limit; sought *= 4) {
    const from = await daysThatHold(tx, filter, { from: earliest, to }, sought);
    if (from === null) break;
    found.push(...(await transfersOf(tx, filter, { from, to }, after, limit - found.length, false)));
    to = addDays(from, -1);
  }
  return found;
}

/** Finds one transfer. @throws no_such_transfer */
export async function transferDetail(
  tx: Transaction,
  which: { document: string; kind: string; leg: number },
): Promise<JournalRow> {
  const row = await findTransfer(tx, which);
  if (!row) throw noSuchTransfer('No transfer of this council has that document, kind and leg.');
  return row;
}
