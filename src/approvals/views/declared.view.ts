import { personActing } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Says whether the person acting has said already that they have no interest in a request, for a page that asks it with the decision. */
export async function hasDeclaredNone(tx: Transaction, requestId: string): Promise<boolean> {
  const row = await tx.maybe(
    `select 1 from approvals.conflict_of_interest where request_id = $1 and person_id = $2 and declared = 'none'`,
    [requestId, personActing(tx.actor)],
  );
  return row !== undefined;
}
