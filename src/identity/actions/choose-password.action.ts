import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { operatorOf } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { hashPassword, mustBeGoodPassword } from '../domain/password.ts';
import { countFailure, type Credential, credentialByEmail, setFirstPassword } from '../store/credential.store.ts';
import { endSessionsOf, startSession } from '../store/session.store.ts';
import { setUpCodeRefused, signInLocked } from '../sign-in-problems.ts';
import { setUpCodeHash } from './create-set-up-code.action.ts';

/** Lets a person choose a password with the set-up code an administrator gave them. */
@Injectable()
export class ChoosePassword {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @returns the secret of a half-finished sign-in, which setting up the authenticator completes
   * @throws set_up_code_refused, sign_in_locked, password_too_weak
   */
  async run(authorityId: string, email: string, code: string, password: string): Promise<string> {
    const command = { name: 'identity.choose-password', actor: operatorOf(authorityId) };
    const answer = await this.unitOfWork.run(command, async (tx) => {
      const person = await credentialByEmail(tx, email);
      if (!person || person.isLocked) return person?.isLocked ? 'locked' : 'refused';
      if (!isCodeOf(person, code)) {
        await countFailure(tx, person.userId);
        tx.audit({ action: 'identity.set-up-code-refused', subjectKind: 'user', subjectId: person.userId });
        return 'refused';
      }
      mustBeGoodPassword(password, person);
      await setFirstPassword(tx, person.userId, await hashPassword(password));
      await endSessionsOf(tx, person.userId, 'a new password was chosen');
      tx.audit({ action: 'identity.password-chosen', subjectKind: 'user', subjectId: person.userId });
      return { secret: await startSession(tx, person.userId, false) };
    });
    if (answer === 'locked') throw signInLocked('Too many wrong tries.');
    if (answer === 'refused') throw setUpCodeRefused('The address and the code do not belong together.');
    return answer.secret;
  }
}

function isCodeOf({ setUpSha256 }: Credential, code: string): boolean {
  return setUpSha256 !== null && timingSafeEqual(setUpSha256, setUpCodeHash(code));
}
