import { Controller, Param } from '@nestjs/common';
import type { z } from 'zod';
import { Money } from '../../kernel/index.ts';
import type { OpenedRun } from '../../payments/index.ts';
import { type Asked, AskedBy, number, Route, UnitOfWork } from '../../platform/index.ts';
import { type AwardChanged, ChangeAward } from '../actions/change-award.action.ts';
import { GiveBack } from '../actions/give-back.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { type AwardDetail, awardDetail } from '../views/application.view.ts';
import { cancelling, givingBack, lookingAgain, saying } from './inputs.ts';

/** Awards over HTTP: what is left of one cancelled, unspent money given back, an emergency paid today and looked at again. */
@Controller()
export class AwardsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeAward: ChangeAward,
    private readonly giveBack: GiveBack,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/awards/:id', summary: 'One award and its instalments', allowed: seeGrants })
  show(@AskedBy() asked: Asked, @Param('id') awardId: string): Promise<AwardDetail> {
    const look = { name: 'grants.see-award', actor: asked.actor };
    return this.unitOfWork.run(look, (tx) => awardDetail(tx, number(awardId)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/awards/:id/cancel', summary: 'Cancel what is due; its money is free again' },
    ...{ allowed: ChangeAward.allowed, body: cancelling, movesMoney: true },
  })
  cancel(@AskedBy() asked: Asked, @Param('id') awardId: string): Promise<AwardChanged> {
    const { reason, instalmentIds } = asked.body as z.output<typeof cancelling>;
    return this.changeAward.cancel(asked.actor, number(awardId), reason, instalmentIds, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/awards/:id/given-back',
      summary: 'Take money that is given back into its fund',
    },
    ...{ allowed: GiveBack.allowed, body: givingBack, movesMoney: true, status: 201 },
  })
  takeBack(@AskedBy() asked: Asked, @Param('id') awardId: string): Promise<{ givenBackIds: string[] }> {
    const { parts, ...terms } = asked.body as z.output<typeof givingBack>;
    const amounts = parts.map(({ paymentId, amount }) => ({ paymentId, amount: Money.gbp(amount) }));
    return this.giveBack.run(asked.actor, number(awardId), amounts, terms, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/awards/:id/given-back/:givenBack/withdraw', summary: 'It did not come back' },
    ...{ allowed: GiveBack.allowed, body: saying, movesMoney: true },
  })
  withdrawGivenBack(
    @AskedBy() asked: Asked,
    @Param('id') awardId: string,
    @Param('givenBack') givenBackId: string,
  ): Promise<{ state: 'withdrawn' }> {
    const { reason } = asked.body as z.output<typeof saying>;
    return this.giveBack.withdraw(asked.actor, number(awardId), number(givenBackId), reason, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/awards/:id/pay-today',
      summary: 'Open a run for an emergency alone',
      status: 201,
    },
    ...{ allowed: ChangeAward.payers, movesMoney: true },
  })
  payToday(@AskedBy() asked: Asked, @Param('id') awardId: string): Promise<OpenedRun> {
    return this.changeAward.payToday(asked.actor, number(awardId), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/awards/:id/second-look', summary: 'Look again at what was paid the same day' },
    ...{ allowed: ChangeAward.lookers, body: lookingAgain },
  })
  lookAgain(@AskedBy() asked: Asked, @Param('id') awardId: string): Promise<{ agreed: boolean }> {
    return this.changeAward.lookAgain(asked.actor, number(awardId), asked.body as z.output<typeof lookingAgain>);
  }
}
