import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { PutRight, type PutRightDone } from '../actions/put-right.action.ts';
import { seePlans } from '../actions/see-plans.ts';
import { putRightsOfFamily, type PutRightRow } from '../store/put-right.store.ts';

const saying = z.object({ reason: words(500) });

/** What is put right the same day, over HTTP: underpaid, or never arrived. */
@Controller()
export class PutRightsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly putRight: PutRight,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/families/:id/put-rights', summary: 'What was put right for a family' },
    allowed: seePlans,
  })
  list(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ putRights: PutRightRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      putRights: await putRightsOfFamily(tx, (await familyDetail(tx, number(id))).id),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/put-rights', status: 201 },
    summary: 'Pay today what a family is owed for earlier days',
    ...{ allowed: PutRight.allowed, body: saying, movesMoney: true },
  })
  underpaid(@AskedBy() asked: Asked, @Param('id') id: string): Promise<PutRightDone> {
    return this.putRight.underpaid(asked.actor, number(id), said(asked), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/payments/:id/put-right', status: 201 },
    summary: 'Pay today a payment that never arrived',
    ...{ allowed: PutRight.allowed, body: saying, movesMoney: true },
  })
  notArrived(@AskedBy() asked: Asked, @Param('id') id: string): Promise<PutRightDone> {
    return this.putRight.notArrived(asked.actor, number(id), said(asked), asked.idempotency);
  }
}

function said(asked: Asked): string {
  return (asked.body as { reason: string }).reason;
}
