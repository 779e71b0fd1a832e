import { type FamilyPayment, paymentDetail } from '../../payments/index.ts';
import { referencesOf } from '../../families/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchOverpayment } from '../actions/decide-overpayment.action.ts';
import type { BackDated, Explanation } from '../domain/explanation.ts';
import { plansByIds, topUpsOf } from '../store/plan.store.ts';

/** An overpayment with what became of it; `withdrawn` ones take back, without paying, what was found before. */
export interface OverpaymentRow {
  readonly id: string;
  readonly planId: string;
  readonly lineId: string;
  readonly kind: 'found' | 'withdrawn';
  readonly amount: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
}

const COLUMNS = `id, plan_id as "planId", line_id as "lineId", kind, amount::numeric(14,2)::text as amount, outcome, reason,
  decided_by as "decidedBy"`;

/** Lists overpayments, those to decide first. */
export function listOverpayments(tx: Transaction, limit: number): Promise<OverpaymentRow[]> {
  return tx.query(
    `select ${COLUMNS} from subsistence.overpayment order by kind = 'withdrawn', outcome is not null, id limit $1`,
    [limit],
  );
}

/** An overpayment as a list shows it: whose, and found by the payment of which pay date. */
export interface OverpaymentListed extends OverpaymentRow {
  readonly familyId: string;
  readonly family: string;
  readonly payDate: PlainDate;
}

/** Lists overpayments that wait, or that are settled, the oldest or the newest first. @param after the last number before */
export async function overpaymentsListed(
  tx: Transaction,
  which: 'waiting' | 'settled',
  after: string | undefined,
  limit: number,
): Promise<OverpaymentListed[]> {
  const rows = await tx.query<OverpaymentRow>(
    which === 'waiting'
      ? `select ${COLUMNS} from subsistence.overpayment where kind = 'found' and outcome is null and id > $2 order by id limit $1`
      : `select ${COLUMNS} from subsistence.overpayment where (kind = 'withdrawn' or outcome is not null)
            and ($2::bigint is null or id < $2) order by id desc limit $1`,
    [limit, after ?? (which === 'waiting' ? '0' : null)],
  );
  const plans = new Map(
    (
      await plansByIds(
        tx,
        rows.map((row) => row.planId),
      )
    ).map((plan) => [plan.id, plan.familyId]),
  );
  const references = await referencesOf(tx, [...plans.values()]);
  const listed: OverpaymentListed[] = [];
  for (const row of rows) {
    const familyId = plans.get(row.planId) ?? '';
    const { payDate } = await paymentDetail<Explanation>(tx, row.lineId);
    listed.push({ ...row, familyId, family: references.get(familyId) ?? '', payDate });
  }
  return listed;
}

/** One thing that was paid too much: what, whose, from which day on it counts no longer, and why where that is known. */
export interface OverpaidItem extends BackDated {
  readonly since: PlainDate | null;
  readonly why: 'left' | 'support-ended' | 'top-up-ended' | 'changed';
}

/** An overpayment with everything a person decides from. */
export interface OverpaymentDetail extends OverpaymentRow {
  readonly familyId: string;
  /** The payment that found it. */
  readonly payment: FamilyPayment;
  readonly paidFrom: PlainDate;
  readonly items: readonly OverpaidItem[];
}

/** Shows one overpayment: found by which payment, for whom, since when and why. @throws no_such_overpayment */
export async function overpaymentDetail(
  tx: Transaction,
  id: string,
  leftOn: (familyId: string) => Promise<ReadonlyMap<string, PlainDate | null>>,
): Promise<OverpaymentDetail> {
  const row = await tx.maybe<OverpaymentRow>(`select ${COLUMNS} from subsistence.overpayment where id = $1`, [id]);
  if (!row) throw noSuchOverpayment('No overpayment of this council has that number.');
  const [plan] = await plansByIds(tx, [row.planId]);
  if (!plan) throw new Error(`overpayment ${id} has no plan`);
  const { explanation, ...payment } = await paymentDetail<Explanation>(tx, row.lineId);
  const [topUps, left] = [await topUpsOf(tx, [plan.id]), await leftOn(plan.familyId)];
  const kind = row.kind === 'found' ? 'overpaid' : 'withdrawn';
  const items = explanation.backDated
    .filter((change) => change.kind === kind)
    .map((change): OverpaidItem => {
      const since = (day: PlainDate | null | undefined): day is PlainDate => Boolean(day && day < payment.coversFrom);
      const [member, topUp] = [left.get(change.memberId ?? ''), topUps.find((each) => each.id === change.topUpId)?.to];
      if (since(member)) return { ...change, since: member, why: 'left' };
      if (since(topUp)) return { ...change, since: topUp, why: 'top-up-ended' };
      if (since(plan.supportTo)) return { ...change, since: plan.supportTo, why: 'support-ended' };
      return { ...change, since: null, why: 'changed' };
    });
  return { ...row, familyId: plan.familyId, payment, paidFrom: plan.paidUpTo, items };
}
