import { Money, type PlainDate } from '../../kernel/index.ts';
import type { EntitlementFacts } from './entitlement/facts.ts';
import { overrideWindows } from './override-windows.ts';

/** The kinds of change of an approved plan. A pay day is none of them: it needs notice to the family first. */
export const planChangeKinds = ['end', 'top-up', 'end-top-up', 'override', 'standard'] as const;
/** One of the kinds of change. */
export type PlanChangeKind = (typeof planChangeKinds)[number];

/** What a caseworker proposes to change. Days are closed-open: `from` counts, `to` does not. Weekly pounds as text. */
export type PlanChangeTerms = { readonly reason: string } & (
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
