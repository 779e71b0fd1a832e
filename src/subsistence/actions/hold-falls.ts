import { Injectable } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { type FamilyReach, familyReach } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { draftNotices, serveNotices, telling, type Telling } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { poundsOfPence } from '../domain/entitlement/payment-of.ts';
import type { KeptLine } from '../domain/entitlement/facts.ts';
import { type Fall, sumOf } from '../domain/falls.ts';
import { dayTotal } from '../domain/week-of.ts';
import { insertFalls, openFalls, type StoredLine } from '../store/fall.store.ts';
import { lockPlans } from '../store/plan.store.ts';
import { type PlanAhead, plansAhead } from '../views/payments-ahead.view.ts';

const PAYMENTS_TOLD = 8;
/** Enough payments to find the first that the longest notice allows. */
const PAYMENTS_AHEAD = 14;

/** A fall of a plan, to be held; perhaps in place of another. */
export type FallToHold = Fall & { readonly planId: string; readonly replaces: string | null };

/** What telling families needs to know of the council. */
interface Council {
  readonly calendars: CouncilCalendars;
  readonly times: Telling;
}

/**
 * Holds amounts that fall by themselves until their families were told: each gets a notice, and goes on getting what it
 * had until that notice was received in time.
 */
@Injectable()
export class HoldFalls {
  constructor(private readonly calendars: Calendars) {}

  /** Holds many at once, some hundreds at most. @returns the number of each fall that was not held already */
  async hold<Given extends FallToHold>(tx: Transaction, falls: readonly Given[]): Promise<Map<Given, string>> {
    const held = new Map<Given, string>();
    const found = await notHeldYet(tx, falls);
    if (found.length === 0) return held;
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const council = { calendars, times: await telling(tx, this.calendars) };
    // Each plan's falls one after the other: the second is told of on top of the first.
    for (let round = firstOfEach(found); round.length > 0; round = firstOfEach(found.filter((fall) => !held.has(fall))))
      for (const [fall, id] of await holdRound(tx, round, council)) held.set(fall, id);
    return held;
  }
}

/** Keeps others from holding falls of these plans meanwhile, and leaves out what somebody held a moment ago. */
async function notHeldYet<Given extends FallToHold>(tx: Transaction, falls: readonly Given[]): Promise<Given[]> {
  if (falls.length === 0) return [];
  const planIds = [...new Set(falls.map((fall) => fall.planId))];
  await lockPlans(tx, planIds);
  const keyOf = ({ cause, memberId }: Pick<Fall, 'cause' | 'memberId'>, planId: string, on: PlainDate): string =>
    `${planId} ${on} ${cause} ${memberId}`;
  const known = new Set((await openFalls(tx, planIds)).map((row) => keyOf(row, row.planId, row.fallsOn)));
  return falls.filter((fall) => !known.has(keyOf(fall, fall.planId, fall.on)));
}

function firstOfEach<Given extends FallToHold>(falls: readonly Given[]): Given[] {
  const plans = new Map<string, Given>();
  for (const fall of falls) if (!plans.has(fall.planId)) plans.set(fall.planId, fall);
  return [...plans.values()];
}

/** Holds one fall of each of some plans. */
async function holdRound<Given extends FallToHold>(
  tx: Transaction,
  falls: readonly Given[],
  council: Council,
): Promise<[Given, string][]> {
  const days = await firstDays(tx, falls, council);
  const told = await lookAhead(tx, falls, council, (fall) => days.get(fall) as PlainDate);
  const written = falls.map((fall) => writtenOf(fall, days.get(fall) as PlainDate, told.get(fall.planId) as PlanAhead));
  const { noticeDays } = council.times.policy;
  const noticeIds = await draftNotices(
    tx,
    written.map(({ familyId, facts, takesEffectOn }) => ({ familyId, facts, affectsOn: takesEffectOn, noticeDays })),
  );
  const ids = await insertFalls(
    tx,
    written.map(({ row }, index) => ({ ...row, noticeId: noticeIds[index] as string })),
  );
  await serveNotices(tx, noticeIds);
  return falls.map((fall, index) => {
    const [id, notice] = [ids[index] as string, noticeIds[index] as string];
    const detail = { fall: id, cause: fall.cause, fallsOn: fall.on, takesEffectOn: days.get(fall), notice };
    tx.audit({ action: 'subsistence.fall-held', subjectKind: 'plan', subjectId: fall.planId, detail });
    return [fall, id];
  });
}

/** Finds the first day each family can be told of, by its own way of being reached. */
async function firstDays<Given extends FallToHold>(tx: Transaction, falls: readonly Given[], council: Council) {
  const ahead = await lookAhead(tx, falls, council, () => null);
  const familyIds = [...ahead.values()].map(({ plan }) => plan.familyId);
  const reach = await familyReach(tx, familyIds);
  const { times } = council;
  const days = new Map<Given, PlainDate>();
  for (const fall of falls) {
    const plan = ahead.get(fall.planId) as PlanAhead;
    const way = times.expected(reach.get(plan.plan.familyId) as FamilyReach);
    days.set(fall, firstDay(fall.on, times.earliest(way?.receivedOn ?? tx.today, times.policy.noticeDays), plan));
  }
  return days;
}

/** What a fall says in its row and in its notice. */
function writtenOf({ planId, cause, memberId, on, lines, replaces }: FallToHold, day: PlainDate, told: PlanAhead) {
  const after = dayTotal(told.facts, day, told.rates);
  const week = { weeklyBefore: poundsOfPence(after + sumOf(lines)), weeklyAfter: poundsOfPence(after) };
  const facts = {
    ...({ kind: 'amount', from: day, reason: '', because: cause, urgent: null, ...week } as const),
    next: told.payments
      .slice(0, PAYMENTS_TOLD)
      .map(({ arrivesOn, amount, lastsUntil }) => ({ arrivesOn, amount, lastsUntil })),
  };
  const row = {
    ...{ planId, cause, memberId, fallsOn: on, takesEffectOn: day, replaces, ...week },
    ...{ keptWeekly: poundsOfPence(sumOf(lines)), lines: lines.map(stored) },
  };
  return { familyId: told.plan.familyId, takesEffectOn: day, facts, row };
}

/** Works out what is to come for the plans of some falls, held to a day; null: without an end. */
function lookAhead<Given extends FallToHold>(
  tx: Transaction,
  falls: readonly Given[],
  { calendars }: Council,
  until: (fall: Given) => PlainDate | null,
): Promise<Map<string, PlanAhead>> {
  const asIfKept = new Map(
    falls.map((fall) => [fall.planId, { fallId: 'new', from: fall.on, to: until(fall), lines: fall.lines }]),
  );
  return plansAhead(tx, [...asIfKept.keys()], { count: PAYMENTS_AHEAD, calendars, asIfKept, asTold: true });
}

/** The day itself where it is far enough ahead; else the first payment whose days are. */
function firstDay(on: PlainDate, earliest: PlainDate, { payments }: PlanAhead): PlainDate {
  if (on >= earliest) return on;
  return payments.find((each) => each.coversFrom >= earliest)?.coversFrom ?? earliest;
}

function stored({ weeklyPence, ...line }: KeptLine): StoredLine {
  return { ...line, weekly: poundsOfPence(weeklyPence) };
}
