import { Money } from '../../kernel/index.ts';
import { balances } from '../../ledger/index.ts';
import { recoveredSoFar } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';

interface Agreed {
  readonly id: string;
  readonly amount: string;
  readonly givenUp: string;
}

/**
 * Proves for an auditor that what families owe back in the ledger is what was agreed, less what payments were smaller by and
 * what was given up. @returns one sentence a fault
 */
export async function verifyRecoveries(tx: Transaction): Promise<{ checked: number; faults: string[] }> {
  const agreed = await tx.query<Agreed>(
    `select o.id, o.amount::numeric(14,2)::text as amount, coalesce(g.amount, 0)::numeric(14,2)::text as "givenUp"
       from subsistence.overpayment o left join subsistence.given_up g on g.overpayment_id = o.id
      where o.outcome = 'recovery_agreed' and exists (select from subsistence.recovery r where r.overpayment_id = o.id)`,
  );
  const paidBack = await recoveredSoFar(
    tx,
    agreed.map(({ id }) => id),
  );
  const left = agreed.map(({ id, amount, givenUp }) =>
    Money.gbp(amount)
      .minus(Money.gbp(givenUp))
      .minus(Money.gbp(paidBack.get(id)?.posted ?? '0.00')),
  );
  const account = (await balances(tx)).find(({ kind }) => kind === 'recoverable');
  const standing = Money.gbp(account?.debits ?? '0.00')
    .minus(Money.gbp(account?.credits ?? '0.00'))
    .toString();
  const faults = left.flatMap((each, index) =>
    each.compare(Money.zero) < 0 ? [`more of overpayment ${agreed[index]?.id} was paid back than it came to`] : [],
  );
  const sum = Money.sum(left).toString();
  if (sum !== standing) faults.push(`the ledger says ${standing} is owed back, the agreements ${sum}`);
  return { checked: agreed.length, faults };
}
