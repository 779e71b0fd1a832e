import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { answering, limitKinds } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AgreeSignatures } from '../actions/agree-signatures.action.ts';
import { CloseApprovals } from '../actions/close-approvals.action.ts';
import { seeApprovalRules } from '../actions/see-approvals.ts';
import { type Freeze, listFreezes } from '../views/freezes.view.ts';
import { listPolicies, type Policy, signerRoles } from '../views/policies.view.ts';

const proposing = z.object({
  kind: z.enum(limitKinds),
  fromAmount: z
    .string()
    .regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/, 'Write pounds and pence as text, for example "1000.00".')
    .transform((text) => Money.gbp(text)),
  signers: z.array(z.enum(signerRoles)).min(1).max(5),
  effectiveFrom: day,
  reason: words(500),
});
const closing = z.object({
  firstDay: day,
  lastDay: day,
  kinds: z.array(z.enum(limitKinds)).min(1),
  reason: words(500),
});
const lifting = z.object({ reason: words(500) });

/** The rules of approvals over HTTP: how many people sign what, and when approvals are closed. */
@Controller()
export class ApprovalRulesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agree: AgreeSignatures,
    private readonly close: CloseApprovals,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/approval-policies', summary: 'How many people sign what' },
    allowed: seeApprovalRules,
  })
  async policies(@AskedBy() asked: Asked): Promise<{ policies: Policy[] }> {
    return { policies: await this.unitOfWork.read(asked.actor, listPolicies) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/approval-policies', summary: 'Propose how many people sign', status: 201 },
    ...{ allowed: AgreeSignatures.mayPropose, body: proposing },
  })
  propose(@AskedBy() asked: Asked): Promise<{ policyId: string }> {
    return this.agree.propose(asked.actor, asked.body as z.output<typeof proposing>, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/approval-policies/:id/decision',
      summary: 'Confirm or refuse, as another person',
    },
    ...{ allowed: AgreeSignatures.mayDecide, body: answering },
  })
  decide(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.agree.decide(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/approval-freezes', summary: 'When approvals are closed' },
    allowed: seeApprovalRules,
  })
  async freezes(@AskedBy() asked: Asked): Promise<{ freezes: Freeze[] }> {
    return { freezes: await this.unitOfWork.read(asked.actor, listFreezes) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/approval-freezes', summary: 'Close approvals for some days', status: 201 },
    ...{ allowed: CloseApprovals.allowed, body: closing },
  })
  freeze(@AskedBy() asked: Asked): Promise<{ freezeId: string }> {
    return this.close.run(asked.actor, asked.body as z.output<typeof closing>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/approval-freezes/:id/lift', summary: 'Open approvals again, with a reason' },
    ...{ allowed: CloseApprovals.allowed, body: lifting },
  })
  lift(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ lifted: true }> {
    const { reason } = asked.body as z.output<typeof lifting>;
    return this.close.lift(asked.actor, number(id), reason, asked.idempotency);
  }
}
