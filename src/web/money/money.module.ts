import { Module } from '@nestjs/common';
import { FundsModule } from '../../funds/index.ts';
import { AccountPages } from './accounts.page.ts';
import { MoneyFiles } from './downloads.page.ts';
import { FundPages } from './funds.page.ts';
import { JournalPages } from './journal.page.ts';
import { NewFundPages } from './new-fund.page.ts';
import { ProposalPages } from './proposals.page.ts';
import { ProposePages } from './propose.page.ts';
import { Questions } from './questions.ts';

/** Money: funds, their budgets, the ledger, and the way from a fund to a family. */
@Module({
  imports: [FundsModule],
  // In this order: "/funds/proposals" is no fund's number.
  controllers: [ProposalPages, NewFundPages, ProposePages, FundPages, AccountPages, JournalPages, MoneyFiles],
  providers: [Questions],
})
export class MoneyJourney {}
