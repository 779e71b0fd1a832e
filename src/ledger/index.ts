import { Module } from '@nestjs/common';
import { MakeJournal } from './actions/make-journal.action.ts';
import { SetJournalCodes } from './actions/set-journal-code.action.ts';
import { JournalsController } from './http/journals.controller.ts';
import { LedgerController } from './http/ledger.controller.ts';

/** The ledger's own routes, and what it hands on to the council's general ledger. What posts to it are functions of a transaction. */
@Module({
  controllers: [JournalsController, LedgerController],
  providers: [MakeJournal, SetJournalCodes],
  exports: [MakeJournal, SetJournalCodes],
})
export class LedgerModule {}

export {
  closeMonth,
  lockReopening,
  proposeReopening,
  type Reopening,
  reopeningById,
  reopeningsWaiting,
  settleReopening,
} from './actions/close-month.ts';
export { type JournalFile, type JournalMade, MakeJournal } from './actions/make-journal.action.ts';
export { type JournalCode, SetJournalCodes } from './actions/set-journal-code.action.ts';
export * from './ledger-problems.ts';
export { nextJournal } from './store/journal-batch.store.ts';
export {
  type AccountCodes,
  accountCodes,
  type JournalBatch,
  journalBatch,
  journalBatches,
} from './views/journal-batches.view.ts';
export {
  isMonthClosed,
  type LaterPosting,
  laterPostings,
  type MonthRow,
  monthsOfTheBooks,
  standsOn,
} from './views/months.view.ts';

export { openCouncilAccounts, openFundAccounts } from './actions/open-accounts.action.ts';
export {
  postEach,
  postPayments,
  postTransfers,
  type Side,
  type Source,
  type Transfer,
} from './actions/post-transfers.action.ts';
export { sealRun, type Seal } from './actions/seal-run.action.ts';
export { seeLedger } from './actions/see-ledger.ts';
export { isTransferKind, type JournalPlace, readPlace, writePlace } from './domain/journal-place.ts';
export { accountKinds, type TransferKind, transferKindNames, transferKinds } from './domain/transfer-kinds.ts';
export type { JournalFilter, JournalRow, JournalSide } from './store/journal.store.ts';
export {
  type Account,
  accountById,
  accountList,
  accountsAsked,
  movements,
  type Standing,
  standingOn,
} from './views/accounts.view.ts';
export { type AccountBalance, balances, runsWithPayments, runTotal, sumsOfKinds } from './views/balances.view.ts';
export { journal, transferDetail } from './views/journal.view.ts';
export { type Reservation, reservations } from './views/reservations.view.ts';
export {
  dayOf,
  lastMovement,
  monthsAround,
  type Statement,
  type StatementDay,
  statementOf,
} from './views/statement.view.ts';
export { verifyLedger } from './views/verify-ledger.view.ts';
