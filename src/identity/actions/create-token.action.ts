import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { userByEmail } from '../views/users.view.ts';

/** Hashes a token's secret as it is kept: the token itself is shown once and never stored. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Gives a person a token for the API and the CLI. */
@Injectable()
export class CreateToken {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the token, to be shown once @throws no_such_user */
  async run(actor: Actor, email: string, label: string, days = 90): Promise<string> {
    mustBeAllowed(actor, CreateToken.allowed);
    // The council's number is in front so that the look-up itself happens inside that council's scope.
    const token = `mst_${actor.authorityId}_${randomBytes(24).toString('base64url')}`;
    await this.unitOfWork.run({ name: 'identity.create-token', actor }, async (tx) => {
      const user = await userByEmail(tx, email);
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.api_token (authority_id, user_id, label, secret_sha256, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(days => $5)) returning id`,
        [actor.authorityId, user.id, label, tokenHash(token), days],
      );
      tx.audit({
        action: 'identity.token-created',
        subjectKind: 'user',
        subjectId: user.id,
        detail: { token: id, days },
      });
    });
    return token;
  }
}
