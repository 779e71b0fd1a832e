import { accountsAsked, isTransferKind, type JournalFilter } from '../../ledger/index.ts';
import { requestNumbersAbout } from '../../approvals/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import type { Visit } from '../pages/index.ts';

/** Reads what a journal is narrowed to from the address. @throws input_refused for a day that does not exist */
export async function journalFilter(tx: Transaction, { query }: Visit): Promise<JournalFilter> {
  const { kind = '' } = query;
  const run = numberIn(query.run);
  const [from, to] = [dateField(query, 'from'), dateField(query, 'to')];
  const accountIds = await accountsAsked(tx, numberIn(query.account), numberIn(query.fund));
  return {
    ...(isTransferKind(kind) ? { kind } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(accountIds ? { accountIds } : {}),
    ...(run ? { runId: run, runDocuments: await requestNumbersAbout(tx, 'section-17-run', run) } : {}),
  };
}

function numberIn(text: string | undefined): string | undefined {
  return /^\d{1,18}$/.test(text?.trim() ?? '') ? text?.trim() : undefined;
}
