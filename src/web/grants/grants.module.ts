import { Module } from '@nestjs/common';
import { GrantsModule } from '../../grants/index.ts';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { AnswerPages } from './answers.page.ts';
import { ApplicationPages } from './application.page.ts';
import { DecideGrantPages } from './decide.page.ts';
import { GrantsRunPages } from './grants-run.page.ts';
import { GrantListPage } from './list.page.ts';
import { NewApplicationPages } from './new-application.page.ts';
import { PayeePages } from './payee.page.ts';
import { PutForwardPages } from './put-forward.page.ts';
import { ReviewPages } from './review.page.ts';
import { SettleReviewPages } from './settle-review.page.ts';
import { SignpostPages } from './signposts.page.ts';

/** Grants: from a need to a decision, and the runs that pay them. */
@Module({
  imports: [FamiliesModule, GrantsModule, PaymentsModule],
  controllers: [
    // First: /grants/reviews/… is no application.
    ...[ReviewPages, SettleReviewPages, SignpostPages],
    ...[GrantListPage, NewApplicationPages, AnswerPages, PutForwardPages, DecideGrantPages, ApplicationPages],
    ...[GrantsRunPages, PayeePages],
  ],
})
export class GrantsJourney {}
