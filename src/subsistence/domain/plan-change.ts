import { Money, type PlainDate } from '../../kernel/index.ts';
import type { EntitlementFacts } from './entitlement/facts.ts';
import { overrideWindows } from './override-windows.ts';

/** The kinds of change of an approved plan. A pay day is none of them: it moves for many families at once. */
export const planChangeKinds = ['end', 'top-up', 'end-top-up', 'override', 'standard'] as const;
/** One of the kinds of change. */
export type PlanChangeKind = (typeof planChangeKinds)[number];

/** An emergency: why it cannot wait, and the apology the family reads. Whoever approves it answers for it. */
export interface UrgentChange {
  readonly reason: string;
  readonly apology: string;
}

/** What a caseworker proposes to change. Days are closed-open: `from` counts, `to` does not. Weekly pounds as text. */
export type PlanChangeTerms = {
  readonly reason: string;
  /** Why the family cannot be given the notice it is owed, and what it is told about that. */
  readonly urgent?: UrgentChange | null;
} & (
  | { readonly kind: 'end'; readonly from: PlainDate }
  | {
      readonly kind: 'top-up';
      readonly from: PlainDate;
      readonly to: PlainDate | null;
      readonly weekly: string;
      readonly memberId: string | null;
    }
  | { readonly kind: 'end-top-up'; readonly from: PlainDate; readonly topUpId: string }
  | { readonly kind: 'override'; readonly from: PlainDate; readonly weekly: string | null }
  | { readonly kind: 'standard'; readonly standard: 'subsistence' | 'welfare' }
);

/** Says whether a change waits until its notice was received: every end, and whatever makes a week worth less. */
export function waitsForNotice(kind: PlanChangeKind, before: Money, after: Money): boolean {
  return kind === 'end' || kind === 'end-top-up' || after.compare(before) < 0;
}

/** Gives what a plan's amounts would depend on once a change is in force, for whoever decides about it. */
export function factsAfter(facts: EntitlementFacts, change: PlanChangeTerms): EntitlementFacts {
  switch (change.kind) {
    case 'end':
      return { ...facts, supportTo: change.from };
    case 'top-up':
      return { ...facts, topUps: [...facts.topUps, newTopUp(change)] };
    case 'end-top-up':
      return {
        ...facts,
        topUps: facts.topUps.map((each) => (each.id === change.topUpId ? { ...each, to: change.from } : each)),
      };
    case 'override': {
      const weeklyPence = change.weekly === null ? null : Money.gbp(change.weekly).toPence();
      const decided = [{ from: change.from, reason: change.reason, weeklyPence }];
      return { ...facts, overrides: overrideWindows(facts.overrides ?? [], decided) };
    }
    case 'standard':
    default:
      return { ...facts, standard: change.standard };
  }
}

function newTopUp({ memberId, from, to, weekly, reason }: PlanChangeTerms & { kind: 'top-up' }) {
  return { id: 'new', memberId, from, to, reason, weeklyPence: Money.gbp(weekly).toPence() };
}
