import { Module } from '@nestjs/common';
import { AddBudget } from './actions/add-budget.action.ts';
import { AddFund } from './actions/add-fund.action.ts';
import { AgreeFundRules } from './actions/agree-fund-rules.action.ts';
import { ProposeMoney } from './actions/propose-money.action.ts';
import { SetFundRules } from './actions/set-fund-rules.action.ts';
import { SettleMoney } from './actions/settle-money.action.ts';
import { FundProposalsController } from './http/fund-proposals.controller.ts';
import { FundsController } from './http/funds.controller.ts';

const actions = [AddFund, AddBudget, AgreeFundRules, ProposeMoney, SetFundRules, SettleMoney];

/** Funds: budget, available, committed, spent, what each may pay, and money put in or moved by four eyes. */
@Module({ controllers: [FundsController, FundProposalsController], providers: actions, exports: actions })
export class FundsModule {}

export { AddBudget, type NewBudget } from './actions/add-budget.action.ts';
export { AddFund, type NewFund } from './actions/add-fund.action.ts';
export {
  commit,
  commitParts,
  free,
  freeParts,
  type FundAmount,
  type ReservedPart,
  use,
  useParts,
} from './actions/commitments.ts';
export { type ProposedMoney, ProposeMoney } from './actions/propose-money.action.ts';
export { AgreeFundRules } from './actions/agree-fund-rules.action.ts';
export { SetFundRules } from './actions/set-fund-rules.action.ts';
export { type FundRules, type FundRulesRow, readFundRules } from './store/fund-rules.store.ts';
export { readRulesProposal, type RulesProposalRow, rulesWaiting } from './store/rules-proposal.store.ts';
export { seeFunds } from './actions/see-funds.ts';
export { type SettledMoney, SettleMoney } from './actions/settle-money.action.ts';
export { daysOfYear, financialYearOf, isFinancialYear, yearsToBudgetFor } from './domain/financial-year.ts';
export * from './fund-problems.ts';
export { type ProposalCommand, type ProposalState, proposalStates } from './proposal.states.ts';
export { listProposals, type ProposalRow, readProposal, readProposals } from './store/proposal.store.ts';
export {
  type BudgetEntry,
  budgetEntries,
  budgetOfYear,
  budgetsByYear,
  budgetsNamed,
  type YearOfFund,
} from './views/budgets.view.ts';
export {
  fundByCode,
  fundById,
  fundList,
  type FundPosition,
  fundPositions,
  type FundRow,
  positionOf,
  totalOf,
} from './views/funds.view.ts';
