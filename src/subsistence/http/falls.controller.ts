import { Controller, Param } from '@nestjs/common';
import { type Asked, AskedBy, number, Route, UnitOfWork } from '../../platform/index.ts';
import { seePlans } from '../actions/see-plans.ts';
import { TellFallAgain } from '../actions/tell-fall-again.action.ts';
import { type FallRow, openFalls } from '../store/fall.store.ts';
import { readPlan } from '../store/plan.store.ts';
import { keptFallsListed } from '../views/falls.view.ts';

const MOST_LISTED = 200;

/** Amounts that fall by themselves, held until their families were told, over HTTP. */
@Controller()
export class FallsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tellAgain: TellFallAgain,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/plans/:id/falls', summary: 'Lower amounts of a plan, held until they are told' },
    allowed: seePlans,
  })
  ofPlan(@AskedBy() asked: Asked, @Param('id') planId: string) {
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const { id } = await readPlan(tx, number(planId));
      return { falls: (await openFalls(tx, [id])).map(shown) };
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/falls/kept', summary: 'Lower amounts nobody told their families of in time' },
    allowed: seePlans,
  })
  kept(@AskedBy() asked: Asked): Promise<{ falls: { id: string; family: string }[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ falls: await keptFallsListed(tx, MOST_LISTED) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/falls/:id/tell-again', summary: 'Tell a family again of a lower amount' },
    ...{ allowed: TellFallAgain.allowed, movesMoney: true },
  })
  again(@AskedBy() asked: Asked, @Param('id') fallId: string): Promise<{ fallId: string }> {
    return this.tellAgain.run(asked.actor, number(fallId), asked.idempotency);
  }
}

function shown({ lines: _kept, ...fall }: FallRow): Omit<FallRow, 'lines'> {
  return fall;
}
