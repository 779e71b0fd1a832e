import type { PlainDate } from '../../kernel/index.ts';

/** What a multi-agency case conference recommended. */
export interface ConferenceGiven {
  readonly heldOn: PlainDate;
  /** Who was there, in words. */
  readonly agencies: string;
  readonly recommendation: string;
}
