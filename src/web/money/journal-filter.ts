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
    ...(run ? { runId: run, runDocuments: await approvalsOfRun(tx, run) } : {}),
  };
}

/** Gives the approvals of a run, of whatever kind it is: money is reserved under their numbers. */
async function approvalsOfRun(tx: Transaction, run: string): Promise<string[]> {
  const kinds = ['section-17-run', 'grants-run'];
  return (await Promise.all(kinds.map((kind) => requestNumbersAbout(tx, kind, run)))).flat();
}

function numberIn(text: string | undefined): string | undefined {
  return /^\d{1,18}$/.test(text?.trim() ?? '') ? text?.trim() : undefined;
}
