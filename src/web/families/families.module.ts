import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/index.ts';
import { FamiliesModule } from '../../families/index.ts';
import { BankDetailsPages } from './bank-details.page.ts';
import { FamilyPage } from './family.page.ts';
import { FamilyListPage } from './list.page.ts';
import { NewMemberPages } from './new-member.page.ts';
import { PaymentPage } from './payment.page.ts';

/** Families: finding one, its own page, its payments explained, changes to it. */
@Module({
  imports: [AuditModule, FamiliesModule],
  controllers: [FamilyListPage, FamilyPage, PaymentPage, NewMemberPages, BankDetailsPages],
})
export class FamiliesJourney {}
