import type { JournalRow } from '../../ledger/index.ts';

/** Where money is. */
export const moneyUrls = {
  funds: '/funds',
  newFund: '/funds/new/:question',
  proposals: '/funds/proposals',
  proposal: '/funds/proposals/:id',
  approve: '/funds/proposals/:id/approve',
  decline: '/funds/proposals/:id/decline',
  withdraw: '/funds/proposals/:id/withdraw',
  fund: '/funds/:id',
  budget: '/funds/:id/budget/:question',
  move: '/funds/:id/move/:question',
  ledger: '/ledger',
  account: '/ledger/accounts/:id',
  accountDay: '/ledger/accounts/:id/days/:day',
  statementFile: '/ledger/accounts/:id/statement.csv',
  journal: '/ledger/journal',
  journalFile: '/ledger/journal.csv',
  transfer: '/ledger/transfers/:document/:kind/:leg',
} as const;

/** The address of one fund's page. */
export function fundUrl(id: string): string {
  return moneyUrls.fund.replace(':id', id);
}

/** The address of one proposal's page. */
export function proposalUrl(id: string): string {
  return moneyUrls.proposal.replace(':id', id);
}

/** The address of one transfer's page. @param from the account somebody came from, for their way back */
export function transferUrl(
  { document, kind, leg }: Pick<JournalRow, 'document' | 'kind' | 'leg'>,
  from?: string,
): string {
  return `/ledger/transfers/${document}/${kind}/${leg}${from ? `?from=${from}` : ''}`;
}
