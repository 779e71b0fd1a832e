import { Module } from '@nestjs/common';
import { FundsModule } from '../../funds/index.ts';
import { GrantsModule } from '../../grants/index.ts';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { AwardPages } from './award.page.ts';
import { CataloguePages } from './catalogue.page.ts';
import { FundRulesPages } from './fund-rules.page.ts';
import { AnswerPages } from './answers.page.ts';
import { ApplicationPages } from './application.page.ts';
import { AroundApplicationPages } from './around.page.ts';
import { DecideGrantPages } from './decide.page.ts';
import { GrantsRunPages } from './grants-run.page.ts';
import { GivenBackPages } from './given-back.page.ts';
import { GrantListPage } from './list.page.ts';
import { NewApplicationPages } from './new-application.page.ts';
import { PayeePages } from './payee.page.ts';
import { PutForwardPages } from './put-forward.page.ts';
import { ReviewPages } from './review.page.ts';
import { SettleReviewPages } from './settle-review.page.ts';
import { SignpostPages } from './signposts.page.ts';

/** Grants: from a need to a decision, and the runs that pay them. */
@Module({
  imports: [FamiliesModule, FundsModule, GrantsModule, PaymentsModule],
  controllers: [
    // First: /grants/reviews/… is no application.
    ...[ReviewPages, SettleReviewPages, SignpostPages],
    // First: /grants/catalogue is no application.
    ...[CataloguePages, AwardPages, FundRulesPages, GivenBackPages],
    ...[GrantListPage, NewApplicationPages, AnswerPages, PutForwardPages, DecideGrantPages, ApplicationPages],
    ...[AroundApplicationPages, GrantsRunPages, PayeePages],
  ],
})
export class GrantsJourney {}
