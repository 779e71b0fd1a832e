import { Money, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { codeOf, reasonCodes, type ReturnReport } from '../reports/reason-codes.ts';
import type { ReturnRead } from '../reports/return-read.ts';
import type { ReportRecord } from '../reports/report-line.ts';
import { refusedReport } from '../reports/report-problems.ts';
import { lockBankFiles } from '../store/bank-file.store.ts';
import type { NewException } from '../store/report.store.ts';
import { insertReturns, type PaidPayment, paidPayments } from '../store/return.store.ts';
import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { fileAnswered } from './file-answered.ts';
import { notSubmitted } from './take-in-answers.ts';
import { correctionIn } from './take-in-corrections.ts';
import { tellOfReturns } from './tell-of-returns.ts';

/** What a report says of payments, before anything is written; with every line that is wrong. */
interface Read {
  readonly returns: readonly ReturnRead[];
  readonly exceptions: readonly NewException[];
  readonly amounts: readonly Money[];
  readonly problems: readonly ProblemItem[];
}

const REFERENCE = /^[A-Z0-9]{1,6} ?(\d{1,18})$/;
const TO_THE_PENNY = /^(?:0|[1-9]\d{0,8})\.\d{2}$/;

/** Reads which of our payments a report names. */
export async function returnsIn(tx: Transaction, records: readonly ReportRecord[], kind: ReturnReport): Promise<Read> {
  const numbers = records.map(({ fields }) => numberIn(fields.reference ?? ''));
  const paid = await paidPayments(
    tx,
    numbers.filter((number) => number !== undefined),
  );
  const problems: ProblemItem[] = [];
  const [returns, exceptions, amounts]: [ReturnRead[], NewException[], Money[]] = [[], [], []];
  for (const [at, { line, fields }] of records.entries()) {
    const wrong = wrongIn(fields, kind);
    problems.push(...wrong.map((reason) => ({ line, reason })));
    if (wrong.length > 0) continue;
    const { reference = '', code = '' } = fields;
    const payment = paid.get(numbers[at] ?? '');
    // The money of a payment to wrong details stands: not every bank repeats how much it was.
    const amount = Money.gbp(fields.amount ?? payment?.amount ?? '0.00');
    amounts.push(amount);
    if (!payment) exceptions.push({ line, what: 'no-such-payment', reference, amount: fields.amount ? amount : null });
    else {
      problems.push(...unfit(line, payment, amount, returns, kind));
      const correction = kind === 'awacs' ? correctionIn({ line, fields }) : undefined;
      returns.push({ line, code: codeOf(kind, code), reference, amount, paid: payment, correction });
    }
  }
  return { returns, exceptions, amounts, problems };
}

/** Finds our number in the reference a bank gives back. */
function numberIn(reference: string): string | undefined {
  return REFERENCE.exec(reference.trim().toUpperCase().replaceAll(/\s+/g, ' '))?.[1];
}

function wrongIn({ reference = '', code = '', amount = '' }: ReportRecord['fields'], kind: ReturnReport): string[] {
  const codes = Object.keys(reasonCodes[kind]);
  const mayBeLeftOut = kind === 'awacs' && amount === '';
  return [
    ...(reference === '' ? ['The reference is missing.'] : []),
    ...(mayBeLeftOut || TO_THE_PENNY.test(amount)
      ? []
      : [`The amount "${amount.slice(0, 20)}" is not pounds and pence, as in 98.36.`]),
    ...(codes.includes(code) ? [] : [`The code "${code.slice(0, 10)}" is none of ${codes.join(', ')}.`]),
  ];
}

function unfit(
  line: number,
  paid: PaidPayment,
  amount: Money,
  before: readonly ReturnRead[],
  kind: ReturnReport,
): ProblemItem[] {
  const twice = before.find((each) => each.paid.id === paid.id);
  return [
    ...(twice ? [{ line, reason: `This payment stands on line ${twice.line} already.` }] : []),
    ...(paid.returnId === null || kind === 'awacs'
      ? []
      : [{ line, reason: `Payment ${paid.id} came back before: return ${paid.returnId}.` }]),
    ...(amount.equals(Money.gbp(paid.amount))
      ? []
      : [{ line, reason: `Payment ${paid.id} was ${paid.amount}; the report says ${amount.toString()}.` }]),
  ];
}

/**
 * Brings the money of these payments back, each by a transfer of its own. That a payment came back shows that the bank
 * has its file, where nothing was known of that yet.
 */
export async function takeInReturns(
  tx: Transaction,
  reportId: string,
  read: readonly ReturnRead[],
  dueOn: PlainDate,
): Promise<{ applied: number; exceptions: NewException[] }> {
  const lost = await filesWithoutMoney(tx, reportId, read);
  const [atTheBank, elsewhere] = [
    read.filter(({ paid }) => !lost.has(paid.fileId)),
    read.filter(({ paid }) => lost.has(paid.fileId)),
  ];
  const ids = await insertReturns(
    tx,
    atTheBank.map(({ paid, line, code }) => ({ paid, reportId, line, code, dueOn })),
  );
  if (ids.length > 0) tx.announce({ topic: bankExpects, key: `returns-${reportId}`, payload: {} });
  await postTransfers(
    tx,
    atTheBank.map(({ amount }, at) => ({
      ...{ documentId: ids[at] as string, kind: 'return', amount, effectiveDate: tx.today },
      ...{ debit: { kind: 'clearing' }, credit: { kind: 'returned' } },
    })),
  );
  for (const [at, { paid, code }] of atTheBank.entries())
    tx.audit({
      ...{ action: 'payments.payment-returned', subjectKind: 'family', subjectId: paid.familyId },
      detail: { return: ids[at], payment: paid.id, code },
    });
  await tellOfReturns(tx, ids);
  return {
    applied: atTheBank.length,
    exceptions: elsewhere.map(({ line, reference, amount }) => ({ line, what: 'not-at-the-bank', reference, amount })),
  };
}

/** Moves the files of these payments to accepted where nothing was known; gives those that are known not to be at the bank. */
async function filesWithoutMoney(tx: Transaction, reportId: string, read: readonly ReturnRead[]): Promise<Set<string>> {
  const files = await lockBankFiles(tx, [...new Set(read.map(({ paid }) => paid.fileId))]);
  const problems = files
    .filter(({ state }) => state === 'exported')
    .flatMap(({ id }) => read.filter(({ paid }) => paid.fileId === id).map(({ line }) => notSubmitted(line)));
  if (problems.length > 0) throw refusedReport(problems);
  for (const file of files)
    if (['submitting', 'submitted', 'unknown'].includes(file.state))
      await fileAnswered(tx, file, 'accept', { reportId });
  return new Set(files.filter(({ state }) => state === 'rejected' || state === 'not_arrived').map(({ id }) => id));
}
