import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, Money, mustBeAllowed, nextState, type PlainDate } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { noSuchVoucher } from '../file-problems.ts';
import { bankExpects } from '../statements/jobs/match-bank.job.ts';
import { insertReturns } from '../store/return.store.ts';
import { lockVouchers, type VoucherRow } from '../store/voucher.store.ts';
import { voucherStates } from '../voucher.states.ts';
import { tellOfReturns } from './tell-of-returns.ts';

/** Notes which vouchers were cashed, as the provider tells. */
@Injectable()
export class SettleVouchers {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_voucher, not_in_that_state */
  redeem(
    actor: Actor,
    voucherIds: readonly string[],
    idempotency?: Command['idempotency'],
  ): Promise<{ redeemed: number }> {
    mustBeAllowed(actor, SettleVouchers.allowed);
    return this.unitOfWork.run({ name: 'payments.redeem-vouchers', actor, idempotency }, async (tx) => {
      const vouchers = await lockVouchers(tx, voucherIds);
      if (vouchers.length !== new Set(voucherIds).size)
        throw noSuchVoucher('One of the numbers is of no voucher here.');
      for (const voucher of vouchers) nextState('The voucher', voucherStates, voucher.state, 'redeem');
      await tx.query(`update payments.voucher set state = 'redeemed', redeemed_on = $2 where id = any ($1::bigint[])`, [
        voucherIds,
        tx.today,
      ]);
      for (const { id, familyId } of vouchers)
        tx.audit({
          ...{ action: 'payments.voucher-redeemed', subjectKind: 'family', subjectId: familyId },
          detail: { voucher: id },
        });
      return { redeemed: vouchers.length };
    });
  }
}

/** Brings back the money of vouchers nobody cashed: each as a return of its own, for somebody to deal with. */
export async function expireVouchers(
  tx: Transaction,
  vouchers: readonly VoucherRow[],
  dueOn: PlainDate,
): Promise<void> {
  if (vouchers.length === 0) return;
  await tx.query(`update payments.voucher set state = 'expired' where id = any ($1::bigint[])`, [
    vouchers.map(({ id }) => id),
  ]);
  const returns = vouchers.map((voucher) => ({
    ...{ paid: { ...voucher, kind: 'voucher', returnId: null } as const, code: 'expired', dueOn },
  }));
  const ids = await insertReturns(tx, returns);
  tx.announce({ topic: bankExpects, key: `voucher-${vouchers[0]?.id}`, payload: {} });
  await postTransfers(
    tx,
    vouchers.map(({ amount }, at) => ({
      ...{ documentId: ids[at] as string, kind: 'return', amount: Money.gbp(amount), effectiveDate: tx.today },
      ...{ debit: { kind: 'clearing' }, credit: { kind: 'returned' } },
    })),
  );
  for (const [at, { id, familyId }] of vouchers.entries())
    tx.audit({
      ...{ action: 'payments.voucher-expired', subjectKind: 'family', subjectId: familyId },
      detail: { voucher: id, return: ids[at] },
    });
  await tellOfReturns(tx, ids);
}
