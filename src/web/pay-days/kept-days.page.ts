import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { number, type ProblemDocument, UnitOfWork, words } from '../../platform/index.ts';
import { keptDaysCounted, keptDaysListed, keptDayShown, seePlans, SettleKeptDay } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { payDayUrls } from './pay-days.urls.ts';

const ON_A_PAGE = 50;
const asking = z.object({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .catch('0'),
});
const settling = z.object({ words: words(500) });

/** Families that keep the day they have although a move was meant for them: somebody sees to each. */
@Controller()
export class KeptDayPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settleKeptDay: SettleKeptDay,
  ) {}

  @Page({
    ...{ method: 'GET', path: payDayUrls.kept, title: 'Pay days that were kept', allowed: seePlans },
    ...{ audit: 'subsistence.kept-days-seen', subject: 'family' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { after } = asking.parse(visit.query);
    const { found, count } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await keptDaysListed(tx, after, ON_A_PAGE + 1),
      count: await keptDaysCounted(tx),
    }));
    const kept = found.slice(0, ON_A_PAGE);
    const next = found.length > ON_A_PAGE ? `${payDayUrls.kept}?after=${kept.at(-1)?.id}` : null;
    return show('pay-days/kept-days.njk', { kept, count, next, isFirst: after === '0', maySettle: maySettle(visit) });
  }

  @Page({
    ...{ method: 'GET', path: payDayUrls.keptDay, title: 'A pay day that was kept', allowed: seePlans },
    ...{ audit: 'subsistence.kept-days-seen', subject: 'kept-pay-day' },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#one(visit);
  }

  @Page({
    ...{ method: 'POST', path: payDayUrls.keptDay, title: 'A pay day that was kept', allowed: SettleKeptDay.allowed },
    audit: 'subsistence.kept-day-settled',
  })
  settle(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        await this.settleKeptDay.run(visit.actor, id, read(settling, visit.form).words);
        return goTo(payDayUrls.kept, 'Noted. The family keeps its day.');
      },
      (problem) => this.#one(visit, problem),
    );
  }

  async #one(visit: Visit, problem?: ProblemDocument): Promise<View> {
    const kept = await this.unitOfWork.read(visit.actor, (tx) => keptDayShown(tx, number(visit.params.id ?? '')));
    return show('pay-days/kept-day.njk', { kept, problem, values: visit.form, maySettle: maySettle(visit) });
  }
}

function maySettle(visit: Visit): boolean {
  return SettleKeptDay.allowed.roles.some((role) => visit.person.roles.includes(role));
}
