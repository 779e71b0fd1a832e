import { defineProblem, Money, type Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** What a delegated limit is about: everything that takes a second person's decision up to an amount. */
export const limitKinds = [
  ...(['support-plan', 'section-17-run', 'bank-details', 'grant-award', 'grant-emergency'] as const),
  ...(['grant-variation', 'grant-review', 'payee', 'write-off', 'period-reopen', 'grants-run'] as const),
] as const;
export type LimitKind = (typeof limitKinds)[number];

/** The highest limit a person holds today through one of their roles: their own limit, or the role's. */
export interface LimitInForce {
  readonly id: string;
  readonly role: Role;
  readonly amount: Money;
}

export const noDelegatedLimit = defineProblem('no_delegated_limit', {
  status: 403,
  title: 'You have no delegated limit for this',
  whatToDo: 'Ask an administrator to set a delegated limit for one of your roles, or ask somebody who has one.',
});

/**
 * Finds up to what amount a person may decide today.
 * @throws no_delegated_limit when none of their roles has one
 */
export async function limitInForce(tx: Transaction, userId: string, kind: LimitKind): Promise<LimitInForce> {
  const row = await tx.maybe<{ id: string; role: Role; amount: string }>(
    `select l.id, l.role, l.amount from identity.user_role u
       cross join lateral identity.limit_in_force(u.user_id, u.role, $2) l
      where u.user_id = $1 and u.removed_at is null order by l.amount desc limit 1`,
    [userId, kind],
  );
  if (!row) throw noDelegatedLimit(`None of your roles has a limit for ${kind}.`);
  return { id: row.id, role: row.role, amount: Money.gbp(row.amount) };
}
