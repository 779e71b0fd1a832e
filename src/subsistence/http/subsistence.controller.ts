import { Controller, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { type Asked, AskedBy, Clock, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { seePlans } from '../actions/see-plans.ts';
import { ApprovePlans, type PlansApproved } from '../actions/approve-plans.action.ts';
import { DecideOverpayment } from '../actions/decide-overpayment.action.ts';
import { type FamiliesImported, ImportFamilies } from '../actions/import-families.action.ts';
import { PriceRun } from '../actions/price-run.action.ts';
import { entitlementRequest } from '../domain/entitlement/read-request.ts';
import { rateTables } from '../store/rate.store.ts';
import { listOverpayments, type OverpaymentRow } from '../views/overpayments.view.ts';
import { waitingPlans, type WaitingPlan } from '../views/plans.view.ts';
import { promisesOf } from '../store/promise.store.ts';
import { workOut, type WorkedOut } from '../views/work-out.view.ts';

const approving = z.object({ reason: z.string().trim().max(500).default('') });
const deciding = z.object({
  outcome: z.enum(['not_recovered', 'recovery_agreed']),
  reason: words(500),
});
const importing = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

/** Support plans, entitlement, imports and pricing over HTTP. */
@Controller()
export class SubsistenceController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly importFamilies: ImportFamilies,
    private readonly approvePlans: ApprovePlans,
    private readonly priceRun: PriceRun,
    private readonly decideOverpayment: DecideOverpayment,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/entitlement', summary: 'What would this household be owed?' },
    ...{ allowed: seePlans, body: entitlementRequest },
  })
  async work(@AskedBy() asked: Asked): Promise<WorkedOut> {
    const tables = await this.unitOfWork.read(asked.actor, rateTables);
    return workOut(asked.body, tables.get('guide'));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/import', summary: 'Take in families from a CSV file, all or nothing' },
    ...{ allowed: ImportFamilies.allowed, query: importing, consumes: 'text/csv' },
  })
  import(@AskedBy() asked: Asked, @Req() request: Request): Promise<FamiliesImported> {
    const { dryRun } = asked.query as z.output<typeof importing>;
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return this.importFamilies.run(asked.actor, bytes, this.clock.today(), { dryRun });
  }

  @Route({
    method: 'GET',
    path: '/api/v1/plans/waiting',
    summary: 'Plans that wait for a second person',
    allowed: seePlans,
  })
  waiting(@AskedBy() asked: Asked): Promise<{ plans: WaitingPlan[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ plans: await waitingPlans(tx, 200) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/approve-all', summary: 'Approve every waiting plan within your limit' },
    ...{ allowed: ApprovePlans.allowed, body: approving },
  })
  approveAll(@AskedBy() asked: Asked): Promise<PlansApproved> {
    return this.approvePlans.all(asked.actor, (asked.body as z.output<typeof approving>).reason);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/plans/:id/approve', summary: 'Approve one plan as the second person' },
    ...{ allowed: ApprovePlans.allowed, body: approving },
  })
  approve(@AskedBy() asked: Asked, @Param('id') id: string): Promise<PlansApproved> {
    return this.approvePlans.one(asked.actor, number(id), (asked.body as z.output<typeof approving>).reason);
  }

  @Route({
    method: 'GET',
    path: '/api/v1/plans/:id/promised-dates',
    summary: 'Promised dates ahead',
    allowed: seePlans,
  })
  promised(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ dates: object[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ dates: await promisesOf(tx, number(id), tx.today) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/runs/:id/price', summary: 'Price a run, or price it again', status: 202 },
    ...{ allowed: PriceRun.allowed, movesMoney: true },
  })
  price(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ batches: number }> {
    return this.priceRun.run(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    method: 'GET',
    path: '/api/v1/overpayments',
    summary: 'Overpayments, those to decide first',
    allowed: seePlans,
  })
  overpayments(@AskedBy() asked: Asked): Promise<{ overpayments: OverpaymentRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ overpayments: await listOverpayments(tx, 500) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/overpayments/:id/decision', summary: 'Decide what becomes of an overpayment' },
    ...{ allowed: DecideOverpayment.allowed, body: deciding },
  })
  async decide(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ outcome: string }> {
    const { outcome, reason } = asked.body as z.output<typeof deciding>;
    await this.decideOverpayment.run(asked.actor, number(id), outcome, reason);
    return { outcome };
  }
}
