import { Controller } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.ts';
import { familyDetail, seeFamilies } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { paymentsOf } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { plansFor } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

const PAYMENTS_SHOWN = 26;

/** One family: who they are, what they are owed and when, what they were paid, what happened. */
@Controller()
export class FamilyPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

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
      return { family, plans, payments: await paymentsOf(tx, planIds, PAYMENTS_SHOWN), today: tx.today };
    });
    return show('families/family.njk', { ...data, mayChange: mayChange(visit) });
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.history, title: 'What happened to a family', allowed: seeFamilies },
    ...{ audit: 'families.history-seen', subject: 'family' },
  })
  async history(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, id);
      const events = await this.trail.about(tx, 'family', id);
      const names = await namesOf(
        tx,
        events.map((event) => event.actorId),
      );
      return {
        family,
        events: events.map((event) => ({ ...event, who: names.get(event.actorId ?? '') ?? 'Mainstay' })),
      };
    });
    return show('families/history.njk', data);
  }
}

function mayChange(visit: Visit): boolean {
  return visit.person.roles.some((role) => role === 'caseworker' || role === 'manager');
}
