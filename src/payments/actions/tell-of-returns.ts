import { draftNotices, serveNotices } from '../../notices/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

interface Told {
  readonly id: string;
  readonly familyId: string;
  readonly amount: string;
  readonly wasDueOn: PlainDate;
}

/**
 * Tells families that their payments did not arrive and that it is being put right, each by its own safe way. A family
 * whose account holder is reported dead is not written to: a person calls whoever cares for the children.
 */
export async function tellOfReturns(tx: Transaction, returnIds: readonly string[]): Promise<void> {
  const told = await tx.query<Told>(
    `select r.id, r.family_id as "familyId", r.amount::numeric(14,2)::text as amount, coalesce(f.entry_day, n.entry_day) as "wasDueOn"
       from payments.returned_payment r join payments.export_file f on f.id = r.file_id left join payments.run n on n.id = f.run_id
      where r.id = any ($1::bigint[]) and r.code <> '2' order by r.id`,
    [returnIds],
  );
  const noticeIds = await draftNotices(
    tx,
    told.map(({ familyId, amount, wasDueOn }) => ({
      ...{ familyId, facts: { kind: 'payment-returned', amount, wasDueOn } as const, affectsOn: null, noticeDays: 0 },
    })),
  );
  await serveNotices(tx, noticeIds);
  await tx.query(
    `update payments.returned_payment r set notice_id = n.notice_id
       from unnest($1::bigint[], $2::bigint[]) as n(return_id, notice_id) where r.id = n.return_id`,
    [told.map(({ id }) => id), noticeIds],
  );
}
