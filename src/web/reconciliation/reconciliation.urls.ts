/** Where bank statements and what does not tie are found. */
export const reconciliationUrls = {
  statements: '/reconciliation',
  take: '/reconciliation/take-in',
  statement: '/reconciliation/statements/:id',
  toMatch: '/reconciliation/to-match',
} as const;

/** The address of one statement's page. */
export function statementUrl(id: string): string {
  return reconciliationUrls.statement.replace(':id', id);
}
