/** Where somebody of a partner agency refers families, and follows what became of it. */
export const referralUrls = {
  list: '/referrals',
  new: '/referrals/new',
  step: '/referrals/new/:step',
  check: '/referrals/new/check',
  discard: '/referrals/new/discard',
  one: '/referrals/:id',
  evidence: '/referrals/:id/evidence',
  file: '/referrals/:id/evidence/:file',
} as const;

/** The address of one referral's page, or of a page below it. */
export function referralUrl(id: string, page: keyof typeof referralUrls = 'one'): string {
  return referralUrls[page].replace(':id', id);
}
