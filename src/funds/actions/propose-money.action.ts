import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type Money, mustBeAllowed, personActing } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { fundOverspent, sameFund, yearTooSmall } from '../fund-problems.ts';
import { insertProposal } from '../store/proposal.store.ts';
import { budgetOfYear } from '../views/budgets.view.ts';
import { fundById, positionOf } from '../views/funds.view.ts';

/** Money for a fund that somebody proposes. */
export interface ProposedMoney {
  readonly fundId: string;
  /** Written `2026-27`. */
  readonly financialYear: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Puts money for a fund before a second person, for a finance officer or an administrator. The ledger waits. */
@Injectable()
export class ProposeMoney {
  static readonly allowed: Allowed = { roles: ['finance', 'administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Proposes a budget. @throws no_such_fund */
  async budget(
    actor: Actor,
    money: ProposedMoney,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeMoney.allowed);
    return this.unitOfWork.run({ name: 'funds.propose-budget', actor, idempotency }, async (tx) => {
      await fundById(tx, money.fundId);
      return this.#propose(tx, 'budget', money, null);
    });
  }

  /** Proposes a move from one fund to another. @throws no_such_fund, same_fund, fund_overspent, budget_of_year_too_small */
  async move(
    actor: Actor,
    fromFundId: string,
    money: ProposedMoney,
    idempotency?: Command['idempotency'],
  ): Promise<{ proposalId: string }> {
    mustBeAllowed(actor, ProposeMoney.allowed);
    return this.unitOfWork.run({ name: 'funds.propose-move', actor, idempotency }, async (tx) => {
      if (fromFundId === money.fundId) throw sameFund('That is the fund it comes from.');
      await fundById(tx, money.fundId);
      await checkThereIsEnough(tx, fromFundId, money);
      return this.#propose(tx, 'move', money, fromFundId);
    });
  }

  async #propose(
    tx: Transaction,
    kind: 'budget' | 'move',
    money: ProposedMoney,
    fromFundId: string | null,
  ): Promise<{ proposalId: string }> {
    const { fundId, financialYear, amount, reason } = money;
    const content = { kind, fundId, fromFundId, financialYear, amount, reason };
    const proposalId = await insertProposal(tx, { ...content, proposedBy: personActing(tx.actor) });
    const detail = { proposal: proposalId, amount, year: financialYear, ...(fromFundId ? { from: fromFundId } : {}) };
    tx.audit({ action: `funds.${kind}-proposed`, subjectKind: 'fund', subjectId: fundId, detail });
    return { proposalId };
  }
}

/** Tells the proposer now what the database would tell the second person later. */
async function checkThereIsEnough(tx: Transaction, fromFundId: string, money: ProposedMoney): Promise<void> {
  const { available, name } = await positionOf(tx, fromFundId);
  const at = (reason: string) => [{ field: 'amount', reason }];
  if (available.compare(money.amount) < 0)
    throw fundOverspent(
      `${name} has £${available.toString()} available.`,
      at(`Only £${available.toString()} is available.`),
    );
  const year = await budgetOfYear(tx, fromFundId, money.financialYear);
  if (year.compare(money.amount) < 0)
    throw yearTooSmall(
      `${name} has a budget of £${year.toString()} for ${money.financialYear}.`,
      at(`The budget for ${money.financialYear} is £${year.toString()}.`),
    );
}
