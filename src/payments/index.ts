import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { NoticesModule } from '../notices/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { AnswerFile } from './actions/answer-file.action.ts';
import { CancelRun } from './actions/cancel-run.action.ts';
import { CloseReturn } from './actions/close-return.action.ts';
import { ConfirmDetails } from './actions/confirm-details.action.ts';
import { DecideRun } from './actions/decide-run.action.ts';
import { ExplainException } from './actions/explain-exception.action.ts';
import { FileMaker } from './actions/file-maker.ts';
import { HoldLines } from './actions/hold-lines.action.ts';
import { ImportReport } from './actions/import-report.action.ts';
import { OpenRun } from './actions/open-run.action.ts';
import { ProposeOriginator } from './actions/propose-originator.action.ts';
import { RunPricers } from './actions/run-pricers.ts';
import { ReissueReturns } from './actions/reissue-returns.action.ts';
import { ReleaseRun } from './actions/release-run.action.ts';
import { RescueFile } from './actions/rescue-file.action.ts';
import { SetOriginator } from './actions/set-originator.action.ts';
import { SetRails } from './actions/set-rails.action.ts';
import { SettleVouchers } from './actions/settle-vouchers.action.ts';
import { SubmitFile } from './actions/submit-file.action.ts';
import { SubmitRun } from './actions/submit-run.action.ts';
import { BankFilesController } from './http/bank-files.controller.ts';
import { OriginatorController } from './http/originator.controller.ts';
import { ReturnsController } from './http/returns.controller.ts';
import { RunListsController } from './http/run-lists.controller.ts';
import { RunsController } from './http/runs.controller.ts';
import { VouchersController } from './http/vouchers.controller.ts';
import { BankFileTick } from './jobs/bank-file.tick.ts';
import { ExportRun } from './jobs/export-run.job.ts';
import { PayCalendarTick } from './jobs/pay-calendar.tick.ts';
import { PostRun } from './jobs/post-run.job.ts';
import { RollUpRun } from './jobs/roll-up-run.job.ts';
import { StatementsModule } from './statements/statements.module.ts';
import { BankFiles } from './views/bank-file.view.ts';
import { PayCalendar } from './views/pay-calendar.view.ts';
import { RunFreshness } from './views/run-freshness.view.ts';
import { VerifyPayments } from './views/verify-payments.view.ts';

const views = [RunPricers, BankFiles, PayCalendar, RunFreshness, VerifyPayments];
const actions = [
  ...[CancelRun, DecideRun, HoldLines, OpenRun, ReleaseRun, SetOriginator, SubmitRun, ProposeOriginator],
  ...[AnswerFile, CloseReturn, ConfirmDetails, ExplainException, ImportReport, ReissueReturns],
  ...[RescueFile, SetRails, SettleVouchers, SubmitFile],
];

/** Runs, their lines, payment orders and bank files. */
@Module({
  imports: [CalendarModule, FamiliesModule, FundsModule, NoticesModule, OutboxModule, StatementsModule],
  controllers: [
    ...[VouchersController, BankFilesController, ReturnsController],
    ...[OriginatorController, RunListsController, RunsController],
  ],
  providers: [...actions, FileMaker, ExportRun, PostRun, RollUpRun, BankFileTick, PayCalendarTick, ...views],
  exports: [...actions, ExportRun, PostRun, BankFileTick, PayCalendarTick, ...views, StatementsModule],
})
export class PaymentsModule {}

