import { bacsDays, type CouncilCalendars } from '../../calendar/index.ts';
import { earlier, type PlainDate } from '../../kernel/index.ts';
import { lastLines } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { KeptFacts } from '../domain/entitlement/facts.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Arrival } from '../domain/holiday-effect.ts';
import { nextPayDate, payDatesFrom, type RhythmMove } from '../domain/pay-rhythm.ts';
import { paymentsAhead } from '../domain/payments-ahead.ts';
import { factsAfter, type PlanChangeTerms } from '../domain/plan-change.ts';
import type { PaidSoFar, PlanToPrice } from '../domain/price-plan.ts';
import { type PlanWithFacts, plansWithFacts } from '../store/plan-content.ts';
import { paidExplanations } from '../store/put-right.store.ts';
import { recoveriesInEffect } from '../store/recovery.store.ts';
import type { RecoveryTerms } from '../domain/recovery.ts';
import { standingDates } from '../store/promise.store.ts';

/** A payment a family can expect, with its days in full. Money is decimal text; absent where it would be held. */
export interface ExpectedPayment {
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
  readonly amount: string | null;
  /** The day the one after it arrives, or support ends. */
  readonly lastsUntil: PlainDate;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  readonly explanation: Explanation;
}

/** A plan with what is to come for it. */
export interface PlanAhead extends PlanWithFacts {
  /** The dates that stand, from today on, with the days their money arrives. */
  readonly promised: readonly { readonly payDate: PlainDate; readonly arrivesOn: PlainDate }[];
  /** The first day not paid yet; days of a run under way count as paid. */
  readonly paidTo: PlainDate;
  readonly payments: readonly ExpectedPayment[];
}

/** What is asked about coming payments. */
export interface AheadAsked {
  readonly count: number;
  readonly calendars: CouncilCalendars;
  /** Moves as if they were in force, by plan: to show what they would do. */
  readonly asIf?: ReadonlyMap<string, RhythmMove>;
  /** Changes as if they were in effect, by plan. */
  readonly asIfChanged?: ReadonlyMap<string, PlanChangeTerms>;
  /** Falls as if they were held so, by plan, besides those that are. */
  readonly asIfKept?: ReadonlyMap<string, KeptFacts>;
  /** Whether falls that wait end on the day their families were told of: for telling of what comes on top. */
  readonly asTold?: true;
  /** Recoveries as if they were agreed, by plan. */
  readonly asIfRecovered?: ReadonlyMap<string, RecoveryTerms>;
}

/** Works out the coming payments of plans, as runs would price them today, for many plans at once. */
export async function plansAhead(
  tx: Transaction,
  planIds: readonly string[],
  asked: AheadAsked,
): Promise<Map<string, PlanAhead>> {
  const plans = await plansWithFacts(tx, planIds, asked.asTold);
  const paid = new Map((await lastLines(tx, planIds)).map((line) => [line.sourceId, line]));
  const standing = await standingDates(tx, planIds, tx.today);
  const recoveries = await recoveriesInEffect(
    tx,
    plans.map(({ plan }) => plan.familyId),
  );
  const ahead = new Map<string, PlanAhead>();
  for (const each of plans) {
    const last = paid.get(each.plan.id);
    const soFar = last && { ...last, owedSevenths: BigInt(last.owedSevenths) };
    const promised = standing.get(each.plan.id) ?? [];
    const recovery = asked.asIfRecovered?.get(each.plan.id) ?? recoveries.get(each.plan.familyId);
    const payments = await paymentsOf(tx, { ...each, recovery }, soFar, promised, asked);
    ahead.set(each.plan.id, { ...each, promised, payments, paidTo: last?.coversTo ?? each.plan.paidUpTo });
  }
  return ahead;
}

async function paymentsOf(
  tx: Transaction,
  { plan, facts: asTheyAre, rates, recovery }: PlanWithFacts & { readonly recovery: RecoveryTerms | undefined },
  paid: PaidSoFar | undefined,
  promised: readonly Arrival[],
  { count, calendars, asIf, asIfChanged, asIfKept }: AheadAsked,
): Promise<ExpectedPayment[]> {
  const change = asIfChanged?.get(plan.id);
  const held = asIfKept?.get(plan.id);
  const asHeld = held ? { ...asTheyAre, kept: [...(asTheyAre.kept ?? []), held] } : asTheyAre;
  const facts = change ? factsAfter(asHeld, change) : asHeld;
  const move = asIf?.get(plan.id);
  const rhythm = move ? { ...plan, moves: [...plan.moves, move] } : plan;
  const promisedFirst = promised[0]?.payDate;
  if (promisedFirst === undefined || count === 0) return [];
  const first = move?.oldDate === promisedFirst ? earlier(promisedFirst, move.newDate) : promisedFirst;
  const dates = payDatesFrom(rhythm, first, count + 1).filter((date) => calendars.bacs.knows(date));
  const known: PlanToPrice = { facts, rhythm, paidUpTo: plan.paidUpTo };
  const toPrice = recovery ? { ...known, recovery } : known;
  let payments = paymentsAhead(toPrice, paid, dates, rates);
  if (payments === 'needs-past')
    payments = paymentsAhead(toPrice, paid, dates, rates, await paidExplanations(tx, plan.id));
  if (payments === 'needs-past') throw new Error('the past was given and is still needed');
  const arrives = arrivals(promised, calendars);
  return payments.slice(0, count).map((payment) => ({
    ...{ payDate: payment.payDate, arrivesOn: arrives(payment.payDate) },
    ...{ amount: payment.amount?.toString() ?? null, explanation: payment.explanation },
    ...{ coversFrom: payment.period.from, coversTo: payment.period.to },
    lastsUntil: untilNext(nextPayDate(rhythm, payment.payDate), facts.supportTo ?? null, (next) =>
      calendars.bacs.knows(next) ? arrives(next) : payment.period.to,
    ),
  }));
}

function untilNext(
  next: PlainDate,
  supportTo: PlainDate | null,
  arrives: (payDate: PlainDate) => PlainDate,
): PlainDate {
  return supportTo && next >= supportTo ? supportTo : arrives(next);
}

/** Says when money of a pay date arrives: as promised, or earlier where the calendar says so. */
export function arrivals(
  promised: readonly Arrival[],
  { council, bacs }: CouncilCalendars,
): (payDate: PlainDate) => PlainDate {
  const known = new Map(promised.map((each) => [each.payDate, each.arrivesOn]));
  return (payDate) => earlier(known.get(payDate) ?? payDate, bacsDays(payDate, council, bacs).entryDay);
}
