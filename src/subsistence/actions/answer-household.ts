import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type HouseholdChanged, HouseholdOutcomes } from '../../families/index.ts';
import { later, type PlainDate } from '../../kernel/index.ts';
import { tellThatItStays, withdrawNotices } from '../../notices/index.ts';
import { postedExplanations } from '../../payments/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { poundsOfPence } from '../domain/entitlement/payment-of.ts';
import type { EntitlementFacts } from '../domain/entitlement/facts.ts';
import type { Explanation } from '../domain/explanation.ts';
import { householdEffect } from '../domain/household-effect.ts';
import { type FallRow, insertAnswer, moveFall, openFalls } from '../store/fall.store.ts';
import { type PlanWithFacts, plansWithFacts } from '../store/plan-content.ts';
import { type PlanRow, plansOfFamily } from '../store/plan.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { HoldFalls } from './hold-falls.ts';

const REPLACED = 'The household changed again.';

/** Works out, in the step that changes a household, what that does to its payments. What falls is held until it is told. */
@Injectable()
export class AnswerHousehold implements OnModuleInit {
  constructor(
    private readonly households: HouseholdOutcomes,
    private readonly falls: HoldFalls,
    private readonly previews: ChangePreviews,
  ) {}

  onModuleInit(): void {
    this.households.whenChanged((tx, changed) => this.answer(tx, changed));
  }

  /** Answers for each plan of the family that is in force, and for each person whose row changed. */
  async answer(tx: Transaction, changed: HouseholdChanged): Promise<void> {
    const inForce = (await plansOfFamily(tx, changed.familyId)).filter(
      ({ state, supportTo }) => state === 'approved' && (!supportTo || supportTo > tx.today),
    );
    for (const { id } of inForce) for (const member of changed.changed) await this.#answerFor(tx, id, changed, member);
  }

  async #answerFor(
    tx: Transaction,
    planId: string,
    { cause, before }: HouseholdChanged,
    { id: memberId, version }: { id: string; version: number },
  ): Promise<void> {
    const [stands] = (await plansWithFacts(tx, [planId])) as [PlanWithFacts];
    const own = (await openFalls(tx, [planId])).filter((fall) => isOfHousehold(fall) && fall.memberId === memberId);
    const was: EntitlementFacts = { ...stands.facts, members: before };
    const effect = householdEffect(was, without(stands.facts, own), await firstUnpaid(tx, stands.plan), stands.rates);
    await letGo(tx, own);
    const fall = { planId, cause, memberId, on: effect.on, lines: effect.lost, replaces: own[0]?.id ?? null };
    const fallId = effect.lost.length === 0 ? null : ((await this.falls.hold(tx, [fall])).get(fall) ?? null);
    if (fallId === null)
      for (const { noticeId } of own)
        await tellThatItStays(tx, noticeId, () => this.previews.paymentsToTell(tx, planId));
    const [weeklyBefore, weeklyAfter] = [poundsOfPence(effect.before), poundsOfPence(effect.after)];
    await insertAnswer(tx, { planId, memberId, memberVersion: version, weeklyBefore, weeklyAfter, fallId });
  }
}

function isOfHousehold({ cause }: FallRow): boolean {
  return cause === 'left' || cause === 'pregnancy-ended' || cause === 'birth-corrected';
}

function without(facts: EntitlementFacts, falls: readonly FallRow[]): EntitlementFacts {
  const gone = new Set(falls.map((fall) => fall.id));
  return { ...facts, kept: (facts.kept ?? []).filter((each) => !gone.has(each.fallId)) };
}

async function letGo(tx: Transaction, falls: readonly FallRow[]): Promise<void> {
  for (const { id } of falls) await moveFall(tx, id, 'replaced');
  await withdrawNotices(
    tx,
    falls.map((fall) => fall.noticeId),
    REPLACED,
  );
}

/** The first day no posted run paid: an open run may still be cancelled. */
async function firstUnpaid(tx: Transaction, { id, paidUpTo }: PlanRow): Promise<PlainDate> {
  const paid = (await postedExplanations<Explanation>(tx, id)).filter((each) => each.isPaid);
  return paid.reduce((last, { explanation }) => later(last, explanation.to), paidUpTo);
}
