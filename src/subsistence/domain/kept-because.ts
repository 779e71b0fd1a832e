import type { PlainDate } from '../../kernel/index.ts';

/** Says why a family keeps what it has when the last day of its notice went by. */
export const NOT_PROVED_IN_TIME = 'Nothing proves that the family was told in time.';

/** Says why a family keeps what it has although it was told in time: something else fell since. */
export const LESS_THAN_TOLD = 'Something else changed since: the family would get less than it was told.';

/** Says why a family keeps what it has although it was told, for whoever looks at the change afterwards. */
export function hadItTooLate(notice: {
  readonly receivedOn: PlainDate | null;
  readonly neededBy: PlainDate | null;
}): string {
  return `The family had the notice on ${notice.receivedOn}; ${notice.neededBy} was the last day.`;
}
