import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { DecidePlanChange } from '../actions/decide-plan-change.action.ts';
import { type PlanChangeProposed, ProposePlanChange } from '../actions/propose-plan-change.action.ts';
import { seePlans } from '../actions/see-plans.ts';
import type { PlanChangeTerms } from '../domain/plan-change.ts';
import { waitingPlanChanges, type WaitingPlanChange } from '../views/plan-changes.view.ts';
import { weekly } from './plan-proposals.controller.ts';

const id = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
const reason = words(500);
const urgent = z
  .object({ reason, apology: words(1000) })
  .strict()
  .nullable()
  .default(null);
const terms = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('end'), from: day, reason, urgent }).strict(),
  z
    .object({
      ...{ kind: z.literal('top-up'), from: day, to: day.nullable().default(null), weekly, reason },
      memberId: id.nullable().default(null),
    })
    .strict(),
  z.object({ kind: z.literal('end-top-up'), from: day, topUpId: id, reason, urgent }).strict(),
  z.object({ kind: z.literal('override'), from: day, weekly: weekly.nullable(), reason, urgent }).strict(),
  z.object({ kind: z.literal('standard'), standard: z.enum(['subsistence', 'welfare']), reason }).strict(),
]);
const proposing = z
  .object({ planVersion: z.number().int().min(1), change: terms, inPlaceOf: id.nullable().default(null) })
  .strict();
const approving = z.object({ reason: z.string().trim().max(500).default('') });
const saying = z.object({ reason });

/** Changes of approved support plans over HTTP. */
@Controller()
export class PlanChangesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposePlanChange,
    private readonly decide: DecidePlanChange,
  ) {}

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/plans/:id/changes',
      summary: 'Propose a change of an approved plan',
      status: 201,
    },
    ...{ allowed: ProposePlanChange.allowed, body: proposing, movesMoney: true },
  })
  start(@AskedBy() asked: Asked, @Param('id') planId: string): Promise<PlanChangeProposed> {
    const { planVersion, change, inPlaceOf } = asked.body as z.output<typeof proposing>;
    const given = change as PlanChangeTerms;
    return this.propose.run(asked.actor, number(planId), planVersion, given, inPlaceOf, asked.idempotency);
  }

  @Route({
    ...{
      method: 'GET',
      path: '/api/v1/plan-changes/waiting',
      summary: 'Changes of plans that wait for a second person',
    },
    allowed: seePlans,
  })
  waiting(@AskedBy() asked: Asked): Promise<{ changes: WaitingPlanChange[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ changes: await waitingPlanChanges(tx, 200) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plan-changes/:id/approve', summary: 'Approve a change as the second person' },
    ...{ allowed: DecidePlanChange.allowed, body: approving },
  })
  approve(@AskedBy() asked: Asked, @Param('id') changeId: string): Promise<{ state: string }> {
    return this.decide.approve(asked.actor, number(changeId), said(asked));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/plan-changes/:id/ask-for-changes',
      summary: 'Send a change back to its proposer',
    },
    ...{ allowed: DecidePlanChange.allowed, body: saying },
  })
  askForChanges(@AskedBy() asked: Asked, @Param('id') changeId: string): Promise<{ state: string }> {
    return this.decide.askForChanges(asked.actor, number(changeId), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plan-changes/:id/decline', summary: 'Decline a change with a reason' },
    ...{ allowed: DecidePlanChange.allowed, body: saying },
  })
  decline(@AskedBy() asked: Asked, @Param('id') changeId: string): Promise<{ state: string }> {
    return this.decide.decline(asked.actor, number(changeId), said(asked));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/plan-changes/:id/propose',
      summary: 'Propose a change again as things stand now',
    },
    allowed: ProposePlanChange.allowed,
  })
  again(@AskedBy() asked: Asked, @Param('id') changeId: string): Promise<PlanChangeProposed> {
    return this.propose.again(asked.actor, number(changeId));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plan-changes/:id/withdraw', summary: 'Take back a change that is still open' },
    ...{ allowed: ProposePlanChange.allowed, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') changeId: string): Promise<{ state: string }> {
    return this.propose.withdraw(asked.actor, number(changeId), said(asked));
  }
}

function said(asked: Asked): string {
  return (asked.body as { reason: string }).reason;
}
