import { Controller } from '@nestjs/common';
import { familyDetail } from '../../../families/index.ts';
import {
  factsOfMoveHome,
  messagesAhead,
  type MoveHomeAllowed,
  type MoveHomeAsked,
  MoveHomePreviews,
  moveHomesOf,
  neededByOf,
  PlanMoveHome,
} from '../../../notices/index.ts';
import { Drafts, number, UnitOfWork } from '../../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../../pages/index.ts';
import { familyUrls, moveHomeStepUrl, moveHomeUrl } from '../families.urls.ts';
import {
  type MoveHomeDraft,
  moveHomeStep,
  type MoveHomeStep,
  moveHomeSteps,
  readMoveHome,
  wholeMoveHome,
} from './move-home-questions.ts';

const LOOK = { allowed: PlanMoveHome.allowed, audit: 'families.family-seen', subject: 'family' } as const;
const DEED = { allowed: PlanMoveHome.allowed, audit: 'notices.move-home-planned' } as const;

/** Planning a family's move: when and why, where to, money to travel; then the exact words, and the plan. */
@Controller()
export class PlanMoveHomePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly plan: PlanMoveHome,
    private readonly previews: MoveHomePreviews,
  ) {}

  @Page({ ...{ method: 'GET', path: familyUrls.moveHomeCheck, title: 'Check a family’s move' }, ...LOOK })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const familyId = number(visit.params.id ?? '');
    const asked = wholeMoveHome(await this.#draft(visit, familyId));
    return typeof asked === 'string' ? goTo(moveHomeStepUrl(familyId, asked)) : this.#checkPage(visit, familyId, asked);
  }

  @Page({ ...{ method: 'POST', path: familyUrls.moveHomeCheck, title: 'Plan a family’s move' }, ...DEED })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const familyId = number(visit.params.id ?? '');
    const asked = wholeMoveHome(await this.#draft(visit, familyId));
    if (typeof asked === 'string') return goTo(moveHomeStepUrl(familyId, asked));
    return attempt(
      async () => {
        const { moveId } = await this.plan.run(visit.actor, familyId, asked, visit.idempotency);
        await this.drafts.discard(visit.actor, draftName(familyId));
        const told = asked.urgent ? 'The move waits for a manager.' : 'The move is planned. The family is being told.';
        return goTo(moveHomeUrl(moveId), told);
      },
      () => this.#checkPage(visit, familyId, asked),
    );
  }

  @Page({ ...{ method: 'GET', path: familyUrls.moveHomeStep, title: 'A family’s move to another home' }, ...LOOK })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const familyId = number(visit.params.id ?? '');
    const step = moveHomeStep(visit.params.step ?? '');
    const open = await this.unitOfWork.read(visit.actor, async (tx) =>
      (await moveHomesOf(tx, [familyId])).find(({ state }) => state === 'planned'),
    );
    if (open) return goTo(moveHomeUrl(open.id), 'A move of this family is planned already.');
    const { forms } = await this.#draft(visit, familyId);
    return this.#question(visit, familyId, step, forms[step] ?? {});
  }

  @Page({ ...{ method: 'POST', path: familyUrls.moveHomeStep, title: 'Answer a question about a move' }, ...DEED })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const familyId = number(visit.params.id ?? '');
    const step = moveHomeStep(visit.params.step ?? '');
    return attempt(
      async () => {
        const { allowed, today } = await this.#allowed(visit, familyId);
        const answer = readMoveHome(step, visit.form, today, allowed);
        const { asked, forms } = await this.#draft(visit, familyId);
        const draft: MoveHomeDraft = { asked: { ...asked, ...answer }, forms: { ...forms, [step]: visit.form } };
        await this.drafts.keep(visit.actor, draftName(familyId), draft);
        const whole = wholeMoveHome(draft);
        return goTo(typeof whole === 'string' ? moveHomeStepUrl(familyId, whole) : moveHomeStepUrl(familyId, 'check'));
      },
      () => this.#question(visit, familyId, step, visit.form),
    );
  }

  async #draft(visit: Visit, familyId: string): Promise<MoveHomeDraft> {
    return (await this.drafts.find<MoveHomeDraft>(visit.actor, draftName(familyId))) ?? { asked: {}, forms: {} };
  }

  #allowed(visit: Visit, familyId: string): Promise<{ allowed: MoveHomeAllowed; today: MoveHomeAllowed['earliest'] }> {
    return this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ allowed: await this.previews.allowed(tx, familyId), today: tx.today },
    }));
  }

  async #question(visit: Visit, familyId: string, step: MoveHomeStep, values: object): Promise<View> {
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, familyId));
    const before = moveHomeSteps[moveHomeSteps.indexOf(step) - 1];
    const back = before ? moveHomeStepUrl(familyId, before) : familyUrls.family.replace(':id', familyId);
    return show(`families/move-home/${step}.njk`, { ...(await this.#allowed(visit, familyId)), family, values, back });
  }

  async #checkPage(visit: Visit, familyId: string, asked: MoveHomeAsked): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const allowed = await this.previews.allowed(tx, familyId);
      const messages = await messagesAhead(tx, factsOfMoveHome(asked), allowed.reach);
      return { family: await familyDetail(tx, familyId), allowed, messages };
    });
    const { told, noticeDays } = data.allowed;
    const inNotice = { told, waits: true, neededBy: neededByOf(asked.movesOn, noticeDays) };
    return show('families/move-home/check.njk', { ...data, asked, inNotice });
  }
}

function draftName(familyId: string): string {
  return `families/move-home/${familyId}`;
}
