import type { TestHouse } from './test-house.ts';

/** A transfer as the ledger's own table has it, with what it can be divided by, read without any view. */
export interface RawTransfer {
  readonly document: string;
  readonly amount: string;
  readonly month: string;
  readonly day: string;
  readonly fund: string;
  readonly category: string;
  readonly family: string;
  readonly team: string | null;
  readonly ward: string | null;
  readonly standard: string | null;
  readonly days: number;
}

/** Reads every payment's transfer from the raw tables, as the superuser: no view, no sum of Mainstay's own is used. */
export async function rawTransfers({ superuser, council }: TestHouse): Promise<RawTransfer[]> {
  const { rows } = await superuser.query<RawTransfer>(
    `select t.document_id::text as document, t.amount::text as amount, t.effective_date::text as day, left(t.effective_date::text, 7) as month,
            (select a.fund_id::text from ledger.account a where a.id = t.debit_account) as fund,
            (select r.kind from payments.run r where r.id = t.run_id) as category, f.id::text as family, f.team, f.ward,
            (select p.standard from subsistence.plan p where p.id = l.source_id) as standard, l.covers_to - l.covers_from as days
       from ledger.transfer t, payments.line l, families.family f
      where t.kind = 4 and t.authority_id = $1 and l.id = t.document_id and f.id = l.family_id`,
    [council.id],
  );
  return rows;
}

/** Adds up pence as whole numbers: another way than the one under test. */
export function penceOf(transfers: readonly Pick<RawTransfer, 'amount'>[]): bigint {
  return transfers.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
}

/** Writes pence as decimal text. */
export function written(pence: bigint): string {
  return `${pence / 100n}.${String(pence % 100n).padStart(2, '0')}`;
}
