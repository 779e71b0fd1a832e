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
  /** Whether it is theirs alone, in place of their role's. */
  readonly isPersonal: boolean;
}

interface Row {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  readonly limitId: string;
  readonly upTo: string;
  readonly familyAmount: string | null;
  readonly months: number | null;
  readonly isPersonal: boolean;
}

/** Lists the limits people hold today for a kind, the highest first. @param people only these, when given */
export async function limitsHeld(
  tx: Transaction,
  kind: LimitKind,
  people: readonly string[] | null = null,
): Promise<LimitHeld[]> {
  const rows = await tx.query<Row>(
    `select u.id as "personId", u.name, r.role, l.id as "limitId", l.amount as "upTo",
            l.family_amount as "familyAmount", l.family_months as months, l.person_id is not null as "isPersonal"
       from identity.user_account u join identity.user_role r on r.user_id = u.id and r.removed_at is null
       cross join lateral identity.limit_in_force(u.id, r.role, $1) l
      where u.active and ($2::bigint[] is null or u.id = any ($2::bigint[])) order by l.amount desc, lower(u.name), u.id`,
    [kind, people],
  );
  return rows.map(({ upTo, familyAmount, months, ...row }) => ({
    ...{ ...row, upTo: Money.gbp(upTo) },
    family: familyAmount === null || months === null ? null : { amount: Money.gbp(familyAmount), months },
  }));
}
