import { Money } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { BankFileState } from '../bank-file.states.ts';
import { type BankFileRow, moveBankFile } from '../store/bank-file.store.ts';

/** What a bank did with a file. */
export type FileAnswer = 'accept' | 'reject' | 'not_arrive';

/** From whom it is known: a report that was taken in, a person who says why, or the line of a statement that shows it. */
export type AnswerFrom =
  | { readonly reportId: string; readonly reason?: string }
  | { readonly userId: string; readonly reason: string }
  | { readonly lineId: string };

/**
 * Notes what the bank did with a locked file. What it did not take is owed again: the money goes back by a new transfer.
 * @throws not_in_that_state
 */
export async function fileAnswered(
  tx: Transaction,
  file: BankFileRow,
  answer: FileAnswer,
  from: AnswerFrom,
): Promise<BankFileState> {
  const because = 'reason' in from ? from.reason : undefined;
  const said = { ...sourceOf(from), answered_on: tx.today, answer_reason: because ?? null };
  const state = await moveBankFile(tx, file, answer, said, because);
  if (answer !== 'accept') await owedAgain(tx, file);
  const action = {
    accept: 'payments.file-accepted',
    reject: 'payments.file-rejected',
    not_arrive: 'payments.file-not-arrived',
  };
  tx.audit({
    action: action[answer],
    subjectKind: 'file',
    subjectId: file.id,
    detail: { items: file.items, total: file.total },
  });
  return state;
}

function owedAgain(tx: Transaction, file: BankFileRow): Promise<void> {
  return postTransfers(tx, [
    {
      ...{ documentId: file.id, kind: 'not-taken', amount: Money.gbp(file.total), effectiveDate: tx.today },
      ...{ debit: { kind: 'clearing' }, credit: { kind: 'payable' } },
    },
  ]);
}

function sourceOf(from: AnswerFrom): Record<string, string> {
  if ('reportId' in from) return { answer_from: 'report', answer_report_id: from.reportId };
  if ('userId' in from) return { answer_from: 'person', answered_by: from.userId };
  return { answer_from: 'statement', shown_by: from.lineId };
}
