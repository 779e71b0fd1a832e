import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { confirmedBefore } from '../file-problems.ts';
import { returnStates } from '../returned-payment.states.ts';
import { lockReturns, type ReturnRow } from '../store/return.store.ts';

whenConstraintBreaks('pk_details_confirmation', () => confirmedBefore('Your word is on record.'));

/** Writes down that a person checked the details a payment came back from and found them right. It takes two of them. */
@Injectable()
export class ConfirmDetails {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param reason how they checked @throws no_such_return, not_in_that_state, confirmed_before */
  run(
    actor: Actor,
    returnId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ returnId: string }> {
    mustBeAllowed(actor, ConfirmDetails.allowed);
    const me = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.confirm-details', actor, idempotency }, async (tx) => {
      const [back] = (await lockReturns(tx, [returnId])) as [ReturnRow];
      nextState('The returned payment', returnStates, back.state, 'reissue');
      await tx.query(
        `insert into payments.details_confirmation (authority_id, return_id, confirmed_by, reason) values ($1, $2, $3, $4)`,
        [actor.authorityId, returnId, me, reason],
      );
      tx.audit({
        ...{ action: 'payments.details-confirmed', subjectKind: 'family', subjectId: back.familyId },
        detail: { return: returnId },
      });
      return { returnId };
    });
  }
}
