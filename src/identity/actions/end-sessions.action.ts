import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { personDetail } from '../views/people.view.ts';
import { endSession, endSessionsOf, sessionsOf } from '../store/session.store.ts';

/** Ends sessions: a person's own, or anybody's for an administrator. */
@Injectable()
export class EndSessions {
  static readonly ofOthers: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Signs the person acting out of one of their own sessions; somebody else's is left alone. */
  async own(actor: Actor, sessionId: string): Promise<boolean> {
    const userId = personActing(actor);
    return this.unitOfWork.run({ name: 'identity.sign-out', actor }, async (tx) => {
      const isTheirs = (await sessionsOf(tx, userId)).some((each) => each.id === sessionId);
      if (!isTheirs) return false;
      tx.audit({ action: 'identity.signed-out', subjectKind: 'user', subjectId: userId });
      return endSession(tx, sessionId, 'signed out');
    });
  }

  /** Signs a person out everywhere, for an administrator. @returns how many sessions were open @throws no_such_user */
  async ofPerson(actor: Actor, userId: string): Promise<number> {
    mustBeAllowed(actor, EndSessions.ofOthers);
    return this.unitOfWork.run({ name: 'identity.end-sessions', actor }, async (tx) => {
      await personDetail(tx, userId);
      tx.audit({ action: 'identity.sessions-ended', subjectKind: 'user', subjectId: userId });
      return endSessionsOf(tx, userId, 'ended by an administrator');
    });
  }
}
