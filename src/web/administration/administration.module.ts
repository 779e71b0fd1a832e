import { Module } from '@nestjs/common';
import { FamiliesModule } from '../../families/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { AgencyPages } from './agencies.page.ts';
import { BrandingPages } from './branding.page.ts';
import { ContentsPage } from './contents.page.ts';
import { LimitsPages } from './limits.page.ts';
import { NewPersonPages } from './new-person.page.ts';
import { NewRatesPages } from './new-rates.page.ts';
import { NoticesPages } from './notices.page.ts';
import { OriginatorPages } from './originator.page.ts';
import { PayDaysPages } from './pay-days.page.ts';
import { PeoplePage } from './people.page.ts';
import { PersonAccessPages } from './person-access.page.ts';
import { PersonPages } from './person.page.ts';
import { RatesPages } from './rates.page.ts';
import { ServicePages } from './service.page.ts';

/** Administration: people, limits, teams, rates, pay days, notices, branding. */
@Module({
  imports: [FamiliesModule, PaymentsModule, SubsistenceModule],
  controllers: [
    AgencyPages,
    ...[BrandingPages, ContentsPage, LimitsPages, NewPersonPages, NewRatesPages, NoticesPages],
    ...[OriginatorPages, PayDaysPages, PeoplePage, PersonAccessPages, PersonPages, RatesPages, ServicePages],
  ],
})
export class AdministrationJourney {}
