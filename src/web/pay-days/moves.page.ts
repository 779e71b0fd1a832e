import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { namesOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import {
  countsOfMove,
  DecidePayDayMove,
  familiesOfMove,
  movesListed,
  type PayDayChangeState,
  ProposePayDayMove,
  readMove,
  seePlans,
  urgentMovesSince,
} from '../../subsistence/index.ts';
import { decideBy, readWithdrawal, standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { moveUrl, payDayUrls } from './pay-days.urls.ts';

const ON_A_PAGE = 50;
const states = ['proposed', 'waiting', 'in_force', 'kept', 'withdrawn'] as const;
const place = z
  .string()
  .regex(/^\d{1,18}$/)
  .optional()
  .catch(undefined);
const asking = z.object({ state: z.enum(states).optional().catch(undefined), after: place });
const listing = z.object({ after: place, show: z.enum(['all', 'emergency']).catch('all') });

/** Moves of pay days: the list, and one of them with its decision and how far its families are. */
@Controller()
export class MovePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideMove: DecidePayDayMove,
  ) {}

  @Page({ method: 'GET', path: payDayUrls.list, title: 'Moves of pay days', allowed: seePlans, audit: null })
  async list(@Visiting() visit: Visit): Promise<View> {
    const asked = listing.parse(visit.query);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const isUrgent = asked.show === 'emergency' ? true : undefined;
      const moves = await movesListed(tx, { before: asked.after ?? null, limit: ON_A_PAGE + 1, isUrgent });
      const names = await namesOf(
        tx,
        moves.flatMap((move) => [move.proposedBy, move.decidedBy]),
      );
      const since = `${tx.today.slice(0, 4)}-01-01` as PlainDate;
      return { moves, names: Object.fromEntries(names), emergencies: await urgentMovesSince(tx, since) };
    });
    const moves = data.moves.slice(0, ON_A_PAGE);
    const next =
      data.moves.length > ON_A_PAGE ? `${payDayUrls.list}?show=${asked.show}&after=${moves.at(-1)?.id}` : null;
    return show('pay-days/list.njk', { ...data, moves, next, filter: asked, mayPropose: mayPropose(visit) });
  }

  @Page({
    ...{ method: 'GET', path: payDayUrls.move, title: 'A move of pay days', allowed: seePlans },
    ...{ audit: 'subsistence.pay-day-move-seen', subject: 'pay-day-move' },
  })
  move(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: payDayUrls.decide, title: 'Decide on a move of pay days' },
    ...{ allowed: DecidePayDayMove.allowed, audit: 'subsistence.pay-day-move-approved' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, (id) =>
      decideBy(visit.form, {
        approve: (reason) => this.decideMove.approve(visit.actor, id, reason),
        decline: (reason) => this.decideMove.decline(visit.actor, id, reason),
        onTo: moveUrl(id),
        told: {
          approve: 'The move is approved. The families are being told.',
          decline: 'The move is declined, with your reasons. Nobody was told anything, and every day stays.',
        },
      }),
    );
  }

  @Page({
    ...{ method: 'POST', path: payDayUrls.withdraw, title: 'Withdraw a move of pay days' },
    ...{ allowed: DecidePayDayMove.mayWithdraw, audit: 'subsistence.pay-day-move-withdrawn' },
  })
  withdraw(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, async (id) => {
      await this.decideMove.withdraw(visit.actor, id, readWithdrawal(visit.form));
      return goTo(moveUrl(id), 'The move is withdrawn. Every day stays as it is.');
    });
  }

  #attempt(visit: Visit, work: (id: string) => Promise<PageAnswer>): Promise<PageAnswer> {
    return attempt(
      () => work(number(visit.params.id ?? '')),
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const { state, after } = asking.parse(visit.query);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const move = await readMove(tx, id);
      const only: readonly PayDayChangeState[] | undefined = state && [state];
      const families = await familiesOfMove(tx, id, { states: only, after, limit: ON_A_PAGE + 1 });
      const standing = await standingOf(tx, visit, 'support-plan', id, DecidePayDayMove.allowed.roles);
      const names = Object.fromEntries(await namesOf(tx, [move.proposedBy, move.decidedBy]));
      return { move, families, standing, names, counts: await countsOfMove(tx, id) };
    });
    const families = data.families.slice(0, ON_A_PAGE);
    const narrowed = (more: string): string => `${moveUrl(id)}?${more}`;
    return show('pay-days/move.njk', {
      ...{ ...data, families, values: visit.form, filter: { state }, states },
      byState: Object.fromEntries(states.map((each) => [each, narrowed(`state=${each}`)])),
      next:
        data.families.length > ON_A_PAGE && narrowed(`${state ? `state=${state}&` : ''}after=${families.at(-1)?.id}`),
      mayWithdraw: DecidePayDayMove.mayWithdraw.roles.some((role) => visit.person.roles.includes(role)),
      mayPropose: mayPropose(visit),
    });
  }
}

function mayPropose(visit: Visit): boolean {
  return ProposePayDayMove.allowed.roles.some((role) => visit.person.roles.includes(role));
}
