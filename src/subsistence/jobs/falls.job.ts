import { Injectable, type OnModuleInit } from '@nestjs/common';
import { noticePolicy } from '../../identity/index.ts';
import { addDays, clockOf, earlier, later, type PlainDate } from '../../kernel/index.ts';
import { NoticeOutcomes } from '../../notices/index.ts';
import { lastLines } from '../../payments/index.ts';
import { JobCatalogue, Relay } from '../../outbox/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { type FallToHold, HoldFalls } from '../actions/hold-falls.ts';
import { keepAmount, takeFallIntoEffect } from '../actions/settle-fall.ts';
import { entitlement } from '../domain/entitlement/entitlement.ts';
import { fallsBetween } from '../domain/falls.ts';
import { lookForFalls } from '../fall-jobs.ts';
import { type FallRow, lockFallsInNotice } from '../store/fall.store.ts';
import { type PlanWithFacts, plansWithFacts } from '../store/plan-content.ts';
import { plansInForce } from '../store/plan.store.ts';
import { ChangePreviews } from '../views/change-preview.view.ts';
import { keepUntold, settleReceived, type WaitsForNotice } from './through-notice.ts';

const PLANS_AT_ONCE = 500;
/** Beyond the days of notice, so that a letter and a second way still have their time. */
const DAYS_TO_SPARE = 21;

/** Sees amounts that will fall by themselves coming, holds them, and lets them go when their families were told. */
@Injectable()
export class FallsInNotice implements OnModuleInit {
  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly relay: Relay,
    private readonly unitOfWork: UnitOfWork,
    private readonly outcomes: NoticeOutcomes,
    private readonly falls: HoldFalls,
    private readonly previews: ChangePreviews,
  ) {}

  readonly #fall: WaitsForNotice<FallRow> = {
    kinds: ['amount'],
    lock: lockFallsInNotice,
    takeEffect: (tx, fall) => takeFallIntoEffect(tx, fall, this.previews),
    keep: async (tx, falls, because) => {
      for (const fall of falls) await keepAmount(tx, fall, because, this.previews);
    },
  };

  onModuleInit(): void {
    this.catalogue.handle(lookForFalls, (tx, { after, because }) => this.look(tx, after as string, because as string));
    this.outcomes.whenReceived('amount', (tx, noticeId) => this.received(tx, noticeId));
    this.relay.onTick(async (authorityId) => {
      await this.keepOverdue(authorityId);
      await this.ring(authorityId);
    });
  }

  /** Rings for the first plans of the day; the day's name lets it be rung for once. */
  async ring(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.look-for-falls', actor: clockOf(authorityId) }, async (tx) => {
      tx.announce({ topic: lookForFalls, key: `${tx.today}-0`, payload: { after: '0', because: tx.today } });
    });
  }

  /** Looks at the next some hundreds of plans. Safe to run twice: what is held is not found again. */
  async look(tx: Transaction, after: string, because: string): Promise<void> {
    const ids = await plansInForce(tx, after, PLANS_AT_ONCE);
    const daysAhead = (await noticePolicy(tx)).noticeDays + DAYS_TO_SPARE;
    const paidTo = new Map((await lastLines(tx, ids)).map((line) => [line.sourceId, line.coversTo]));
    const last = addDays(tx.today, daysAhead);
    const found = (await plansWithFacts(tx, ids)).flatMap((each) => {
      const unpaid = later(tx.today, paidTo.get(each.plan.id) ?? each.plan.paidUpTo);
      return fallsAhead(each, addDays(unpaid, -1), last);
    });
    await this.falls.hold(tx, found);
    const lastPlan = ids.length === PLANS_AT_ONCE ? ids.at(-1) : undefined;
    if (lastPlan)
      tx.announce({ topic: lookForFalls, key: `${because}-${lastPlan}`, payload: { after: lastPlan, because } });
  }

  /** A notice arrived: in time, the lower amount holds from its day; too late, the family keeps what it has. */
  received(tx: Transaction, noticeId: string): Promise<void> {
    return settleReceived(tx, noticeId, this.#fall);
  }

  /** Keeps every amount whose family was not told by the last day its notice was needed. */
  async keepOverdue(authorityId: string): Promise<void> {
    await this.unitOfWork.run({ name: 'subsistence.keep-overdue-amounts', actor: clockOf(authorityId) }, (tx) =>
      keepUntold(tx, this.#fall),
    );
  }
}

/** Finds what falls from the day before the first one not paid yet. */
function fallsAhead({ plan, facts, rates }: PlanWithFacts, from: PlainDate, last: PlainDate): FallToHold[] {
  const period = { from: later(from, facts.supportFrom), to: earlier(last, facts.supportTo ?? last) };
  if (period.from >= period.to) return [];
  const { lines } = entitlement(facts, period, rates);
  return fallsBetween([], lines, period, facts.kept ?? []).map((fall) => ({
    ...fall,
    planId: plan.id,
    replaces: null,
  }));
}
