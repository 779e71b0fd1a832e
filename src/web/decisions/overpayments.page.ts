import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import {
  DecideOverpayment,
  overpaymentDetail,
  overpaymentOwed,
  overpaymentsListed,
  PauseRecovery,
  ProposeRecovery,
  recoveriesOfOverpayment,
  seePlans,
} from '../../subsistence/index.ts';
import { Money } from '../../kernel/index.ts';
import { recoveringLines } from '../../payments/index.ts';
import { holds } from '../administration/answers.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';

const ON_A_PAGE = 50;
const deciding = z.object({
  outcome: z.enum(['not_recovered'], 'Choose what becomes of it.'),
  reason: words(500),
});

/** Overpayments: what runs found, for a manager to decide, or to be paid back as agreed with the family. Nothing is ever taken by itself. */
@Controller()
export class OverpaymentPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideOverpayment: DecideOverpayment,
  ) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.overpayments, title: 'Overpayments', allowed: seePlans },
    ...{ audit: 'subsistence.overpayments-seen', subject: 'overpayment' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const which = visit.query.show === 'settled' ? 'settled' : 'waiting';
    const after = /^\d{1,18}$/.exec(visit.query.after ?? '')?.[0];
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await overpaymentsListed(tx, which, after, ON_A_PAGE + 1);
      const names = await namesOf(
        tx,
        found.map((each) => each.decidedBy),
      );
      return { found, names: Object.fromEntries(names) };
    });
    const rows = data.found.slice(0, ON_A_PAGE);
    const more = data.found.length > ON_A_PAGE ? rows.at(-1)?.id : undefined;
    const next = more && `${decisionUrls.overpayments}?${new URLSearchParams({ show: which, after: more }).toString()}`;
    return show('decisions/overpayments.njk', { which, rows, names: data.names, next });
  }

  @Page({
    ...{ method: 'GET', path: decisionUrls.overpayment, title: 'An overpayment', allowed: seePlans },
    ...{ audit: 'subsistence.overpayment-seen', subject: 'overpayment' },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.overpayment, title: 'Decide what becomes of an overpayment' },
    ...{ allowed: DecideOverpayment.allowed, audit: 'subsistence.overpayment-decided' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { outcome, reason } = read(deciding, visit.form);
        await this.decideOverpayment.run(visit.actor, number(visit.params.id ?? ''), outcome, reason);
        return goTo(decisionUrls.overpayments, 'Decided. It is not recovered.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const left = async (familyId: string) =>
        new Map((await familyDetail(tx, familyId)).members.map((member) => [member.id, member.leftOn]));
      const overpayment = await overpaymentDetail(tx, number(visit.params.id ?? ''), left);
      const family = await familyDetail(tx, overpayment.familyId);
      const money = {
        owed: await overpaymentOwed(tx, overpayment.id),
        recoveries: await recoveriesOfOverpayment(tx, overpayment.id),
        payments: await recoveringLines(tx, overpayment.id),
      };
      const decider = (await namesOf(tx, [overpayment.decidedBy])).get(overpayment.decidedBy ?? '');
      return { overpayment, family, decider, ...money };
    });
    const names = Object.fromEntries(data.family.members.map((member) => [member.id, member.name]));
    const isOpen = data.recoveries.some(({ state }) => ['proposed', 'waiting', 'in_effect'].includes(state));
    const waits = data.overpayment.kind === 'found' && data.overpayment.outcome === null && !isOpen;
    const isLeft = data.owed.isRecoverable && Money.gbp(data.owed.left).isPositive() && !isOpen;
    const mayAgree = isLeft && holds(visit, ...ProposeRecovery.allowed.roles);
    const mayGiveUp = isLeft && data.owed.outcome !== null && holds(visit, ...PauseRecovery.givers.roles);
    const mayDecide = waits && visit.person.roles.includes('manager');
    return show('decisions/overpayment.njk', {
      ...{ ...data, names, waits, mayDecide, mayAgree, mayGiveUp, values: visit.form },
    });
  }
}
