import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, seeFamilies } from '../../../families/index.ts';
import { namesOf } from '../../../identity/index.ts';
import {
  attemptsOf,
  isInTime,
  messagesAhead,
  noticesByIds,
  PlanMoveHome,
  MoveHomePreviews,
  readMoveHome,
  SettleMoveHome,
} from '../../../notices/index.ts';
import { number, UnitOfWork, words } from '../../../platform/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../../pages/index.ts';
import { familyUrls, moveHomeUrl } from '../families.urls.ts';

const takingBack = z.object({ withdrawal: words(500) });

/** One planned move on one page: where to and when, what the family was told, and what a person can do about it. */
@Controller()
export class MoveHomePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plan: PlanMoveHome,
    private readonly settle: SettleMoveHome,
    private readonly previews: MoveHomePreviews,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.moveHome, title: 'A family’s move', allowed: seeFamilies },
    ...{ audit: 'notices.move-home-seen', subject: 'move-home' },
  })
  move(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.allowMoveHome, title: 'Allow a move without the notice' },
    ...{ allowed: SettleMoveHome.mayAllow, audit: 'notices.urgent-move-home-allowed' },
  })
  allow(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.settle.allowUrgent(visit.actor, id);
      return goTo(moveHomeUrl(id), 'You allowed this move. The family is being told, with the apology.');
    });
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.confirmMoveHome, title: 'Confirm that a family has moved' },
    ...{ allowed: SettleMoveHome.allowed, audit: 'notices.family-moved' },
  })
  confirm(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.settle.confirm(visit.actor, id);
      return goTo(moveHomeUrl(id), 'The family has moved. Its address is the new one.');
    });
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.withdrawMoveHome, title: 'Take back a planned move' },
    ...{ allowed: PlanMoveHome.allowed, audit: 'notices.move-home-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.plan.withdraw(visit.actor, id, read(takingBack, visit.form).withdrawal);
      return goTo(moveHomeUrl(id), 'The move is taken back. The family stays where it is.');
    });
  }

  #attempt(visit: Visit, work: (id: string) => Promise<PageAnswer>): Promise<PageAnswer> {
    return attempt(
      () => work(number(visit.params.id ?? '')),
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const move = await readMoveHome(tx, number(visit.params.id ?? ''));
      const [notice] = await noticesByIds(tx, [move.noticeId]);
      const { reach } = await this.previews.allowed(tx, move.familyId);
      return {
        ...{ move, notice, attempts: await attemptsOf(tx, [move.noticeId]), today: tx.today },
        messages: notice?.state === 'drafted' ? await messagesAhead(tx, notice.facts, reach) : [],
        ...{ family: await familyDetail(tx, move.familyId), names: await namesOf(tx, [move.plannedBy, move.urgentBy]) },
      };
    });
    const { move, notice, today } = data;
    const inTime = notice !== undefined && isInTime(notice);
    const isManager = visit.person.roles.includes('manager');
    return show('families/move-home/move.njk', {
      ...{ ...data, values: visit.form, planner: data.names.get(move.plannedBy) },
      allower: data.names.get(move.urgentBy ?? ''),
      mayAllow: isManager && move.plannedBy !== visit.person.id && move.urgent && !move.urgentBy,
      mayConfirm: move.movesOn <= today && (inTime || move.urgentBy),
      isLate: !move.urgent && !inTime && (notice?.neededBy ?? today) < today,
      mayChange: PlanMoveHome.allowed.roles.some((role) => visit.person.roles.includes(role)),
    });
  }
}
