import { Injectable } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { type FamilyReach, familyReach, referencesOf } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, daysBetween, earlier, type PlainDate } from '../../kernel/index.ts';
import { type PayDayFacts, type Telling, telling, type Told, type ToldPayment } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { payDateTerms, rhythmOn, type RhythmMove } from '../domain/pay-rhythm.ts';
import { firstMoved, type MoveTerms } from '../domain/plan-move.ts';
import { arrivals, type ExpectedPayment, type PlanAhead, plansAhead } from './payments-ahead.view.ts';

const PAYMENTS_TOLD = 8;

/** Why a family keeps its day. */
export type KeepsBecause = 'cannot-be-reached' | 'not-in-time' | 'nothing-changes' | 'nothing-promised';

/** An emergency: who asks for it says why, and what is told to the family. */
export interface UrgentTerms {
  readonly reason: string;
  readonly bridging: 'paid' | 'not-needed';
  readonly apology: string;
}

/** What a move is to do, with why. */
export interface MoveAsked extends MoveTerms {
  readonly reason: string;
  readonly urgent: UrgentTerms | null;
}

/** What a move does to one family. */
export interface MovedFamily {
  readonly familyId: string;
  readonly family: string;
  readonly planId: string;
  readonly move: RhythmMove | null;
  /** Absent when the family keeps its day. */
  readonly facts: PayDayFacts | null;
  /** The first day anything differs, by arrival. */
  readonly affectsOn: PlainDate | null;
  readonly noticeDays: number;
  /** The last day the family may have the notice. */
  readonly neededBy: PlainDate | null;
  readonly told: Told | null;
  /** The first new date its notice would allow. */
  readonly earliest: PlainDate | null;
  readonly daysBetween: number | null;
  readonly keeps: KeepsBecause | null;
  readonly reach: FamilyReach;
}

/** Shows what moving pay days would do, family by family, before anybody confirms. */
@Injectable()
export class MovePreviews {
  constructor(private readonly calendars: Calendars) {}

  async of(tx: Transaction, planIds: readonly string[], asked: MoveAsked): Promise<MovedFamily[]> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const times = await telling(tx, this.calendars);
    // Nothing is priced as it is now: of the old dates only the days count.
    const before = await plansAhead(tx, planIds, { count: 0, calendars });
    const familyIds = [...before.values()].map(({ plan }) => plan.familyId);
    const reach = await familyReach(tx, familyIds);
    const moves = new Map<string, RhythmMove>();
    const found = [...before.values()].map((plan) => findMove(plan, reach, times, asked, moves, calendars));
    const after = await plansAhead(tx, [...moves.keys()], { count: PAYMENTS_TOLD, calendars, asIf: moves });
    const references = await referencesOf(tx, familyIds);
    return found.map((each) => {
      const family = references.get(each.familyId) ?? '';
      const ahead = after.get(each.planId);
      if (!each.move || !ahead) return { ...each, family };
      return { ...each, family, ...whatChanges(before.get(each.planId) as PlanAhead, ahead, each, asked) };
    });
  }
}

type Found = Omit<MovedFamily, 'family'>;

/** Finds the dates of one family's move, and whether it can be told in time. */
function findMove(
  ahead: PlanAhead,
  reaches: ReadonlyMap<string, FamilyReach>,
  times: Telling,
  asked: MoveAsked,
  moves: Map<string, RhythmMove>,
  calendars: CouncilCalendars,
): Found {
  const { plan } = ahead;
  const reach = reaches.get(plan.familyId) as FamilyReach;
  const told = times.expected(reach) ?? null;
  const { noticeDays } = times.policy;
  const open = openDates(ahead);
  const none = { familyId: plan.familyId, planId: plan.id, move: null, facts: null, affectsOn: null, neededBy: null };
  const base: Found = { ...none, noticeDays, told, earliest: null, daysBetween: null, keeps: null, reach };
  if (open.length === 0) return { ...base, keeps: 'nothing-promised' };
  const move = firstMoved(plan, open, asked, asked.from);
  if (!move) return { ...base, keeps: changesNothing(plan, asked) ? 'nothing-changes' : 'nothing-promised' };
  if (asked.urgent) return moved(base, moves, plan.id, move);
  if (!told) return { ...base, keeps: 'cannot-be-reached' };
  const arrivesOn = arrivals(ahead.promised, calendars);
  const allowed = firstMoved(plan, open, asked, times.earliest(told.receivedOn, noticeDays), arrivesOn);
  const earliest = allowed ? allowed.newDate : null;
  if (allowed?.oldDate !== move.oldDate) return { ...base, earliest, keeps: 'not-in-time' };
  return moved({ ...base, earliest }, moves, plan.id, move);
}

/** Gives the promised dates that are not paid yet, nor about to be. */
function openDates({ plan, promised, paidTo }: PlanAhead): PlainDate[] {
  if (plan.supportTo && paidTo >= plan.supportTo) return [];
  return promised
    .map(({ payDate }) => payDate)
    .filter((payDate) => paidTo <= (payDateTerms(plan, payDate)?.latestStart ?? ''));
}

function moved(base: Found, moves: Map<string, RhythmMove>, planId: string, move: RhythmMove): Found {
  moves.set(planId, move);
  return { ...base, move };
}

function changesNothing(plan: PlanAhead['plan'], { payDay, frequencyDays, from }: MoveAsked): boolean {
  const present = rhythmOn(plan, from);
  return present.payDay === payDay && (frequencyDays === null || frequencyDays === present.frequencyDays);
}

/** Puts old beside new: what the notice tells, and the day it must be there by. */
function whatChanges(
  before: PlanAhead,
  after: PlanAhead,
  { move, noticeDays }: Found,
  asked: MoveAsked,
): Pick<MovedFamily, 'facts' | 'affectsOn' | 'neededBy' | 'daysBetween' | 'keeps'> {
  const { oldDate, newDate, payDay, frequencyDays } = move as RhythmMove;
  const old = before.promised.find((date) => date.payDate === oldDate);
  const payment = after.payments.find((each) => each.payDate === newDate);
  if (!old || !payment)
    return { facts: null, affectsOn: null, neededBy: null, daysBetween: null, keeps: 'nothing-promised' };
  const bridge = newDate > oldDate ? after.payments.find((each) => each.payDate === oldDate) : undefined;
  const previous = after.payments.findLast((each) => each.payDate < newDate);
  const affectsOn = earlier(old.arrivesOn, payment.arrivesOn);
  const facts: PayDayFacts = {
    ...{ kind: 'pay-day', oldDate: old.arrivesOn, newDate: payment.arrivesOn, newDay: payDay },
    ...{ oldDay: rhythmOn(before.plan, oldDate).payDay, frequencyDays: frequencyDays as 7 | 14 | 28 },
    payment: asTold(payment),
    bridging: bridge?.amount
      ? { arrivesOn: bridge.arrivesOn, amount: bridge.amount, lastsUntil: payment.arrivesOn }
      : null,
    ...{ reason: asked.reason, next: after.payments.map(asTold) },
    urgent: asked.urgent && { apology: asked.urgent.apology },
  };
  const neededBy = addDays(affectsOn, -noticeDays - 1);
  const gap = previous ? daysBetween(previous.arrivesOn, payment.arrivesOn) : null;
  return { facts, affectsOn, neededBy, daysBetween: gap, keeps: null };
}

/** Puts a payment as a notice tells it. */
export function asTold({ arrivesOn, amount, lastsUntil }: ExpectedPayment): ToldPayment {
  return { arrivesOn, amount, lastsUntil };
}
