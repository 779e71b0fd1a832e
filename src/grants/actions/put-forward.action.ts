import { Injectable } from '@nestjs/common';
import { propose, voidRequest } from '../../approvals/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { applicationStates } from '../application.states.ts';
import {
  type ApplicationContent,
  applicationFingerprint,
  totalAsked,
  unanswered,
  whatIsSigned,
} from '../domain/grant-application.ts';
import { approvalKindOf } from '../domain/approval-kind.ts';
import { checkKinds, type CheckFound } from '../domain/checks.ts';
import { applicationRefused, noSuchCheck } from '../grant-problems.ts';
import {
  type ApplicationRow,
  lockApplication,
  moveApplication,
  readApplication,
  writersOf,
} from '../store/application.store.ts';
import { resolveCheck } from '../store/check.store.ts';
import { itemsOf } from '../store/item.store.ts';
import { keepPutForward } from '../store/put-forward.store.ts';
import { runChecks } from './run-checks.ts';
import { writeGrants } from './see-grants.ts';
import { mustBeAsSeen } from './write-application.action.ts';

/** An application that waits for a manager. */
export interface Recommended {
  readonly requestId: string;
  readonly amount: string;
  readonly fingerprint: string;
  readonly checks: readonly CheckFound[];
}

/** Puts an application forward, for the worker: answers checked, then recommended to a manager; or takes it back for good. */
@Injectable()
export class PutForward {
  static readonly allowed: Allowed = writeGrants;
  static readonly resolvers: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Hands the answers in and runs the checks. @throws application_refused naming what is missing, application_moved_on */
  async submit(actor: Actor, id: string, seen?: number): Promise<{ state: string; checks: readonly CheckFound[] }> {
    mustBeAllowed(actor, PutForward.allowed);
    return this.unitOfWork.run({ name: 'grants.submit-application', actor }, async (tx) => {
      const application = mustBeAsSeen(await lockApplication(tx, id), seen);
      nextState('The application', applicationStates, application.state, 'submit');
      const missing = unanswered(application, await itemsOf(tx, [id]));
      if (missing.length > 0) throw applicationRefused(`${missing.length} answers are missing.`, missing);
      await moveApplication(tx, application, 'submit', { submitted_on: application.submittedOn ?? tx.today });
      const checks = await runChecks(tx, application);
      tx.audit({ action: 'grants.application-submitted', subjectKind: 'application', subjectId: id });
      return { state: 'submitted', checks };
    });
  }

  /** Recommends it to a manager, in the worker's own words. @throws not_in_that_state, application_moved_on */
  async recommend(
    actor: Actor,
    id: string,
    recommendation: string,
    { seen, ...options }: Partial<Command> & { seen?: number } = {},
  ): Promise<Recommended> {
    mustBeAllowed(actor, PutForward.allowed);
    return this.unitOfWork.run({ name: 'grants.recommend', actor, ...options }, async (tx) => {
      const application = mustBeAsSeen(await lockApplication(tx, id), seen);
      nextState('The application', applicationStates, application.state, 'recommend');
      const checks = await runChecks(tx, application);
      const { fingerprint, amount, content } = await contentOf(tx, { ...application, recommendation });
      await keepPutForward(tx, id, fingerprint, content);
      const about = { subjectId: id, familyId: application.familyId, touchedBy: await writersOf(tx, id) };
      const requestId = await propose(tx, { kind: approvalKindOf(application), ...about, fingerprint, amount });
      await moveApplication(tx, application, 'recommend', {
        ...{ recommendation, recommended_by: personActing(actor), approval_id: requestId },
      });
      const detail = { request: requestId, amount, fingerprint: fingerprint.toString('hex') };
      tx.audit({ action: 'grants.application-recommended', subjectKind: 'application', subjectId: id, detail });
      return { requestId, amount: amount.toString(), fingerprint: fingerprint.toString('hex'), checks };
    });
  }

  /** Writes down what a person found where a check needs one. @throws no_such_check, no_such_application */
  async resolve(actor: Actor, id: string, kind: string, note: string): Promise<{ kind: string }> {
    mustBeAllowed(actor, PutForward.resolvers);
    personActing(actor);
    return this.unitOfWork.run({ name: 'grants.resolve-check', actor }, async (tx) => {
      await lockApplication(tx, id);
      const isKnown = (checkKinds as readonly string[]).includes(kind);
      if (!isKnown || !(await resolveCheck(tx, id, kind, note)))
        throw noSuchCheck(`Nothing is to be found for "${kind}".`);
      tx.audit({ action: 'grants.check-resolved', subjectKind: 'application', subjectId: id, detail: { kind } });
      return { kind };
    });
  }

  /** Takes an application back for good; it stays on record. @throws not_in_that_state once it was decided */
  async withdraw(actor: Actor, id: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, PutForward.allowed);
    return this.unitOfWork.run({ name: 'grants.withdraw-application', actor }, async (tx) => {
      const application = await lockApplication(tx, id);
      nextState('The application', applicationStates, application.state, 'withdraw');
      if (application.state === 'recommended') await voidRequest(tx, application.approvalId as string, reason);
      await moveApplication(tx, await readApplication(tx, id), 'withdraw', {}, reason);
      tx.audit({ action: 'grants.application-withdrawn', subjectKind: 'application', subjectId: id });
      return { state: 'withdrawn' };
    });
  }
}

/** Digests an application as it stands, and adds up what it asks for. */
export async function contentOf(
  tx: Transaction,
  application: ApplicationRow,
): Promise<{ fingerprint: Buffer; amount: ReturnType<typeof totalAsked>; content: ApplicationContent }> {
  const items = await itemsOf(tx, [application.id]);
  const content = whatIsSigned({ ...application, items });
  return { fingerprint: applicationFingerprint(content), amount: totalAsked(items), content };
}
