import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ProposePlan, type PlanProposed } from '../actions/propose-plan.action.ts';
import { SettleProposal } from '../actions/settle-proposal.action.ts';
import { seePlans } from '../actions/see-plans.ts';
import { planDetail } from '../views/plans.view.ts';

const id = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
/** Weekly pounds and pence as text. */
export const weekly = z
  .string()
  .regex(/^(?!0+(?:\.0+)?$)(0|[1-9]\d{0,8})(\.\d{1,2})?$/, 'Write pounds and pence above nought, as "12.50".');

/** A plan as it is proposed, over the API and from pages. */
export const planProposal = z
  .object({
    fundId: id,
    standard: z.enum(['subsistence', 'welfare']).default('subsistence'),
    standardReason: words(500).nullable().default(null),
    override: z
      .object({ weekly, reason: words(500) })
      .strict()
      .nullable()
      .default(null),
    frequencyDays: z.union([z.literal(7), z.literal(14), z.literal(28)]).default(7),
    payDay: z.number().int().min(1).max(5),
    supportFrom: day,
    supportTo: day.nullable().default(null),
    topUps: z
      .array(z.object({ memberId: id.nullable().default(null), weekly, reason: words(500) }).strict())
      .max(50)
      .default([]),
    inPlaceOf: id.nullable().default(null),
  })
  .strict();
const saying = z.object({ reason: words(500) });

/** Proposing support plans over HTTP, and what becomes of a proposal besides approval. */
@Controller()
export class PlanProposalsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposePlan: ProposePlan,
    private readonly settleProposal: SettleProposal,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/plans', summary: 'Propose a support plan', status: 201 },
    ...{ allowed: ProposePlan.allowed, body: planProposal, movesMoney: true },
  })
  propose(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<PlanProposed> {
    const { inPlaceOf, ...plan } = asked.body as z.output<typeof planProposal>;
    return this.proposePlan.run(asked.actor, number(familyId), plan, inPlaceOf, asked.idempotency);
  }

  @Route({ method: 'GET', path: '/api/v1/plans/:id', summary: 'One support plan, line by line', allowed: seePlans })
  plan(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<object> {
    return this.unitOfWork.run({ name: 'subsistence.see-plan', actor: asked.actor }, async (tx) => {
      const plan = await planDetail(tx, number(planId));
      tx.audit({ action: 'subsistence.plan-seen', subjectKind: 'plan', subjectId: plan.id });
      return { ...plan, week: { ...plan.week, amount: plan.weekly } };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/:id/propose', summary: 'Propose a waiting plan again as it stands now' },
    allowed: SettleProposal.proposers,
  })
  proposeAgain(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<{ requestId: string; weekly: string }> {
    return this.settleProposal.proposeAgain(asked.actor, number(planId));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/:id/withdraw', summary: 'Take back a plan that is not approved' },
    ...{ allowed: SettleProposal.proposers, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<{ state: string }> {
    return this.settleProposal.withdraw(asked.actor, number(planId), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/:id/decline', summary: 'Decline a plan with a reason' },
    ...{ allowed: SettleProposal.deciders, body: saying },
  })
  decline(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<{ state: string }> {
    return this.settleProposal.decline(asked.actor, number(planId), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/:id/ask-for-changes', summary: 'Send a plan back to its proposer' },
    ...{ allowed: SettleProposal.deciders, body: saying },
  })
  askForChanges(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<{ state: string }> {
    return this.settleProposal.askForChanges(asked.actor, number(planId), said(asked));
  }
}

function said(asked: Asked): string {
  return (asked.body as z.output<typeof saying>).reason;
}
