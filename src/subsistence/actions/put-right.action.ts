import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { familyDetail } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { type Actor, type Allowed, Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { openSameDayRun, paymentDetail } from '../../payments/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { Explanation } from '../domain/explanation.ts';
import { payableArrears } from '../domain/put-right.ts';
import { nothingUnderpaid, paymentNotToPutRight } from '../put-right-problems.ts';
import { insertPutRight } from '../store/put-right.store.ts';
import { lockPlans, plansOfFamily } from '../store/plan.store.ts';
import { plansAhead } from '../views/payments-ahead.view.ts';

/** What was written down, and the run that pays it today. */
export interface PutRightDone {
  readonly putRightId: string;
  readonly runId: string;
  readonly amount: string;
}

/**
 * Puts right the same day, for a caseworker or finance officer: opens a run for it alone, which finance sends, a manager approves
 * and a releaser releases. Nobody types an amount: it is the payment that never arrived, or what is owed for earlier days.
 */
@Injectable()
export class PutRight {
  static readonly allowed: Allowed = { roles: ['caseworker', 'finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  /** Pays today what a family is owed for earlier days. @throws nothing_underpaid, already_put_right, run_about_to_pay, no_such_family */
  underpaid(
    actor: Actor,
    familyId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<PutRightDone> {
    return this.#record(actor, { name: 'subsistence.put-right-underpaid', idempotency }, async (tx) => {
      await familyDetail(tx, familyId);
      // Whoever prices these plans meanwhile waits, or is waited for.
      await lockPlans(tx, await approvedPlans(tx, familyId));
      const owed = await this.owed(tx, familyId);
      if (!owed) throw nothingUnderpaid('The next payment pays nothing for earlier days.');
      const { amount, planId, fundId, explanation } = owed;
      return { kind: 'underpaid', familyId, planId, fundId, amount, reason, explanation, paymentId: null };
    });
  }

  /** Pays a payment again that never arrived and did not come back. @throws payment_not_to_put_right, already_put_right, no_such_line */
  notArrived(
    actor: Actor,
    paymentId: string,
    reason: string,
    idempotency?: Command['idempotency'],
  ): Promise<PutRightDone> {
    return this.#record(actor, { name: 'subsistence.put-right-not-arrived', idempotency }, async (tx) => {
      const { familyId, sourceId, amount, explanation } = await paymentDetail<Explanation>(tx, paymentId);
      const plan = (await plansOfFamily(tx, familyId)).find(({ id }) => id === sourceId);
      if (!plan) throw paymentNotToPutRight('It is no payment of a support plan.');
      const { id: planId, fundId } = plan;
      const empty = { ...explanation, lines: [], backDated: [], carriedIn: 0, carriedOut: 0 };
      return { kind: 'not-arrived', familyId, planId, fundId, amount, reason, explanation: empty, paymentId };
    });
  }

  /** Works out what a family is owed for earlier days, as its next payment would pay it; nothing where that is nothing. */
  async owed(tx: Transaction, familyId: string) {
    const plans = await approvedPlans(tx, familyId);
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const ahead = await plansAhead(tx, plans, { count: 1, calendars });
    for (const { plan, payments } of ahead.values()) {
      const [next] = payments;
      const { arrears, amount } = payableArrears(next?.explanation.backDated ?? []);
      if (!next || !amount.isPositive()) continue;
      const explanation = {
        ...next.explanation,
        lines: [],
        backDated: arrears,
        carriedIn: 0,
        carriedOut: 0,
        flags: [],
      };
      const { recovered: _recovered, ...paid } = explanation;
      return { planId: plan.id, fundId: plan.fundId, amount: amount.toString(), explanation: paid };
    }
    return undefined;
  }

  #record(
    actor: Actor,
    command: Pick<Command, 'idempotency'> & { readonly name: string },
    find: (tx: Transaction) => Promise<Omit<Parameters<typeof insertPutRight>[1], 'recordedBy'>>,
  ): Promise<PutRightDone> {
    mustBeAllowed(actor, PutRight.allowed);
    return this.unitOfWork.run({ ...command, actor }, async (tx) => {
      const found = await find(tx);
      const putRightId = await insertPutRight(tx, { ...found, recordedBy: personActing(actor) });
      const { runId } = await openSameDayRun(tx, putRightId, 'put-right');
      const detail = { putRight: putRightId, kind: found.kind, run: runId, amount: Money.gbp(found.amount) };
      tx.audit({ action: 'subsistence.put-right-recorded', subjectKind: 'family', subjectId: found.familyId, detail });
      return { putRightId, runId, amount: found.amount };
    });
  }
}

async function approvedPlans(tx: Transaction, familyId: string): Promise<string[]> {
  return (await plansOfFamily(tx, familyId)).filter(({ state }) => state === 'approved').map(({ id }) => id);
}
