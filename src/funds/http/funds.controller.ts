import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AddFund } from '../actions/add-fund.action.ts';
import { answering } from '../../identity/index.ts';
import { AgreeFundRules } from '../actions/agree-fund-rules.action.ts';
import { seeFunds } from '../actions/see-funds.ts';
import { type RulesProposalRow, rulesWaiting } from '../store/rules-proposal.store.ts';
import { type FundRulesRow, readFundRules } from '../store/fund-rules.store.ts';
import { type BudgetEntry, budgetEntries } from '../views/budgets.view.ts';
import { type FundPosition, fundPositions, positionOf } from '../views/funds.view.ts';

const newFund = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens.'),
  name: words(100),
  pays: z.array(z.enum(['section-17', 'grant'])).min(1, 'Say what the fund pays.'),
});

const cap = z
  .string()
  .regex(/^(?!0+(?:\.0+)?$)(0|[1-9]\d{0,8})(\.\d{1,2})?$/, 'Write pounds and pence above nought, as "12.50".')
  .nullable()
  .default(null);
const names = (most: number) => z.array(words(80)).min(1).max(most).nullable().default(null);
const rules = z.object({
  programme: words(80).nullable().default(null),
  buys: names(20),
  awardCap: cap,
  familyCap: cap,
  emergencyCap: cap,
  coolingOffDays: z.number().int().min(0).max(3660).default(0),
  spentBy: names(50),
  reason: words(500),
  seen: z.number().int().positive().optional(),
});

/** Funds over HTTP. */
@Controller()
export class FundsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addFund: AddFund,
    private readonly agreeFundRules: AgreeFundRules,
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
  show(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<FundPosition & { entries: BudgetEntry[]; rules: FundRulesRow; rulesWaiting: RulesProposalRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...(await positionOf(tx, number(id))),
      entries: await budgetEntries(tx, id),
      rules: await readFundRules(tx, id),
      rulesWaiting: await rulesWaiting(tx, id),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/funds/:id/rules', summary: 'Propose what a fund may buy, and up to how much' },
    ...{ allowed: AgreeFundRules.allowed, body: rules, status: 201 },
  })
  proposeRules(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ proposalId: string }> {
    const { seen, reason, ...said } = asked.body as z.output<typeof rules>;
    return this.agreeFundRules.propose(asked.actor, number(id), said, { seen, reason }, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/fund-rules/:id/decision',
      summary: 'Put proposed rules in force, or refuse them',
    },
    ...{ allowed: AgreeFundRules.allowed, body: answering },
  })
  decideRules(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ fundId: string; version: number }> {
    const answer = asked.body as z.output<typeof answering>;
    return this.agreeFundRules.decide(asked.actor, number(id), answer, asked.idempotency);
  }
}
