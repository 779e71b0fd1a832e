import { Module } from '@nestjs/common';
import { GrantsModule } from '../../grants/index.ts';
import { NewReferralPages } from './new-referral.page.ts';
import { OwnReferralPages } from './own-referrals.page.ts';

/** The pages of partner agencies: refer a family, follow what became of it. */
@Module({ imports: [GrantsModule], controllers: [NewReferralPages, OwnReferralPages] })
export class ReferralsJourney {}
