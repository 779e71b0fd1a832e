import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type Money, mustBeAllowed } from '../../kernel/index.ts';
import { postTransfers } from '../../ledger/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { fundByCode } from '../views/funds.view.ts';

/** Money put into a fund, with the reason and the year it is for. */
export interface NewBudget {
  readonly fundCode: string;
  /** Written `2026-27`. */
  readonly financialYear: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Puts budget into a fund, for an administrator or a finance officer. Taking it out again is a new entry. */
@Injectable()
export class AddBudget {
  static readonly allowed: Allowed = { roles: ['administrator', 'finance'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws no_such_fund */
  async run(actor: Actor, budget: NewBudget, idempotency?: Command['idempotency']): Promise<{ budgetId: string }> {
    mustBeAllowed(actor, AddBudget.allowed);
    return this.unitOfWork.run({ name: 'funds.add-budget', actor, idempotency }, async (tx) => {
      const fund = await fundByCode(tx, budget.fundCode);
      const { id } = await tx.one<{ id: string }>(
        `insert into funds.budget (authority_id, fund_id, financial_year, amount, reason, added_by)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [
          actor.authorityId,
          fund.id,
          budget.financialYear,
          budget.amount.toString(),
          budget.reason,
          actor.userId ?? null,
        ],
      );
      await postTransfers(tx, [
        {
          ...{ documentId: id, kind: 'budget-set', amount: budget.amount, effectiveDate: tx.today },
          debit: { fundId: fund.id, kind: 'budget' },
          credit: { fundId: fund.id, kind: 'available' },
        },
      ]);
      const detail = { fund: budget.fundCode, amount: budget.amount, year: budget.financialYear };
      tx.audit({ action: 'funds.budget-added', subjectKind: 'fund', subjectId: fund.id, detail });
      return { budgetId: id };
    });
  }
}
