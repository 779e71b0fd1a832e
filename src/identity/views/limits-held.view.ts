import { Money, type Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { LimitKind } from './limit-in-force.view.ts';

/** How much one family may be given in the last months, whoever approves it. */
export interface FamilyLimit {
  readonly amount: Money;
  readonly months: number;
}

/** One limit a person holds today, through one of their roles. */
export interface LimitHeld {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly limitId: string;
  readonly upTo: Money;
  readonly family: FamilyLimit | null;
}

interface Row {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly limitId: string;
  readonly upTo: string;
  readonly familyAmount: string | null;
  readonly months: number | null;
}

/** Lists the limits people hold today for a kind, the highest first. @param people only these, when given */
export async function limitsHeld(
  tx: Transaction,
  kind: LimitKind,
  people: readonly string[] | null = null,
): Promise<LimitHeld[]> {
  const rows = await tx.query<Row>(
    `select u.id as "personId", u.name, r.role, l.id as "limitId", l.amount as "upTo",
            l.family_amount as "familyAmount", l.family_months as months
       from identity.user_account u join identity.user_role r on r.user_id = u.id and r.removed_at is null
       join lateral (select * from identity.delegated_limit where role = r.role and kind = $1 and effective_from <= kernel.today()
                      order by effective_from desc limit 1) l on true
      where u.active and ($2::bigint[] is null or u.id = any ($2::bigint[])) order by l.amount desc, lower(u.name), u.id`,
    [kind, people],
  );
  return rows.map(({ upTo, familyAmount, months, ...row }) => ({
    ...{ ...row, upTo: Money.gbp(upTo) },
    family: familyAmount === null || months === null ? null : { amount: Money.gbp(familyAmount), months },
  }));
}
