import type { Transaction } from '../../platform/index.ts';
import type { Originator } from '../rails/rail.ts';
import { waitingOriginator } from '../store/originator.store.ts';

/** Who the council is to the bank, as people see it: the account by its last digits only. */
export interface OriginatorShown {
  readonly serviceUserNumber: string;
  readonly account: string;
  readonly accountName: string;
  readonly referencePrefix: string;
}

/** What waits for a second person. */
export interface OriginatorWaiting extends OriginatorShown {
  readonly id: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

/** Shows the paying account, and the one that waits for a second person. */
export async function originatorShown(
  tx: Transaction,
): Promise<{ now: OriginatorShown | null; waiting: OriginatorWaiting | null }> {
  const now = await tx.maybe<Originator>(
    `select service_user_number as "serviceUserNumber", sort_code as "sortCode", account_number as "accountNumber",
            account_name as "accountName", reference_prefix as "referencePrefix" from payments.originator`,
  );
  const waiting = await waitingOriginator(tx);
  if (!waiting) return { now: now ? masked(now) : null, waiting: null };
  const { id, reason, proposedBy, proposedAt } = waiting;
  return { now: now ? masked(now) : null, waiting: { id, reason, proposedBy, proposedAt, ...masked(waiting) } };
}

function masked({ serviceUserNumber, accountNumber, accountName, referencePrefix }: Originator): OriginatorShown {
  return { serviceUserNumber, account: `••••${accountNumber.slice(-4)}`, accountName, referencePrefix };
}
