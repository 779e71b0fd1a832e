import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/index.ts';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { BankDetailsDecisionPages } from './bank-details.page.ts';
import { OverpaymentPages } from './overpayments.page.ts';
import { PlanChangePages } from './plan-change.page.ts';
import { PlanPages } from './plan.page.ts';
import { UrgentChangesPage } from './urgent.page.ts';
import { WaitingPage } from './waiting.page.ts';

/** What waits for a second person, and deciding it. */
@Module({
  imports: [CalendarModule, FamiliesModule, PaymentsModule, SubsistenceModule],
  controllers: [WaitingPage, PlanPages, PlanChangePages, BankDetailsDecisionPages, OverpaymentPages, UrgentChangesPage],
})
export class DecisionsJourney {}
