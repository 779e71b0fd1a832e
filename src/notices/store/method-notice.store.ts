import type { Transaction } from '../../platform/index.ts';

/** Ties bank details that replace others to the notice that tells of them: without it they cannot be approved. */
export async function tieToBankDetails(tx: Transaction, instrumentId: string, noticeId: string): Promise<void> {
  await tx.query(`insert into notices.method_notice (instrument_id, authority_id, notice_id) values ($1, $2, $3)`, [
    instrumentId,
    tx.actor.authorityId,
    noticeId,
  ]);
}

/** Ties new bank details to the notice that tells of them where the family was reached before. */
export async function tieToOldContact(
  tx: Transaction,
  tie: { readonly instrumentId: string; readonly noticeId: string; readonly formerContactId: string },
): Promise<void> {
  await tx.query(
    `insert into notices.old_contact_notice (notice_id, authority_id, instrument_id, former_contact_id) values ($1, $2, $3, $4)`,
    [tie.noticeId, tx.actor.authorityId, tie.instrumentId, tie.formerContactId],
  );
}

/** Finds which of these notices are for an old contact of their family, and for which. */
export async function oldContactsOf(tx: Transaction, noticeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ noticeId: string; contactId: string }>(
    `select notice_id as "noticeId", former_contact_id as "contactId" from notices.old_contact_notice
      where notice_id = any ($1::bigint[])`,
    [noticeIds],
  );
  return new Map(rows.map((row) => [row.noticeId, row.contactId]));
}
