import type { PlainDate, ProblemItem } from '../../kernel/index.ts';

/** The answers to "Has the family money to travel?" */
export const travelAnswers = ['has-money', 'arranged', 'not-needed'] as const;
/** One of the answers to "Has the family money to travel?" */
export type TravelAnswer = (typeof travelAnswers)[number];

/** A move somebody plans for a family. */
export interface MoveHomeAsked {
  readonly movesOn: PlainDate;
  readonly line1: string;
  readonly line2: string | null;
  readonly town: string;
  readonly postcode: string;
  readonly travel: TravelAnswer;
  /** What was arranged, or why no money is needed. */
  readonly travelSays: string | null;
  readonly reason: string;
  /** Why it cannot wait for the notice, and the apology the family reads. */
  readonly urgent: { readonly reason: string; readonly apology: string } | null;
}

/** Finds what is wrong with a planned move, for the worker. @param earliest the first day the notice allows */
export function faultsOfMoveHome(asked: MoveHomeAsked, today: PlainDate, earliest: PlainDate): ProblemItem[] {
  const faults: ProblemItem[] = [];
  if (asked.movesOn < today) faults.push({ field: 'movesOn', reason: 'Choose today or a later day.' });
  else if (!asked.urgent && asked.movesOn < earliest)
    faults.push({
      field: 'movesOn',
      reason: `The family must be told first: the earliest day is ${earliest}. If it cannot wait, say why.`,
    });
  if (asked.urgent && asked.movesOn >= earliest)
    faults.push({ field: 'urgentReason', reason: 'This day leaves time enough for the notice: leave this empty.' });
  if (asked.travel !== 'has-money' && !asked.travelSays?.trim())
    faults.push({
      field: 'travelSays',
      reason: asked.travel === 'arranged' ? 'Say what was arranged.' : 'Say why no money is needed to travel.',
    });
  return faults;
}
