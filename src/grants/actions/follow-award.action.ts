import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import type { ConferenceGiven } from '../domain/conference.ts';
import { followedUpBefore, noSuchFollowUp } from '../intake-problems.ts';
import { readApplication } from '../store/application.store.ts';
import { answerFollowUp, insertConference } from '../store/follow-up.store.ts';
import { writeGrants } from './see-grants.ts';

/** Writes down, for the worker, what a case conference recommended and what became of an award. */
@Injectable()
export class FollowAward {
  static readonly allowed: Allowed = writeGrants;
  static readonly recorders: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Links a conference's recommendation to an application; it stays as written. @throws conference_refused, no_such_application */
  async recordConference(
    actor: Actor,
    applicationId: string,
    given: ConferenceGiven,
    idempotency?: Command['idempotency'],
  ): Promise<{ conferenceId: string }> {
    mustBeAllowed(actor, FollowAward.recorders);
    return this.unitOfWork.run({ name: 'grants.record-conference', actor, idempotency }, async (tx) => {
      await readApplication(tx, applicationId);
      const conferenceId = await insertConference(tx, applicationId, given);
      const detail = { conference: conferenceId };
      tx.audit({ action: 'grants.conference-recorded', subjectKind: 'application', subjectId: applicationId, detail });
      return { conferenceId };
    });
  }

  /** Writes down what was found when following up an award, once. @throws no_such_follow_up, followed_up_before */
  async answer(actor: Actor, followUpId: string, note: string): Promise<{ applicationId: string }> {
    mustBeAllowed(actor, FollowAward.allowed);
    return this.unitOfWork.run({ name: 'grants.follow-up', actor }, async (tx) => {
      const done = await answerFollowUp(tx, followUpId, note);
      if (done === 'not here') throw noSuchFollowUp('No follow-up of this council has that number.');
      if (done === 'before') throw followedUpBefore('It was answered before.');
      const detail = { followUp: followUpId, kind: done.kind };
      const subject = { subjectKind: 'application', subjectId: done.applicationId };
      tx.audit({ action: 'grants.followed-up', ...subject, detail });
      return { applicationId: done.applicationId };
    });
  }
}
