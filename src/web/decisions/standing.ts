import { z } from 'zod';
import { type PutForward, requestsAbout } from '../../approvals/index.ts';
import { type LimitKind, namesOf } from '../../identity/index.ts';
import { daysBetween, Money, type Role } from '../../kernel/index.ts';
import { inputRefused, type Transaction, words } from '../../platform/index.ts';
import { type Form, goTo, type PageAnswer, read, type Visit } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';
import { decidersOf, type MayDecide } from './who-decides.ts';

/** Where a proposal stands with somebody who looks at it. */
export interface Standing {
  /** Every time it was put forward, the newest first. */
  readonly history: readonly (PutForward & { proposer: string; decider: string | null })[];
  /** Days since it was put forward last. */
  readonly age: number;
  readonly isMine: boolean;
  readonly mayDecide: boolean;
  /** Others who can decide, when this person cannot. */
  readonly others: readonly MayDecide[];
}

/** Finds where a proposal stands: who put it forward, what was said to it, who may decide. */
export async function standingOf(
  tx: Transaction,
  visit: Visit,
  kind: LimitKind,
  subjectId: string,
  roles: readonly Role[],
): Promise<Standing> {
  const requests = await requestsAbout(tx, kind, subjectId);
  const names = await namesOf(
    tx,
    requests.flatMap((request) => [request.proposedBy, request.decidedBy]),
  );
  const history = requests.map((request) => ({
    ...request,
    proposer: names.get(request.proposedBy) ?? 'Mainstay',
    decider: names.get(request.decidedBy ?? '') ?? null,
  }));
  const open = requests.find((request) => request.state === 'open');
  const able = open ? ((await decidersOf(tx, kind, [open.id], roles)).get(open.id) ?? []) : [];
  return {
    history,
    age: open ? Math.max(0, daysBetween(open.proposedOn, tx.today)) : 0,
    isMine: open?.proposedBy === visit.person.id,
    mayDecide: able.some((each) => each.id === visit.person.id),
    others: able.filter((each) => each.id !== visit.person.id),
  };
}

/** Narrows people who may decide to those whose limit covers an amount, and who are not to propose it. */
export function ableToDecide(deciders: readonly MayDecide[], amount: string, proposedBy: string): MayDecide[] {
  const needed = Money.gbp(amount);
  return deciders.filter((each) => each.id !== proposedBy && each.limit.compare(needed) >= 0);
}

const decision = z.object({
  outcome: z.enum(['approve', 'ask_changes', 'decline'], 'Choose what you decide.'),
  reason: words(500).optional(),
});

/** What each decision does, and what is said once it is done. */
export interface DecisionWays {
  readonly approve: (reason: string) => Promise<unknown>;
  /** Absent where a proposal is not sent back: then it is declined, and proposed anew. */
  readonly ask_changes?: (reason: string) => Promise<unknown>;
  readonly decline: (reason: string) => Promise<unknown>;
  readonly told: Readonly<Record<'approve' | 'decline', string> & { ask_changes?: string }>;
  /** Where to go afterwards, when not to what waits next. */
  readonly onTo?: string;
}

/** Does what a second person decided on a form. Only an approval needs no words. @throws input_refused */
export async function decideBy(form: Form, ways: DecisionWays): Promise<PageAnswer> {
  const { outcome, reason = '' } = read(decision, form);
  if (outcome !== 'approve' && !reason) {
    const what = outcome === 'decline' ? 'Say why: the reasons stay on record.' : 'Say what should be different.';
    throw inputRefused('One answer needs another look.', [{ field: 'reason', reason: what }]);
  }
  const way = ways[outcome];
  if (!way)
    throw inputRefused('One answer needs another look.', [{ field: 'outcome', reason: 'Choose what you decide.' }]);
  await way(reason);
  return goTo(ways.onTo ?? decisionUrls.waiting, ways.told[outcome]);
}

const withdrawing = z.object({ withdrawal: words(500) });

/** Reads why somebody takes a proposal back. @throws input_refused */
export function readWithdrawal(form: Form): string {
  return read(withdrawing, form).withdrawal;
}
