import { type Money, personActing } from '../../kernel/index.ts';
import type { LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What is put forward for a second person: a subject, a fingerprint of exactly what is to be seen, an amount. */
export interface Proposal {
  readonly kind: LimitKind;
  readonly subjectId: string;
  /** SHA-256 of the content. */
  readonly fingerprint: Buffer;
  readonly amount: Money;
  /** Whose family the amount is for: limits for one family count it. */
  readonly familyId?: string;
  /** Everybody who worked on the subject: none of them decides it, nor anybody in their name. */
  readonly touchedBy?: readonly string[];
}

/**
 * Puts something forward for approval, for the person acting. The signatures it needs are frozen with it.
 * @returns the request's number @throws already_waiting_for_approval
 */
export async function propose(tx: Transaction, proposal: Proposal): Promise<string> {
  const [id] = await proposeMany(tx, [proposal]);
  return id as string;
}

/** Puts many things forward at once (an import), in one statement. @returns their numbers, in order */
export async function proposeMany(tx: Transaction, proposals: readonly Proposal[]): Promise<string[]> {
  const rows = proposals.map((each, ord) => ({
    ...{ ord, kind: each.kind, subject_id: each.subjectId, amount: each.amount.toString() },
    ...{ fingerprint: each.fingerprint.toString('hex'), family_id: each.familyId ?? null },
    touched: [...new Set(each.touchedBy)],
  }));
  const made = await tx.query<{ id: string; subject_id: string }>(
    `insert into approvals.request (authority_id, kind, subject_id, fingerprint, amount, proposed_by, family_id, touched)
     select $1, p.kind, p.subject_id, decode(p.fingerprint, 'hex'), p.amount, $2, p.family_id, p.touched
       from jsonb_to_recordset($3::jsonb) as p(ord int, kind text, subject_id bigint, amount kernel.gbp, fingerprint text,
              family_id bigint, touched bigint[])
      order by p.ord returning id, subject_id`,
    [tx.actor.authorityId, personActing(tx.actor), JSON.stringify(rows)],
  );
  const bySubject = new Map(made.map((row) => [row.subject_id, row.id]));
  return proposals.map((each) => bySubject.get(each.subjectId) as string);
}
