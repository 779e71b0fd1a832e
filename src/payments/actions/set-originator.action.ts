import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { Originator } from '../rails/rail.ts';
import { putOriginator } from '../store/originator.store.ts';

/** Says who the council is to the bank, by the operator alone: at set-up, or at the command line. People propose and approve. */
@Injectable()
export class SetOriginator {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, originator: Originator): Promise<void> {
    mustBeAllowed(actor, SetOriginator.allowed);
    await this.unitOfWork.run({ name: 'payments.set-originator', actor }, async (tx) => {
      await putOriginator(tx, originator);
      tx.audit({ action: 'payments.originator-set', subjectKind: 'council', subjectId: actor.authorityId });
    });
  }
}
