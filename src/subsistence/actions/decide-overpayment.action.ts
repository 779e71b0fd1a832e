import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { recoveryIsAgreedFirst } from '../recovery-problems.ts';

/** Tells a manager that no overpayment of that number waits for a decision. */
export const noSuchOverpayment = defineProblem('no_such_overpayment', {
  status: 404,
  title: 'There is no overpayment to decide under that number',
  whatToDo: 'Look at the list: somebody may have decided already.',
});

/** Records that an overpayment is not recovered. What a family pays back is agreed with it first (`ProposeRecovery`). */
@Injectable()
export class DecideOverpayment {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_overpayment, recovery_is_agreed_first */
  async run(actor: Actor, id: string, outcome: 'not_recovered' | 'recovery_agreed', reason: string): Promise<void> {
    mustBeAllowed(actor, DecideOverpayment.allowed);
    if (outcome === 'recovery_agreed')
      throw recoveryIsAgreedFirst('Nothing is taken that nobody agreed with the family.');
    await this.unitOfWork.run({ name: 'subsistence.decide-overpayment', actor }, async (tx) => {
      const decided = await tx.execute(
        `update subsistence.overpayment set outcome = $2, reason = $3, decided_by = $4 where id = $1 and kind = 'found' and outcome is null`,
        [id, outcome, reason, personActing(actor)],
      );
      if (decided !== 1) throw noSuchOverpayment('It is not waiting for a decision.');
      tx.audit({
        action: 'subsistence.overpayment-decided',
        subjectKind: 'overpayment',
        subjectId: id,
        detail: { outcome },
      });
    });
  }
}
