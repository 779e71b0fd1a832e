/** Where workers take up what agencies and families asked for. */
export const askedForUrls = {
  list: '/asked-for',
  referral: '/asked-for/referrals/:id',
  closeReferral: '/asked-for/referrals/:id/close',
  request: '/asked-for/requests/:id',
  answerRequest: '/asked-for/requests/:id/answer',
} as const;

/** The address of one page. */
export function askedForUrl(page: keyof typeof askedForUrls, id: string): string {
  return askedForUrls[page].replace(':id', id);
}
