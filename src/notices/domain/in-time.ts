import type { PlainDate } from '../../kernel/index.ts';

/** Says whether a notice was received early enough; one that nothing waits for is, once it was received. */
export function isInTime(notice: {
  readonly receivedOn: PlainDate | null;
  readonly neededBy: PlainDate | null;
}): boolean {
  const { receivedOn, neededBy } = notice;
  return receivedOn !== null && (neededBy === null || receivedOn <= neededBy);
}
