import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf, limitKinds } from '../../identity/index.ts';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork } from '../../platform/index.ts';
import { type Declaration, DeclareConflict } from '../actions/declare-conflict.action.ts';
import { seeApprovals } from '../actions/see-approvals.ts';
import { declaration } from '../domain/declaration.ts';
import { type RequestDetail, requestDetail } from '../views/request-detail.view.ts';
import { type WaitingApproval, waitingApprovals } from '../views/waiting.view.ts';

const listing = pageQuery.extend({
  kind: z.enum(limitKinds).optional(),
  escalated: z.enum(['yes', 'no']).default('no'),
});

/** What waits for approval over HTTP: by when, who can sign, who signed, and who has an interest in it. */
@Controller()
export class ApprovalsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly declare: DeclareConflict,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/approvals', summary: 'What waits for a decision, the oldest first' },
    ...{ allowed: seeApprovals, query: listing },
  })
  async list(@AskedBy() asked: Asked): Promise<{ approvals: WaitingApproval[]; next: string | null }> {
    const { kind, escalated, after, limit } = asked.query as z.output<typeof listing>;
    const approvals = await this.unitOfWork.read(asked.actor, async (tx) => {
      const { council } = await this.calendars.of(tx, (await authorityOf(tx)).division);
      return waitingApprovals(tx, council, { kind, after, limit, isEscalated: escalated === 'yes' });
    });
    return { approvals, next: approvals.length === limit ? (approvals.at(-1)?.requestId ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/approvals/:id', summary: 'One request: its signatures, and who can sign' },
    allowed: seeApprovals,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<RequestDetail> {
    return this.unitOfWork.read(asked.actor, (tx) => requestDetail(tx, number(id)));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/approvals/:id/conflict',
      summary: 'Say whether you have a conflict of interest',
    },
    ...{ allowed: DeclareConflict.allowed, body: declaration },
  })
  conflict(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ declared: string }> {
    return this.declare.run(asked.actor, number(id), asked.body as Declaration, asked.idempotency);
  }
}
