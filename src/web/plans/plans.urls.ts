/** Where plans are proposed and changed, worked out, and taken in from a file. */
export const planUrls = {
  newPlan: '/families/:id/plans/new',
  question: '/families/:id/plans/new/:step',
  change: '/plans/:id/change',
  changeOf: '/plans/:id/change/:kind',
  checkChange: '/plans/:id/check-change',
  calculator: '/what-would-a-family-get',
  import: '/families/import',
  importCheck: '/families/import/check',
  importTemplate: '/families/import/template.csv',
} as const;

/** The address of one thing: a family's new plan, a plan's change. */
export function at(url: string, id: string, last = ''): string {
  return url.replace(':id', id).replace(/:\w+$/, last);
}
