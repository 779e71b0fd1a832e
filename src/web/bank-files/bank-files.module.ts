import { Module } from '@nestjs/common';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { BankFilePage } from './file.page.ts';
import { FileStepPages } from './file-steps.page.ts';
import { BankFileListPage } from './list.page.ts';
import { PayAgainPages } from './pay-again.page.ts';
import { ReportPages } from './reports.page.ts';
import { ReturnPages } from './returns.page.ts';

/** Bank files at the bank, what banks report, and payments that came back. */
@Module({
  imports: [FamiliesModule, PaymentsModule],
  controllers: [BankFileListPage, BankFilePage, FileStepPages, ReportPages, PayAgainPages, ReturnPages],
  providers: [BankFilePage],
})
export class BankFilesJourney {}
