import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { lockReturns, moveReturn, type ReturnRow } from '../store/return.store.ts';

/** Closes a returned payment that is not to be paid again, with a manager's reason. The money stays in "returned". */
@Injectable()
export class CloseReturn {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_return, not_in_that_state */
  run(
    actor: Actor,
    returnId: string,
    because: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ returnId: string }> {
    mustBeAllowed(actor, CloseReturn.allowed);
    const by = personActing(actor);
    return this.unitOfWork.run({ name: 'payments.close-return', actor, idempotency }, async (tx) => {
      const [back] = (await lockReturns(tx, [returnId])) as [ReturnRow];
      await moveReturn(tx, back, 'close', { by, because });
      tx.audit({
        ...{ action: 'payments.return-closed', subjectKind: 'family', subjectId: back.familyId },
        detail: { return: returnId, amount: back.amount },
      });
      return { returnId };
    });
  }
}
