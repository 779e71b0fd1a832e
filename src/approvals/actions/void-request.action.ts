import type { Transaction } from '../../platform/index.ts';

/** Makes a request void because its subject changed: whoever approved or signed it approved something else. */
export async function voidRequest(tx: Transaction, requestId: string, why: string): Promise<void> {
  await tx.because(why);
  await tx.query(`update approvals.request set state = 'void' where id = $1 and state in ('open', 'approved')`, [
    requestId,
  ]);
}
