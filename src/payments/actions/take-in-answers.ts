import type { ProblemItem } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { BankFileState } from '../bank-file.states.ts';
import { reasonCodes } from '../reports/reason-codes.ts';
import type { ReportRecord } from '../reports/report-line.ts';
import { refusedReport } from '../reports/report-problems.ts';
import { filesCalled, lockBankFiles, shownAmong } from '../store/bank-file.store.ts';
import type { NewException } from '../store/report.store.ts';
import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { fileAnswered } from './file-answered.ts';

/** What an input report says of one file. */
export interface AnswerRead {
  readonly line: number;
  readonly called: string;
  readonly fileId: string;
  readonly answer: 'accept' | 'reject';
  readonly reason: string;
}

/** What a report says of files, before anything is written; with every line that is wrong. */
interface Read {
  readonly answers: readonly AnswerRead[];
  readonly exceptions: readonly NewException[];
  readonly problems: readonly ProblemItem[];
}

const ACCEPTED = /^(accept|accepted|ok|success|successful|processed)$/i;
const REJECTED = /^(reject|rejected|failed|failure|refused)$/i;

/** Reads which files a report answers for, each with its reason in plain words. */
export async function answersIn(tx: Transaction, records: readonly ReportRecord[]): Promise<Read> {
  const files = await filesCalled(
    tx,
    records.flatMap(({ fields }) => fields.file ?? []),
  );
  const problems: ProblemItem[] = [];
  const exceptions: NewException[] = [];
  const answers: AnswerRead[] = [];
  for (const { line, fields } of records) {
    const { file: called = '', status = '' } = fields;
    const reason = reasonIn(fields);
    const ids = files.get(called) ?? [];
    const isAccepted = isAcceptance(status);
    if (called === '') problems.push({ line, reason: 'No file is named.' });
    else if (!isAccepted && !REJECTED.test(status))
      problems.push({ line, reason: `"${status.slice(0, 30)}" is neither accepted nor rejected.` });
    else if (ids.length > 1) problems.push({ line, reason: `"${called.slice(0, 60)}" names more than one file.` });
    else if (ids[0] === undefined) exceptions.push({ line, what: 'no-such-file', reference: called, amount: null });
    else answers.push({ line, called, fileId: ids[0], answer: isAccepted ? 'accept' : 'reject', reason });
  }
  const twice = answers.filter(({ fileId }, at) => answers.findIndex((each) => each.fileId === fileId) !== at);
  problems.push(...twice.map(({ line }) => ({ line, reason: 'The file stands in this report already.' })));
  return { answers, exceptions, problems };
}

/** Says why in the bank's words, or in ours where it gave a code alone. */
function reasonIn({ reason = '', code = '' }: ReportRecord['fields']): string {
  const known = reasonCodes.input[code]?.words;
  return [reason || known, code && `(code ${code})`].filter(Boolean).join(' ');
}

/** Says whether a word of a bank's means that it took something. */
export function isAcceptance(status: string): boolean {
  return ACCEPTED.test(status);
}

const SAME: Readonly<Record<AnswerRead['answer'], readonly BankFileState[]>> = {
  accept: ['accepted', 'settled'],
  reject: ['rejected'],
};

/** Notes the answers. One that was known is left alone; one that goes against what is known is an exception. */
export async function takeInAnswers(
  tx: Transaction,
  reportId: string,
  answers: readonly AnswerRead[],
): Promise<{ applied: number; exceptions: NewException[] }> {
  const files = await lockBankFiles(
    tx,
    answers.map((each) => each.fileId),
  );
  const shown = await shownAmong(tx, refusedIn(answers));
  const exceptions: NewException[] = [];
  let applied = 0;
  for (const { line, called, fileId, answer, reason } of answers) {
    const file = files.find((each) => each.id === fileId);
    if (!file || file.state === 'exported') throw refusedReport([notSubmitted(line)]);
    if (SAME[answer].includes(file.state)) continue;
    if (['accepted', 'settled', 'rejected', 'not_arrived'].includes(file.state) || shown.has(fileId)) {
      exceptions.push({ line, what: 'file-already-answered', reference: called, amount: null });
      continue;
    }
    await fileAnswered(tx, file, answer, { reportId, ...(reason && { reason: reason.slice(0, 500) }) });
    applied += 1;
  }
  // What the bank does not have, it shows no line of: another file may be what a line was for.
  if (refusedIn(answers).length > 0) tx.announce({ topic: bankExpects, key: `answers-${reportId}`, payload: {} });
  return { applied, exceptions };
}

function refusedIn(answers: readonly AnswerRead[]): string[] {
  return answers.filter(({ answer }) => answer === 'reject').map(({ fileId }) => fileId);
}

/** Says that nobody wrote down that a file was handed in. */
export function notSubmitted(line: number): ProblemItem {
  return {
    ...{ line, reason: 'Nobody has written down that this file was submitted.' },
    whatToDo: 'Open the file’s page and record it, with the bank’s reference; then take the report in again.',
  };
}
