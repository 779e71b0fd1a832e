import { later, type PlainDate } from '../../../kernel/index.ts';
import type { Transaction } from '../../../platform/index.ts';
import { fileAnswered } from '../../actions/file-answered.ts';
import { lockBankFile, moveBankFile, noteShown } from '../../store/bank-file.store.ts';
import { filesShown, type FileShown } from '../store/shown-file.store.ts';

/**
 * Settles what a statement shows, within the caller's transaction: a file all of whose money is matched is at the bank,
 * whatever answer was lost, and from its entry day it is settled. Its last line is kept as the evidence.
 */
export async function settleShown(tx: Transaction): Promise<void> {
  for (const shown of await filesShown(tx)) await settle(tx, shown);
}

async function settle(tx: Transaction, { fileId, lineId, bookedOn }: FileShown): Promise<void> {
  const file = await lockBankFile(tx, fileId);
  if (file.shownBy !== null) return;
  if (file.state === 'settled') return noteShown(tx, fileId, lineId);
  const isKnown = file.state === 'accepted';
  if (isKnown) await noteShown(tx, fileId, lineId);
  else await fileAnswered(tx, file, 'accept', { lineId });
  if (file.entryDay > tx.today) return;
  await fileSettled(tx, fileId, later(bookedOn, file.entryDay));
}

/** Settles a locked, accepted file on a day. */
export async function fileSettled(tx: Transaction, fileId: string, day: PlainDate): Promise<void> {
  const file = await lockBankFile(tx, fileId);
  await moveBankFile(tx, file, 'settle', { settled_on: day });
  const detail = file.shownBy === null ? {} : { line: file.shownBy };
  tx.audit({ action: 'payments.file-settled', subjectKind: 'file', subjectId: fileId, detail });
}
