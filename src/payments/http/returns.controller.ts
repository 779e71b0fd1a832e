import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { CloseReturn } from '../actions/close-return.action.ts';
import { ConfirmDetails } from '../actions/confirm-details.action.ts';
import { type Reissued, ReissueReturns } from '../actions/reissue-returns.action.ts';
import { seeReturns } from '../actions/see-bank-files.ts';
import { railNames } from '../rails/rail-names.ts';
import { type WrongDetailsShown, wrongDetailsShown } from '../views/wrong-details.view.ts';
import { type ReturnDetail, returnDetail, type ReturnShown, returnsShown } from '../views/returns.view.ts';

const listing = z.object({
  state: z.enum(['open', 'reissued', 'closed']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
const why = z.object({ reason: words(500) });
const reissuing = z.object({
  returnIds: z
    .array(z.string().regex(/^\d{1,18}$/))
    .min(1)
    .max(500),
  rail: z.enum(railNames).default('bacs'),
  isUrgent: z.boolean().default(false),
});

/** Payments that came back, over HTTP: who confirmed their details, paying them again, closing them. */
@Controller()
export class ReturnsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly confirmDetails: ConfirmDetails,
    private readonly reissueReturns: ReissueReturns,
    private readonly closeReturn: CloseReturn,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/returns', summary: 'Payments that came back, those due first' },
    ...{ allowed: seeReturns, query: listing },
  })
  async list(@AskedBy() asked: Asked): Promise<{ returns: ReturnShown[] }> {
    const query = asked.query as z.output<typeof listing>;
    return this.unitOfWork.read(asked.actor, async (tx) => ({ returns: await returnsShown(tx, query) }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/wrong-details', allowed: seeReturns },
    summary: 'Details banks say are wrong, though the money arrived',
  })
  async wrong(@AskedBy() asked: Asked): Promise<{ wrongDetails: WrongDetailsShown[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ wrongDetails: await wrongDetailsShown(tx, 200) }));
  }

  @Route({ method: 'GET', path: '/api/v1/returns/:id', summary: 'One payment that came back', allowed: seeReturns })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<ReturnDetail> {
    return this.unitOfWork.read(asked.actor, (tx) => returnDetail(tx, number(id)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/returns/:id/confirm', summary: 'Say that its details are right after all' },
    ...{ allowed: ConfirmDetails.allowed, body: why },
  })
  confirm(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ returnId: string }> {
    const { reason } = asked.body as z.output<typeof why>;
    return this.confirmDetails.run(asked.actor, number(id), reason, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/returns/reissue', summary: 'Pay again what came back', status: 201 },
    ...{ allowed: ReissueReturns.allowed, body: reissuing, movesMoney: true },
  })
  reissue(@AskedBy() asked: Asked): Promise<Reissued> {
    return this.reissueReturns.run(asked.actor, asked.body as z.output<typeof reissuing>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/returns/:id/close', summary: 'Do not pay it again, with a reason' },
    ...{ allowed: CloseReturn.allowed, body: why, movesMoney: true },
  })
  close(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ returnId: string }> {
    const { reason } = asked.body as z.output<typeof why>;
    return this.closeReturn.run(asked.actor, number(id), reason, asked.idempotency);
  }
}
