import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { Money, type PlainDate, roles } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ChangeCouncil } from '../actions/change-council.action.ts';
import { DecideLimit } from '../actions/decide-limit.action.ts';
import { ProposeLimit } from '../actions/propose-limit.action.ts';
import { seeAdministration } from '../actions/see-administration.ts';
import { answering } from '../domain/answer.ts';
import { postages } from '../domain/notice-policy.ts';
import { type CouncilSettings, councilSettings, serviceStructures } from '../views/council.view.ts';
import { limitKinds } from '../views/limit-in-force.view.ts';
import { type LimitProposal, type LimitRow, listLimits, waitingLimits } from '../views/limits.view.ts';

const settings = z.object({
  version: z.number().int(),
  reason: words(500),
  division: z.enum(['england-and-wales', 'scotland', 'northern-ireland']).optional(),
  leadDays: z.number().int().min(0).max(20).optional(),
  coolOffDays: z.number().int().min(0).max(30).optional(),
  noticeDays: z.number().int().optional(),
  endingNoticeDays: z.number().int().optional(),
  payDayChangeNeedsApproval: z.boolean().optional(),
  reviewAskDays: z.number().int().optional(),
  reviewAnswerDays: z.number().int().optional(),
  helpPhone: words(20).nullable().optional(),
  helpEmail: words(254).nullable().optional(),
  returnAddress: z.array(words(60)).max(7).nullable().optional(),
  postage: z.enum(postages).optional(),
  lettersPrintedHere: z.boolean().optional(),
  serviceStructure: z.enum(serviceStructures).optional(),
  displayName: words(80).nullable().optional(),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  contact: z.string().max(400).optional(),
});
const proposing = z.object({
  role: z.enum(roles),
  kind: z.enum(limitKinds),
  amount: z.string(),
  family: z.object({ amount: z.string(), months: z.number().int().min(1).max(36) }).nullish(),
  effectiveFrom: day,
  /** For one person in that role, in place of the role's limit, up to a last day where there is one. */
  person: z.object({ id: z.string().regex(/^\d{1,18}$/), lastDay: day.nullable().default(null) }).nullish(),
  reason: words(500),
});

/** How the council is set up, over HTTP: settings and limits. */
@Controller()
export class CouncilController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeCouncil: ChangeCouncil,
    private readonly proposeLimit: ProposeLimit,
    private readonly decideLimit: DecideLimit,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/council', summary: 'The council’s settings', allowed: seeAdministration })
  council(@AskedBy() asked: Asked): Promise<CouncilSettings> {
    return this.unitOfWork.read(asked.actor, councilSettings);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/council', summary: 'Change the council’s settings, with a reason' },
    ...{ allowed: ChangeCouncil.allowed, body: settings },
  })
  change(@AskedBy() asked: Asked): Promise<{ version: number }> {
    const { version, reason, ...change } = asked.body as z.output<typeof settings>;
    return this.changeCouncil.run(asked.actor, change, { version, reason }, asked.idempotency);
  }

  @Route({ method: 'GET', path: '/api/v1/limits', summary: 'Delegated limits', allowed: seeAdministration })
  limits(@AskedBy() asked: Asked): Promise<{ limits: LimitRow[]; waiting: LimitProposal[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...{ limits: await listLimits(tx), waiting: await waitingLimits(tx) },
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/limits/proposals', summary: 'Propose a delegated limit', status: 201 },
    ...{ allowed: ProposeLimit.allowed, body: proposing },
  })
  propose(@AskedBy() asked: Asked): Promise<{ proposalId: string }> {
    const { reason, amount, family, ...terms } = asked.body as z.output<typeof proposing>;
    const ofFamily = family ? { months: family.months, amount: Money.gbp(family.amount) } : null;
    const limit = { ...terms, amount: Money.gbp(amount), family: ofFamily };
    return this.proposeLimit.run(asked.actor, limit, reason, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/limits/proposals/:id/decision', summary: 'Confirm or refuse a limit' },
    ...{ allowed: DecideLimit.allowed, body: answering },
  })
  decide(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<{ limitId: string | null; effectiveFrom: PlainDate }> {
    return this.decideLimit.run(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }
}
