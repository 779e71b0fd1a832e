import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type Money, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { putIntoFund } from '../store/fund-money.store.ts';
import { fundByCode } from '../views/funds.view.ts';

/** Money put into a fund, with the reason and the year it is for. */
export interface NewBudget {
  readonly fundCode: string;
  /** Written `2026-27`. */
  readonly financialYear: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Puts budget into a fund for the operator who sets a council up. People propose it instead: `ProposeMoney`. */
@Injectable()
export class AddBudget {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_fund */
  async run(actor: Actor, budget: NewBudget): Promise<{ budgetId: string }> {
    mustBeAllowed(actor, AddBudget.allowed);
    return this.unitOfWork.run({ name: 'funds.add-budget', actor }, async (tx) => {
      const { id: fundId } = await fundByCode(tx, budget.fundCode);
      const { amount, financialYear, reason } = budget;
      const entry = { fundId, amount, financialYear, reason, addedBy: null, proposalId: null };
      const budgetId = await putIntoFund(tx, entry);
      const detail = { fund: budget.fundCode, amount, year: financialYear };
      tx.audit({ action: 'funds.budget-added', subjectKind: 'fund', subjectId: fundId, detail });
      return { budgetId };
    });
  }
}
