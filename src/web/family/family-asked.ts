import { askedByFamily, type FamilyAsked, type FamilyInstalment } from '../../grants/index.ts';
import { noSuchNotice } from '../../notices/index.ts';
import { paymentsOf } from '../../payments/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type PaymentStatus, statusOf } from './family-money.ts';

/** A payment of a grant, in the words families read. */
export interface ShownInstalment {
  readonly amount: string;
  /** The day the money is there, once a run says so; else the first day it can be paid. */
  readonly on: PlainDate;
  readonly status: PaymentStatus | 'stopped';
}

/** Something a family asked for, with its payments as the family sees them. */
export type ShownAsked = Omit<FamilyAsked, 'instalments'> & { readonly payments: readonly ShownInstalment[] };

/** Puts together what a family asked for and what runs have made of its payments. */
export async function shownAsked(tx: Transaction, familyId: string, limit: number): Promise<ShownAsked[]> {
  const asked = await askedByFamily(tx, familyId, limit);
  const ids = asked.flatMap((each) => each.instalments.map(({ id }) => id));
  const lines = (await paymentsOf(tx, ids, ids.length)).filter(({ status }) => status === 'payable');
  const made = new Map(lines.map((line) => [line.sourceId, line]));
  const shown = ({ id, amount, dueOn, state }: FamilyInstalment): ShownInstalment => {
    const line = made.get(id);
    if (state === 'cancelled') return { amount, on: dueOn, status: 'stopped' };
    return line
      ? { amount, on: line.arrivesOn, status: statusOf(line, tx.today) }
      : { amount, on: dueOn, status: 'planned' };
  };
  return asked.map(({ instalments, ...each }) => ({ ...each, payments: instalments.map(shown) }));
}

/** Answers a family that opens what is none of its own, as if it were not there. */
export function noSuchAsked() {
  return noSuchNotice('It is not one of yours.');
}
