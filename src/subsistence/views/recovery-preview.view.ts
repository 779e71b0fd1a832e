import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, lengthInDays, Money, type PlainDate } from '../../kernel/index.ts';
import type { AmountFacts } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { poundsOfPence } from '../domain/entitlement/payment-of.ts';
import { floorOf, keptBack, type RecoveryTerms } from '../domain/recovery.ts';
import { weekOf } from '../domain/week-of.ts';
import { noRecoveryFloor, nothingToRecover } from '../recovery-problems.ts';
import { floorInForce, type RecoveryFloorRow } from '../store/recovery-floor.store.ts';
import { type OverpaymentOwed, overpaymentOwed } from '../store/overpayment.store.ts';
import { plansOfFamily } from '../store/plan.store.ts';
import { type ChangeInNotice, ChangePreviews } from './change-preview.view.ts';
import { type ExpectedPayment, type PlanAhead, plansAhead } from './payments-ahead.view.ts';

const PAYMENTS_AHEAD = 60;
const PAYMENTS_TOLD = 8;
const TO_CHOOSE_FROM = 8;

/** What there is to recover, from whom, and from which payment on: what a form begins with. */
export interface RecoveryGround extends Pick<ChangeInNotice, 'earliest' | 'told' | 'reach' | 'noticeDays'> {
  readonly owed: OverpaymentOwed;
  readonly planId: string;
  readonly floor: RecoveryFloorRow;
  /** The payments that may be the first smaller one: the notice period allows them. */
  readonly choices: readonly ExpectedPayment[];
  readonly ahead: PlanAhead;
}

/** What a recovery would do to a family's money, and what it would be told. Weekly pounds are text. */
export interface RecoveryPreview extends RecoveryGround {
  readonly weeklyBefore: string;
  readonly weeklyAfter: string;
  /** What stays of each week whatever is agreed. */
  readonly floorWeekly: string;
  /** The most that may be agreed a week. */
  readonly mostWeekly: string;
  readonly payments: readonly ExpectedPayment[];
  /** The pay date of the last smaller payment, how much that keeps back, and how many there are. */
  readonly lastOn: PlainDate;
  readonly lastAmount: string;
  readonly count: number;
  readonly isInTime: boolean;
  /** The last day the family may have the notice. */
  readonly neededBy: PlainDate;
  readonly facts: AmountFacts;
}

/** Shows what a recovery does before anybody proposes or approves it. */
@Injectable()
export class RecoveryPreviews {
  constructor(
    private readonly calendars: Calendars,
    private readonly changes: ChangePreviews,
  ) {}

  /** Finds what there is to agree about. @throws nothing_to_recover, no_recovery_floor, no_such_overpayment */
  async ground(tx: Transaction, overpaymentId: string): Promise<RecoveryGround> {
    const owed = await overpaymentOwed(tx, overpaymentId);
    if (!owed.isRecoverable || !Money.gbp(owed.left).isPositive())
      throw nothingToRecover('It is settled, or nothing is left of it.');
    const plans = await plansOfFamily(tx, owed.familyId);
    const plan = plans.find((each) => each.state === 'approved' && (!each.supportTo || each.supportTo > tx.today));
    if (!plan) throw nothingToRecover('No support of this family goes on: there is no payment to make smaller.');
    const floor = await floorInForce(tx);
    if (!floor) throw noRecoveryFloor('Without a floor nothing is recovered.');
    const allowed = await this.changes.allowed(tx, owed.familyId, 'top-up');
    const ahead = await this.#ahead(tx, plan.id);
    const choices = ahead.payments
      .filter((each) => each.coversFrom >= allowed.earliest && each.amount !== null && each.coversTo > each.coversFrom)
      .slice(0, TO_CHOOSE_FROM);
    return { ...allowed, owed, planId: plan.id, floor, choices, ahead };
  }

