import type { Transaction } from '../../platform/index.ts';
import { openRequests } from '../views/request.view.ts';

/** Makes a request void because its subject changed: whoever approved or signed it approved something else. */
export async function voidRequest(tx: Transaction, requestId: string, why: string): Promise<void> {
  await tx.because(why);
  await tx.query(`update approvals.request set state = 'void' where id = $1 and state in ('open', 'approved')`, [
    requestId,
  ]);
}

/** Makes every open request about a subject void, for whoever takes it back or puts it forward anew. */
export async function voidOpenRequests(tx: Transaction, kind: string, subjectId: string, why: string): Promise<void> {
  for (const request of await openRequests(tx, kind, [subjectId])) await voidRequest(tx, request.id, why);
}
