import type { PlainDate } from '../../../kernel/index.ts';
import type { PlanProposal } from '../../../subsistence/index.ts';

/** The questions about a new plan, in the order they are asked. */
export const planSteps = ['days', 'standard', 'top-ups', 'amount', 'pay-day', 'fund'] as const;
/** One of the questions. */
export type PlanStep = (typeof planSteps)[number];

/** What has been answered about a new plan so far. */
export interface PlanDraft {
  /** The plan that was sent back, when this is to take its place. */
  readonly inPlaceOf?: string;
  readonly supportFrom?: PlainDate;
  /** The first day without support; null until further notice. */
  readonly supportTo?: PlainDate | null;
  readonly standard?: 'subsistence' | 'welfare';
  readonly standardReason?: string | null;
  readonly topUps?: PlanProposal['topUps'];
  /** True once somebody said that there are no more. */
  readonly noMoreTopUps?: boolean;
  readonly override?: PlanProposal['override'];
  readonly frequencyDays?: 7 | 14 | 28;
  readonly payDay?: number;
  readonly fundId?: string;
}

const answered: Readonly<Record<PlanStep, (draft: PlanDraft) => boolean>> = {
  days: (draft) => draft.supportFrom !== undefined,
  standard: (draft) => draft.standard !== undefined,
  'top-ups': (draft) => draft.noMoreTopUps === true,
  amount: (draft) => draft.override !== undefined,
  'pay-day': (draft) => draft.payDay !== undefined,
  fund: (draft) => draft.fundId !== undefined,
};

/** Finds the first question nobody has answered yet; nothing when all are. */
export function firstUnanswered(draft: PlanDraft): PlanStep | undefined {
  return planSteps.find((step) => !answered[step](draft));
}

/** The draft's name among a person's drafts. */
export function planDraftName(familyId: string): string {
  return `plans/new/${familyId}`;
}

/** Makes a proposal of what was answered; what was not yet is as most plans have it. */
export function proposalOf(draft: PlanDraft, today: PlainDate): PlanProposal {
  return {
    ...{ fundId: draft.fundId ?? '', standard: draft.standard ?? 'subsistence' },
    ...{ standardReason: draft.standardReason ?? null, override: draft.override ?? null },
    ...{ frequencyDays: draft.frequencyDays ?? 7, payDay: draft.payDay ?? 4, topUps: draft.topUps ?? [] },
    ...{ supportFrom: draft.supportFrom ?? today, supportTo: draft.supportTo ?? null },
  };
}
