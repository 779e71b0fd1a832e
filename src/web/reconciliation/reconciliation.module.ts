import { Module } from '@nestjs/common';
import { PaymentsModule } from '../../payments/index.ts';
import { StatementPages } from './statements.page.ts';

/** Reconciliation: what the bank says beside what was sent. */
@Module({ imports: [PaymentsModule], controllers: [StatementPages] })
export class ReconciliationJourney {}
