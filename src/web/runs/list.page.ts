import { Controller } from '@nestjs/common';
import { findRuns, OpenRun, runStateNames, seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf, runUrls } from './runs.urls.ts';
import { may } from './stage.ts';

const ON_A_PAGE = 25;

/** Every run, the newest pay date first, narrowed to a state. */
@Controller()
export class RunListPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ method: 'GET', path: runUrls.list, title: 'Runs', allowed: seeRuns, audit: null })
  async list(@Visiting() visit: Visit): Promise<View> {
    const state = runStateNames.find((name) => name === visit.query.state);
    const after = afterOf(visit);
    const found = await this.unitOfWork.read(visit.actor, (tx) => findRuns(tx, { state, after, limit: ON_A_PAGE + 1 }));
    const runs = found.slice(0, ON_A_PAGE);
    const last = found.length > ON_A_PAGE ? runs.at(-1)?.id : undefined;
    return show('runs/list.njk', {
      ...{ runs, state, states: runStateNames },
      next: last && addressOf(runUrls.list, { state, after: last }),
      first: after && addressOf(runUrls.list, { state }),
      mayOpen: may(visit, OpenRun.allowed),
    });
  }
}

/** Reads where the page before ended; anything but a number begins at the beginning. */
export function afterOf(visit: Visit): string | undefined {
  const { after = '' } = visit.query;
  return /^\d{1,18}$/.test(after) ? after : undefined;
}
