import { createHash } from 'node:crypto';
import { Money, type PlainDate, type ProblemItem } from '../../kernel/index.ts';

/** Something a family is to be helped with, as it is asked for. */
export interface ItemAsked {
  /** Of the catalogue. */
  readonly code: string;
  readonly category: string;
  readonly description: string;
  readonly amount: string;
  /** Who is paid; null is the family's own account. */
  readonly instrumentId: string | null;
  /** The first day it is paid; null is as soon as it is approved. */
  readonly firstDue: PlainDate | null;
  readonly instalments: number;
  readonly everyDays: number;
}

/** What an application says, wherever it stands. */
export interface ApplicationAnswers {
  readonly fundId: string;
  readonly need: string;
  readonly childNeed: string;
  readonly identitySeen: string;
  readonly conflict: 'yes' | 'no' | null;
  readonly conflictWords: string;
  /** Why it cannot wait for the next run; null when it can. */
  readonly emergencyReason: string | null;
}

/** What a second person signs: the answers, the items, and the words of whoever recommends. */
export type ApplicationContent = ApplicationAnswers & {
  readonly familyId: string;
  readonly topsUp: string | null;
  readonly recommendation: string;
  readonly items: readonly (ItemAsked & { readonly id: string })[];
};

/** Adds up what is asked for. */
export function totalAsked(items: readonly Pick<ItemAsked, 'amount'>[]): Money {
  return Money.sum(items.map((item) => Money.gbp(item.amount)));
}

/** Says, for a worker, what is still to be answered before an application can be put forward. */
export function unanswered(answers: ApplicationAnswers, items: readonly ItemAsked[]): ProblemItem[] {
  const missing: ProblemItem[] = [];
  if (!answers.need) missing.push({ field: 'need', reason: 'Say what the family needs, in words.' });
  if (!answers.childNeed) missing.push({ field: 'childNeed', reason: 'Say what it means for the child.' });
  if (!answers.identitySeen) missing.push({ field: 'identitySeen', reason: 'Say whose identity was seen, and how.' });
  if (!answers.conflict) missing.push({ field: 'conflict', reason: 'Say whether you know the family or a payee.' });
  if (answers.conflict === 'yes' && !answers.conflictWords)
    missing.push({ field: 'conflictWords', reason: 'Say how you know them.' });
  if (items.length === 0) missing.push({ field: 'items', reason: 'Say what is asked for: at least one item.' });
  return missing;
}

/** Picks out, for whoever signs, what a signature is on, and nothing else. */
export function whatIsSigned(content: ApplicationContent): ApplicationContent {
  const { familyId, fundId, topsUp, need, childNeed, identitySeen, conflict, conflictWords, emergencyReason } = content;
  return {
    ...{ familyId, fundId, topsUp, need, childNeed, identitySeen, conflict, conflictWords, emergencyReason },
    recommendation: content.recommendation,
    items: content.items.map(
      ({ id, code, category, description, amount, instrumentId, firstDue, instalments, everyDays }) => ({
        ...{ id, code, category, description, amount, instrumentId, firstDue, instalments, everyDays },
      }),
    ),
  };
}

/** Digests an application as it stands: any change of what a second person would sign gives another fingerprint. */
export function applicationFingerprint(content: ApplicationContent): Buffer {
  const { familyId, fundId, need, childNeed, identitySeen, conflict, conflictWords, recommendation } = content;
  const { topsUp, emergencyReason } = content;
  const items = content.items.map((item) => [
    ...[item.id, item.code, item.category, item.description, item.amount, item.instrumentId],
    ...[item.firstDue, item.instalments, item.everyDays],
  ]);
  const said = [familyId, fundId, need, childNeed, identitySeen, conflict, conflictWords, recommendation];
  const route = [topsUp, emergencyReason];
  return createHash('sha256')
    .update(JSON.stringify([said, route, items]))
    .digest();
}
