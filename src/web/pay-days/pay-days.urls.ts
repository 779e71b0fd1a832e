/** Where pay days are moved: asked, looked at, decided, followed. */
export const payDayUrls = {
  list: '/pay-days',
  kept: '/pay-days/kept',
  keptDay: '/pay-days/kept/:id',
  start: '/pay-days/new',
  question: '/pay-days/new/:step',
  preview: '/pay-days/new/preview',
  family: '/pay-days/new/preview/:id',
  move: '/pay-days/:id',
  decide: '/pay-days/:id/decision',
  withdraw: '/pay-days/:id/withdraw',
} as const;

/** The address of a move. */
export function moveUrl(id: string): string {
  return payDayUrls.move.replace(':id', id);
}

/** The address of a question. */
export function questionUrl(step: string): string {
  return payDayUrls.question.replace(':step', step);
}
