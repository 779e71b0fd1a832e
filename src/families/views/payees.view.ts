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

/**
 * Finds the present details of payees that are not the family, by the details they were paid to: the newest approved ones in
 * the same name. What was a family's own account is left out.
 */
export async function presentPayees(
  tx: Transaction,
  instrumentIds: readonly string[],
  day: PlainDate,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ was: string; present: string }>(
    `select distinct on (was.id) was.id as was, now.id as present from families.instrument was
       join families.instrument now on now.family_id = was.family_id and now.payee_name = was.payee_name
            and now.state = 'approved' and now.usable_from <= $2
      where was.id = any ($1::bigint[]) and was.kind = 'third-party' order by was.id, now.usable_from desc, now.id desc`,
    [instrumentIds, day],
  );
  return new Map(rows.map((row) => [row.was, row.present]));
}
