import { Injectable } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { type FamilyReach, familyReach } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, Money, type PlainDate } from '../../kernel/index.ts';
import { draftNotices, serveNotices, telling, type Telling } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { entitlement, type RateTable } from '../domain/entitlement/entitlement.ts';
import type { EntitlementFacts, KeptFacts, KeptLine } from '../domain/entitlement/facts.ts';
import { type Fall, sumOf } from '../domain/falls.ts';
import { insertFall, type StoredLine } from '../store/fall.store.ts';
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

  /** @returns the numbers of the falls, in the order given */
  async hold(tx: Transaction, falls: readonly FallToHold[]): Promise<string[]> {
    if (falls.length === 0) return [];
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const council = { calendars, times: await telling(tx, this.calendars) };
    const held: string[] = [];
    for (const fall of falls) held.push(await holdOne(tx, fall, council));
    return held;
  }
}

async function holdOne(tx: Transaction, fall: FallToHold, council: Council): Promise<string> {
  const kept: KeptFacts = { fallId: 'new', from: fall.on, to: null, lines: fall.lines };
  const ahead = await lookAhead(tx, fall.planId, kept, council);
  const { familyId } = ahead.plan;
  const reach = (await familyReach(tx, [familyId])).get(familyId) as FamilyReach;
  const { noticeDays } = council.times.policy;
  const earliest = council.times.earliest(council.times.expected(reach)?.receivedOn ?? tx.today, noticeDays);
  const takesEffectOn = firstDay(fall.on, earliest, ahead);
  const week = weekAround(ahead.facts, fall.lines, takesEffectOn, ahead.rates);
  const told = await lookAhead(tx, fall.planId, { ...kept, to: takesEffectOn }, council);
  const next = told.payments.slice(0, PAYMENTS_TOLD);
  const facts = {
    ...({ kind: 'amount', from: takesEffectOn, reason: '', because: fall.cause, urgent: null, ...week } as const),
    next: next.map(({ arrivesOn, amount, lastsUntil }) => ({ arrivesOn, amount, lastsUntil })),
  };
  const [noticeId = ''] = await draftNotices(tx, [{ familyId, facts, affectsOn: takesEffectOn, noticeDays }]);
  const { planId, cause, memberId, on: fallsOn, replaces } = fall;
  const keptWeekly = pounds(sumOf(fall.lines));
  const id = await insertFall(tx, {
    ...{ planId, cause, memberId, fallsOn, takesEffectOn, noticeId, replaces, keptWeekly, ...week },
    lines: fall.lines.map(stored),
  });
  await serveNotices(tx, [noticeId]);
  const detail = { fall: id, cause, fallsOn, takesEffectOn, notice: noticeId };
  tx.audit({ action: 'subsistence.fall-held', subjectKind: 'plan', subjectId: planId, detail });
  return id;
}

async function lookAhead(tx: Transaction, planId: string, kept: KeptFacts, { calendars }: Council): Promise<PlanAhead> {
  const asked = { count: PAYMENTS_AHEAD, calendars, asIfKept: new Map([[planId, kept]]) };
  return (await plansAhead(tx, [planId], asked)).get(planId) as PlanAhead;
}

/** The day itself where it is far enough ahead; else the first payment whose days are. */
function firstDay(on: PlainDate, earliest: PlainDate, { payments }: PlanAhead): PlainDate {
  if (on >= earliest) return on;
  return payments.find((each) => each.coversFrom >= earliest)?.coversFrom ?? earliest;
}

function weekAround(facts: EntitlementFacts, lines: readonly KeptLine[], on: PlainDate, rates: RateTable) {
  const after = dayTotal(facts, on, rates);
  return { weeklyBefore: pounds(after + sumOf(lines)), weeklyAfter: pounds(after) };
}

/** Adds up what counts on a day, for whoever compares: weekly pence. */
export function dayTotal(facts: EntitlementFacts, day: PlainDate, rates: RateTable): bigint {
  const { lines } = entitlement(facts, { from: day, to: addDays(day, 1) }, rates);
  return lines.reduce((sum, line) => sum + line.weeklyPence, 0n);
}

function pounds(pence: bigint): string {
  return Money.fromPence(pence).toString();
}

function stored({ weeklyPence, ...line }: KeptLine): StoredLine {
  return { ...line, weekly: pounds(weeklyPence) };
}
