import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { number, Drafts, UnitOfWork } from '../../platform/index.ts';
import { planGlances, ProposePayDayMove } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { firstUnanswered, MOVE_DRAFT, type MoveDraft, askedOf } from './move-draft.ts';
import { MoveLooks } from './move-looks.ts';
import { OldBesideNew } from './old-beside-new.ts';
import { moveUrl, payDayUrls, questionUrl } from './pay-days.urls.ts';
import { shownFamilies, shows, sorts } from './shown-families.ts';
import { sayWho } from './who-moves.ts';

const asking = z.object({
  show: z.enum(shows).catch('moves'),
  sort: z.enum(sorts).catch('family'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
const ALLOWED = { allowed: ProposePayDayMove.allowed } as const;

/** What a move would do, before anybody confirms: counts, costs, and every family with the words it would get. */
@Controller()
export class PreviewPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly looks: MoveLooks,
    private readonly beside: OldBesideNew,
    private readonly propose: ProposePayDayMove,
  ) {}

  @Page({
    ...{ method: 'GET', path: payDayUrls.preview, title: 'Check a move of pay days', ...ALLOWED },
    ...{ audit: 'subsistence.pay-day-move-previewed', subject: 'family' },
  })
  async preview(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#withDraft(visit, (draft) => this.#page(visit, draft));
  }

  @Page({
    ...{ method: 'GET', path: payDayUrls.family, title: 'What a family would be told', ...ALLOWED },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  async family(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#withDraft(visit, async (draft) => {
      const id = number(visit.params.id ?? '');
      const data = await this.unitOfWork.read(visit.actor, async (tx) => {
        const plan = (await planGlances(tx, [id])).get(id);
        const family = plan && (await this.looks.ofFamily(tx, draft, plan.planId));
        return family && { family, ...(await this.beside.of(tx, family)), asked: askedOf(draft) };
      });
      return data ? show('pay-days/family.njk', data) : goTo(payDayUrls.preview);
    });
  }

  @Page({
    ...{ method: 'POST', path: payDayUrls.preview, title: 'Propose a move of pay days', ...ALLOWED },
    audit: 'subsistence.pay-day-move-proposed',
  })
  async confirm(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#withDraft(visit, (draft) =>
      attempt(
        async () => {
          const seen = String(visit.form.seen ?? '');
          const { planIds } = await this.unitOfWork.read(visit.actor, (tx) => sayWho(tx, draft.who));
          const options = { seen, idempotency: visit.idempotency };
          const done = await this.propose.run(visit.actor, planIds, askedOf(draft), options);
          await this.drafts.discard(visit.actor, MOVE_DRAFT);
          const told = done.needsApproval
            ? 'The move is proposed. A manager decides about it; nobody is told before.'
            : 'The move is in force as a plan: the families are being told now.';
          return goTo(moveUrl(done.moveId), told);
        },
        () => this.#page(visit, draft),
      ),
    );
  }

  async #withDraft(visit: Visit, work: (draft: MoveDraft) => Promise<PageAnswer>): Promise<PageAnswer> {
    const draft = await this.drafts.find<MoveDraft>(visit.actor, MOVE_DRAFT);
    if (!draft) return goTo(payDayUrls.start);
    const open = firstUnanswered(draft);
    return open ? goTo(questionUrl(open)) : work(draft);
  }

  async #page(visit: Visit, draft: MoveDraft): Promise<View> {
    const wanted = asking.parse(visit.query);
    const look = await this.unitOfWork.read(visit.actor, (tx) => this.looks.of(tx, draft));
    const address = (more: object): string => {
      const query = Object.entries({ ...wanted, page: 1, ...more }).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      return `${payDayUrls.preview}?${new URLSearchParams(query).toString()}`;
    };
    const { rows, all, previous, next } = shownFamilies(look.families, wanted);
    return show('pay-days/preview.njk', {
      ...{ ...look, families: rows, all, filter: wanted },
      showAs: Object.fromEntries(shows.map((each) => [each, address({ show: each, sort: 'family' })])),
      sortBy: Object.fromEntries(sorts.map((sort) => [sort, address({ sort })])),
      previous: previous && address({ page: previous }),
      next: next && address({ page: next }),
    });
  }
}
