import { referencesOf } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { reasonOf } from '../reports/reason-codes.ts';
import { confirmationsOf, listReturns, readReturn, type ReturnRow } from '../store/return.store.ts';

/** A payment that came back, as people see it. */
export interface ReturnShown extends ReturnRow {
  readonly family: string;
  /** Why, in plain words, and what that asks for. */
  readonly reason: string;
  readonly whatToDo: string;
  readonly isOverdue: boolean;
}

/** Shows payments that came back, those due first in front. */
export async function returnsShown(tx: Transaction, asked: Parameters<typeof listReturns>[1]): Promise<ReturnShown[]> {
  const rows = await listReturns(tx, asked);
  const references = await referencesOf(
    tx,
    rows.map((row) => row.familyId),
  );
  return rows.map((row) => shown(tx, row, references));
}

/** One returned payment with who confirmed the details it came back from. */
export interface ReturnDetail extends ReturnShown {
  readonly confirmations: readonly { readonly by: string; readonly reason: string; readonly at: Date }[];
}

/** Shows one payment that came back. @throws no_such_return */
export async function returnDetail(tx: Transaction, id: string): Promise<ReturnDetail> {
  const row = await readReturn(tx, id);
  const said = await confirmationsOf(tx, [id]);
  const names = await namesOf(
    tx,
    said.map(({ userId }) => userId),
  );
  const references = await referencesOf(tx, [row.familyId]);
  const confirmations = said.map(({ userId, reason, at }) => ({ by: names.get(userId) ?? '', reason, at }));
  return { ...shown(tx, row, references), confirmations };
}

function shown(tx: Transaction, row: ReturnRow, references: ReadonlyMap<string, string>): ReturnShown {
  const { words, whatToDo } = reasonOf(row.code);
  const isOverdue = row.state === 'open' && row.dueOn < tx.today;
  return { ...row, family: references.get(row.familyId) ?? '', reason: words, whatToDo, isOverdue };
}
