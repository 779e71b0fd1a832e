import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { endToken, endTokensOf } from '../store/token.store.ts';
import { userByEmail } from '../views/users.view.ts';

/** Ends tokens: every one of a person at once, or a single one. */
@Injectable()
export class RevokeToken {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns how many were in force */
  async run(actor: Actor, email: string): Promise<number> {
    mustBeAllowed(actor, RevokeToken.allowed);
    return this.unitOfWork.run({ name: 'identity.revoke-tokens', actor }, async (tx) => {
      const user = await userByEmail(tx, email);
      const ended = await endTokensOf(tx, user.id);
      tx.audit({ action: 'identity.tokens-revoked', subjectKind: 'user', subjectId: user.id, detail: { ended } });
      return ended;
    });
  }

  /** Ends one token: a person's own, or anybody's for an administrator. @returns whether it was in force @throws no_such_token */
  async one(actor: Actor, userId: string, tokenId: string): Promise<boolean> {
    if (actor.userId !== userId) mustBeAllowed(actor, RevokeToken.allowed);
    return this.unitOfWork.run({ name: 'identity.revoke-token', actor }, async (tx) => {
      const isEnded = await endToken(tx, userId, tokenId);
      const detail = { token: tokenId, ended: isEnded ? 1 : 0 };
      tx.audit({ action: 'identity.tokens-revoked', subjectKind: 'user', subjectId: userId, detail });
      return isEnded;
    });
  }
}
