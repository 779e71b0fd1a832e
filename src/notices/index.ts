import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { AnswerFamilyMessage } from './actions/answer-family-message.action.ts';
import { ConfirmNotice } from './actions/confirm-notice.action.ts';
import { DecideTranslation } from './actions/decide-translation.action.ts';
import { EndFamilyAccess } from './actions/end-family-access.action.ts';
import { GiveFamilyCode } from './actions/give-family-code.action.ts';
import { KeepCalendarFeed } from './actions/keep-calendar-feed.action.ts';
import { LookAtFamilyPage } from './actions/look-at-family-page.action.ts';
import { LogReturn } from './actions/log-return.action.ts';
import { LogTelling } from './actions/log-telling.action.ts';
import { MakePrintBatch } from './actions/make-print-batch.action.ts';
import { OpenFamilyPage } from './actions/open-family-page.action.ts';
import { PlanMoveHome } from './actions/plan-move-home.action.ts';
import { SendFamilyMessage } from './actions/send-family-message.action.ts';
import { SendTest } from './actions/send-test.action.ts';
import { SetSender } from './actions/set-sender.action.ts';
import { SettlePrintBatch } from './actions/settle-print-batch.action.ts';
import { TryAgain } from './actions/try-again.action.ts';
import { FamilyPagesController } from './http/family-pages.controller.ts';
import { LanguagesController } from './http/languages.controller.ts';
import { NoticesController } from './http/notices.controller.ts';
import { NotifyCallbackController } from './http/notify-callback.controller.ts';
import { PrintBatchesController } from './http/print-batches.controller.ts';
import { SenderController } from './http/sender.controller.ts';
import { SettleMoveHome } from './actions/settle-move-home.action.ts';
import { TellOfAccount } from './actions/tell-of-account.ts';
import { MoveHomesController } from './http/move-homes.controller.ts';
import { MoveHomes } from './jobs/move-homes.job.ts';
import { NoticeWork } from './jobs/notice-work.job.ts';
import { NoticeOutcomes } from './notice-outcomes.ts';
import { DeliveryPoll } from './sending/delivery-poll.ts';
import { NoticeSender } from './sending/notice-sender.ts';
import { MoveHomePreviews } from './views/move-home-preview.view.ts';
import { LetterFiles } from './views/opened-letters.view.ts';

const actions = [
  ...[ConfirmNotice, DecideTranslation, LetterFiles, LogReturn, LogTelling, MakePrintBatch],
  ...[PlanMoveHome, SettleMoveHome, SendTest, SetSender, SettlePrintBatch, TryAgain],
  ...[AnswerFamilyMessage, EndFamilyAccess, GiveFamilyCode, KeepCalendarFeed],
  ...[LookAtFamilyPage, OpenFamilyPage, SendFamilyMessage],
];
const services = [DeliveryPoll, MoveHomePreviews, MoveHomes, NoticeOutcomes, NoticeSender, NoticeWork, TellOfAccount];

/** Notices: what families are told, and when it reached them. */
@Module({
  imports: [CalendarModule, FamiliesModule, OutboxModule],
  // Addresses written out come before those with a number in them.
  controllers: [
    ...[LanguagesController, PrintBatchesController, SenderController],
    ...[FamilyPagesController, MoveHomesController, NoticesController, NotifyCallbackController],
  ],
  providers: [...actions, ...services],
  exports: [...actions, ...services],
})
export class NoticesModule {}

