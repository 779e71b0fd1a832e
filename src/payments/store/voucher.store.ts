import { addDays, Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ToPay } from '../rails/to-pay.ts';
import { voucherAmounts } from '../rails/voucher/split.ts';
import type { VoucherState } from '../voucher.states.ts';

/** One voucher of a payment, about to be issued or issued. */
export interface Voucher {
  readonly id: string;
  readonly pence: bigint;
  readonly expiresOn: PlainDate;
  readonly isNew: boolean;
}

/** What one voucher may come to, in pence, and how long it can be cashed: the council's terms, or £100 and 90 days. */
export async function voucherTerms(tx: Transaction): Promise<{ mostPence: bigint; validDays: number }> {
  const row = await tx.maybe<{ most: string; validDays: number }>(
    `select most::numeric(14,2)::text as most, valid_days as "validDays" from payments.voucher_terms`,
  );
  return { mostPence: Money.gbp(row?.most ?? '100.00').toPence(), validDays: row?.validDays ?? 90 };
}

/** Finds the vouchers of each payment, or splits it into new ones. A file sent again carries the vouchers it had. */
export async function vouchersFor(
  tx: Transaction,
  payments: readonly ToPay[],
  from: PlainDate,
): Promise<Map<string, Voucher[]>> {
  const { mostPence, validDays } = await voucherTerms(tx);
  const issued = await tx.query<{ paidId: string; id: string; pence: string; expiresOn: PlainDate }>(
    `select paid_id as "paidId", id, (amount * 100)::bigint as pence, expires_on as "expiresOn" from payments.voucher
      where paid_id = any ($1::bigint[]) order by id`,
    [payments.map((each) => each.id)],
  );
  const vouchers = new Map<string, Voucher[]>();
  for (const { paidId, id, pence, expiresOn } of issued)
    vouchers.set(paidId, [...(vouchers.get(paidId) ?? []), { id, pence: BigInt(pence), expiresOn, isNew: false }]);
  for (const { id: paidId, pence } of payments) {
    if (vouchers.has(paidId)) continue;
    const amounts = voucherAmounts(BigInt(pence), mostPence);
    const ids = await tx.query<{ id: string }>(
      `select nextval('kernel.document_number')::text as id from generate_series(1, $1)`,
      [amounts.length],
    );
    const expiresOn = addDays(from, validDays);
    vouchers.set(
      paidId,
      amounts.map((amount, at) => ({ id: (ids[at] as { id: string }).id, pence: amount, expiresOn, isNew: true })),
    );
  }
  return vouchers;
}

/** Writes new vouchers down, with the file they go in. */
export async function keepVouchers(
  tx: Transaction,
  fileId: string,
  payments: readonly ToPay[],
  vouchers: ReadonlyMap<string, readonly Voucher[]>,
): Promise<void> {
  const rows = payments.flatMap(({ id, familyId, instrumentId }) =>
    (vouchers.get(id) ?? [])
      .filter(({ isNew }) => isNew)
      .map((voucher) => ({
        ...{ id: voucher.id, paid_id: id, family_id: familyId, instrument_id: instrumentId },
        ...{ amount: Money.fromPence(voucher.pence).toString(), expires_on: voucher.expiresOn },
      })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into payments.voucher (id, authority_id, paid_id, file_id, family_id, instrument_id, amount, expires_on)
     select v.id, $1, v.paid_id, $2, v.family_id, v.instrument_id, v.amount, v.expires_on
       from jsonb_to_recordset($3::jsonb) as v(id bigint, paid_id bigint, family_id bigint, instrument_id bigint, amount kernel.gbp, expires_on date)`,
    [tx.actor.authorityId, fileId, JSON.stringify(rows)],
  );
}

/** A voucher as it is shown and moved. */
export interface VoucherRow {
  readonly id: string;
  readonly paidId: string;
  readonly fileId: string;
  readonly familyId: string;
  readonly instrumentId: string;
  readonly amount: string;
  readonly expiresOn: PlainDate;
  readonly state: VoucherState;
  readonly redeemedOn: PlainDate | null;
}

const ROWS = `select v.id, v.paid_id as "paidId", v.file_id as "fileId", v.family_id as "familyId", v.instrument_id as "instrumentId",
    v.amount::numeric(14,2)::text as amount, v.expires_on as "expiresOn", v.state, v.redeemed_on as "redeemedOn" from payments.voucher v`;

/** Lists vouchers by their file. */
export function vouchersOfFile(tx: Transaction, fileId: string, limit: number): Promise<VoucherRow[]> {
  return tx.query(`${ROWS} where v.file_id = $1 order by v.id limit $2`, [fileId, limit]);
}

/** Locks vouchers by their numbers. */
export function lockVouchers(tx: Transaction, ids: readonly string[]): Promise<VoucherRow[]> {
  return tx.query(`${ROWS} where v.id = any ($1::bigint[]) order by v.id for update`, [ids]);
}

/** Locks the vouchers whose day is past and whose file is at its provider. */
export function lockPastVouchers(tx: Transaction): Promise<VoucherRow[]> {
  return tx.query(
    `select v.id, v."paidId", v."familyId", v."instrumentId", v.amount, v."expiresOn", v.state, v."redeemedOn",
            payments.file_in_place_of(v."fileId") as "fileId" from (${ROWS} where v.state = 'issued' and v.expires_on < $1
        and exists (select from payments.bank_file b
                     where b.id = payments.file_in_place_of(v.file_id) and b.state in ('accepted', 'settled'))
      order by v.id limit 500 for update of v) v`,
    [tx.today],
  );
}
