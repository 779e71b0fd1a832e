import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approvalKinds, CloseApprovals, listFreezes, seeApprovalRules } from '../../approvals/index.ts';
import { limitKinds, namesOf } from '../../identity/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { dayNeeded, holds, reason } from '../administration/answers.ts';
import { limitTerms } from '../administration/terms.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { approvalUrls } from './approvals.urls.ts';

const kind = z.enum(limitKinds);
const answers = z.object({
  kinds: z.union([kind.transform((one) => [one]), z.array(kind)], 'Choose at least one.'),
  reason,
});
const lifting = z.object({ reason });

/** When approvals are closed, such as at the end of the year: setting a period, and opening them again. */
@Controller()
export class ClosedApprovalsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly close: CloseApprovals,
  ) {}

  @Page({
    ...{ method: 'GET', path: approvalUrls.closed, title: 'When approvals are closed' },
    ...{ allowed: seeApprovalRules, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const freezes = await listFreezes(tx);
      const names = await namesOf(
        tx,
        freezes.flatMap((each) => [each.setBy, each.liftedBy]),
      );
      return { freezes, names: Object.fromEntries(names) };
    });
    return show('approvals/closed.njk', { ...data, limitTerms, maySet: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: approvalUrls.close, title: 'Close approvals for a time' },
    ...{ allowed: CloseApprovals.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.close, title: 'Close approvals for a time' },
    ...{ allowed: CloseApprovals.allowed, audit: 'approvals.closed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answers, visit.form);
        const days = { firstDay: dayNeeded(visit.form, 'firstDay'), lastDay: dayNeeded(visit.form, 'lastDay') };
        await this.close.run(visit.actor, { ...given, ...days }, visit.idempotency);
        return goTo(approvalUrls.closed, 'Approvals are closed for those days.');
      },
      () => this.#form(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: approvalUrls.lift, title: 'Open approvals again' },
    ...{ allowed: CloseApprovals.allowed, audit: null },
  })
  askToLift(@Visiting() visit: Visit): View {
    return show('approvals/lift.njk', { values: visit.form });
  }

  @Page({
    ...{ method: 'POST', path: approvalUrls.lift, title: 'Open approvals again' },
    ...{ allowed: CloseApprovals.allowed, audit: 'approvals.opened-again' },
  })
  lift(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason: why } = read(lifting, visit.form);
        await this.close.lift(visit.actor, number(visit.params.id ?? ''), why, visit.idempotency);
        return goTo(approvalUrls.closed, 'Approvals are open again.');
      },
      async () => this.askToLift(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const rules = await this.unitOfWork.read(visit.actor, approvalKinds);
    const kinds = Object.entries(limitTerms).map(([value, text]) => ({
      ...{ value, text, isOpen: rules.get(value as keyof typeof limitTerms)?.openInFreeze ?? false },
    }));
    return show('approvals/close.njk', { kinds: kinds.filter((each) => !each.isOpen), values: visit.form });
  }
}
