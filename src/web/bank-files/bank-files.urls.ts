/** Where bank files, banks' reports and returned payments are. */
export const bankFileUrls = {
  list: '/bank-files',
  file: '/bank-files/:id',
  content: '/bank-files/:id/content',
  begin: '/bank-files/:id/begin',
  submitted: '/bank-files/:id/submitted',
  answer: '/bank-files/:id/answer',
  rescue: '/bank-files/:id/rescue',
  decideRescue: '/bank-files/:id/rescue/:rescue',
  redeem: '/bank-files/:id/vouchers',
  report: '/bank-reports/new',
  exceptions: '/bank-reports/exceptions',
  explain: '/bank-reports/exceptions/:id',
  returns: '/returns',
  payAgain: '/returns/pay-again',
  returned: '/returns/:id',
  confirm: '/returns/:id/confirm',
  reissue: '/returns/:id/reissue',
  close: '/returns/:id/close',
} as const;

/** The address of one file's or one returned payment's page. */
export function pageOf(page: 'file' | 'returned', id: string): string {
  return bankFileUrls[page].replace(':id', id);
}
