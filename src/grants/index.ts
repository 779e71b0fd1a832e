import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { AskForGrant } from './actions/ask-for-grant.action.ts';
import { AskForReview } from './actions/ask-for-review.action.ts';
import { ChangeAward } from './actions/change-award.action.ts';
import { ChangeCatalogue } from './actions/change-catalogue.action.ts';
import { DecideApplication } from './actions/decide-application.action.ts';
import { FollowAward } from './actions/follow-award.action.ts';
import { GiveBack } from './actions/give-back.action.ts';
import { KeepEvidence } from './actions/keep-evidence.action.ts';
import { KeepSignposts } from './actions/keep-signposts.action.ts';
import { PutForward } from './actions/put-forward.action.ts';
import { ReferFamily } from './actions/refer-family.action.ts';
import { SettleReview } from './actions/settle-review.action.ts';
import { StartCatalogue } from './actions/start-catalogue.action.ts';
import { TakeUp } from './actions/take-up.action.ts';
import { WriteApplication } from './actions/write-application.action.ts';
import { ApplicationsController } from './http/applications.controller.ts';
import { AroundController } from './http/around.controller.ts';
import { AwardsController } from './http/awards.controller.ts';
import { GrantsController } from './http/grants.controller.ts';
import { ReferralsController } from './http/referrals.controller.ts';
import { ReviewsController } from './http/reviews.controller.ts';
import { SignpostsController } from './http/signposts.controller.ts';
import { GrantsRuns } from './jobs/grants-run.job.ts';

const services = [
  ...[AskForGrant, AskForReview, ChangeAward, ChangeCatalogue, DecideApplication, FollowAward, GiveBack, KeepEvidence],
  ...[KeepSignposts, PutForward, ReferFamily, SettleReview, StartCatalogue, TakeUp, WriteApplication],
  GrantsRuns,
];

/** Small grants: from a need to money that arrives, decided by a second person and explained. */
@Module({
  imports: [CalendarModule, FamiliesModule, FundsModule, OutboxModule, PaymentsModule],
  controllers: [
    ...[ApplicationsController, AroundController, AwardsController, GrantsController, ReferralsController],
    ...[ReviewsController, SignpostsController],
  ],
  providers: services,
  exports: services,
})
export class GrantsModule {}

export {
  type ApplicationCommand,
  type ApplicationState,
  applicationStateNames,
  applicationStates,
} from './application.states.ts';
export {
  type AwardCommand,
  type AwardState,
  awardStates,
  type InstalmentCommand,
  type InstalmentState,
  instalmentStates,
} from './award.states.ts';
export { AskForReview, type ReviewAsked } from './actions/ask-for-review.action.ts';
export { DecideApplication, type GrantDecided, type GrantDecision } from './actions/decide-application.action.ts';
export { KeepSignposts } from './actions/keep-signposts.action.ts';
export { type AwardChanged, ChangeAward } from './actions/change-award.action.ts';
export { ChangeCatalogue } from './actions/change-catalogue.action.ts';
export { approvalKindOf, type GrantApproval } from './domain/approval-kind.ts';
export { type SecondLook, secondLooksWaiting, type SecondLookWaiting } from './store/second-look.store.ts';
export { PutForward, type Recommended } from './actions/put-forward.action.ts';
export { seeGrants, seeSignposts } from './actions/see-grants.ts';
export { type ReviewDecision, type ReviewSettled, SettleReview } from './actions/settle-review.action.ts';
export { StartCatalogue } from './actions/start-catalogue.action.ts';
export { type AnswersWritten, type ItemWritten, WriteApplication } from './actions/write-application.action.ts';
export { type Category, categories } from './domain/catalogue-defaults.ts';
export { type ItemAwarded } from './domain/award-decision.ts';
export { type CheckFound, checkKinds, type CheckOutcome } from './domain/checks.ts';
export { isStale, type NewSignpost, type Signpost, signpostNeeds, suggested } from './domain/signpost.ts';
export { unanswered } from './domain/grant-application.ts';
export { type ReviewCommand, type ReviewState, reviewStates } from './review.states.ts';
export { type CatalogueRow, catalogueList } from './store/catalogue.store.ts';
export { signpostList } from './store/signpost.store.ts';
export { type ApplicationDetail, applicationDetail, type AwardDetail } from './views/application.view.ts';
export { type GrantTasks, grantTasks } from './views/grant-tasks.view.ts';
export { type AwardNamed, awardsOfApprovals } from './views/awards-named.view.ts';
export { type DueFigures, dueFigures, type FamilyYear, familyYear } from './views/due.view.ts';
export { type ApplicationListed, type ApplicationsAsked, applicationsListed } from './views/application-list.view.ts';
export { askedByFamily, type FamilyAsked, type FamilyInstalment } from './views/family-asked.view.ts';
export {
  type AnswerShown,
  type AnswersShown,
  answersShown,
  type OpenReview,
  openReviews,
  refusalTold,
  type ReviewDetail,
  reviewDetail,
} from './views/review.view.ts';
export { AskForGrant } from './actions/ask-for-grant.action.ts';
export { type ConferenceGiven } from './domain/conference.ts';
export { FollowAward } from './actions/follow-award.action.ts';
export { GiveBack, type PartGivenBack } from './actions/give-back.action.ts';
export { KeepEvidence } from './actions/keep-evidence.action.ts';
export { ReferFamily } from './actions/refer-family.action.ts';
export { TakeUp, type WhoseReferral } from './actions/take-up.action.ts';
export { EVIDENCE_BYTES } from './domain/evidence-file.ts';
export { familyRequestStates } from './family-request.states.ts';
export { referralStates } from './referral.states.ts';
export { type FamilyRequestRow, familyRequestsListed, readFamilyRequest } from './store/family-request.store.ts';
export { type FollowUpRow, followUpsDue } from './store/follow-up.store.ts';
export { consentWays, type NewReferral, referralsSince } from './store/referral.store.ts';
export { type AroundApplication, aroundApplication } from './views/around-application.view.ts';
export {
  type AskedFor,
  askedFor,
  type OwnReferral,
  ownReferral,
  ownReferrals,
  type ReferralDetail,
  referralDetail,
} from './views/referrals.view.ts';
