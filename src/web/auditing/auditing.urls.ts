/** Where an auditor looks. */
export const auditingUrls = {
  search: '/audit',
  event: '/audit/:seq',
  verify: '/verify',
} as const;
