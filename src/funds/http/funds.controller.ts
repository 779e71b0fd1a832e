import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AddFund } from '../actions/add-fund.action.ts';
import { seeFunds } from '../actions/see-funds.ts';
import { type BudgetEntry, budgetEntries } from '../views/budgets.view.ts';
import { type FundPosition, fundPositions, positionOf } from '../views/funds.view.ts';

const newFund = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens.'),
  name: words(100),
  pays: z.array(z.enum(['section-17', 'grant'])).min(1, 'Say what the fund pays.'),
});

/** Funds over HTTP. */
@Controller()
export class FundsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addFund: AddFund,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/funds', summary: 'Where each fund stands' },
    allowed: { roles: ['finance', 'releaser', 'manager', 'auditor', 'administrator', 'caseworker'] },
  })
  list(@AskedBy() asked: Asked): Promise<{ funds: FundPosition[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ funds: await fundPositions(tx) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/funds', summary: 'Add a fund', status: 201 },
    ...{ allowed: { roles: AddFund.allowed.roles }, body: newFund },
  })
  async add(@AskedBy() asked: Asked): Promise<{ fundId: string }> {
    const fund = asked.body as z.output<typeof newFund>;
    return { fundId: await this.addFund.run(asked.actor, fund, asked.idempotency) };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/funds/:id', summary: 'One fund, and what its budget is made of' },
    allowed: seeFunds,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<FundPosition & { entries: BudgetEntry[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...(await positionOf(tx, number(id))),
      entries: await budgetEntries(tx, id),
    }));
  }
}
