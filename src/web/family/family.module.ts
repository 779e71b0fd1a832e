import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/index.ts';
import { GrantsModule } from '../../grants/index.ts';
import { NoticesModule } from '../../notices/index.ts';
import { ArrivingPages } from './arriving.page.ts';
import { AskPages } from './ask.page.ts';
import { AskedPages } from './asked.page.ts';
import { CalendarPages } from './calendar.page.ts';
import { FamilyGuard } from './family.guard.ts';
import { LetterPages } from './letters.page.ts';
import { MessagePages } from './messages.page.ts';
import { MoneyPage } from './money.page.ts';
import { StartPages } from './start.page.ts';

/** A family's own pages: no account, no data in the address, a quarter of an hour. */
@Module({
  imports: [CalendarModule, GrantsModule, NoticesModule],
  // Last the one that takes anything else under /f for a code.
  controllers: [
    ...[StartPages, MoneyPage, MessagePages, AskPages, LetterPages, AskedPages],
    ...[CalendarPages, ArrivingPages],
  ],
  providers: [FamilyGuard],
})
export class FamilyJourney {}
