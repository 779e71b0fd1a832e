/** Where runs and the pay calendar are. */
export const runUrls = {
  calendar: '/calendar',
  list: '/runs',
  open: '/runs/new',
  openCheck: '/runs/new/check',
  run: '/runs/:id',
  progress: '/runs/:id/progress',
  lines: '/runs/:id/lines',
  changes: '/runs/:id/changes',
  holds: '/runs/:id/holds',
  holdsCheck: '/runs/:id/holds/check',
  price: '/runs/:id/price',
  send: '/runs/:id/send',
  approve: '/runs/:id/approve',
  post: '/runs/:id/post',
  file: '/runs/:id/file',
  cancel: '/runs/:id/cancel',
} as const;

/** The address of one run's page, or of a page below it. */
export function runUrl(id: string, page: keyof typeof runUrls = 'run'): string {
  return runUrls[page].replace(':id', id);
}

/** An address with a query: what is empty is left out. */
export function addressOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
