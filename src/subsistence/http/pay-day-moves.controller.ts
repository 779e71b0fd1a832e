import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork, words } from '../../platform/index.ts';
import { DecidePayDayMove } from '../actions/decide-pay-day-move.action.ts';
import { ProposePayDayMove } from '../actions/propose-pay-day-move.action.ts';
import { seePlans } from '../actions/see-plans.ts';
import { readMove } from '../store/move.store.ts';
import { countsOfMove } from '../store/pay-day-change.store.ts';
import { type TellingCost, tellingCost, totalCost } from '../views/move-cost.view.ts';
import { countMoved, type MoveCounts, moveDigest } from '../views/move-counts.view.ts';
import { type MovedFamily, MovePreviews } from '../views/move-preview.view.ts';
import { familiesOfMove, type MoveFamily, type MoveListed, movesListed } from '../views/pay-day-moves.view.ts';
import { plansToMove } from '../views/plans-to-move.view.ts';
import { moveIn, moving } from './pay-day-move-bodies.ts';

const deciding = z.object({ outcome: z.enum(['approve', 'decline']), reason: words(500) }).strict();
const saying = z.object({ reason: words(500) }).strict();
const familiesQuery = pageQuery.extend({
  state: z.enum(['proposed', 'waiting', 'in_force', 'kept', 'withdrawn']).optional(),
});

/** Moves of pay days over HTTP. */
@Controller()
export class PayDayMovesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly previews: MovePreviews,
    private readonly propose: ProposePayDayMove,
    private readonly decide: DecidePayDayMove,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/pay-day-moves/preview', summary: 'Show what moving pay days would do' },
    ...{ allowed: ProposePayDayMove.allowed, body: moving },
  })
  preview(@AskedBy() { actor, body }: Asked): Promise<{
    counts: MoveCounts;
    cost: TellingCost;
    total: string;
    seen: string;
    families: readonly MovedFamily[];
  }> {
    const { who, asked } = moveIn(body);
    return this.unitOfWork.read(actor, async (tx) => {
      const families = await this.previews.of(tx, await plansToMove(tx, who), asked);
      const cost = await tellingCost(tx, families);
      const total = totalCost(cost).toString();
      return { counts: countMoved(families), cost, total, seen: moveDigest(families, asked), families };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/pay-day-moves', summary: 'Propose a move of pay days', status: 201 },
    ...{ allowed: ProposePayDayMove.allowed, body: moving, movesMoney: true },
  })
  async start(
    @AskedBy() { actor, body, idempotency }: Asked,
  ): Promise<{ moveId: string; moves: number; keeps: number; needsApproval: boolean }> {
    const { who, asked, seen } = moveIn(body);
    const planIds = await this.unitOfWork.read(actor, (tx) => plansToMove(tx, who));
    const options = { idempotency, ...(seen === undefined ? {} : { seen }) };
    const { moveId, moves, keeps, needsApproval } = await this.propose.run(actor, planIds, asked, options);
    return { moveId, moves, keeps, needsApproval };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/pay-day-moves', summary: 'Moves of pay days, the newest first' },
    ...{ allowed: seePlans, query: pageQuery },
  })
  async list(@AskedBy() { actor, query }: Asked): Promise<{ moves: readonly MoveListed[]; next: string | null }> {
    const { after, limit } = query as z.output<typeof pageQuery>;
    const before = after === '0' ? null : after;
    const moves = await this.unitOfWork.read(actor, (tx) => movesListed(tx, { before, limit }));
    return { moves, next: moves.length === limit ? (moves.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/pay-day-moves/:id', summary: 'One move, and how far its families are' },
    allowed: seePlans,
  })
  one(@AskedBy() { actor }: Asked, @Param('id') id: string): Promise<MoveListed> {
    return this.unitOfWork.read(actor, async (tx) => ({
      ...(await readMove(tx, number(id))),
      counts: await countsOfMove(tx, number(id)),
    }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/pay-day-moves/:id/families', summary: 'The families of a move' },
    ...{ allowed: seePlans, query: familiesQuery },
  })
  async families(
    @AskedBy() { actor, query }: Asked,
    @Param('id') id: string,
  ): Promise<{ families: readonly MoveFamily[]; next: string | null }> {
    const { state, after, limit } = query as z.output<typeof familiesQuery>;
    const families = await this.unitOfWork.read(actor, async (tx) => {
      const move = await readMove(tx, number(id));
      return familiesOfMove(tx, move.id, { after, limit, ...(state ? { states: [state] } : {}) });
    });
    return { families, next: families.length === limit ? (families.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/pay-day-moves/:id/decision', summary: 'Decide on a move as the second person' },
    ...{ allowed: DecidePayDayMove.allowed, body: deciding },
  })
  decided(@AskedBy() { actor, body }: Asked, @Param('id') id: string): Promise<{ state: string }> {
    const { outcome, reason } = body as z.output<typeof deciding>;
    return this.decide[outcome](actor, number(id), reason);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/pay-day-moves/:id/withdraw', summary: 'Take back a move that still waits' },
    ...{ allowed: DecidePayDayMove.mayWithdraw, body: saying },
  })
  withdraw(@AskedBy() { actor, body }: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.decide.withdraw(actor, number(id), (body as z.output<typeof saying>).reason);
  }
}
