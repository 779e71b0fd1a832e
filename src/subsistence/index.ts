import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { NoticesModule } from '../notices/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { AddBankHoliday } from './actions/add-bank-holiday.action.ts';
import { SendCalendar } from './actions/send-calendar.action.ts';
import { FallsController } from './http/falls.controller.ts';
import { BankHolidaysController } from './http/bank-holidays.controller.ts';
import { PaymentCalendarsController } from './http/payment-calendars.controller.ts';
import { DatesAheadTick } from './jobs/dates-ahead.tick.ts';
import { EarlyPayments } from './jobs/early-payments.job.ts';
import { PaymentCalendars } from './views/payment-calendars.view.ts';
import { AnswerHousehold } from './actions/answer-household.ts';
import { HoldFalls } from './actions/hold-falls.ts';
import { TellFallAgain } from './actions/tell-fall-again.action.ts';
import { FallsInNotice } from './jobs/falls.job.ts';
import { AddRates } from './actions/add-rate.action.ts';
import { ApprovePlans } from './actions/approve-plans.action.ts';
import { DecideOverpayment } from './actions/decide-overpayment.action.ts';
import { DecideRates } from './actions/decide-rates.action.ts';
import { ProposeRates } from './actions/propose-rates.action.ts';
import { DecidePlanChange } from './actions/decide-plan-change.action.ts';
import { ImportFamilies } from './actions/import-families.action.ts';
import { ProposePlan } from './actions/propose-plan.action.ts';
import { ProposePlanChange } from './actions/propose-plan-change.action.ts';
import { SettleProposal } from './actions/settle-proposal.action.ts';
import { PriceRun } from './actions/price-run.action.ts';
import { RatesController } from './http/rates.controller.ts';
import { PayDayMovesController } from './http/pay-day-moves.controller.ts';
import { PlanChangesController } from './http/plan-changes.controller.ts';
import { PlanProposalsController } from './http/plan-proposals.controller.ts';
import { SubsistenceController } from './http/subsistence.controller.ts';
import { KeptDaysController } from './http/kept-days.controller.ts';
import { SettleKeptDay } from './actions/settle-kept-day.action.ts';
import { DecidePayDayMove } from './actions/decide-pay-day-move.action.ts';
import { ProposePayDayMove } from './actions/propose-pay-day-move.action.ts';
import { PayDayMoves } from './jobs/pay-day-moves.job.ts';
import { PlanChangesInNotice } from './jobs/plan-changes.job.ts';
import { ChangePreviews } from './views/change-preview.view.ts';
import { MovePreviews } from './views/move-preview.view.ts';
import { PriceBatch } from './jobs/price-batch.job.ts';
import { DecideRecovery } from './actions/decide-recovery.action.ts';
import { PauseRecovery } from './actions/pause-recovery.action.ts';
import { ProposeRecovery } from './actions/propose-recovery.action.ts';
import { SetRecoveryFloor } from './actions/set-recovery-floor.action.ts';
import { RecoveriesController } from './http/recoveries.controller.ts';
import { RecoveriesInNotice } from './jobs/recoveries.job.ts';
import { RecoveryPreviews } from './views/recovery-preview.view.ts';
import { PutRight } from './actions/put-right.action.ts';
import { PutRightsController } from './http/put-rights.controller.ts';
import { PutRightRuns } from './jobs/put-right-runs.job.ts';
import { RunPosted } from './jobs/run-posted.job.ts';
import { PlanPreviews } from './views/plan-preview.view.ts';

const actions = [
  ...[AddRates, ApprovePlans, DecideOverpayment, DecidePlanChange, ImportFamilies, PriceRun],
  ...[DecideRates, ProposeRates],
  ...[ProposePlan, ProposePlanChange, SettleProposal],
  ...[DecidePayDayMove, ProposePayDayMove, SettleKeptDay],
  ...[AddBankHoliday, SendCalendar, TellFallAgain],
  ...[DecideRecovery, PauseRecovery, ProposeRecovery, PutRight, SetRecoveryFloor],
];
const dates = [DatesAheadTick, EarlyPayments, PaymentCalendars];
const controllers = [
  ...[RatesController, SubsistenceController, PlanProposalsController, PlanChangesController],
  ...[BankHolidaysController, FallsController, KeptDaysController, PayDayMovesController, PaymentCalendarsController],
  PutRightsController,
  RecoveriesController,
];

