import { Money } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { BankFileState } from '../bank-file.states.ts';
import { type BankFileRow, moveBankFile } from '../store/bank-file.store.ts';

/** What a bank did with a file. */
export type FileAnswer = 'accept' | 'reject' | 'not_arrive';

/** From whom it is known: a report that was taken in, or a person who says why. */
export type AnswerFrom =
  { readonly reportId: string; readonly reason?: string } | { readonly userId: string; readonly reason: string };

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
  const state = await moveBankFile(
    tx,
    file,
    answer,
    {
      ...{ answer_from: 'reportId' in from ? 'report' : 'person', answered_on: tx.today },
      ...('reportId' in from ? { answer_report_id: from.reportId } : { answered_by: from.userId }),
      answer_reason: from.reason ?? null,
    },
    from.reason,
  );
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
