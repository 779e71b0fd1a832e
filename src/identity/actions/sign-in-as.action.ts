import { Inject, Injectable } from '@nestjs/common';
import { defineProblem, operatorOf } from '../../kernel/index.ts';
import { CONFIG, type ReadyConfig, UnitOfWork } from '../../platform/index.ts';
import { startSession } from '../store/session.store.ts';
import { userByEmail } from '../views/users.view.ts';

/** Says that this house is no demonstration. */
export const onlyInADemonstration = defineProblem('only_in_a_demonstration', {
  status: 404,
  title: 'There is nothing at this address',
  whatToDo: 'Sign in with your e-mail address, password and code.',
});

/** Lets a visitor of the demonstration in as one of its personas, without a password. Nowhere else. */
@Injectable()
export class SignInAs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** Says whether this house is a demonstration. */
  get isOffered(): boolean {
    return this.config.DEMO_SIGN_IN === 'true' && this.config.NODE_ENV !== 'production';
  }

  /** @returns the secret of a session @throws only_in_a_demonstration, no_such_user */
  async run(authorityId: string, email: string): Promise<string> {
    if (!this.isOffered) throw onlyInADemonstration('This is no demonstration.');
    return this.unitOfWork.run({ name: 'identity.sign-in-as', actor: operatorOf(authorityId) }, async (tx) => {
      const user = await userByEmail(tx, email);
      tx.audit({ action: 'identity.signed-in-as', subjectKind: 'user', subjectId: user.id });
      return startSession(tx, user.id, true);
    });
  }
}
