import { Money } from '../../kernel/index.ts';
import { recoveredSoFar } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchOverpayment } from '../actions/decide-overpayment.action.ts';

/** What became of an overpayment's money. Pounds are text; `left` counts payments under way as paid back. */
export interface OverpaymentOwed {
  readonly id: string;
  readonly familyId: string;
  readonly amount: string;
  readonly paidBack: string;
  readonly givenUp: string | null;
  readonly left: string;
  readonly outcome: 'not_recovered' | 'recovery_agreed' | null;
  /** Whether a recovery of it may be agreed: found, and not settled otherwise. */
  readonly isRecoverable: boolean;
}

/** Reads what is left to recover of an overpayment, and of which family. @throws no_such_overpayment */
export async function overpaymentOwed(tx: Transaction, id: string, forUpdate = false): Promise<OverpaymentOwed> {
  const row = await tx.maybe<Omit<OverpaymentOwed, 'paidBack' | 'left' | 'isRecoverable'> & { kind: string }>(
    `select o.id, p.family_id as "familyId", o.amount::numeric(14,2)::text as amount, o.outcome, o.kind,
            g.amount::numeric(14,2)::text as "givenUp"
       from subsistence.overpayment o join subsistence.plan p on p.id = o.plan_id
       left join subsistence.given_up g on g.overpayment_id = o.id where o.id = $1${forUpdate ? ' for update of o' : ''}`,
    [id],
  );
  if (!row) throw noSuchOverpayment('No overpayment of this council has that number.');
  const { kind, ...owed } = row;
  const paid = (await recoveredSoFar(tx, [id])).get(id);
  const left = owed.givenUp ? Money.zero : Money.gbp(owed.amount).minus(Money.gbp(paid?.all ?? '0.00'));
  const isRecoverable = kind === 'found' && owed.outcome !== 'not_recovered' && owed.givenUp === null;
  return { ...owed, paidBack: paid?.posted ?? '0.00', left: left.toString(), isRecoverable };
}

/** Writes down that an overpayment is recovered as agreed; done before, nothing. @returns whether it was written */
export async function agreeRecovery(tx: Transaction, id: string, decidedBy: string, reason: string): Promise<boolean> {
  const written = await tx.execute(
    `update subsistence.overpayment set outcome = 'recovery_agreed', reason = $2, decided_by = $3 where id = $1 and outcome is null`,
    [id, reason, decidedBy],
  );
  return written === 1;
}

/** Writes down that the rest of an overpayment is not recovered. */
export async function insertGivenUp(
  tx: Transaction,
  { id, left }: Pick<OverpaymentOwed, 'id' | 'left'>,
  reason: string,
  by: string,
): Promise<void> {
  await tx.query(
    `insert into subsistence.given_up (overpayment_id, authority_id, amount, reason, given_up_by) values ($1, $2, $3, $4, $5)`,
    [id, tx.actor.authorityId, left, reason, by],
  );
}
