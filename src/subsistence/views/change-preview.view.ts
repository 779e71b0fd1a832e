import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { type FamilyReach, familyReach } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, type PlainDate } from '../../kernel/index.ts';
import { type NoticeFacts, telling, type Told, type ToldPayment } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ChangeEffect } from '../domain/change-effect.ts';
import { type PlanChangeTerms, waitsForNotice } from '../domain/plan-change.ts';
import { effectOf } from '../store/change-content.ts';
import { type ExpectedPayment, plansAhead } from './payments-ahead.view.ts';

const PAYMENTS_TOLD = 8;
/** More than the weeks of a year: the last payment before an end is among them. */
const PAYMENTS_TO_THE_END = 60;

/** What a change of a plan would do, and what its family would be told of it. */
export interface ChangeInNotice {
  readonly effect: ChangeEffect;
  /** Whether it takes effect only once its notice was received in time. */
  readonly waits: boolean;
  readonly reach: FamilyReach;
  /** Absent when no safe way reaches the family: a person has to tell it. */
  readonly told: Told | null;
  readonly noticeDays: number;
  /** The first day anything differs; absent when nothing waits. */
  readonly affectsOn: PlainDate | null;
  /** The last day the family may have the notice. */
  readonly neededBy: PlainDate | null;
  /** The first day the notice allows. */
  readonly earliest: PlainDate;
  readonly isInTime: boolean;
  readonly facts: NoticeFacts;
}

/** Shows what a change of a plan does and what the family is told, before anybody proposes or approves it. */
@Injectable()
export class ChangePreviews {
  constructor(private readonly calendars: Calendars) {}

  /** @throws no_such_plan, no_rate_in_force */
  async of(tx: Transaction, planId: string, terms: PlanChangeTerms): Promise<ChangeInNotice> {
    const { stands, effect } = await effectOf(tx, planId, terms);
    const { familyId } = stands.plan;
    const { earliest, told, reach, noticeDays } = await this.allowed(tx, familyId, terms.kind);
    const waits = waitsForNotice(terms.kind, effect.before.amount, effect.after.amount);
    const from = terms.kind === 'standard' ? null : terms.from;
    const affectsOn = waits ? from : null;
    return {
      ...{ effect, waits, reach, told, earliest, affectsOn, noticeDays: waits ? noticeDays : 0 },
      neededBy: affectsOn && addDays(affectsOn, -noticeDays - 1),
      isInTime: affectsOn === null || affectsOn >= earliest,
      facts: await this.#facts(tx, planId, terms, effect),
    };
  }

  /** Says the first day a change of a kind may hold from, by the family's own way of being told. */
  async allowed(
    tx: Transaction,
    familyId: string,
    kind: PlanChangeTerms['kind'],
  ): Promise<Pick<ChangeInNotice, 'earliest' | 'told' | 'reach' | 'noticeDays'>> {
    const times = await telling(tx, this.calendars);
    const reach = (await familyReach(tx, [familyId])).get(familyId) as FamilyReach;
    const told = times.expected(reach) ?? null;
    const noticeDays = kind === 'end' ? times.policy.endingNoticeDays : times.policy.noticeDays;
    return { reach, told, noticeDays, earliest: times.earliest(told?.receivedOn ?? tx.today, noticeDays) };
  }

  async #facts(tx: Transaction, planId: string, terms: PlanChangeTerms, effect: ChangeEffect): Promise<NoticeFacts> {
    const { reason } = terms;
    const urgent = terms.urgent ? { apology: terms.urgent.apology } : null;
    if (terms.kind === 'standard')
      return {
        ...{ kind: 'decision', outcome: 'approved', about: `the ${terms.standard} standard of support` },
        ...{ reasons: [reason], whatWouldChangeIt: [], elsewhere: [], reviewBy: null },
      };
    const payments = await this.#paymentsAfter(tx, planId, terms);
    if (terms.kind !== 'end')
      return {
        ...{ kind: 'amount', from: terms.from, reason, urgent },
        ...{ weeklyBefore: effect.before.amount.toString(), weeklyAfter: effect.after.amount.toString() },
        next: payments.slice(0, PAYMENTS_TOLD).map(asTold),
      };
    // What is only put right after the end is no payment to wait for.
    const last = payments.findLast((each) => each.amount !== null && each.coversFrom < each.coversTo);
    const isLast = last !== undefined && last.coversTo === terms.from;
    return {
      ...{ kind: 'end', lastDay: addDays(terms.from, -1), reason, urgent },
      lastPayment: isLast ? asTold(last) : null,
    };
  }

  /** Gives a plan's coming payments as they stand, for a family that is told so. */
  async paymentsToTell(tx: Transaction, planId: string): Promise<ToldPayment[]> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const ahead = await plansAhead(tx, [planId], { count: PAYMENTS_TOLD, calendars });
    return (ahead.get(planId)?.payments ?? []).map(asTold);
  }

  async #paymentsAfter(tx: Transaction, planId: string, terms: PlanChangeTerms): Promise<readonly ExpectedPayment[]> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const count = terms.kind === 'end' ? PAYMENTS_TO_THE_END : PAYMENTS_TOLD;
    const ahead = await plansAhead(tx, [planId], { count, calendars, asIfChanged: new Map([[planId, terms]]) });
    return ahead.get(planId)?.payments ?? [];
  }
}

function asTold({ arrivesOn, amount, lastsUntil }: ExpectedPayment): ToldPayment {
  return { arrivesOn, amount, lastsUntil };
}
