import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, type Role } from '../../kernel/index.ts';
import { type Command, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';

/** A person to be let in, and what they may do. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Tells an administrator that somebody of this council has that address. */
export const userExists = defineProblem('user_exists', {
  status: 409,
  title: 'Somebody with that address is already here',
  whatToDo: 'Use another address, or change the roles of the person who is here.',
});
whenConstraintBreaks('uq_user_email', () =>
  userExists('The address is taken in this council.', [{ field: 'email', reason: 'Somebody here has this address.' }]),
);

/** Adds a person with their roles, for an administrator. */
@Injectable()
export class AddUser {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the person's id @throws user_exists, not_permitted */
  async run(actor: Actor, user: NewUser, idempotency?: Command['idempotency']): Promise<string> {
    mustBeAllowed(actor, AddUser.allowed);
    return this.unitOfWork.run({ name: 'identity.add-user', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.user_account (authority_id, email, name) values ($1, lower($2), $3) returning id`,
        [actor.authorityId, user.email, user.name],
      );
      await tx.because('Added to the council');
      await tx.query(`insert into identity.user_role (authority_id, user_id, role) select $1, $2, unnest($3::text[])`, [
        actor.authorityId,
        id,
        user.roles,
      ]);
      tx.audit({ action: 'identity.user-added', subjectKind: 'user', subjectId: id, detail: { roles: user.roles } });
      return id;
    });
  }
}
