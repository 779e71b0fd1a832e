import { Injectable } from '@nestjs/common';
import { noticePolicy, seeAdministration } from '../../identity/index.ts';
import {
  type Actor,
  addDays,
  type Allowed,
  defineProblem,
  Money,
  mustBeAllowed,
  personActing,
} from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type RateComponent, rateComponents } from '../domain/entitlement/facts.ts';
import { rateTables } from '../store/rate.store.ts';
import { insertRateProposal } from '../store/rate-proposal.store.ts';
import { ratesEffect, type RatesToBe } from '../views/rates.view.ts';
import { rateExists } from './add-rate.action.ts';

/** New rates with why, and whether the proposer was told of families already paid. */
export interface RatesToPropose extends RatesToBe {
  readonly reason: string;
  readonly acceptsBackDating: boolean;
}

/** Tells a proposer that families are already paid for some of these days. */
export const ratesBackDated = defineProblem('rates_back_dated', {
  status: 409,
  title: 'Families are already paid for some of these days',
  whatToDo: 'Choose a later day, or say that you mean it: the difference becomes arrears, or overpayments to decide.',
});
/** Tells a proposer that a table cannot be priced by unless it has a rate for everybody. */
export const ratesIncomplete = defineProblem('rates_incomplete', {
  status: 422,
  title: 'A new table needs an amount for everything',
  whatToDo: 'Give all four weekly amounts; an extra your council does not pay is 0.00.',
});

/** Tells a proposer that families cannot be told in time of rates that are lower. */
export const lowerRatesTooSoon = defineProblem('lower_rates_too_soon', {
  status: 422,
  title: 'Lower rates begin too soon for families to be told',
  whatToDo: 'Choose a day after the council’s days of notice.',
});

/** Proposes new rates of a table from a day on. They are in force once another person approves them. */
@Injectable()
export class ProposeRates {
  static readonly allowed: Allowed = { roles: ['administrator', 'finance'] };
  static readonly seen: Allowed = { roles: [...seeAdministration.roles, 'caseworker'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the proposal's number @throws rate_exists, rates_back_dated, rates_incomplete, already_proposed */
  async run(
    actor: Actor,
    rates: RatesToPropose,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeRates.allowed);
    return this.unitOfWork.run({ name: 'subsistence.propose-rates', actor, idempotency }, async (tx) => {
      await mustFit(tx, rates);
      await mustLeaveTimeToTell(tx, rates);
      const { backDatedFor } = await ratesEffect(tx, rates);
      if (backDatedFor > 0 && !rates.acceptsBackDating) throw ratesBackDated(`${backDatedFor} families are.`);
      const { rateTable, effectiveFrom, amounts, reason } = rates;
      const proposal = { rateTable, effectiveFrom, amounts, reason, backDatedFor, proposedBy: personActing(actor) };
      const proposalId = await insertRateProposal(tx, proposal);
      const detail = { rateTable, effectiveFrom, amounts, backDatedFor };
      tx.audit({ action: 'subsistence.rates-proposed', subjectKind: 'rate-proposal', subjectId: proposalId, detail });
      return { proposalId };
    });
  }
}

/** Refuses lower rates that begin before families can be told. @throws lower_rates_too_soon */
async function mustLeaveTimeToTell(tx: Transaction, { rateTable, effectiveFrom, amounts }: RatesToBe): Promise<void> {
  const { noticeDays } = await noticePolicy(tx);
  const earliest = addDays(tx.today, noticeDays + 1);
  if (effectiveFrom >= earliest) return;
  const table = (await rateTables(tx)).get(rateTable);
  for (const [component, weekly] of Object.entries(amounts)) {
    const before = table?.get(component as RateComponent)?.findLast((rate) => rate.effectiveFrom < effectiveFrom);
    if (!before || Money.gbp(weekly).toPence() >= before.weeklyPence) continue;
    const reason = `Families are told of lower rates first: ${earliest} is the earliest day.`;
    throw lowerRatesTooSoon(reason, [{ field: 'effectiveFrom-day', reason }]);
  }
}

/** Refuses a day on which such a rate begins already, and a new table that leaves something out. */
export async function mustFit(tx: Transaction, { rateTable, effectiveFrom, amounts }: RatesToBe): Promise<void> {
  const rows = await tx.query<{ component: string; sameDay: boolean }>(
    `select component, bool_or(effective_from = $2) as "sameDay" from subsistence.rate where rate_table = $1 group by 1`,
    [rateTable, effectiveFrom],
  );
  const taken = rows.find((row) => row.sameDay && row.component in amounts);
  if (taken) {
    const reason = `A rate for "${taken.component}" begins on that day already.`;
    throw rateExists(reason, [{ field: 'effectiveFrom-day', reason }]);
  }
  const known = new Set([...rows.map((row) => row.component), ...Object.keys(amounts)]);
  const missing = rateComponents.filter((component) => !known.has(component));
  if (missing.length > 0)
    throw ratesIncomplete(
      `${missing.length} amounts are missing.`,
      missing.map((component) => ({ field: component, reason: 'Give an amount, such as 0.00.' })),
    );
}
