import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, type Role } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { ownAccount } from '../people-problems.ts';
import { lockPerson } from '../store/person.store.ts';

/** What a person is to hold from now on, why, and the version of the person it was decided on. */
export interface RolesToHold {
  readonly roles: readonly Role[];
  readonly reason: string;
  readonly version: number;
}

/** Gives and takes a person's roles, for another administrator. */
@Injectable()
export class ChangeRoles {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws own_account, changed_meanwhile, last_administrator, no_such_user */
  async run(
    actor: Actor,
    userId: string,
    { roles, reason, version }: RolesToHold,
    idempotency?: Command['idempotency'],
  ): Promise<{ given: Role[]; taken: Role[] }> {
    mustBeAllowed(actor, ChangeRoles.allowed);
    if (actor.userId === userId) throw ownAccount('These are your own roles.');
    return this.unitOfWork.run({ name: 'identity.change-roles', actor, idempotency }, async (tx) => {
      const person = await lockPerson(tx, userId, version);
      const given = roles.filter((role) => !person.roles.includes(role));
      const taken = person.roles.filter((role) => !roles.includes(role));
      await tx.because(reason);
      await giveAndTake(tx, userId, given, taken);
      const detail = { given, taken };
      tx.audit({ action: 'identity.roles-changed', subjectKind: 'user', subjectId: userId, detail });
      return { given, taken };
    });
  }
}

async function giveAndTake(
  tx: Transaction,
  userId: string,
  given: readonly Role[],
  taken: readonly Role[],
): Promise<void> {
  await tx.query(
    `insert into identity.user_role (authority_id, user_id, role) select $1, $2, unnest($3::text[])
     on conflict on constraint pk_user_role do update set removed_at = null`,
    [tx.actor.authorityId, userId, given],
  );
  await tx.query(
    `update identity.user_role set removed_at = now() where user_id = $1 and role = any ($2::text[]) and removed_at is null`,
    [userId, taken],
  );
}
