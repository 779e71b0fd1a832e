import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { keepSetUpCode } from '../store/credential.store.ts';
import { personDetail } from '../views/people.view.ts';
import { userByEmail } from '../views/users.view.ts';
import { tokenHash } from './create-token.action.ts';

// No letters or digits that are taken for one another when read out.
const LETTERS = 'BCDFGHJKMNPQRSTVWXYZ23456789';

/** Gives a person a one-time code to choose a password with: when they are new, or locked out for good. */
@Injectable()
export class CreateSetUpCode {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the code, to be shown once and told in person @throws no_such_user */
  async run(actor: Actor, email: string): Promise<string> {
    return this.#make(actor, async (tx) => (await userByEmail(tx, email)).id);
  }

  /** Gives the code for a person by number. @returns the code, to be shown once @throws no_such_user */
  async forPerson(actor: Actor, userId: string): Promise<string> {
    return this.#make(actor, async (tx) => (await personDetail(tx, userId)).id);
  }

  async #make(actor: Actor, whose: (tx: Transaction) => Promise<string>): Promise<string> {
    mustBeAllowed(actor, CreateSetUpCode.allowed);
    const code = newCode();
    await this.unitOfWork.run({ name: 'identity.create-set-up-code', actor }, async (tx) => {
      const userId = await whose(tx);
      await keepSetUpCode(tx, userId, setUpCodeHash(code));
      tx.audit({ action: 'identity.set-up-code-created', subjectKind: 'user', subjectId: userId });
    });
    return code;
  }
}

/** Hashes a set-up code as it is kept, however it was typed. */
export function setUpCodeHash(typed: string): Buffer {
  return tokenHash(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
}

function newCode(): string {
  const letters = Array.from({ length: 15 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return letters.replaceAll(/(.{5})(?=.)/g, '$1-');
}
