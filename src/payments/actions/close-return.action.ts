import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { lockOrderBehind, lockReturns, moveReturn, type OrderBehind, type ReturnRow } from '../store/return.store.ts';

/** Closes a returned payment that is not to be paid again, with a manager's reason: its fund has the money again. */
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
      const order = await lockOrderBehind(tx, returnId);
      await moveReturn(tx, back, 'close', { by, because });
      await giveBack(tx, back, order);
      tx.audit({
        ...{ action: 'payments.return-closed', subjectKind: 'family', subjectId: back.familyId },
        detail: { return: returnId, amount: back.amount },
      });
      return { returnId };
    });
  }
}

/** The fund spent nothing on it after all: what came back is in the fund again, and may be used. */
function giveBack(tx: Transaction, { amount }: ReturnRow, order: OrderBehind): Promise<void> {
  const { fundId } = order;
  const facts = { documentId: order.id, leg: order.closed, amount: Money.gbp(amount), effectiveDate: tx.today };
  return postTransfers(tx, [
    { ...facts, kind: 'not-spent', debit: { kind: 'returned' }, credit: { fundId, kind: 'spent' } },
    { ...facts, kind: 'not-used', debit: { fundId, kind: 'used' }, credit: { fundId, kind: 'available' } },
  ]);
}
