import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepToken } from '../store/token.store.ts';
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
    return this.#make(actor, async (tx) => (await userByEmail(tx, email)).id, label, days);
  }

  /** Gives the person acting a token of their own. It may do what they may do. @returns the token, to be shown once */
  async own(actor: Actor, label: string, days: number): Promise<string> {
    return this.#make(actor, async () => personActing(actor), label, days);
  }

  async #make(actor: Actor, whose: (tx: Transaction) => Promise<string>, label: string, days: number): Promise<string> {
    // The council's number is in front so that the look-up itself happens inside that council's scope.
    const token = `mst_${actor.authorityId}_${randomBytes(24).toString('base64url')}`;
    await this.unitOfWork.run({ name: 'identity.create-token', actor }, async (tx) => {
      const userId = await whose(tx);
      const id = await keepToken(tx, userId, label, tokenHash(token), days);
      const detail = { token: id, days };
      tx.audit({ action: 'identity.token-created', subjectKind: 'user', subjectId: userId, detail });
    });
    return token;
  }
}
