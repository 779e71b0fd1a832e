import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { CancelRun } from './actions/cancel-run.action.ts';
import { DecideRun } from './actions/decide-run.action.ts';
import { HoldLines } from './actions/hold-lines.action.ts';
import { OpenRun } from './actions/open-run.action.ts';
import { ReleaseRun } from './actions/release-run.action.ts';
import { SetOriginator } from './actions/set-originator.action.ts';
import { SubmitRun } from './actions/submit-run.action.ts';
import { RunsController } from './http/runs.controller.ts';
import { ExportRun } from './jobs/export-run.job.ts';
import { PayCalendarTick } from './jobs/pay-calendar.tick.ts';
import { PostRun } from './jobs/post-run.job.ts';
import { BankFiles } from './views/bank-file.view.ts';
import { RunFreshness } from './views/run-freshness.view.ts';
import { VerifyPayments } from './views/verify-payments.view.ts';

const actions = [CancelRun, DecideRun, HoldLines, OpenRun, ReleaseRun, SetOriginator, SubmitRun];

/** Runs, their lines, payment orders and bank files. */
@Module({
  imports: [CalendarModule, FamiliesModule, FundsModule, OutboxModule],
  controllers: [RunsController],
  providers: [...actions, ExportRun, PostRun, PayCalendarTick, BankFiles, RunFreshness, VerifyPayments],
  exports: [...actions, ExportRun, PostRun, PayCalendarTick, BankFiles, RunFreshness, VerifyPayments],
})
export class PaymentsModule {}

export { CancelRun, runCancelled } from './actions/cancel-run.action.ts';
export { DecideRun } from './actions/decide-run.action.ts';
export { countBatch, finishPricing } from './actions/finish-pricing.ts';
export { holdCategories, HoldLines } from './actions/hold-lines.action.ts';
export { OpenRun, type OpenedRun, runDays, runOpened } from './actions/open-run.action.ts';
export { postRun, ReleaseRun } from './actions/release-run.action.ts';
export { seeRuns } from './actions/see-runs.ts';
export { SetOriginator } from './actions/set-originator.action.ts';
export { SubmitRun } from './actions/submit-run.action.ts';
export { ExportRun, exportRun } from './jobs/export-run.job.ts';
export { PayCalendarTick } from './jobs/pay-calendar.tick.ts';
export { PostRun, runPosted } from './jobs/post-run.job.ts';
export * from './payment-problems.ts';
export { type RunCommand, type RunState, runStates } from './run.states.ts';
export {
  insertLines,
  type LastLine,
  lastLines,
  type NewLine,
  overpaidLines,
  postedExplanations,
  type PostedExplanation,
  postedLines,
  runContent,
  runSources,
  voidLines,
} from './store/line.store.ts';
export { listRuns, lockRun, moveRun, readRun, type RunRow, runsWaitingForAnother } from './store/run.store.ts';
export { type BankFile, BankFiles } from './views/bank-file.view.ts';
export { type FamilyPayment, listLines, paymentDetail, paymentsOf } from './views/lines.view.ts';
export { payCalendar } from './views/pay-calendar.view.ts';
export { previewRun } from './views/preview.view.ts';
export { runDetail } from './views/run.view.ts';
export { RunFreshness } from './views/run-freshness.view.ts';
export { VerifyPayments } from './views/verify-payments.view.ts';
