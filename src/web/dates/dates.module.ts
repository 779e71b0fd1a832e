import { Module } from '@nestjs/common';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { BankHolidaysPage } from './bank-holidays.page.ts';
import { NewHolidayPages } from './new-holiday.page.ts';
import { PaymentCalendarsPages } from './payment-calendars.page.ts';
import { ToldTooLatePage } from './told-too-late.page.ts';

/** Days: bank holidays, payment calendars, and who was told of money that comes early. */
@Module({
  imports: [SubsistenceModule],
  controllers: [BankHolidaysPage, NewHolidayPages, PaymentCalendarsPages, ToldTooLatePage],
})
export class DatesJourney {}
