export { openCouncilAccounts, openFundAccounts } from './actions/open-accounts.action.ts';
export { postPayments, postTransfers, type Side, type Source, type Transfer } from './actions/post-transfers.action.ts';
export { sealRun, type Seal } from './actions/seal-run.action.ts';
export { transferKinds, type TransferKind } from './domain/transfer-kinds.ts';
export { type AccountBalance, balances, runsWithPayments, runTotal } from './views/balances.view.ts';
export { verifyLedger } from './views/verify-ledger.view.ts';
