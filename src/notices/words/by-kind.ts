import type { NoticeFacts, NoticeKind } from '../domain/notice-facts.ts';

/** The facts of one kind of notice. */
type FactsOf<Kind extends NoticeKind> = Extract<NoticeFacts, { readonly kind: Kind }>;

/** An answer for each kind of notice: a kind that is added is missed here, not by a family. */
export type ByKind<Answer> = { readonly [Kind in NoticeKind]: (facts: FactsOf<Kind>) => Answer };

/** Gives the answer for the kind these facts are of. */
export function byKind<Answer>(facts: NoticeFacts, answers: ByKind<Answer>): Answer {
  return (answers[facts.kind] as (facts: NoticeFacts) => Answer)(facts);
}
