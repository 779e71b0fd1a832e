import { Injectable } from '@nestjs/common';
import {
  type Actor,
  type Allowed,
  defineProblem,
  type Money,
  mustBeAllowed,
  type PlainDate,
} from '../../kernel/index.ts';
import { UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import type { RateComponent } from '../domain/entitlement/facts.ts';

/** A rate from a day on, with why and by whom. */
export interface NewRate {
  readonly rateTable: string;
  readonly component: RateComponent;
  readonly weekly: Money;
  readonly effectiveFrom: PlainDate;
  readonly rationale: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
}

/** Tells an administrator that a rate of that kind already begins on that day. */
export const rateExists = defineProblem('rate_exists', {
  status: 409,
  title: 'There is already a rate from that day',
  whatToDo: 'Rates are never edited: add one from another day.',
});
whenConstraintBreaks('uq_rate_once_a_day', () => rateExists('The table has a rate of that kind from that day.'));

/** Adds rate versions, for an administrator. Two named people stand behind each. */
@Injectable()
export class AddRates {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws rate_exists */
  async run(actor: Actor, rates: readonly NewRate[]): Promise<void> {
    mustBeAllowed(actor, AddRates.allowed);
    await this.unitOfWork.run({ name: 'subsistence.add-rates', actor }, async (tx) => {
      await tx.query(
        `insert into subsistence.rate (authority_id, rate_table, component, weekly, effective_from, rationale, proposed_by, approved_by)
         select $1, r."rateTable", r.component, r.weekly, r."effectiveFrom", r.rationale, r."proposedBy", r."approvedBy"
           from jsonb_to_recordset($2::jsonb) as r("rateTable" text, component text, weekly kernel.gbp, "effectiveFrom" date,
             rationale text, "proposedBy" bigint, "approvedBy" bigint)`,
        [actor.authorityId, JSON.stringify(rates)],
      );
      const detail = {
        rates: rates.map(
          (rate) => `${rate.rateTable} ${rate.component} ${rate.weekly.toString()} from ${rate.effectiveFrom}`,
        ),
      };
      tx.audit({ action: 'subsistence.rates-added', subjectKind: 'rates', subjectId: actor.authorityId, detail });
    });
  }
}
