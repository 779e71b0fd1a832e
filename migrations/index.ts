import { CreateKernel } from './0001-create-kernel.ts';
import { CreateAuditAndOutbox } from './0002-create-audit-and-outbox.ts';
import { CreateIdentity } from './0003-create-identity.ts';
import { CreateCalendar } from './0004-create-calendar.ts';
import { CreateLedger } from './0005-create-ledger.ts';
import { CreateApprovals } from './0006-create-approvals.ts';
import { CreateFamilies } from './0007-create-families.ts';
import { CreateFunds } from './0008-create-funds.ts';
import { CreatePayments } from './0009-create-payments.ts';
import { CreateSubsistence } from './0010-create-subsistence.ts';
import { CreateSignIn } from './0011-create-sign-in.ts';
import { CreateDrafts } from './0012-create-drafts.ts';
import { CorrectAfterTheLastDay } from './0013-correct-after-the-last-day.ts';
import { CreatePlanChanges } from './0014-create-plan-changes.ts';
import { CreateFamilyNotes } from './0015-create-family-notes.ts';
import { KeepVariance } from './0016-keep-variance.ts';
import { CreateFundProposals } from './0017-create-fund-proposals.ts';
import { CreateAdministration } from './0018-create-administration.ts';
import { GiveOrdersTheirFund } from './0019-give-orders-their-fund.ts';
import { NoticeChangesSincePricing } from './0020-notice-changes-since-pricing.ts';
import { KeepSafeChannels } from './0021-keep-safe-channels.ts';
import { CreateNotices } from './0022-create-notices.ts';
import { MovePayDays } from './0023-move-pay-days.ts';
import { OpenFamilyPages } from './0024-open-family-pages.ts';
import { PrintLettersHere } from './0025-print-letters-here.ts';
import { TellOfEveryChange } from './0026-tell-of-every-change.ts';
import { TellKeptPayDays } from './0027-tell-kept-pay-days.ts';
import { AnnounceBankHolidays } from './0028-announce-bank-holidays.ts';
import { HoldToThePromise } from './0029-hold-to-the-promise.ts';
import { HoldFallsUntilTold } from './0030-hold-falls-until-told.ts';
import { WidenApprovals } from './0031-widen-approvals.ts';
import { StandByWhatWasSaid } from './0032-stand-by-what-was-said.ts';
import { ProtectBankDetails } from './0033-protect-bank-details.ts';
import { CreateGrants } from './0034-create-grants.ts';
import { PublishSpendViews } from './0035-publish-spend-views.ts';
import { KeepBankStatements } from './0036-keep-bank-statements.ts';
import { FollowFilesAndReturns } from './0037-follow-files-and-returns.ts';
import { ExplainAndReview } from './0038-explain-and-review.ts';
import { ReferAndAsk } from './0039-refer-and-ask.ts';
import { SetFundRules } from './0040-set-fund-rules.ts';
import { CloseMonths } from './0041-close-months.ts';
import { OpenOtherRails } from './0042-open-other-rails.ts';
import { ExpectWhatComesBack } from './0043-expect-what-comes-back.ts';
import { AwardOnReview } from './0049-award-on-review.ts';
import { RecoverOverpayments } from './0050-recover-overpayments.ts';
import { PutRightTheSameDay } from './0051-put-right-the-same-day.ts';
import { SettleWhatIsShown } from './0052-settle-what-is-shown.ts';
import { MatchInRounds } from './0054-match-in-rounds.ts';
import { RollUpSpending } from './0055-roll-up-spending.ts';
import { LimitOnePerson } from './0056-limit-one-person.ts';
import { TakeMoneyBack } from './0057-take-money-back.ts';
import { AgreeFundRules } from './0058-agree-fund-rules.ts';
import { HoldTheProgramToItsWord } from './0060-hold-the-program-to-its-word.ts';
import { GiveWhatWasTold } from './0061-give-what-was-told.ts';
import { ApproveWhatTheBooksUndo } from './0063-approve-what-the-books-undo.ts';
import { RefusePaymentsAtInput } from './0064-refuse-payments-at-input.ts';
import { TellOldAddresses } from './0065-tell-old-addresses.ts';
import { PriceInSets } from './0066-price-in-sets.ts';
import { LayOutBankStatements } from './0079-lay-out-bank-statements.ts';

/** Every migration, oldest first. Add to the end; never edit one that has been released. */
export const migrations = [
  CreateKernel,
  CreateAuditAndOutbox,
  CreateIdentity,
  CreateCalendar,
  CreateLedger,
  CreateApprovals,
  CreateFamilies,
  CreateFunds,
  CreatePayments,
  CreateSubsistence,
  CreateSignIn,
  CreateDrafts,
  CorrectAfterTheLastDay,
  CreatePlanChanges,
  CreateFamilyNotes,
  KeepVariance,
  CreateFundProposals,
  CreateAdministration,
  GiveOrdersTheirFund,
  NoticeChangesSincePricing,
  KeepSafeChannels,
  CreateNotices,
  MovePayDays,
  OpenFamilyPages,
  PrintLettersHere,
  TellOfEveryChange,
  TellKeptPayDays,
  AnnounceBankHolidays,
  HoldToThePromise,
  HoldFallsUntilTold,
  WidenApprovals,
  StandByWhatWasSaid,
  ProtectBankDetails,
  CreateGrants,
  PublishSpendViews,
  KeepBankStatements,
  FollowFilesAndReturns,
  ExplainAndReview,
  ReferAndAsk,
  SetFundRules,
  CloseMonths,
  OpenOtherRails,
  ExpectWhatComesBack,
  AwardOnReview,
  RecoverOverpayments,
  PutRightTheSameDay,
  SettleWhatIsShown,
  MatchInRounds,
  RollUpSpending,
  LimitOnePerson,
  TakeMoneyBack,
  AgreeFundRules,
  HoldTheProgramToItsWord,
  GiveWhatWasTold,
  ApproveWhatTheBooksUndo,
  RefusePaymentsAtInput,
  TellOldAddresses,
  PriceInSets,
  LayOutBankStatements,
];
