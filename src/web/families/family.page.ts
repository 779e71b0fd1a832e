import { Controller } from '@nestjs/common';
import {
  ChangeFamily,
  familyDetail,
  type FamilyDetail,
  type FamilyMember,
  isToBeAskedAgain,
  OpenBankDetails,
  seeFamilies,
} from '../../families/index.ts';
import { applicationsListed, WriteApplication } from '../../grants/index.ts';
import { namesOf, ownerTitle } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { moveHomesOf } from '../../notices/index.ts';
import { type FamilyPayment, paymentsOf, reasonOf } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import {
  changesOfPlans,
  openFalls,
  type PlanDetail,
  planGlances,
  plansFor,
  putRightsOfFamily,
  recoveriesOfFamily,
} from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { movesOf } from './pay-day-moves.ts';
import { familyUrls } from './families.urls.ts';

const PAYMENTS_SHOWN = 26;

/** One family: who they are, what they are owed and when, what they were paid, how to reach them. */
@Controller()
export class FamilyPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.family, title: 'A family', allowed: seeFamilies },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  async family(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, id);
      const plans = await plansFor(tx, id);
      const planIds = plans.map((plan) => plan.id);
      const putRight = (await putRightsOfFamily(tx, id)).map((each) => each.id);
      const payments = (await paymentsOf(tx, [...planIds, ...putRight], PAYMENTS_SHOWN)).map(saidWhy);
      const ownerIs = await ownerTitle(tx, family.ownerId);
      const payDays = { moves: await movesOf(tx, planIds), now: (await planGlances(tx, [id])).get(id) };
      const changes = await changesOfPlans(tx, planIds);
      return {
        falls: await openFalls(tx, planIds),
        recoveries: await recoveriesOfFamily(tx, id),
        ...{ family, plans, payments, payDays, ownerIs, today: tx.today, names: await namesOf(tx, [family.ownerId]) },
        openChanges: changes.filter(({ state }) => ['proposed', 'waiting', 'kept'].includes(state)),
        grants: await applicationsListed(tx, { familyId: id, limit: 10 }),
        move: (await moveHomesOf(tx, [family.id])).find(({ state }) => state === 'planned'),
      };
    });
    const inForce = data.plans.find((plan) => isInForce(plan, data.today));
    return show('families/family.njk', {
      ...{ ...data, inForce, next: inForce?.promised[0] },
      ...{
        owner: data.names.get(data.family.ownerId ?? ''),
        waits: data.plans.find(({ state }) => state === 'proposed'),
      },
      ...{
        askAgain: isToBeAskedAgain(data.family.ways.safeCheckedOn, data.today),
        unwritten: unwrittenWays(data.family),
      },
      ...{ awaited: awaited(data.family.members), people: peopleOn(data.today, data.family.members) },
      ...{ mayChange: holds(visit, ChangeFamily.allowed.roles), mayOpen: holds(visit, OpenBankDetails.allowed.roles) },
      mayPropose: holds(visit, ['caseworker']),
      mayPutRight: inForce !== undefined && holds(visit, ['caseworker', 'finance']),
      mayAskForGrants: holds(visit, WriteApplication.allowed.roles),
    });
  }
}

/** Finds the ways that are safe and lack a number or an address. */
function unwrittenWays({ contact, ways, openWays }: FamilyDetail): string[] {
  return contact === 'no' ? [] : ways.safeChannels.filter((way) => !openWays.includes(way));
}

/** Finds the pregnancies that still wait for somebody to say what became of them. */
function awaited(members: readonly FamilyMember[]): string[] {
  const open = members.filter((member) => member.due && !member.birthRecordedOn && !member.leftOn);
  return open.map((member) => member.id);
}

/** Counts the people who live there on a day: no babies on their way, nobody who left. */
function peopleOn(today: PlainDate, members: readonly FamilyMember[]): number {
  const born = members.filter((member) => member.born !== null || member.due === null);
  return born.filter(({ joinedOn, leftOn }) => (joinedOn ?? today) <= today && (leftOn === null || leftOn > today))
    .length;
}

function isInForce({ state, supportTo }: PlanDetail, today: PlainDate): boolean {
  return state === 'approved' && (supportTo === null || supportTo > today);
}

function holds({ person }: Visit, roles: readonly string[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

/** Says in plain words why a payment came back. */
function saidWhy(payment: FamilyPayment): FamilyPayment & { returnReason: string } {
  return { ...payment, returnReason: payment.returnCode === null ? '' : reasonOf(payment.returnCode).words };
}
