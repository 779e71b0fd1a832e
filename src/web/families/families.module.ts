import { Module } from '@nestjs/common';
import { FamiliesModule } from '../../families/index.ts';
import { NoticesModule } from '../../notices/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { AccountNumberPages } from './account.page.ts';
import { BankDetailsPages } from './bank-details.page.ts';
import { ChangeFamilyPages } from './changes/change-family.page.ts';
import { HouseholdLooks } from './changes/household-looks.ts';
import { HouseholdSteps } from './changes/household-steps.ts';
import { MemberPages } from './changes/members.page.ts';
import { OwnerPages } from './changes/owner.page.ts';
import { PregnancyPages } from './changes/pregnancy.page.ts';
import { FallPages } from './falls/fall.page.ts';
import { FamilyPage } from './family.page.ts';
import { HistoryPage } from './history.page.ts';
import { FamilyListPage } from './list.page.ts';
import { CheckNewFamilyPages } from './new-family/check-new-family.page.ts';
import { NewFamilyPages } from './new-family/new-family.page.ts';
import { FamilyMessagePages } from './messages.page.ts';
import { MoveHomePages } from './move-home/move-home.page.ts';
import { PlanMoveHomePages } from './move-home/plan-move-home.page.ts';
import { NewMemberPages } from './new-member.page.ts';
import { NotesPages } from './notes.page.ts';
import { OtherWaysPages } from './other-ways.page.ts';
import { OwnPagePages } from './own-page.page.ts';
import { PaymentPage } from './payment.page.ts';

/** Families: finding one, adding one, its own page, its payments explained, changes to it. */
@Module({
  imports: [FamiliesModule, NoticesModule, SubsistenceModule],
  // Addresses written out come before those with a number in them: `/families/new` is no family.
  controllers: [
    ...[FamilyListPage, CheckNewFamilyPages, NewFamilyPages],
    ...[
      FamilyPage,
      HistoryPage,
      NotesPages,
      PaymentPage,
      NewMemberPages,
      BankDetailsPages,
      OtherWaysPages,
      AccountNumberPages,
    ],
    ...[ChangeFamilyPages, OwnerPages, MemberPages, PregnancyPages, FamilyMessagePages, OwnPagePages],
    ...[PlanMoveHomePages, MoveHomePages, FallPages],
  ],
  providers: [HouseholdLooks, HouseholdSteps],
})
export class FamiliesJourney {}
