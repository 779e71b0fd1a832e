import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import {
  givenBackOf,
  type GivenBackPart,
  type GivenBackTerms,
  noSuchGivenBack,
  reachedPayments,
  takeGivenBack,
  withdrawMoneyBack,
} from '../../payments/index.ts';
import { type Command, inputRefused, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { noSuchPaymentOfAward } from '../grant-problems.ts';
import { instalmentsOf, readAward } from '../store/award.store.ts';

/** How much of one payment of an award is given back. */
export interface PartGivenBack {
  readonly paymentId: string;
  readonly amount: Money;
}

/** Takes unspent money of an award back into its fund, for finance, when a family or payee gives it back. */
@Injectable()
export class GiveBack {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Books all of some payments or a part: it is expected on the bank, off what was spent, and can be spent again at once.
   * @returns the number of each part, to be quoted to the bank @throws more_than_was_paid, no_such_payment_of_award, no_such_award
   */
  async run(
    actor: Actor,
    awardId: string,
    parts: readonly PartGivenBack[],
    terms: GivenBackTerms,
    idempotency?: Command['idempotency'],
  ): Promise<{ givenBackIds: string[] }> {
    mustBeAllowed(actor, GiveBack.allowed);
    personActing(actor);
    if (parts.length === 0) throw inputRefused('Nothing is given back.', [{ field: 'parts', reason: 'Say how much.' }]);
    return this.unitOfWork.run({ name: 'grants.give-back', actor, idempotency }, async (tx) => {
      await readAward(tx, awardId, true);
      const givenBackIds = await takeGivenBack(tx, await ofAward(tx, awardId, parts), terms);
      const amounts = parts.map(({ paymentId, amount }) => ({ payment: paymentId, amount: amount.toString() }));
      const detail = { amounts, givenBack: givenBackIds, givenBy: terms.givenBy };
      tx.audit({ action: 'grants.money-given-back', subjectKind: 'award', subjectId: awardId, detail });
      return { givenBackIds };
    });
  }

  /** Writes down that the money did not come. @throws no_such_given_back, given_back_came, fund_overspent, not_in_that_state */
  async withdraw(
    actor: Actor,
    awardId: string,
    givenBackId: string,
    because: string,
    idempotency?: Command['idempotency'],
  ): Promise<{ state: 'withdrawn' }> {
    mustBeAllowed(actor, GiveBack.allowed);
    return this.unitOfWork.run({ name: 'grants.withdraw-given-back', actor, idempotency }, async (tx) => {
      await readAward(tx, awardId, true);
      const row = (await givenBackOf(tx, await sourcesOf(tx, awardId))).find(({ id }) => id === givenBackId);
      if (!row) throw noSuchGivenBack('No money given back of this award has that number.');
      await withdrawMoneyBack(tx, row, because);
      const detail = { givenBack: givenBackId, amount: row.amount };
      tx.audit({ action: 'grants.money-not-given-back', subjectKind: 'award', subjectId: awardId, detail });
      return { state: 'withdrawn' };
    });
  }
}

async function sourcesOf(tx: Transaction, awardId: string): Promise<string[]> {
  return (await instalmentsOf(tx, awardId)).map(({ id }) => id);
}

async function ofAward(tx: Transaction, awardId: string, parts: readonly PartGivenBack[]): Promise<GivenBackPart[]> {
  const reached = new Map(
    (await reachedPayments(tx, await sourcesOf(tx, awardId))).map((payment) => [payment.orderId, payment]),
  );
  if (new Set(parts.map(({ paymentId }) => paymentId)).size !== parts.length)
    throw inputRefused('A payment is named twice.', [{ field: 'parts', reason: 'Name each payment once.' }]);
  return parts.map(({ paymentId, amount }) => {
    const payment = reached.get(paymentId);
    if (!payment) throw noSuchPaymentOfAward(`Payment ${paymentId} is not of this award.`);
    return { payment, amount };
  });
}