  /** Works out what an amount a week from a first payment on would do. @throws as `ground` does, no_rate_in_force */
  async of(
    tx: Transaction,
    overpaymentId: string,
    { weekly, startsOn }: { readonly weekly: string; readonly startsOn: PlainDate },
  ): Promise<RecoveryPreview> {
    const ground = await this.ground(tx, overpaymentId);
    const terms = termsOf(ground, weekly, startsOn);
    const { payments } = await this.#ahead(tx, ground.planId, terms);
    const week = { from: startsOn, to: addDays(startsOn, 7) };
    const before = weekOf(ground.ahead.facts, startsOn, ground.ahead.rates).amount.toPence();
    const stays = floorOf(terms.floor, week, before);
    const weeklyAfter = poundsOfPence(before - keptBack(terms, week, before));
    const seen = { weeklyBefore: poundsOfPence(before), weeklyAfter };
    const last = lastOf(payments, terms, ground.ahead);
    return {
      ...{ ...ground, ...seen, ...last, payments },
      ...{ floorWeekly: poundsOfPence(stays), mostWeekly: poundsOfPence(before > stays ? before - stays : 0n) },
      isInTime: startsOn >= ground.earliest,
      neededBy: addDays(startsOn, -ground.noticeDays - 1),
      facts: factsOf(ground, weekly, startsOn, { ...seen, lastOn: last.lastOn, payments }),
    };
  }

  async #ahead(tx: Transaction, planId: string, terms?: RecoveryTerms): Promise<PlanAhead> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const asked = { count: PAYMENTS_AHEAD, calendars };
    const found = await plansAhead(
      tx,
      [planId],
      terms ? { ...asked, asIfRecovered: new Map([[planId, terms]]) } : asked,
    );
    return found.get(planId) as PlanAhead;
  }
}

function termsOf({ owed, floor }: RecoveryGround, weekly: string, startsOn: PlainDate): RecoveryTerms {
  return {
    ...{ overpaymentId: owed.id, startsOn, weeklyPence: Money.gbp(weekly).toPence() },
    leftPence: Money.gbp(owed.left).toPence(),
    floor: { percent: floor.percent, weeklyPence: Money.gbp(floor.weekly).toPence() },
  };
}

/** Finds the last smaller payment; beyond those known, by the days the rest would take. */
function lastOf(
  payments: readonly ExpectedPayment[],
  { startsOn, leftPence }: RecoveryTerms,
  { plan }: PlanAhead,
): Pick<RecoveryPreview, 'lastOn' | 'lastAmount' | 'count'> {
  const smaller = payments.filter(({ explanation }) => explanation.recovered);
  const [first, last] = [smaller[0], smaller.at(-1)];
  if (!first?.explanation.recovered || !last?.explanation.recovered)
    return { lastOn: startsOn, lastAmount: '0.00', count: 0 };
  const left = Money.gbp(last.explanation.recovered.left).toPence();
  const each = Money.gbp(first.explanation.recovered.amount).toPence();
  const more = left > 0n ? Number((left + each - 1n) / each) : 0;
  const rest = leftPence % each;
  return {
    lastOn: addDays(last.payDate, more * plan.frequencyDays),
    lastAmount: more === 0 ? last.explanation.recovered.amount : poundsOfPence(rest === 0n ? each : rest),
    count: smaller.length + more,
  };
}

function factsOf(
  { owed }: RecoveryGround,
  weekly: string,
  from: PlainDate,
  told: Pick<RecoveryPreview, 'weeklyBefore' | 'weeklyAfter' | 'lastOn' | 'payments'>,
): AmountFacts {
  const { weeklyBefore, weeklyAfter, lastOn } = told;
  return {
    ...{ kind: 'amount', from, reason: '', because: 'recovery', urgent: null, weeklyBefore, weeklyAfter },
    recovery: { owed: owed.left, weekly, lastOn },
    next: told.payments
      .filter((each) => lengthInDays({ from: each.coversFrom, to: each.coversTo }) > 0)
      .slice(0, PAYMENTS_TOLD)
      .map(({ arrivesOn, amount, lastsUntil }) => ({ arrivesOn, amount, lastsUntil })),
  };
}