const services = [
  AnswerHousehold,
  ChangePreviews,
  FallsInNotice,
  HoldFalls,
  MovePreviews,
  PayDayMoves,
  PlanChangesInNotice,
  PlanPreviews,
  PriceBatch,
  PutRightRuns,
  RecoveriesInNotice,
  RecoveryPreviews,
  RunPosted,
  ...dates,
];

/** Section 17 subsistence: rates, support plans, what is owed, and pricing runs. */
@Module({
  imports: [CalendarModule, FamiliesModule, FundsModule, NoticesModule, OutboxModule, PaymentsModule],
  controllers,
  providers: [...actions, ...services],
  exports: [...actions, ...services],
})
export class SubsistenceModule {}

export { AddBankHoliday, type BankHolidayAdded, type BankHolidayToAdd } from './actions/add-bank-holiday.action.ts';
export { type HolidayEffect, USUAL_APOLOGY } from './actions/replan-promises.ts';
export { SendCalendar } from './actions/send-calendar.action.ts';
export { TellFallAgain } from './actions/tell-fall-again.action.ts';
export { PutRight, type PutRightDone } from './actions/put-right.action.ts';
export { type PutRightKind, putRightKinds } from './domain/put-right.ts';
export { type PutRightCommand, type PutRightState, putRightStates } from './put-right.states.ts';
export { putRightsOfFamily, type PutRightRow, readPutRight } from './store/put-right.store.ts';
export { DecideRecovery } from './actions/decide-recovery.action.ts';
export { PauseRecovery } from './actions/pause-recovery.action.ts';
export { ProposeRecovery } from './actions/propose-recovery.action.ts';
export { SetRecoveryFloor } from './actions/set-recovery-floor.action.ts';
export type { RecoveryFloor, RecoveryTerms } from './domain/recovery.ts';
export { RecoveriesInNotice } from './jobs/recoveries.job.ts';
export { type RecoveryCommand, type RecoveryState, recoveryStates } from './recovery.states.ts';
export { type OverpaymentOwed, overpaymentOwed } from './store/overpayment.store.ts';
export {
  floorInForce,
  listRecoveryFloors,
  readRecoveryFloor,
  type RecoveryFloorRow,
} from './store/recovery-floor.store.ts';
export {
  readRecovery,
  recoveriesOfFamily,
  recoveriesOfOverpayment,
  type RecoveryAgreed,
  type RecoveryRow,
} from './store/recovery.store.ts';
export { type RecoveryGround, type RecoveryPreview, RecoveryPreviews } from './views/recovery-preview.view.ts';
export {
  type RecoveryDetail,
  recoveryDetail,
  type WaitingRecovery,
  waitingRecoveries,
} from './views/recoveries.view.ts';
export { FallsInNotice } from './jobs/falls.job.ts';
export { type FallCommand, type FallState, fallStates } from './fall.states.ts';
export { type FallRow, openFalls } from './store/fall.store.ts';
export { keptFallsListed, readFall } from './views/falls.view.ts';

