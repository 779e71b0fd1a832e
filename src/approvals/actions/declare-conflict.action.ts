import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { noSuchRequest } from '../approval-problems.ts';
import { actInApprovals } from './see-approvals.ts';

/** What a decider says about themselves and a request. */
export interface Declaration {
  readonly declared: 'none' | 'conflict';
  /** What the conflict is; empty where there is none. */
  readonly about: string;
}

/** Declares, for whoever decides a request, that they have no interest in it, or which. A conflict keeps them out for good. */
@Injectable()
export class DeclareConflict {
  static readonly allowed: Allowed = actInApprovals;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_request, conflict_on_record */
  async run(
    actor: Actor,
    requestId: string,
    declaration: Declaration,
    idempotency?: Command['idempotency'],
  ): Promise<{ declared: string }> {
    mustBeAllowed(actor, DeclareConflict.allowed);
    return this.unitOfWork.run({ name: 'approvals.declare-conflict', actor, idempotency }, async (tx) => {
      if (!(await tx.maybe(`select 1 from approvals.request where id = $1`, [requestId])))
        throw noSuchRequest('No request of this council has that number.');
      await declareConflict(tx, requestId, declaration);
      return { declared: declaration.declared };
    });
  }
}

/** The same, in the transaction of a page or action that asks it together with something else. @throws conflict_on_record */
export async function declareConflict(
  tx: Transaction,
  requestId: string,
  { declared, about }: Declaration,
): Promise<void> {
  await tx.query(
    `insert into approvals.conflict_of_interest (request_id, authority_id, person_id, declared, about) values ($1, $2, $3, $4, $5)`,
    [requestId, tx.actor.authorityId, personActing(tx.actor), declared, declared === 'none' ? '' : about],
  );
  // What the conflict is stays in its own row: it may tell of a family.
  tx.audit({
    action: `approvals.conflict-${declared === 'none' ? 'denied' : 'declared'}`,
    subjectKind: 'approval',
    subjectId: requestId,
  });
}
