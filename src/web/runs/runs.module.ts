import { Module } from '@nestjs/common';
import { CalendarModule } from '../../calendar/index.ts';
import { PaymentsModule } from '../../payments/index.ts';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { ApprovePages } from './approve.page.ts';
import { CalendarPage } from './calendar.page.ts';
import { CancelPages } from './cancel.page.ts';
import { ChangesPage } from './changes.page.ts';
import { FilePage } from './file.page.ts';
import { HoldsPages } from './holds.page.ts';
import { LinesPages } from './lines.page.ts';
import { RunListPage } from './list.page.ts';
import { OpenPages } from './open.page.ts';
import { PostPages } from './post.page.ts';
import { PricePages } from './price.page.ts';
import { ProgressPage } from './progress.page.ts';
import { RunPage } from './run.page.ts';
import { SendPages } from './send.page.ts';

/** Runs: the pay calendar, and one run from priced to file. */
@Module({
  imports: [CalendarModule, PaymentsModule, SubsistenceModule],
  // Opening comes before a run's own page: "new" is no number.
  controllers: [
    ...[CalendarPage, RunListPage, OpenPages, RunPage, ProgressPage, LinesPages, ChangesPage, HoldsPages],
    ...[PricePages, SendPages, ApprovePages, PostPages, FilePage, CancelPages],
  ],
})
export class RunsJourney {}
