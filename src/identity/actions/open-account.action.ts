import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { ownAccount } from '../people-problems.ts';
import { clearFailures } from '../store/credential.store.ts';
import { lockPerson } from '../store/person.store.ts';
import { endSessionsOf } from '../store/session.store.ts';
import { endTokensOf } from '../store/token.store.ts';

/** Closes, opens again and unlocks a person's account, for another administrator. Nothing of theirs is deleted. */
@Injectable()
export class OpenAccount {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Closes an account: every session and token ends with it. @throws own_account, changed_meanwhile, last_administrator */
  async close(
    actor: Actor,
    userId: string,
    reason: string,
    version?: number,
  ): Promise<{ sessions: number; tokens: number }> {
    return this.#change(actor, userId, reason, version, false);
  }

  /** Opens a closed account again; its sessions and tokens stay ended. @throws own_account, changed_meanwhile */
  async again(actor: Actor, userId: string, reason: string, version?: number): Promise<void> {
    await this.#change(actor, userId, reason, version, true);
  }

  /** Lets a person try again who was locked out by wrong passwords. @throws no_such_user */
  async unlock(actor: Actor, userId: string): Promise<void> {
    mustBeAllowed(actor, OpenAccount.allowed);
    await this.unitOfWork.run({ name: 'identity.unlock', actor }, async (tx) => {
      await lockPerson(tx, userId);
      await clearFailures(tx, userId);
      tx.audit({ action: 'identity.account-unlocked', subjectKind: 'user', subjectId: userId });
    });
  }

  async #change(
    actor: Actor,
    userId: string,
    reason: string,
    version: number | undefined,
    active: boolean,
  ): Promise<{ sessions: number; tokens: number }> {
    mustBeAllowed(actor, OpenAccount.allowed);
    if (actor.userId === userId) throw ownAccount('This is your own account.');
    return this.unitOfWork.run({ name: 'identity.open-account', actor }, async (tx) => {
      await lockPerson(tx, userId, version);
      await tx.because(reason);
      await tx.query(`update identity.user_account set active = $2 where id = $1`, [userId, active]);
      const sessions = active ? 0 : await endSessionsOf(tx, userId, 'the account was closed');
      const tokens = active ? 0 : await endTokensOf(tx, userId);
      const action = active ? 'identity.account-opened' : 'identity.account-closed';
      tx.audit({ action, subjectKind: 'user', subjectId: userId, detail: { sessions, tokens } });
      return { sessions, tokens };
    });
  }
}
