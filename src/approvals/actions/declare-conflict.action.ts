import { personActing } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a decider says about themselves and a request. */
export interface Declaration {
  readonly declared: 'none' | 'conflict';
  /** What the conflict is; empty where there is none. */
  readonly about: string;
}

/** Declares, in the transaction of an action that asks it, whether the person acting has an interest in a request. */
export async function declareConflict(
  tx: Transaction,
  requestId: string,
  { declared, about }: Declaration,
): Promise<void> {
  await tx.query(
    `insert into approvals.conflict_of_interest (request_id, authority_id, person_id, declared, about) values ($1, $2, $3, $4, $5)
     on conflict on constraint pk_conflict_of_interest do nothing`,
    [requestId, tx.actor.authorityId, personActing(tx.actor), declared, declared === 'none' ? '' : about],
  );
  // What the conflict is stays in its own row: it may tell of a family.
  tx.audit({
    action: `approvals.conflict-${declared === 'none' ? 'denied' : 'declared'}`,
    subjectKind: 'approval',
    subjectId: requestId,
  });
}
