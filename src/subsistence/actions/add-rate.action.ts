import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { insertRates, type NewRate } from '../store/rate.store.ts';

/** Tells an administrator that a rate of that kind already begins on that day. */
export const rateExists = defineProblem('rate_exists', {
  status: 409,
  title: 'There is already a rate from that day',
  whatToDo: 'Rates are never edited: add one from another day.',
});
whenConstraintBreaks('uq_rate_once_a_day', () => rateExists('The table has a rate of that kind from that day.'));

/** Adds rate versions by the operator alone: at set-up, or at the command line. People propose and approve instead. */
@Injectable()
export class AddRates {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws rate_exists */
  async run(actor: Actor, rates: readonly NewRate[]): Promise<void> {
    mustBeAllowed(actor, AddRates.allowed);
    await this.unitOfWork.run({ name: 'subsistence.add-rates', actor }, async (tx) => {
      await insertRates(tx, rates);
      const detail = {
        rates: rates.map(
          (rate) => `${rate.rateTable} ${rate.component} ${rate.weekly.toString()} from ${rate.effectiveFrom}`,
        ),
      };
      tx.audit({ action: 'subsistence.rates-added', subjectKind: 'rates', subjectId: actor.authorityId, detail });
    });
  }
}
