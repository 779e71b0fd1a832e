import { Module } from '@nestjs/common';
import { OutboxModule } from '../../outbox/index.ts';
import { CloseMonth } from './actions/close-month.action.ts';
import { ImportStatement } from './actions/import-statement.action.ts';
import { MatchByHand } from './actions/match-by-hand.action.ts';
import { OwnException } from './actions/own-exception.action.ts';
import { WriteOffLine } from './actions/write-off.action.ts';
import { MatchingController } from './http/matching.controller.ts';
import { MonthsController } from './http/months.controller.ts';
import { StatementsController } from './http/statements.controller.ts';
import { MatchBank } from './jobs/match-bank.job.ts';
import { VerifyStatements } from './views/verify-statements.view.ts';

const providers = [CloseMonth, ImportStatement, MatchByHand, OwnException, WriteOffLine, MatchBank, VerifyStatements];

/** Bank statements: taken in, matched, tied out; months closed. */
@Module({
  imports: [OutboxModule],
  controllers: [StatementsController, MatchingController, MonthsController],
  providers,
  exports: providers,
})
export class StatementsModule {}
