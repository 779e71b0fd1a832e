import { Module } from '@nestjs/common';
import { LedgerController } from './http/ledger.controller.ts';

/** The ledger's own routes. What posts to it are functions of a transaction. */
@Module({ controllers: [LedgerController] })
export class LedgerModule {}

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
export { type AccountBalance, balances, runsWithPayments, runTotal } from './views/balances.view.ts';
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
