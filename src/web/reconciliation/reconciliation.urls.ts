/** Where bank statements, what does not tie, months and journals are found. */
export const reconciliationUrls = {
  statements: '/reconciliation',
  take: '/reconciliation/take-in',
  layouts: '/reconciliation/layouts',
  newLayout: '/reconciliation/layouts/new',
  statement: '/reconciliation/statements/:id',
  toMatch: '/reconciliation/to-match',
  line: '/reconciliation/lines/:id',
  match: '/reconciliation/lines/:id/match',
  takeBack: '/reconciliation/lines/:id/matches/:match/take-back',
  proposeWriteOff: '/reconciliation/lines/:id/write-off',
  writeOffs: '/reconciliation/write-offs',
  writeOff: '/reconciliation/write-offs/:id',
  exceptions: '/reconciliation/exceptions',
  exception: '/reconciliation/exceptions/:kind/:id',
  proof: '/reconciliation/proof',
  document: '/reconciliation/documents/:id',
  months: '/reconciliation/months',
  month: '/reconciliation/months/:month',
  close: '/reconciliation/months/:month/close',
  reopen: '/reconciliation/months/:month/reopen',
  reopening: '/reconciliation/reopenings/:id',
  journals: '/reconciliation/journals',
  makeJournal: '/reconciliation/journals/make',
  codes: '/reconciliation/journals/codes',
  journalFile: '/reconciliation/journals/:id/journal.csv',
} as const;

/** The address of one thing's page. */
export function urlOf(page: 'statement' | 'line' | 'writeOff' | 'reopening', id: string): string {
  return reconciliationUrls[page].replace(':id', id);
}
