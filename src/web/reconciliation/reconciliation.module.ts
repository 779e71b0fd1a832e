import { Module } from '@nestjs/common';
import { LedgerModule } from '../../ledger/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { ExceptionPages } from './exceptions.page.ts';
import { JournalPages } from './journals.page.ts';
import { LayoutPages } from './layouts.page.ts';
import { LinePages } from './line.page.ts';
import { MonthPages } from './months.page.ts';
import { StatementPages } from './statements.page.ts';
import { WriteOffPages } from './write-offs.page.ts';

/** Reconciliation: what the bank says beside what was sent, months closed, journals handed on. */
@Module({
  imports: [LedgerModule, PaymentsModule],
  controllers: [StatementPages, LayoutPages, LinePages, WriteOffPages, ExceptionPages, MonthPages, JournalPages],
})
export class ReconciliationJourney {}
