import type { Transaction } from '../../platform/index.ts';

/** Ties bank details that replace others to the notice that tells of them: without it they cannot be approved. */
export async function tieToBankDetails(tx: Transaction, instrumentId: string, noticeId: string): Promise<void> {
  await tx.query(`insert into notices.method_notice (instrument_id, authority_id, notice_id) values ($1, $2, $3)`, [
    instrumentId,
    tx.actor.authorityId,
    noticeId,
  ]);
}
