import { Controller } from '@nestjs/common';
import { Calendars, lateBacsDays } from '../../calendar/index.ts';
import { authorityOf, namesOf } from '../../identity/index.ts';
import { bankFileFacts, type RunDetail, runDetail, runFigures, seeRuns } from '../../payments/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { causeOf } from './causes.ts';
import { isMoving, progressOf } from './progress.ts';
import { mayDoTo, nextOf, stepsOf } from './run-steps.ts';
import { runUrls } from './runs.urls.ts';
import { runIdOf } from './stage.ts';

/** One run: where it stands, the one thing to do next, its figures, people, days and story. */
@Controller()
export class RunPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
  ) {}

  @Page({ method: 'GET', path: runUrls.run, title: 'A run', allowed: seeRuns, audit: null })
  async run(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const run = await runDetail(tx, runIdOf(visit));
      const figures = await runFigures(tx, run);
      const file = await bankFileFacts(tx, run.id);
      const people = await namesOf(tx, [run.openedBy, ...run.history.map((each) => each.actorId)]);
      return { run, ...figures, file, late: await this.#lateDays(tx, run), names: Object.fromEntries(people) };
    });
    const { run } = data;
    return show('runs/run.njk', {
      ...{ ...data, exceptions: data.exceptions.map((each) => ({ ...each, ...causeOf(each.code) })) },
      ...{ steps: stepsOf(run, run.people, visit), next: nextOf(run, visit), may: mayDoTo(run, visit) },
      progress: isMoving(run) ? progressOf(run) : undefined,
    });
  }

  /** When the cut-off of a run that is not posted yet has passed: the days it would have if it were posted today. */
  async #lateDays(tx: Transaction, run: RunDetail) {
    const isGone = ['releasing', 'posted', 'exported', 'cancelled'].includes(run.state);
    if (isGone || tx.today <= run.inputDay) return undefined;
    const { bacs } = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return lateBacsDays(tx.today, bacs);
  }
}
