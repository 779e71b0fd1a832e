import { Controller } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { telling } from '../../notices/index.ts';
import { Drafts, UnitOfWork } from '../../platform/index.ts';
import { ProposePayDayMove, type WhoMoves } from '../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { firstUnanswered, MOVE_DRAFT, type MoveDraft } from './move-draft.ts';
import { moveQuestion } from './move-questions.ts';
import { payDayUrls, questionUrl } from './pay-days.urls.ts';
import { sayWho, whoChosen, whoIn } from './who-moves.ts';

const LOOK = { allowed: ProposePayDayMove.allowed, audit: 'subsistence.pay-day-move-prepared' } as const;

/** Preparing a move of pay days: whose, then one question a page. */
@Controller()
export class NewMovePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly calendars: Calendars,
  ) {}

  @Page({ ...{ method: 'GET', path: payDayUrls.start, title: 'Move a pay day' }, ...LOOK })
  async start(@Visiting() visit: Visit): Promise<View> {
    const who = whoIn(visit.query, visit.person.id);
    return who ? this.#named(visit, who) : this.#whose(visit, {});
  }

  @Page({ ...{ method: 'POST', path: payDayUrls.start, title: 'Say whose pay day moves' }, ...LOOK })
  begin(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const who =
          whoIn(visit.form, visit.person.id) ??
          (await this.unitOfWork.read(visit.actor, (tx) => whoChosen(tx, visit.form)));
        await this.drafts.keep(visit.actor, MOVE_DRAFT, { who } satisfies MoveDraft);
        return goTo(questionUrl('to'));
      },
      () => this.#whose(visit, visit.form),
    );
  }

  @Page({ ...{ method: 'GET', path: payDayUrls.question, title: 'A question about a move of pay days' }, ...LOOK })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<MoveDraft>(visit.actor, MOVE_DRAFT);
    return draft
      ? this.#question(visit, draft, moveQuestion(visit.params.step ?? '').fill(draft))
      : goTo(payDayUrls.start);
  }

  @Page({ ...{ method: 'POST', path: payDayUrls.question, title: 'Answer a question about a move' }, ...LOOK })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<MoveDraft>(visit.actor, MOVE_DRAFT);
    if (!draft) return goTo(payDayUrls.start);
    return attempt(
      async () => {
        const answered = moveQuestion(visit.params.step ?? '').take(visit.form, draft);
        await this.drafts.keep(visit.actor, MOVE_DRAFT, answered);
        const next = firstUnanswered(answered);
        return goTo(next ? questionUrl(next) : payDayUrls.preview);
      },
      () => this.#question(visit, draft, visit.form),
    );
  }

  async #named(visit: Visit, who: WhoMoves): Promise<View> {
    const said = await this.unitOfWork.read(visit.actor, (tx) => sayWho(tx, who));
    return show('pay-days/start.njk', { said, given: visit.query, isBegun: await this.#isBegun(visit) });
  }

  async #whose(visit: Visit, values: object): Promise<View> {
    return show('pay-days/whose.njk', { values, isBegun: await this.#isBegun(visit) });
  }

  async #isBegun(visit: Visit): Promise<boolean> {
    return (await this.drafts.find(visit.actor, MOVE_DRAFT)) !== undefined;
  }

  async #question(visit: Visit, draft: MoveDraft, values: object): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const times = await telling(tx, this.calendars);
      const { noticeDays } = times.policy;
      return {
        said: await sayWho(tx, draft.who),
        noticeDays,
        bySms: times.earliest(tx.today, noticeDays),
        byLetter: times.earliest(times.letterReceivedOn, noticeDays),
      };
    });
    return show(`pay-days/${visit.params.step ?? ''}.njk`, { ...data, draft, values });
  }
}
