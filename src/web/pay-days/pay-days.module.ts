import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { KeptDayPages } from './kept-days.page.ts';
import { MoveLooks } from './move-looks.ts';
import { MovePages } from './moves.page.ts';
import { NewMovePages } from './new-move.page.ts';
import { OldBesideNew } from './old-beside-new.ts';
import { PreviewPages } from './preview.page.ts';

/** Moving pay days: prepared, looked at, decided, followed to the last family. */
@Module({
  imports: [CalendarModule, SubsistenceModule],
  // In this order: /pay-days/new/preview is no question, and neither /pay-days/new nor /pay-days/kept is a move.
  controllers: [PreviewPages, NewMovePages, KeptDayPages, MovePages],
  providers: [MoveLooks, OldBesideNew],
})
export class PayDaysJourney {}
