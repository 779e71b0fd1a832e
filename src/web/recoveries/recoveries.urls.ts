/** Where overpayments are recovered as families agreed to. */
export const recoveryUrls = {
  agree: '/overpayments/:id/recovery',
  check: '/overpayments/:id/recovery/check',
  giveUp: '/overpayments/:id/give-up',
  recovery: '/recoveries/:id',
  decide: '/recoveries/:id/decision',
  withdraw: '/recoveries/:id/withdraw',
  pause: '/recoveries/:id/pause',
  floors: '/administration/recovery-floor',
  newFloor: '/administration/recovery-floor/new',
  floor: '/administration/recovery-floor/:id',
} as const;

/** Writes the address of one thing. */
export function at(url: string, id: string): string {
  return url.replace(':id', id);
}
