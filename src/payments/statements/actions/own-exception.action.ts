import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../../platform/index.ts';
import type { ExceptionKind } from '../views/exceptions.view.ts';

/** Says who looks after something that does not tie, and what is known of it so far. */
@Injectable()
export class OwnException {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The last word counts; the words before stay on record. */
  async run(
    actor: Actor,
    about: { readonly kind: ExceptionKind; readonly subjectId: string },
    { ownerId, note }: { readonly ownerId: string; readonly note: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ ownerId: string }> {
    mustBeAllowed(actor, OwnException.allowed);
    return this.unitOfWork.run({ name: 'payments.own-exception', actor, idempotency }, async (tx) => {
      await tx.query(
        `insert into payments.bank_exception_owner (authority_id, kind, subject_id, owner_id, note, said_by) values ($1, $2, $3, $4, $5, $6)`,
        [actor.authorityId, about.kind, about.subjectId, ownerId, note, personActing(actor)],
      );
      const detail = { kind: about.kind, owner: ownerId };
      tx.audit({
        action: 'payments.exception-owned',
        subjectKind: 'bank-exception',
        subjectId: about.subjectId,
        detail,
      });
      return { ownerId };
    });
  }
}
