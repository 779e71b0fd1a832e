import { Money } from '../../kernel/index.ts';
import { balances } from '../../ledger/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Proves that what is in "returned" is exactly what came back and nobody has dealt with. @returns one sentence a fault */
export async function verifyReturns(tx: Transaction): Promise<string[]> {
  const { kept } = await tx.one<{ kept: string }>(
    `select coalesce(sum(amount), 0)::numeric(14,2)::text as kept from payments.returned_payment where state = 'open'`,
  );
  const account = (await balances(tx)).find(({ kind }) => kind === 'returned');
  const standing = account ? Money.gbp(account.credits).minus(Money.gbp(account.debits)) : Money.zero;
  return standing.equals(Money.gbp(kept))
    ? []
    : [`£${kept} came back and waits, the ledger has £${standing.toString()} in "returned"`];
}
