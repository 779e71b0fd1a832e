import { Module } from '@nestjs/common';
import { AddBudget } from './actions/add-budget.action.ts';
import { AddFund } from './actions/add-fund.action.ts';
import { FundsController } from './http/funds.controller.ts';

/** Funds: budget, available, committed, spent, and what each may pay. */
@Module({ controllers: [FundsController], providers: [AddFund, AddBudget], exports: [AddFund, AddBudget] })
export class FundsModule {}

export { AddBudget, type NewBudget } from './actions/add-budget.action.ts';
export { AddFund, type NewFund } from './actions/add-fund.action.ts';
export { commit, free, type FundAmount, fundOverspent, use } from './actions/commitments.ts';
export { fundByCode, fundList, type FundPosition, fundPositions, noSuchFund } from './views/funds.view.ts';
