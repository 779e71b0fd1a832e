import { Money, nextState, personActing } from '../../kernel/index.ts';
import { postTransfers, type Transfer } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { givenBackCame, moreThanWasPaid } from '../given-back-problems.ts';
import { givenBackStates } from '../given-back.states.ts';
import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { lockMatching } from '../statements/store/match.store.ts';
import {
  fundOfOrder,
  type GivenBackRow,
  type GivenBackTerms,
  insertGivenBack,
  type ReachedPayment,
  withdrawGivenBack,
} from '../store/given-back.store.ts';

/** How much of which payment. */
export interface GivenBackPart {
  readonly payment: ReachedPayment;
  readonly amount: Money;
}

/**
 * Takes money of payments back into their fund, for finance: it is expected on the bank, off what was spent, and can be
 * spent again. The room above says which payments somebody may name.
 * @returns the number of each part
 * @throws more_than_was_paid
 */
export async function takeGivenBack(
  tx: Transaction,
  parts: readonly GivenBackPart[],
  terms: GivenBackTerms,
): Promise<string[]> {
  const recordedBy = personActing(tx.actor);
  const ids: string[] = [];
  for (const { payment, amount } of parts) {
    if (amount.compare(Money.gbp(payment.left)) > 0)
      throw moreThanWasPaid(`Of payment ${payment.orderId} at most £${payment.left} can be given back.`, [
        { field: `part-${payment.orderId}`, reason: `At most £${payment.left} of this payment can be given back.` },
      ]);
    const { id, leg } = await insertGivenBack(tx, payment.orderId, amount.toString(), { ...terms, recordedBy });
    const of = { documentId: payment.orderId, leg, amount, effectiveDate: tx.today };
    await postTransfers(tx, [backToFund(of, payment.fundId), spendable(of, payment.fundId)]);
    ids.push(id);
  }
  tx.announce({ topic: bankExpects, key: `given-back-${ids[0]}`, payload: {} });
  return ids;
}

/** Writes down that money which was to be given back did not come: it is spent, as before. @throws given_back_came, fund_overspent */
export async function withdrawMoneyBack(tx: Transaction, row: GivenBackRow, because: string): Promise<void> {
  await lockMatching(tx);
  nextState('This money', givenBackStates, row.state, 'withdraw');
  if (!Money.gbp(row.shown).isZero()) throw givenBackCame(`The bank shows £${row.shown} of it.`);
  await withdrawGivenBack(tx, row.id, personActing(tx.actor), because);
  const fundId = await fundOfOrder(tx, row.orderId);
  const of = { documentId: row.orderId, leg: row.leg, amount: Money.gbp(row.amount), effectiveDate: tx.today };
  await postTransfers(tx, [
    { ...of, kind: 'not-given-back', debit: { fundId, kind: 'spent' }, credit: { kind: 'clearing' } },
    { ...of, kind: 'use-again', debit: { fundId, kind: 'available' }, credit: { fundId, kind: 'used' } },
  ]);
}

type Of = Pick<Transfer, 'documentId' | 'leg' | 'amount' | 'effectiveDate'>;

function backToFund(of: Of, fundId: string): Transfer {
  return { ...of, kind: 'give-back', debit: { kind: 'clearing' }, credit: { fundId, kind: 'spent' } };
}

function spendable(of: Of, fundId: string): Transfer {
  return { ...of, kind: 'put-back', debit: { fundId, kind: 'used' }, credit: { fundId, kind: 'available' } };
}
