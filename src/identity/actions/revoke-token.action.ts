import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { userByEmail } from '../views/users.view.ts';

/** Ends every token of a person at once. */
@Injectable()
export class RevokeToken {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns how many were in force */
  async run(actor: Actor, email: string): Promise<number> {
    mustBeAllowed(actor, RevokeToken.allowed);
    return this.unitOfWork.run({ name: 'identity.revoke-tokens', actor }, async (tx) => {
      const user = await userByEmail(tx, email);
      const ended = await tx.execute(
        `update identity.api_token set revoked_at = now() where user_id = $1 and revoked_at is null`,
        [user.id],
      );
      tx.audit({ action: 'identity.tokens-revoked', subjectKind: 'user', subjectId: user.id, detail: { ended } });
      return ended;
    });
  }
}
