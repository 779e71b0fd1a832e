/** Where families are. */
export const familyUrls = {
  list: '/families',
  family: '/families/:id',
  history: '/families/:id/history',
  payment: '/payments/:id',
  newMember: '/families/:id/members/new',
  bankDetails: '/families/:id/bank-details/new',
} as const;

/** The address of one family's page. */
export function familyUrl(id: string): string {
  return familyUrls.family.replace(':id', id);
}
