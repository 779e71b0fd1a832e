import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, seeFamilies } from '../../families/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { PlanMoveHome } from '../actions/plan-move-home.action.ts';
import { SettleMoveHome } from '../actions/settle-move-home.action.ts';
import { type MoveHomeAsked, travelAnswers } from '../domain/move-home.ts';
import { type MoveHomeRow, moveHomesOf } from '../store/move-home.store.ts';

const planning = z
  .object({
    ...{ movesOn: day, line1: words(100), line2: words(100).nullable().default(null), town: words(100) },
    ...{ postcode: words(10), travel: z.enum(travelAnswers), travelSays: words(500).nullable().default(null) },
    reason: words(500),
    urgent: z
      .object({ reason: words(500), apology: words(1000) })
      .strict()
      .nullable()
      .default(null),
  })
  .strict();
const saying = z.object({ reason: words(500) });

/** Families' moves to another home over HTTP. */
@Controller()
export class MoveHomesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plan: PlanMoveHome,
    private readonly settle: SettleMoveHome,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/moves-home', summary: 'Plan a family’s move', status: 201 },
    ...{ allowed: PlanMoveHome.allowed, body: planning },
  })
  start(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ moveId: string }> {
    return this.plan.run(asked.actor, number(familyId), asked.body as MoveHomeAsked, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/families/:id/moves-home', summary: 'The moves of a family, the newest first' },
    allowed: seeFamilies,
  })
  list(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ moves: MoveHomeRow[] }> {
    const id = number(familyId);
    return this.unitOfWork.read(asked.actor, async (tx) => {
      await familyDetail(tx, id);
      return { moves: await moveHomesOf(tx, [id]) };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/moves-home/:id/allow-urgent', summary: 'Allow a move without the notice' },
    allowed: SettleMoveHome.mayAllow,
  })
  allow(@AskedBy() asked: Asked, @Param('id') moveId: string): Promise<{ urgentBy: string }> {
    return this.settle.allowUrgent(asked.actor, number(moveId));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/moves-home/:id/confirm', summary: 'Confirm that a family has moved' },
    allowed: SettleMoveHome.allowed,
  })
  confirm(@AskedBy() asked: Asked, @Param('id') moveId: string): Promise<{ state: string }> {
    return this.settle.confirm(asked.actor, number(moveId));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/moves-home/:id/withdraw', summary: 'Take back a planned move' },
    ...{ allowed: PlanMoveHome.allowed, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') moveId: string): Promise<{ state: string }> {
    const { reason } = asked.body as z.output<typeof saying>;
    return this.plan.withdraw(asked.actor, number(moveId), reason);
  }
}
