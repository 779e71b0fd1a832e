import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { closedToday } from '../../approvals/index.ts';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf, decideAdministration } from '../../identity/index.ts';
import { Money, type PlainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { ApprovePlans, chosenPlans, seePlans } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { kindTerm } from '../administration/terms.ts';
import { decisionUrls } from './decisions.urls.ts';
import { waitingFor } from './what-waits.ts';

export { whatWaits } from './everything-that-waits.ts';

const planId = z.string().regex(/^\d{1,18}$/, 'Choose plans of the list.');
const choosing = z.object({
  plans: z.union([planId.transform((id) => [id]), z.array(planId).max(100)], 'Tick at least one plan.'),
});

/** Everything that waits for a person: theirs to decide, what they proposed, and what is above their limit. */
@Controller()
export class WaitingPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approvePlans: ApprovePlans,
    private readonly calendars: Calendars,
  ) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.waiting, title: 'Waiting for a decision', allowed: seePlans },
    ...{ audit: 'approvals.waiting-seen', subject: 'approval' },
  })
  waiting(@Visiting() visit: Visit): Promise<View> {
    return this.#list(visit);
  }

  /** Asks once more, in numbers, before it approves what was ticked. */
  @Page({
    ...{ method: 'POST', path: decisionUrls.approveChosen, title: 'Approve the plans that were chosen' },
    ...{ allowed: ApprovePlans.allowed, audit: 'subsistence.plans-approved' },
  })
  approveChosen(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { plans } = read(choosing, visit.form);
        if (visit.form.confirmed !== 'yes') return this.#confirm(visit, plans);
        const { approved, signed } = await this.approvePlans.chosen(visit.actor, plans, '');
        const told = approved === 1 ? 'One plan is approved.' : `${approved} plans are approved.`;
        const wait = signed === 1 ? 'One waits' : `${signed} wait`;
        return goTo(decisionUrls.waiting, signed > 0 ? `${told} ${wait} for another signature.` : told);
      },
      () => this.#list(visit),
    );
  }

  async #confirm(visit: Visit, ids: readonly string[]): Promise<View> {
    const plans = await this.unitOfWork.read(visit.actor, (tx) => chosenPlans(tx, ids));
    const total = Money.sum(plans.map((plan) => Money.gbp(plan.weekly))).toString();
    return show('decisions/approve-chosen.njk', { plans, total });
  }

  async #list(visit: Visit): Promise<View> {
    const after = /^\d{1,18}$/.exec(visit.query.after ?? '')?.[0] ?? '0';
    const sections = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      return { ...(await waitingFor(tx, visit, after, council)), closed: await closedToday(tx) };
    });
    const { sentBack, decide, mine, above, others } = sections;
    const isEmpty = [sentBack, decide, mine, above, others].every((each) => each.length === 0);
    const hasPlans = decide.some((each) => each.kind === 'plan');
    const setsUp = visit.person.roles.some((role) => decideAdministration.roles.includes(role));
    return show('decisions/waiting.njk', {
      ...sections,
      closed: closedNow(sections.closed),
      isEmpty,
      hasPlans,
      setsUp,
      isFirst: after === '0',
    });
  }
}

/** Writes what is closed for approvals today, one line a period. */
function closedNow(
  closed: Awaited<ReturnType<typeof closedToday>>,
): { what: string; lastDay: PlainDate; reason: string }[] {
  const periods = [...new Set(closed.values())];
  return periods.map((freeze) => ({
    what: freeze.kinds
      .filter((kind) => closed.get(kind) === freeze)
      .map(kindTerm)
      .join(', '),
    ...{ lastDay: freeze.lastDay, reason: freeze.reason },
  }));
}
