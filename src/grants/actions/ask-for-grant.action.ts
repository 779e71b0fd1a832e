import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { FamilyGuest } from '../../notices/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { insertFamilyRequest, type NewFamilyRequest } from '../store/family-request.store.ts';

/** How many working days the council has for an answer. */
const ANSWER_DAYS = 5;

/** Takes in what a family asks for from its own page: a worker takes it up as an application. */
@Injectable()
export class AskForGrant {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** @returns by when the family has an answer @throws too_many_family_requests */
  async run(
    guest: FamilyGuest,
    asked: NewFamilyRequest,
    idempotency?: Command['idempotency'],
  ): Promise<{ requestId: string; answerBy: PlainDate }> {
    const { actor, familyId, sessionId } = guest;
    return this.unitOfWork.run({ name: 'grants.ask-for-grant', actor, idempotency }, async (tx) => {
      const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      const answerBy = council.addWorkingDays(tx.today, ANSWER_DAYS);
      const requestId = await insertFamilyRequest(tx, { familyId, sessionId }, { ...asked, answerBy });
      const detail = { request: requestId, items: asked.codes.length };
      tx.audit({ action: 'grants.family-asked', subjectKind: 'family', subjectId: familyId, detail });
      return { requestId, answerBy };
    });
  }
}