export { AnswerFile, fileAnswers, type PersonsAnswer } from './actions/answer-file.action.ts';
export { CloseReturn } from './actions/close-return.action.ts';
export { ConfirmDetails } from './actions/confirm-details.action.ts';
export { ExplainException } from './actions/explain-exception.action.ts';
export { ImportReport, type ReportTakenIn } from './actions/import-report.action.ts';
export { type Reissued, ReissueReturns } from './actions/reissue-returns.action.ts';
export { RescueFile, railsOf } from './actions/rescue-file.action.ts';
export { SetRails, templateRefused } from './actions/set-rails.action.ts';
export { SettleVouchers } from './actions/settle-vouchers.action.ts';
export { seeBankFiles, seeReturns } from './actions/see-bank-files.ts';
export { type FileAfter, SubmitFile } from './actions/submit-file.action.ts';
export { type BankFileCommand, type BankFileState, bankFileStateNames, bankFileStates } from './bank-file.states.ts';
export * from './file-problems.ts';
export { type RailName, railNames, railsFor, railWords } from './rails/rail-names.ts';
export { type GivenBackPart, takeGivenBack, withdrawMoneyBack } from './actions/give-back.ts';
export { type GivenBackCommand, type GivenBackState, givenBackStates } from './given-back.states.ts';
export * from './given-back-problems.ts';
export {
  givenBackOf,
  type GivenBackRow,
  type GivenBackTerms,
  givers,
  reachedPayments,
  type ReachedPayment,
  waysBack,
} from './store/given-back.store.ts';
export { railCannotPayThese, railRefused } from './rails/rail-refused.ts';
export { reportRefused, reportTakenInBefore } from './reports/report-problems.ts';
export { type Reason, reasonOf } from './reports/reason-codes.ts';
export { type ReturnCommand, type ReturnState, returnStates } from './returned-payment.states.ts';
export { type BankFileRow, filesOfRun, listBankFiles } from './store/bank-file.store.ts';
export { rescuesOf } from './store/rescue.store.ts';
export { type VoucherRow, vouchersOfFile } from './store/voucher.store.ts';
export { type VoucherCommand, type VoucherState, voucherStates } from './voucher.states.ts';
export { type RescueCommand, type RescueState, rescueStates } from './rescue.states.ts';
export { type ExceptionRow, listExceptions, type ReportKind, reportKinds } from './store/report.store.ts';
export { type BankFileStory, bankFileStory } from './views/bank-file-story.view.ts';
export { type WrongDetailsShown, wrongDetailsShown } from './views/wrong-details.view.ts';
export { type ReadyAgain, readyAgain } from './views/ready-again.view.ts';
export { type ReturnDetail, returnDetail, type ReturnShown, returnsShown } from './views/returns.view.ts';
export { runMovedOn } from './actions/as-seen.ts';
export { CancelRun, putRightRunCancelled, runCancelled } from './actions/cancel-run.action.ts';
export { DecideRun, reasonNeeded } from './actions/decide-run.action.ts';
export { countBatch, finishPricing } from './actions/finish-pricing.ts';
export { holdCategories, HoldLines, type LinesAndReason, type RunAfter } from './actions/hold-lines.action.ts';
export { grantsRunOpened, OpenRun, type OpenedRun, putRightRunOpened, runOpened } from './actions/open-run.action.ts';
export { openSameDayRun } from './actions/open-same-day-run.ts';
export { postRun, releaseDays, ReleaseRun } from './actions/release-run.action.ts';
export { type HolidayRun, releasedPayDates, replanRuns, runsPastChanging } from './actions/replan-runs.ts';
export { seeRuns } from './actions/see-runs.ts';
export { ProposeOriginator } from './actions/propose-originator.action.ts';
export { originatorAnswers } from './http/originator.controller.ts';
export { originatorShown } from './views/originator.view.ts';
export { SetOriginator } from './actions/set-originator.action.ts';
export { SubmitRun } from './actions/submit-run.action.ts';
export { BankFileTick } from './jobs/bank-file.tick.ts';
export { ExportRun, exportRun, grantsRunPosted, putRightRunPosted, runPosted } from './jobs/export-run.job.ts';
export { PayCalendarTick, type PromisedPayDate } from './jobs/pay-calendar.tick.ts';
export { PostRun } from './jobs/post-run.job.ts';
export * from './payment-problems.ts';
export { type RunCommand, type RunState, runStateNames, runStates } from './run.states.ts';
export { insertLines, type NewLine, voidLines } from './store/line.store.ts';
export {
  overpaymentsPaidBackBy,
  recoveredSoFar,
  type RecoveringLine,
  recoveringLines,
} from './store/recovered.store.ts';
export { insertReservedLines, type ReservedLine, sourcesOnLines } from './store/reserved-line.store.ts';
export { RunPricers } from './actions/run-pricers.ts';
export { startRunPricing } from './actions/start-run-pricing.ts';
export {
  type LastLine,
  lastLines,
  overpaidLines,
  postedExplanations,
  type PostedExplanation,
  postedLines,
  runSources,
} from './store/paid-lines.store.ts';
export { runContent } from './store/run-content.store.ts';
export {
  findRuns,
  listRuns,
  lockRun,
  moveRun,
  readRun,
  runApprovalKind,
  type RunFacts,
  type RunKind,
  type RunRow,
  runsWaitingForAnother,
} from './store/run.store.ts';
export { type BankFile, BankFiles, bankFileFacts, type BankFileFacts } from './views/bank-file.view.ts';
export { type FundNeeded, type RunFigures, runFigures } from './views/figures.view.ts';
export {
  explainedLines,
  type FamilyPayment,
  type HoldRow,
  holdsOf,
  type LineRow,
  type LinesAsked,
  listLines,
  paymentDetail,
  paymentsOf,
} from './views/lines.view.ts';
export { type LineAhead, linesAhead } from './views/lines-ahead.view.ts';
export { type HoldOfPlan, holdsOfPlans } from './views/holds.view.ts';
export { PayCalendar, type PayCalendarAnswer, payCalendar, type PayCalendarRow } from './views/pay-calendar.view.ts';
export { type NamedPayment, paymentsNamed, runsNamed, runsOfApprovals } from './views/named.view.ts';
export { previewRun } from './views/preview.view.ts';
export { type RunDetail, runDetail } from './views/run.view.ts';
export {
  firstToNewDetails,
  listVariance,
  type VarianceRow,
  varianceTotals,
  type VarianceTotal,
} from './views/variance.view.ts';
export { keepVariance, type VarianceKind, varianceKinds } from './store/variance.store.ts';
export { RunFreshness } from './views/run-freshness.view.ts';
export { VerifyPayments } from './views/verify-payments.view.ts';
export * from './statements/door.ts';
