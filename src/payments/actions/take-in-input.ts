import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ReportRecord } from '../reports/report-line.ts';
import type { ReturnRead } from '../reports/return-read.ts';
import type { NewException } from '../store/report.store.ts';
import { type AnswerRead, answersIn, isAcceptance, takeInAnswers } from './take-in-answers.ts';
import { returnsIn, takeInReturns } from './take-in-returns.ts';

/** What an input report says: of whole files, and of payments in them that Bacs did not take. */
export interface InputRead {
  readonly answers: readonly AnswerRead[];
  readonly returns: readonly ReturnRead[];
}

/** Reads an input report: a record with a reference is of one payment, any other of a file. A payment that was taken needs nothing. */
export async function inputIn(tx: Transaction, records: readonly ReportRecord[]) {
  const isOfPayment = ({ fields }: ReportRecord): boolean => fields.reference !== undefined;
  const ofFiles = await answersIn(
    tx,
    records.filter((record) => !isOfPayment(record)),
  );
  const notTaken = records.filter((record) => isOfPayment(record) && !isAcceptance(record.fields.status ?? ''));
  const ofPayments = await returnsIn(tx, notTaken, 'input');
  return {
    ...{ answers: ofFiles.answers, returns: ofPayments.returns, amounts: ofPayments.amounts },
    exceptions: [...ofFiles.exceptions, ...ofPayments.exceptions],
    problems: [...ofFiles.problems, ...ofPayments.problems],
  };
}

/**
 * Notes what became of the files, and brings back the money of payments Bacs did not take: each waits for a person like one
 * that came back later. Payments of a file that was rejected come back with the file.
 */
export async function takeInInput(
  tx: Transaction,
  reportId: string,
  { answers, returns }: InputRead,
  dueOn: PlainDate,
): Promise<{ applied: number; exceptions: NewException[] }> {
  const ofFiles = await takeInAnswers(tx, reportId, answers);
  const rejected = new Set(answers.filter(({ answer }) => answer === 'reject').map(({ fileId }) => fileId));
  const alone = returns.filter(({ paid }) => !rejected.has(paid.fileId));
  const ofPayments = await takeInReturns(tx, reportId, alone, dueOn);
  return {
    applied: ofFiles.applied + ofPayments.applied,
    exceptions: [...ofFiles.exceptions, ...ofPayments.exceptions],
  };
}
