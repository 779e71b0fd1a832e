import type { CouncilCalendars } from '../../calendar/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type FamilyPayment, paymentDetail, paymentsOf } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  type ExpectedPayment,
  type Explanation,
  type PlanDetail,
  plansAhead,
  plansFor,
} from '../../subsistence/index.ts';

/** Where a payment stands, in the words families read. */
export type PaymentStatus = 'planned' | 'sent' | 'paid' | 'late';

/** A payment as its family sees it. */
export interface ShownPayment {
  readonly planId: string;
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly amount: string | null;
  readonly lastsUntil: PlainDate;
  readonly status: PaymentStatus;
  readonly explanation: Explanation;
}

/** A family's money: what came last, what comes next, and whether payments have stopped. */
export interface FamilyMoney {
  readonly last?: ShownPayment;
  readonly coming: readonly ShownPayment[];
  readonly hasStopped: boolean;
}

const PAYMENTS_AHEAD = 8;
const PAYMENTS_BACK = 20;

/** Puts together what runs have made of a family's payments and what is still to be priced. @param notArrived days the family says brought nothing */
export async function familyMoney(
  tx: Transaction,
  familyId: string,
  calendars: CouncilCalendars,
  notArrived: readonly (PlainDate | null)[] = [],
): Promise<FamilyMoney> {
  const plans = (await plansFor(tx, familyId)).filter(({ state }) => state === 'approved');
  const planIds = plans.map((plan) => plan.id);
  const lines = (await paymentsOf(tx, planIds, PAYMENTS_BACK)).filter(({ holdCode }) => holdCode !== 'nothing-due');
  const expected = await expectedPayments(tx, planIds, calendars, lines);
  const onTheirWay = lines.filter(({ status, arrivesOn }) => status === 'payable' && arrivesOn >= tx.today);
  const made: ShownPayment[] = [];
  for (const line of onTheirWay) made.push(await shownLine(tx, line, notArrived));
  const coming = inOrder([...made, ...expected]).slice(0, PAYMENTS_AHEAD);
  const before = lines.find(({ arrivesOn }) => arrivesOn < tx.today);
  const last = before && (await shownLine(tx, before, notArrived));
  return {
    ...(last ? { last } : {}),
    coming,
    hasStopped: coming.length === 0 && plans.some((plan) => hasEnded(plan, tx.today)),
  };
}

async function expectedPayments(
  tx: Transaction,
  planIds: readonly string[],
  calendars: CouncilCalendars,
  lines: readonly FamilyPayment[],
): Promise<ShownPayment[]> {
  const made = new Set(lines.filter(({ status }) => status === 'payable').map((line) => line.payDate));
  const ahead = await plansAhead(tx, planIds, { count: PAYMENTS_AHEAD, calendars });
  return [...ahead].flatMap(([planId, { payments }]) =>
    payments.filter(({ payDate }) => !made.has(payDate)).map((payment) => shownExpected(planId, payment)),
  );
}

function shownExpected(planId: string, payment: ExpectedPayment): ShownPayment {
  const { payDate, arrivesOn, amount, lastsUntil, explanation } = payment;
  return { planId, payDate, arrivesOn, amount, lastsUntil, explanation, status: 'planned' };
}

async function shownLine(
  tx: Transaction,
  line: FamilyPayment,
  notArrived: readonly (PlainDate | null)[],
): Promise<ShownPayment> {
  const { explanation } = await paymentDetail<Explanation>(tx, line.id);
  const { planId, payDate, arrivesOn, amount, coversTo } = { ...line, planId: line.sourceId };
  const status = notArrived.includes(arrivesOn) ? 'late' : statusOf(line, tx.today);
  return { planId, payDate, arrivesOn, amount, lastsUntil: coversTo, explanation, status };
}

/** Says where a payment stands: paid once its file was sent and its day has passed; late once its day passed without. */
export function statusOf(
  { status, runState, arrivesOn }: Pick<FamilyPayment, 'status' | 'runState' | 'arrivesOn'>,
  today: PlainDate,
): PaymentStatus {
  const isSent = status === 'payable' && runState === 'exported';
  if (arrivesOn < today) return isSent ? 'paid' : 'late';
  return isSent ? 'sent' : 'planned';
}

/** Puts payments in the order they arrive; each must last until the next. */
function inOrder(payments: readonly ShownPayment[]): ShownPayment[] {
  const sorted = payments.toSorted((a, b) => (a.arrivesOn < b.arrivesOn ? -1 : 1));
  return sorted.map((payment, index) => ({
    ...payment,
    lastsUntil: sorted[index + 1]?.arrivesOn ?? payment.lastsUntil,
  }));
}

function hasEnded({ supportTo }: PlanDetail, today: PlainDate): boolean {
  return supportTo !== null && supportTo <= today;
}
