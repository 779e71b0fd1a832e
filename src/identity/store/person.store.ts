import type { Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { changedMeanwhile } from '../people-problems.ts';
import { noSuchUser } from '../views/users.view.ts';

/** A person held still while their account is changed. */
export interface LockedPerson {
  readonly isActive: boolean;
  readonly roles: readonly Role[];
}

/**
 * Locks a person and moves them to their next version.
 * @param version the one the change was decided on; none where a change cannot collide with another
 * @throws no_such_user, changed_meanwhile
 */
export async function lockPerson(tx: Transaction, userId: string, version?: number): Promise<LockedPerson> {
  const row = await tx.maybe<LockedPerson & { version: number }>(
    `update identity.user_account u set version = version + 1 where id = $1
     returning version - 1 as version, active as "isActive", coalesce((select array_agg(r.role order by r.role)
       from identity.user_role r where r.user_id = u.id and r.removed_at is null), '{}') as roles`,
    [userId],
  );
  if (!row) throw noSuchUser('Nobody of this council has that number.');
  if (version !== undefined && row.version !== version)
    throw changedMeanwhile('Another administrator changed this person.');
  return row;
}