export { ConfirmNotice } from './actions/confirm-notice.action.ts';
export { DecideTranslation } from './actions/decide-translation.action.ts';
export { PlanMoveHome } from './actions/plan-move-home.action.ts';
export { SettleMoveHome } from './actions/settle-move-home.action.ts';
export { faultsOfMoveHome, type MoveHomeAsked, type TravelAnswer, travelAnswers } from './domain/move-home.ts';
export { MoveHomes } from './jobs/move-homes.job.ts';
export { type MoveHomeCommand, type MoveHomeState, moveHomeStates } from './move-home.states.ts';
export {
  countUrgentMoveHomes,
  type MoveHomeRow,
  moveHomesOf,
  plannedMoveHomes,
  readMoveHome,
  urgentMoveHomes,
} from './store/move-home.store.ts';
export { factsOfMoveHome, type MoveHomeAllowed, MoveHomePreviews, neededByOf } from './views/move-home-preview.view.ts';
export { composeAttempt, type Composing, composing, type SentWay, speakerTo } from './actions/compose-attempt.ts';
export { draftNotices, withdrawNotices } from './actions/draft-notices.ts';
export { mayHaveBeenRead, tellThatItStays } from './actions/tell-that-it-stays.ts';
export { LogReturn } from './actions/log-return.action.ts';
export { LogTelling, type Telling as ToldInPerson } from './actions/log-telling.action.ts';
export { type Served, serveNotices } from './actions/serve-notices.ts';
export { type SenderToSet, SetSender } from './actions/set-sender.action.ts';
export { codeDigest, readCode, spacedCode } from './access/family-code.ts';
export type { FamilyGuest } from './access/family-guest.ts';
export { AnswerFamilyMessage } from './actions/answer-family-message.action.ts';
export { type AccessEnded, EndFamilyAccess } from './actions/end-family-access.action.ts';
export { GiveFamilyCode } from './actions/give-family-code.action.ts';
export { type ComingDays, KeepCalendarFeed } from './actions/keep-calendar-feed.action.ts';
export { LookAtFamilyPage } from './actions/look-at-family-page.action.ts';
export { OpenFamilyPage } from './actions/open-family-page.action.ts';
export { type MessageSent, SendFamilyMessage } from './actions/send-family-message.action.ts';
export { type FamilyMessageCommand, type FamilyMessageState, familyMessageStates } from './family-message.states.ts';
export { type FamilyAccess, familyAccess } from './store/family-access.store.ts';
export { type CalendarEvent, type FamilyFeedRow, feedOfFamily } from './store/family-feed.store.ts';
export {
  type FamilyMessage,
  type FamilyMessageKind,
  familyMessageKinds,
  messagesOfFamily,
  type NewFamilyMessage,
  readFamilyMessage,
} from './store/family-message.store.ts';
export { noticesToldTo } from './views/family-notices.view.ts';
export { familiesOfOwner, type OpenMessage, openMessages, openMessagesCounted } from './views/open-messages.view.ts';
export { spokenAlone, Voice } from './words/voice.ts';
export type { Phrase } from './words/words.ts';
export { type AttemptCommand, type AttemptState, attemptStates } from './attempt.states.ts';
export { isPostage, letterArrival, type LetterArrival } from './domain/arrival.ts';
export { isInTime } from './domain/in-time.ts';
export { instantOf } from './domain/instant-of.ts';
export { letterPrice } from './domain/letter-price.ts';
export { directionOf, isLanguage, type Language, languages } from './domain/languages.ts';
export * from './domain/notice-facts.ts';
export type { Block, Speaker, Written } from './domain/written.ts';
export { type Letter, letterHeadTooLong, letterTooLong, type Sender } from './letters/letter.ts';
export { letterPdf, lettersPdf } from './letters/letter-pdf.ts';
export { NoticeWork } from './jobs/notice-work.job.ts';
export { NoticeOutcomes, type WhenReceived } from './notice-outcomes.ts';
export * from './notice-problems.ts';
export { type NoticeCommand, type NoticeState, noticeStates } from './notice.states.ts';
export { type NotACallback, readCallback, type Receipt, type ReturnedLetter } from './notify/callback.ts';
export { bearsTokenOf, tokenDigest } from './notify/token-digest.ts';
export { type DeliveryStatus, deliveryStatuses, laterStatus } from './notify/delivery-status.ts';
export { fullBucket, type Taken, takeTokens, type TokenBucket } from './notify/token-bucket.ts';
export { NotifyGateway, notifyKeyRefused } from './notify/notify-gateway.ts';
export type { KnownMessage, LookedUp, NotifyAccount, NotifyMessage, SendOutcome } from './notify/notify-message.ts';
export { NoticeSender } from './sending/notice-sender.ts';
export { type AttemptRow, attemptsOf, type Way } from './store/attempt.store.ts';
export { giveReason, type ReasonAbout, reasonsGiven } from './store/reason-given.store.ts';
export {
  type NewNotice,
  type NoticeRow,
  noticesByIds,
  overdueNotices,
  readNotice,
  redraft,
} from './store/notice.store.ts';
export { type MessageAhead, messagesAhead } from './views/messages.view.ts';
export { type Telling, telling, type Told } from './views/telling.view.ts';
export { type SmsCheck, smsCheck, smsPrice } from './domain/sms-text.ts';
export { ownNameOf } from './words/all-words.ts';
export { saysNothing } from './words/discreet.ts';
export { type Email, emailFor } from './words/email-for.ts';
export { type Sms, smsFor } from './words/sms-for.ts';
export { writtenFor } from './words/written-for.ts';
export {
  type PhrasePair,
  phrasesBesideEnglish,
  type SampleNotice,
  wordsDigest,
  wordsSample,
} from './words/words-review.ts';
export { arePrintedHere, MakePrintBatch } from './actions/make-print-batch.action.ts';
export { seeNotices } from './actions/see-notices.ts';
export { SendTest } from './actions/send-test.action.ts';
export { SettlePrintBatch } from './actions/settle-print-batch.action.ts';
export { TryAgain } from './actions/try-again.action.ts';
export { type PrintBatchCommand, type PrintBatchState, printBatchStates } from './print-batch.states.ts';
export { DeliveryPoll } from './sending/delivery-poll.ts';
export { lettersOfBatch, lettersWaiting } from './store/letter-queue.store.ts';
export { listBatches, type PrintBatchRow, readBatch } from './store/print-batch.store.ts';
export {
  type BoardAsked,
  boardCounts,
  type BoardFilter,
  boardFilters,
  type BoardNotice,
  boardNotices,
  DAYS_AT_RISK,
  noticesAtRisk,
  placeOf,
} from './views/board.view.ts';
export { decisionsAbout, type LanguageShown, languagesShown, type LanguageState } from './views/languages.view.ts';
export { type NoticeStory, noticeStory, type ShownAttempt } from './views/notice-story.view.ts';
export { LetterFiles, type OpenedLetters } from './views/opened-letters.view.ts';
export { queueLength, type SendingShown, sendingShown } from './views/sending.view.ts';
