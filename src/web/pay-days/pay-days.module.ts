import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { MoveLooks } from './move-looks.ts';
import { MovePages } from './moves.page.ts';
import { NewMovePages } from './new-move.page.ts';
import { OldBesideNew } from './old-beside-new.ts';
import { PreviewPages } from './preview.page.ts';

/** Moving pay days: prepared, looked at, decided, followed to the last family. */
@Module({
  imports: [CalendarModule, SubsistenceModule],
  // In this order: /pay-days/new/preview is no question, and /pay-days/new no move.
  controllers: [PreviewPages, NewMovePages, MovePages],
  providers: [MoveLooks, OldBesideNew],
})
export class PayDaysJourney {}
