import { Injectable } from '@nestjs/common';
import { bacsDays, Calendars } from '../../calendar/index.ts';
import { membersForPricing } from '../../families/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { addDays, Money, nextPayDay, payDays, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { costToYearEnd, yearEnd } from '../domain/change-effect.ts';
import type { PlanProposal } from '../domain/check-plan.ts';
import type { EntitlementFacts } from '../domain/entitlement/facts.ts';
import { type Week, weekOf } from '../domain/week-of.ts';
import { rateTables } from '../store/rate.store.ts';

const DATES_SHOWN = 4;

/** What a plan nobody has proposed yet would come to, and when its first money would arrive. */
export interface PlanPreview {
  readonly week: Week;
  readonly toYearEnd: { readonly day: PlainDate; readonly cost: Money };
  readonly dates: readonly { readonly payDate: PlainDate; readonly arrivesOn: PlainDate }[];
}

/** Works out plans before they are proposed, for the caseworker who is answering questions. */
@Injectable()
export class PlanPreviews {
  constructor(private readonly calendars: Calendars) {}

  /** @throws no_rate_in_force */
  async of(tx: Transaction, familyId: string, plan: PlanProposal): Promise<PlanPreview> {
    const facts = factsOfProposal(plan, await membersForPricing(tx, [familyId]));
    const rates = (await rateTables(tx)).get('guide') ?? new Map();
    const cost = costToYearEnd(facts, rates, plan.supportFrom, tx.today);
    return {
      week: weekOf(facts, plan.supportFrom, rates),
      toYearEnd: { day: yearEnd(tx.today), cost },
      dates: await this.#dates(tx, plan),
    };
  }

  async #dates(tx: Transaction, { supportFrom, supportTo, payDay, frequencyDays }: PlanProposal) {
    const { council, bacs } = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const first = nextPayDay(supportFrom, payDays[payDay - 1] ?? 'monday');
    return Array.from({ length: DATES_SHOWN }, (_, index) => addDays(first, index * frequencyDays))
      .filter((payDate) => (!supportTo || payDate < supportTo) && bacs.knows(payDate))
      .map((payDate) => ({ payDate, arrivesOn: bacsDays(payDate, council, bacs).entryDay }));
  }
}

function factsOfProposal(plan: PlanProposal, members: EntitlementFacts['members']): EntitlementFacts {
  const { supportFrom, supportTo, standard, override, topUps } = plan;
  const pence = (weekly: string): bigint => Money.gbp(weekly).toPence();
  return {
    ...{ supportFrom, supportTo, standard, members },
    overrides: override ? [{ weeklyPence: pence(override.weekly), reason: override.reason }] : [],
    topUps: topUps.map(({ memberId, weekly, reason }, index) => ({
      ...{ id: String(index), memberId, reason, weeklyPence: pence(weekly) },
    })),
  };
}
