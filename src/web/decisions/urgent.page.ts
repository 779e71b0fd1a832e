import { Controller } from '@nestjs/common';
import { referencesOf } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { roles } from '../../kernel/index.ts';
import { countUrgentMoveHomes, urgentMoveHomes } from '../../notices/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { countMovedUrgently, countUrgentChanges, plansByIds, urgentChanges, movesIn } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { moveUrl } from '../pay-days/pay-days.urls.ts';
import { decisionUrls } from './decisions.urls.ts';

const LISTED = 50;

/** A change that was made without the notice a family is owed. */
interface UrgentChangeMade {
  readonly id: string;
  readonly what: string;
  readonly href: string;
  /** Whose; of a pay day that moved for many, how many. */
  readonly familyId: string | null;
  readonly families: number;
  readonly why: string;
  readonly apology: string;
  readonly by: string | null;
}

/** Every change that was made without the notice families are owed, the newest first: who allowed it, and why. */
@Controller()
export class UrgentChangesPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.urgent, title: 'Urgent changes', audit: null },
    allowed: { roles: roles.filter((role) => ['manager', 'administrator', 'auditor', 'finance'].includes(role)) },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const before = /^\d{1,18}$/.test(visit.query.before ?? '') ? (visit.query.before ?? null) : null;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const all = [...(await plansChanged(tx, before)), ...(await homes(tx, before)), ...(await payDays(tx, before))];
      const made = all.toSorted((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1)).slice(0, LISTED);
      const families = await referencesOf(
        tx,
        made.flatMap(({ familyId }) => familyId ?? []),
      );
      const names = await namesOf(
        tx,
        made.map(({ by }) => by),
      );
      const next = all.length > LISTED ? made.at(-1)?.id : undefined;
      return {
        made: made.map((each) => ({
          ...{ ...each, family: families.get(each.familyId ?? ''), name: names.get(each.by ?? '') },
        })),
        ...{ next, counts: await countsOf(tx) },
      };
    });
    return show('decisions/urgent.njk', data);
  }
}

async function countsOf(tx: Transaction) {
  return {
    ...{ plans: await countUrgentChanges(tx), homes: await countUrgentMoveHomes(tx) },
    payDays: await countMovedUrgently(tx),
  };
}

async function plansChanged(tx: Transaction, before: string | null): Promise<UrgentChangeMade[]> {
  const changes = await urgentChanges(tx, before, LISTED + 1);
  const plans = await plansByIds(
    tx,
    changes.map(({ planId }) => planId),
  );
  const familyOf = new Map(plans.map(({ id, familyId }) => [id, familyId]));
  return changes.map(({ id, planId, kind, urgent, decidedBy: by }) => ({
    ...{ id, what: kind, href: `/plan-changes/${id}`, familyId: familyOf.get(planId) ?? null, families: 1, by },
    ...{ why: urgent?.reason ?? '', apology: urgent?.apology ?? '' },
  }));
}

async function homes(tx: Transaction, before: string | null): Promise<UrgentChangeMade[]> {
  const moves = await urgentMoveHomes(tx, before, LISTED + 1);
  return moves.map(({ id, familyId, urgent, urgentBy: by }) => ({
    ...{ id, what: 'home', href: `/moves-home/${id}`, familyId, families: 1, by },
    ...{ why: urgent?.reason ?? '', apology: urgent?.apology ?? '' },
  }));
}

async function payDays(tx: Transaction, before: string | null): Promise<UrgentChangeMade[]> {
  const moves = await movesIn(tx, ['approved'], before, LISTED + 1, true);
  return moves.map(({ id, chosen, kept, urgentReason, apology, decidedBy: by }) => ({
    ...{ id, what: 'pay-day', href: moveUrl(id), familyId: null, families: chosen - kept, by },
    ...{ why: urgentReason ?? '', apology: apology ?? '' },
  }));
}
