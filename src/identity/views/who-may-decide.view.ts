import { Money, type Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { LimitKind } from './limit-in-force.view.ts';

/** Somebody whose delegated limit covers an amount. */
export interface MayDecide {
  readonly id: string;
  readonly name: string;
  readonly limit: Money;
}

/**
 * Lists who may decide on an amount today, by name: those to ask when it is above a limit.
 * @param roles who decides on this kind of thing; as for a decision itself, the highest limit of any of their roles counts
 */
export async function whoMayDecide(
  tx: Transaction,
  kind: LimitKind,
  amount: Money,
  roles: readonly Role[],
): Promise<MayDecide[]> {
  const rows = await tx.query<{ id: string; name: string; highest: string }>(
    `select u.id, u.name, max(l.amount) as highest from identity.user_account u
       join identity.user_role r on r.user_id = u.id and r.removed_at is null
       cross join lateral identity.limit_in_force(u.id, r.role, $1) l
      where u.active and exists (select from identity.user_role m
                                  where m.user_id = u.id and m.removed_at is null and m.role = any ($3::text[]))
      group by u.id, u.name having max(l.amount) >= $2 order by u.name, u.id limit 50`,
    [kind, amount.toString(), [...roles]],
  );
  return rows.map(({ id, name, highest }) => ({ id, name, limit: Money.gbp(highest) }));
}
