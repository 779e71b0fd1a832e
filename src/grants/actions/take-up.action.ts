import { Injectable } from '@nestjs/common';
import { AddFamily, familyByReference, type NewFamily, noSuchFamily, referencesOf } from '../../families/index.ts';
import { type Actor, type Allowed, mustBeAllowed, nextState } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { familyRequestStates } from '../family-request.states.ts';
import { referralStates } from '../referral.states.ts';
import { moveFamilyRequest, readFamilyRequest } from '../store/family-request.store.ts';
import { moveReferral, readReferral, type ReferralRow } from '../store/referral.store.ts';
import { beginApplication } from './begin-application.ts';
import { writeGrants } from './see-grants.ts';

/** Whose application it becomes: a family found by number or by reference, or a new one under a reference. */
export type WhoseReferral =
  { readonly familyId: string } | { readonly reference: string } | { readonly newReference: string };

type Options = Pick<Command, 'idempotency'>;

/** Takes up what a partner or a family asked for, for the worker: an application begins with it; or answers it in words. */
@Injectable()
export class TakeUp {
  static readonly allowed: Allowed = writeGrants;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addFamily: AddFamily,
  ) {}

  /** Matches a referral to a family, or adds one, and begins its application. @throws not_in_that_state, no_such_family, reference_taken */
  async referral(
    actor: Actor,
    id: string,
    given: { readonly whose: WhoseReferral; readonly fundCode: string },
    options: Options = {},
  ): Promise<{ applicationId: string; familyId: string }> {
    mustBeAllowed(actor, TakeUp.allowed);
    return this.unitOfWork.run({ name: 'grants.take-up-referral', actor, ...options }, async (tx) => {
      const referral = await readReferral(tx, id, true);
      nextState('The referral', referralStates, referral.state, 'take_up');
      const familyId = await this.#family(tx, referral, given.whose);
      const applicationId = await beginApplication(tx, familyId, { ...referral, fundCode: given.fundCode });
      await moveReferral(tx, referral, 'take_up', { familyId, applicationId });
      const detail = { application: applicationId, isNew: 'newReference' in given.whose };
      tx.audit({ action: 'grants.referral-taken-up', subjectKind: 'referral', subjectId: id, detail });
      return { applicationId, familyId };
    });
  }

  /** Closes a referral without an application. The agency sees that it was looked at; the reason stays with the council. */
  async closeReferral(actor: Actor, id: string, reason: string): Promise<{ state: string }> {
    mustBeAllowed(actor, TakeUp.allowed);
    return this.unitOfWork.run({ name: 'grants.close-referral', actor }, async (tx) => {
      await moveReferral(tx, await readReferral(tx, id, true), 'close', { answer: reason });
      tx.audit({ action: 'grants.referral-closed', subjectKind: 'referral', subjectId: id });
      return { state: 'closed' };
    });
  }

  /** Begins the application a family asked for. @throws not_in_that_state, no_such_family_request, no_such_fund */
  async request(actor: Actor, id: string, fundCode: string, options: Options = {}): Promise<{ applicationId: string }> {
    mustBeAllowed(actor, TakeUp.allowed);
    return this.unitOfWork.run({ name: 'grants.take-up-request', actor, ...options }, async (tx) => {
      const request = await readFamilyRequest(tx, id, true);
      nextState('The request', familyRequestStates, request.state, 'take_up');
      const applicationId = await beginApplication(tx, request.familyId, { ...request, fundCode });
      await moveFamilyRequest(tx, request, 'take_up', { applicationId });
      const detail = { application: applicationId, request: id };
      tx.audit({ action: 'grants.request-taken-up', subjectKind: 'family', subjectId: request.familyId, detail });
      return { applicationId };
    });
  }

  /** Answers a family's request without an application. @throws not_in_that_state, no_such_family_request */
  async answerRequest(actor: Actor, id: string, answer: string): Promise<{ state: string }> {
    mustBeAllowed(actor, TakeUp.allowed);
    return this.unitOfWork.run({ name: 'grants.answer-request', actor }, async (tx) => {
      const request = await readFamilyRequest(tx, id, true);
      await moveFamilyRequest(tx, request, 'answer', { answer });
      const detail = { request: id };
      tx.audit({ action: 'grants.request-answered', subjectKind: 'family', subjectId: request.familyId, detail });
      return { state: 'answered' };
    });
  }

  async #family(tx: Transaction, referral: ReferralRow, whose: WhoseReferral): Promise<string> {
    if ('newReference' in whose)
      return (await this.addFamily.within(tx, familyReferred(referral, whose.newReference, tx.actor.userId ?? null)))
        .familyId;
    const id = 'familyId' in whose ? whose.familyId : await familyByReference(tx, whose.reference);
    if ((await referencesOf(tx, [id])).has(id)) return id;
    throw noSuchFamily('No family of this council has that number.');
  }
}

/** A family as a referral tells of it. Nothing is sent to it until somebody asked which ways are safe. */
function familyReferred(referral: ReferralRow, reference: string, ownerId: string | null): NewFamily {
  return {
    ...{ reference, ownerId, team: null, bank: null },
    members: [{ relationship: 'lead', name: referral.leadName, born: referral.born, due: null }],
    reach: { language: 'en', contact: 'no', mobile: null, email: null },
    place: { line1: null, line2: null, town: null, postcode: null, ward: null },
  };
}
