import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Money } from '../../kernel/index.ts';
import { type Asked, AskedBy, Route, UnitOfWork } from '../../platform/index.ts';
import { AddBudget } from '../actions/add-budget.action.ts';
import { type FundPosition, fundPositions } from '../views/funds.view.ts';

const money = z
  .string()
  .regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/, 'Write pounds and pence as text, for example "49.18".');
const newBudget = z.object({
  financialYear: z.string().regex(/^20\d{2}-\d{2}$/, 'Write the year as 2026-27.'),
  amount: money,
  reason: z.string().trim().min(1, 'Say why.').max(500),
  fundCode: z.string().min(1),
});

/** Funds over HTTP. */
@Controller()
export class FundsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addBudget: AddBudget,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/funds', summary: 'Where each fund stands' },
    allowed: { roles: ['finance', 'releaser', 'manager', 'auditor', 'administrator', 'caseworker'] },
  })
  list(@AskedBy() asked: Asked): Promise<{ funds: FundPosition[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ funds: await fundPositions(tx) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/budgets', summary: 'Put budget into a fund', status: 201 },
    ...{ allowed: AddBudget.allowed, body: newBudget, movesMoney: true },
  })
  add(@AskedBy() asked: Asked): Promise<{ budgetId: string }> {
    const body = asked.body as z.output<typeof newBudget>;
    return this.addBudget.run(asked.actor, { ...body, amount: Money.gbp(body.amount) }, asked.idempotency);
  }
}
