import { Injectable } from '@nestjs/common';
import { type Actor, operatorOf, type Role } from '../kernel/index.ts';
import { Authenticator, UnitOfWork } from '../platform/index.ts';
import { tokenHash } from './actions/create-token.action.ts';

/** Finds who holds a token: in force, of an active person, in the council the token names. */
@Injectable()
export class TokenAuthenticator extends Authenticator {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async authenticate(bearer: string): Promise<Actor | undefined> {
    const authorityId = /^mst_(\d{1,4})_/.exec(bearer)?.[1];
    if (authorityId === undefined) return undefined;
    const row = await this.unitOfWork.read(operatorOf(authorityId), (tx) =>
      tx.maybe<{ id: string; roles: Role[] }>(
        `select u.id, coalesce(array_agg(r.role) filter (where r.role is not null), '{}') as roles
           from identity.api_token t
           join identity.user_account u on u.id = t.user_id and u.active
           left join identity.user_role r on r.user_id = u.id and r.removed_at is null
          where t.secret_sha256 = $1 and t.revoked_at is null and t.expires_at > now() group by u.id`,
        [tokenHash(bearer)],
      ),
    );
    return row && { authorityId, userId: row.id, roles: row.roles, channel: 'api' };
  }
}
