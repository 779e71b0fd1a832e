import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Somebody else a family's grants may be paid to; the account is known by its last digits. */
export interface Payee {
  readonly id: string;
  readonly familyId: string;
  readonly name: string;
  readonly account: string;
  readonly state: string;
  readonly usableFrom: PlainDate | null;
}

/** Lists the payees of a family besides itself, by name; those refused are left out. */
export function payeesOf(tx: Transaction, familyId: string): Promise<Payee[]> {
  return tx.query(
    `select id, family_id as "familyId", payee_name as name, '******' || last_digits as account, state, usable_from as "usableFrom"
       from families.instrument where family_id = $1 and kind = 'third-party' and state <> 'refused' order by payee_name, id`,
    [familyId],
  );
}

/** Says which of some bank details are of a payee that is not the family. */
export async function thirdPartiesAmong(tx: Transaction, instrumentIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select id from families.instrument where id = any ($1::bigint[]) and kind = 'third-party'`,
    [instrumentIds],
  );
  return new Set(rows.map((row) => row.id));
}
