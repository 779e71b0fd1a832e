import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/index.ts';
import { FamiliesModule } from '../families/index.ts';
import { FundsModule } from '../funds/index.ts';
import { OutboxModule } from '../outbox/index.ts';
import { PaymentsModule } from '../payments/index.ts';
import { AskForReview } from './actions/ask-for-review.action.ts';
import { ChangeAward } from './actions/change-award.action.ts';
import { ChangeCatalogue } from './actions/change-catalogue.action.ts';
import { DecideApplication } from './actions/decide-application.action.ts';
import { KeepSignposts } from './actions/keep-signposts.action.ts';
import { PutForward } from './actions/put-forward.action.ts';
import { SettleReview } from './actions/settle-review.action.ts';
import { StartCatalogue } from './actions/start-catalogue.action.ts';
import { WriteApplication } from './actions/write-application.action.ts';
import { ApplicationsController } from './http/applications.controller.ts';
import { AwardsController } from './http/awards.controller.ts';
import { GrantsController } from './http/grants.controller.ts';
import { ReviewsController } from './http/reviews.controller.ts';
import { SignpostsController } from './http/signposts.controller.ts';
import { GrantsRuns } from './jobs/grants-run.job.ts';

const services = [
  ...[AskForReview, ChangeAward, ChangeCatalogue, DecideApplication, KeepSignposts, PutForward],
  ...[SettleReview, StartCatalogue, WriteApplication],
  GrantsRuns,
];

/** Small grants: from a need to money that arrives, decided by a second person and explained. */
@Module({
  imports: [CalendarModule, FamiliesModule, FundsModule, OutboxModule, PaymentsModule],
  controllers: [ApplicationsController, AwardsController, GrantsController, ReviewsController, SignpostsController],
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
export { type NewSignpost, type Signpost, signpostNeeds, suggested } from './domain/signpost.ts';
export { unanswered } from './domain/grant-application.ts';
export { type ReviewCommand, type ReviewState, reviewStates } from './review.states.ts';
export { type CatalogueRow, catalogueList } from './store/catalogue.store.ts';
export { signpostList } from './store/signpost.store.ts';
export { type ApplicationDetail, applicationDetail, type AwardDetail } from './views/application.view.ts';
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
