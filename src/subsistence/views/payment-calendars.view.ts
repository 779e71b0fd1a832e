import { Injectable } from '@nestjs/common';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { type Channel, type FamilyReach, familyReach, referencesOf } from '../../families/index.ts';
import { authorityOf, noticePolicy } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { telling, type Telling } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { calendarDueOn, type Quarter, quarterAfter, quarterOf } from '../domain/calendar-quarter.ts';
import { type Arrival, earlyBetween } from '../domain/holiday-effect.ts';
import { type CalendarIssue, listIssues, plansInQuarter } from '../store/calendar-issue.store.ts';

/** A quarter whose calendar is out, or is to go out. */
export interface QuarterAhead extends Quarter {
  /** The day it goes out by itself. */
  readonly dueOn: PlainDate;
  /** Pay dates whose money comes early. */
  readonly early: readonly Arrival[];
  readonly issue: CalendarIssue | null;
}

/** Whom a calendar would reach, and how. */
export interface CalendarReach {
  readonly families: number;
  readonly byWay: Readonly<Record<Exclude<Channel, 'call'>, number>>;
  /** Families nothing can be sent to: a person tells them. */
  readonly unreached: readonly { readonly familyId: string; readonly family: string }[];
}

const QUARTERS_SHOWN = 24;

/** Answers which payment calendars are out, which is next, and whom it reaches. */
@Injectable()
export class PaymentCalendars {
  constructor(private readonly calendars: Calendars) {}

  /** Gives the present quarter and the next, each with the day its calendar is due. */
  async ahead(tx: Transaction): Promise<QuarterAhead[]> {
    const { noticeDays } = await noticePolicy(tx);
    const calendars = await this.of(tx);
    const issues = await listIssues(tx, QUARTERS_SHOWN);
    const present = quarterOf(tx.today);
    return [present, quarterAfter(present)].map((quarter) => {
      const early = earlyBetween(quarter.from, quarter.to, calendars);
      const issue = issues.find(({ from }) => from === quarter.from) ?? null;
      return { ...quarter, early, issue, dueOn: calendarDueOn(quarter, early[0]?.arrivesOn, noticeDays) };
    });
  }

  /** Says whom a quarter's calendar would reach if it went out today. */
  async reach(tx: Transaction, quarter: Quarter): Promise<CalendarReach> {
    const plans = await plansInQuarter(tx, quarter);
    const reach = await familyReach(
      tx,
      plans.map((each) => each.familyId),
    );
    const times = await telling(tx, this.calendars);
    const byWay = { sms: 0, email: 0, letter: 0 };
    const missed: string[] = [];
    for (const { familyId } of plans) {
      const way = calendarWay(reach.get(familyId), times);
      if (way) byWay[way] += 1;
      else missed.push(familyId);
    }
    const references = await referencesOf(tx, missed);
    const unreached = missed.map((familyId) => ({ familyId, family: references.get(familyId) ?? '' }));
    return { families: plans.length - missed.length, byWay, unreached };
  }

  async of(tx: Transaction): Promise<CouncilCalendars> {
    return this.calendars.of(tx, (await authorityOf(tx)).division);
  }
}

/** Says how a calendar goes to a family: as a letter where that is safe; nothing when only a person can tell it. */
export function calendarWay(family: FamilyReach | undefined, times: Telling): Exclude<Channel, 'call'> | undefined {
  if (family?.ways.includes('letter')) return 'letter';
  const way = family && times.expected(family)?.way;
  return way === 'call' ? undefined : way;
}
