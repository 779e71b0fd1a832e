import { Injectable } from '@nestjs/common';
import { operatorOf } from '../../kernel/index.ts';
import { FieldSeal, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type AuthenticatorKey, describeKey, newAuthenticatorKey, stepOfCode } from '../domain/authenticator-code.ts';
import { isPassword, nobodysHash } from '../domain/password.ts';
import { agencyClosed } from '../agency-problems.ts';
import { codeRefused, signInAgain, signInLocked, signInRefused } from '../sign-in-problems.ts';
import {
  countFailure,
  type Credential,
  credentialByEmail,
  credentialOf,
  keepAuthenticatorKey,
  useCode,
} from '../store/credential.store.ts';
import { endSession, sessionOf, startSession } from '../store/session.store.ts';

/** Lets a person in, in two steps: the password, then the code of their authenticator app. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /**
   * Checks an address and password.
   * @returns the secret of a half-finished sign-in @throws sign_in_refused, sign_in_locked, agency_closed
   */
  async withPassword(authorityId: string, email: string, password: string): Promise<string> {
    const command = { name: 'identity.sign-in', actor: operatorOf(authorityId) };
    const answer = await this.unitOfWork.run(command, async (tx) => {
      const person = await credentialByEmail(tx, email);
      const isRight = await isPassword(password, person?.passwordHash ?? (await nobodysHash()));
      if (!person) return 'refused';
      if (person.isLocked) return 'locked';
      if (!isRight || person.passwordHash === null) return refuse(tx, person, 'password');
      if (person.isAgencyClosed) return 'closed';
      return { secret: await startSession(tx, person.userId, false) };
    });
    if (answer === 'closed') throw agencyClosed('Nobody signs in for it any more.');
    if (answer === 'locked') throw signInLocked('Too many wrong tries.');
    if (answer === 'refused') throw signInRefused('The e-mail address or the password is wrong.');
    return answer.secret;
  }

  /** Gives the key to put into an authenticator app, to somebody who has none yet. @throws sign_in_again */
  async keyToSetUp(secret: string, issuer: string): Promise<AuthenticatorKey | undefined> {
    const actor = operatorOf(councilOf(secret));
    return this.unitOfWork.run({ name: 'identity.set-up-authenticator', actor }, async (tx) => {
      const { person } = await halfSignedIn(tx, secret);
      if (person.isTotpConfirmed) return undefined;
      const kept = this.#keyOf(person);
      const key = kept ?? newAuthenticatorKey();
      if (!kept) await keepAuthenticatorKey(tx, person.userId, this.seal.seal(key, sealContext(person)));
      return describeKey(key, person.email, issuer);
    });
  }

  /**
   * Checks the code and finishes the sign-in, under a new secret: the half-finished one is worth nothing afterwards.
   * @throws code_refused, sign_in_again, sign_in_locked
   */
  async withCode(secret: string, code: string): Promise<string> {
    const actor = operatorOf(councilOf(secret));
    const answer = await this.unitOfWork.run({ name: 'identity.finish-sign-in', actor }, async (tx) => {
      const { person, sessionId } = await halfSignedIn(tx, secret);
      if (person.isLocked) return 'locked';
      const key = this.#keyOf(person);
      const step = key ? stepOfCode(key, code) : undefined;
      if (step === undefined || !(await useCode(tx, person.userId, step))) return refuse(tx, person, 'code');
      await endSession(tx, sessionId, 'signed in with the code');
      tx.audit({ action: 'identity.signed-in', subjectKind: 'user', subjectId: person.userId });
      return { secret: await startSession(tx, person.userId, true) };
    });
    if (answer === 'locked') throw signInLocked('Too many wrong tries.');
    if (answer === 'refused') throw codeRefused('The code is wrong, too old, or was used before.');
    return answer.secret;
  }

  #keyOf(person: Credential): string | undefined {
    return person.totpSealed ? this.seal.open(person.totpSealed, sealContext(person)).toString('utf8') : undefined;
  }
}

function sealContext(person: Credential): string {
  return `authenticator:${person.userId}`;
}

async function refuse(tx: Transaction, person: Credential, proof: string): Promise<'refused'> {
  const failures = await countFailure(tx, person.userId);
  tx.audit({
    ...{ action: 'identity.sign-in-refused', subjectKind: 'user', subjectId: person.userId },
    detail: { proof, failures },
  });
  return 'refused';
}

async function halfSignedIn(tx: Transaction, secret: string): Promise<{ person: Credential; sessionId: string }> {
  const session = await sessionOf(tx, secret);
  const person = session?.isInForce && !session.isProven ? await credentialOf(tx, session.userId) : undefined;
  if (!session || !person) throw signInAgain('This sign-in has run out or was ended.');
  return { person, sessionId: session.id };
}

function councilOf(secret: string): string {
  const authorityId = /^mss_(\d{1,4})_/.exec(secret)?.[1];
  if (authorityId === undefined) throw signInAgain('There is no sign-in to finish.');
  return authorityId;
}
