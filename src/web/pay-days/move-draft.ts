import type { PlainDate } from '../../kernel/index.ts';
import type { MoveAsked, UrgentTerms, WhoMoves } from '../../subsistence/index.ts';

/** The questions about a move, in the order they are asked; whose day moves comes before. */
export const moveSteps = ['to', 'from', 'reason', 'urgent', 'emergency'] as const;
/** One of the questions. */
export type MoveStep = (typeof moveSteps)[number];

/** What has been answered about a move so far. */
export interface MoveDraft {
  readonly who: WhoMoves;
  readonly payDay?: number;
  /** Null: as often as before. */
  readonly frequencyDays?: 7 | 14 | 28 | null;
  readonly from?: PlainDate;
  readonly reason?: string;
  /** False in an emergency: then the terms say everything about it. */
  readonly canWait?: boolean;
  readonly urgent?: UrgentTerms;
}

/** A person prepares one move at a time. */
export const MOVE_DRAFT = 'pay-days/new';

const answered: Readonly<Record<MoveStep, (draft: MoveDraft) => boolean>> = {
  to: (draft) => draft.payDay !== undefined,
  from: (draft) => draft.from !== undefined,
  reason: (draft) => draft.reason !== undefined,
  urgent: (draft) => draft.canWait !== undefined,
  emergency: (draft) => draft.canWait === true || draft.urgent !== undefined,
};

/** Finds the first question nobody has answered yet; nothing when all are. */
export function firstUnanswered(draft: MoveDraft): MoveStep | undefined {
  return moveSteps.find((step) => !answered[step](draft));
}

/** Makes the move that was asked for of a draft with every answer. */
export function askedOf(draft: MoveDraft): MoveAsked {
  const { payDay = 0, frequencyDays = null, from, reason = '', canWait, urgent } = draft;
  return { payDay, frequencyDays, from: from as PlainDate, reason, urgent: (!canWait && urgent) || null };
}
