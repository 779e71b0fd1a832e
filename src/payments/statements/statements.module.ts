import { Module } from '@nestjs/common';
import { OutboxModule } from '../../outbox/index.ts';
import { CloseMonth } from './actions/close-month.action.ts';
import { ImportStatement } from './actions/import-statement.action.ts';
import { KeepStatementLayout } from './actions/keep-layout.action.ts';
import { MatchByHand } from './actions/match-by-hand.action.ts';
import { OwnException } from './actions/own-exception.action.ts';
import { WriteOffLine } from './actions/write-off.action.ts';
import { LayoutsController } from './http/layouts.controller.ts';
import { MatchingController } from './http/matching.controller.ts';
import { MonthsController } from './http/months.controller.ts';
import { StatementsController } from './http/statements.controller.ts';
import { MatchBank } from './jobs/match-bank.job.ts';
import { VerifyStatements } from './views/verify-statements.view.ts';

const providers = [
  CloseMonth,
  ImportStatement,
  KeepStatementLayout,
  MatchByHand,
  OwnException,
  WriteOffLine,
  MatchBank,
  VerifyStatements,
];

/** Bank statements: taken in, matched, tied out; months closed. */
@Module({
  imports: [OutboxModule],
  controllers: [StatementsController, LayoutsController, MatchingController, MonthsController],
  providers,
  exports: providers,
})
export class StatementsModule {}