export { DatesAheadTick } from './jobs/dates-ahead.tick.ts';
export { EarlyPayments } from './jobs/early-payments.job.ts';
export { type CalendarIssue, listIssues } from './store/calendar-issue.store.ts';
export { bankHolidays, pastChanging } from './views/bank-holidays.view.ts';
export { type EarlyDate, earlyDates, placeAfter, type ToldTooLate, toldTooLate } from './views/early-payments.view.ts';
export { PaymentCalendars, type QuarterAhead } from './views/payment-calendars.view.ts';
export { DecidePayDayMove } from './actions/decide-pay-day-move.action.ts';
export { type PayDayMoveProposed, ProposePayDayMove } from './actions/propose-pay-day-move.action.ts';
export { type ExpectedPayment, type PlanAhead, plansAhead } from './views/payments-ahead.view.ts';
export {
  type KeepsBecause,
  type MoveAsked,
  type MovedFamily,
  MovePreviews,
  type UrgentTerms,
} from './views/move-preview.view.ts';
export { countMoved, isMoved, type MoveCounts, moveDigest } from './views/move-counts.view.ts';
export { type TellingCost, tellingCost, totalCost } from './views/move-cost.view.ts';
export {
  familiesOfMove,
  type MoveFamily,
  type MoveListed,
  movesListed,
  waitingMoves,
  withNotices,
} from './views/pay-day-moves.view.ts';
export { type KeptDay, keptDaysListed, keptDayShown } from './views/kept-days.view.ts';
export { keptDaysCounted } from './store/kept-day.store.ts';
export { SettleKeptDay } from './actions/settle-kept-day.action.ts';
export { type FallSeen, householdSeen, type HouseholdSeen } from './views/household-look.view.ts';
export { plansToMove, type WhoMoves } from './views/plans-to-move.view.ts';
export { countMovedUrgently, movesIn, type MoveRow, readMove, urgentMovesSince } from './store/move.store.ts';
export { changesOfMove, countsOfMove, type PayDayChangeRow, payDayChangesOf } from './store/pay-day-change.store.ts';
export {
  type PayDayChangeCommand,
  type PayDayChangeState,
  payDayChangeStates,
  type PayDayMoveCommand,
  type PayDayMoveState,
  payDayMoveStates,
} from './pay-day-move.states.ts';
export { PlanChangesInNotice } from './jobs/plan-changes.job.ts';
export { type ChangeInNotice, ChangePreviews } from './views/change-preview.view.ts';
export { type PromiseSlot, promiseSlots } from './store/promise.store.ts';
export { PayDayMoves } from './jobs/pay-day-moves.job.ts';
export { AddRates } from './actions/add-rate.action.ts';
export { DecideRates } from './actions/decide-rates.action.ts';
export { ProposeRates, type RatesToPropose } from './actions/propose-rates.action.ts';
export {
  type RateAmounts,
  type RateProposal,
  readRateProposal,
  refusedRateProposals,
  waitingRateProposals,
} from './store/rate-proposal.store.ts';
export { type NewRate } from './store/rate.store.ts';
export { listRates, type RateRow, type RatesEffect, ratesEffect } from './views/rates.view.ts';
export { ApprovePlans, type PlansApproved } from './actions/approve-plans.action.ts';
export { DecideOverpayment } from './actions/decide-overpayment.action.ts';
export { DecidePlanChange } from './actions/decide-plan-change.action.ts';
export { type FamiliesImported, ImportFamilies } from './actions/import-families.action.ts';
export { FAMILIES_IN_A_BATCH, PriceRun } from './actions/price-run.action.ts';
export { type RateComponent, rateComponents } from './domain/entitlement/facts.ts';
export { type PlanProposed, ProposePlan } from './actions/propose-plan.action.ts';
export { mustBeInTime, type PlanChangeProposed, ProposePlanChange } from './actions/propose-plan-change.action.ts';
export { SettleProposal } from './actions/settle-proposal.action.ts';
export { guideRates } from './domain/entitlement/guide-rates.ts';
export { describeFamilyFile } from './domain/family-file/describe-family-file.ts';
export { familyFileColumns } from './domain/family-file/family-file-columns.ts';
export { readFamilyFile } from './domain/family-file/read-family-file.ts';
export type { ChangeEffect } from './domain/change-effect.ts';
export type { PlanProposal } from './domain/check-plan.ts';
export { type PlanChangeKind, planChangeKinds, type PlanChangeTerms, type UrgentChange } from './domain/plan-change.ts';
export type { Week, WeekLine } from './domain/week-of.ts';
export { type PlanChangeState, planChangeStates } from './plan-change.states.ts';
export { type PlanCommand, type PlanState, planStates } from './plan.states.ts';
export {
  listOverpayments,
  overpaymentDetail,
  type OverpaymentDetail,
  type OverpaymentListed,
  overpaymentsListed,
} from './views/overpayments.view.ts';
export { plansByIds } from './store/plan.store.ts';
export {
  changesOfPlans,
  type PlanChangeRow,
  termsOf,
  urgentChanges,
  countUrgentChanges,
} from './store/plan-change.store.ts';
export {
  changesOf,
  checkPlanChange,
  type PlanChangeDetail,
  planChangeDetail,
  waitingPlanChanges,
} from './views/plan-changes.view.ts';
export { type PlanPreview, PlanPreviews } from './views/plan-preview.view.ts';
export {
  chosenPlans,
  familiesWithPlanWaiting,
  planDetail,
  type PlanDetail,
  plansFor,
  plansSentBack,
  type WaitingPlan,
  waitingPlans,
} from './views/plans.view.ts';
export {
  declinedPlansOf,
  familiesByNextDate,
  familiesOfStatus,
  type PlanGlance,
  planGlances,
  type PlanStatus,
  planStatuses,
  plansWaiting,
} from './views/plan-list.view.ts';
export type { Explanation } from './domain/explanation.ts';
export { seePlans } from './actions/see-plans.ts';
export { verifyRecoveries } from './views/verify-recoveries.view.ts';
export { verifyLines } from './views/verify-lines.view.ts';
export { workOut, workOutAhead, type WorkedOut, type WorkedOutAhead } from './views/work-out.view.ts';
