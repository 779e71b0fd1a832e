import type { Transaction } from '../../platform/index.ts';
import { type NoticeRow, noticesByIds } from '../store/notice.store.ts';

/** Lists what a family was told, or is being told, the newest first: nothing that was taken back or not yet decided. */
export async function noticesToldTo(
  tx: Transaction,
  familyId: string,
  limit: number,
  before?: string,
): Promise<NoticeRow[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from notices.notice
      where family_id = $1 and state in ('serving', 'call_needed', 'received') and ($3::bigint is null or id < $3)
        and not exists (select from notices.old_contact_notice o where o.notice_id = notice.id and o.authority_id = notice.authority_id)
      order by id desc limit $2`,
    [familyId, limit, before ?? null],
  );
  const notices = await noticesByIds(
    tx,
    rows.map((row) => row.id),
  );
  return notices.toReversed();
}
