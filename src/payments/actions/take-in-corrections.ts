import { type BankDetails, checkBankDetails, proposalWaiting, type ProposeBankDetails } from '../../families/index.ts';
import { DomainError, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ReturnRead } from '../reports/return-read.ts';
import type { ReportRecord } from '../reports/report-line.ts';
import { refusedReport } from '../reports/report-problems.ts';
import { insertWrongDetails } from '../store/wrong-details.store.ts';

/** What a bank says is right; absent where it only says that something is wrong. */
export function correctionIn({ line, fields }: ReportRecord): BankDetails | undefined {
  const { newSortCode, newAccountNumber, newAccountName = '' } = fields;
  if (newSortCode === undefined && newAccountNumber === undefined) return undefined;
  const details = { sortCode: (newSortCode ?? '').replaceAll(/[\s-]/g, ''), accountNumber: newAccountNumber ?? '' };
  try {
    checkBankDetails({ ...details, accountName: newAccountName || 'A' });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw refusedReport(error.items.map(({ reason }) => ({ line, reason: `The new details: ${reason}` })));
  }
  return { ...details, accountName: newAccountName };
}

/**
 * Keeps which details a bank says are wrong. The money stands. New details it gave are proposed for the family, in the
 * name of whoever takes the report in; a second person approves them as any others.
 */
export async function takeInCorrections(
  tx: Transaction,
  reportId: string,
  read: readonly ReturnRead[],
  { propose, present, dueOn }: { propose: ProposeBankDetails; present: Present; dueOn: PlainDate },
): Promise<{ applied: number; exceptions: [] }> {
  for (const { line, code, paid, correction } of read) {
    const { familyId, instrumentId } = paid;
    const waits = await proposalWaiting(tx, familyId);
    const accountName = correction?.accountName || (await present(tx, instrumentId)).accountName;
    const proposedId = correction && !waits ? await propose.within(tx, familyId, { ...correction, accountName }) : null;
    await insertWrongDetails(tx, { reportId, line, paidId: paid.id, familyId, instrumentId, code, proposedId, dueOn });
    tx.audit({
      ...{ action: 'payments.details-reported-wrong', subjectKind: 'family', subjectId: familyId },
      detail: { payment: paid.id, code, proposed: proposedId },
    });
  }
  return { applied: read.length, exceptions: [] };
}

/** Opens the details a payment went to: a bank that gives a new account need not repeat the name. */
export type Present = (tx: Transaction, instrumentId: string) => Promise<BankDetails>;
