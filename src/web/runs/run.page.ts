import { Controller } from '@nestjs/common';
import { stateHistory } from '../../audit/index.ts';
import { Calendars, lateBacsDays } from '../../calendar/index.ts';
import { authorityOf, namesOf } from '../../identity/index.ts';
import {
  bankFileFacts,
  filesOfRun,
  railWords,
  readRun,
  runFigures,
  RunFreshness,
  type RunRow,
  seeRuns,
} from '../../payments/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { stateColours, stateWords } from '../bank-files/words.ts';
import { causeOf } from './causes.ts';
import { isMoving, progressOf } from './progress.ts';
import { mayDoTo, nextOf, stepsOf } from './run-steps.ts';
import { runUrls } from './runs.urls.ts';
import { runIdOf } from './stage.ts';
import { stuckJobsOf } from './stuck-jobs.ts';

/** One run: where it stands, the one thing to do next, its figures, people, days and story. */
@Controller()
export class RunPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly freshness: RunFreshness,
  ) {}

  @Page({ method: 'GET', path: runUrls.run, title: 'A run', allowed: seeRuns, audit: null })
  async run(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => this.#read(tx, runIdOf(visit)));
    const { run, people } = data;
    return show('runs/run.njk', {
      ...{ ...data, exceptions: data.exceptions.map((each) => ({ ...each, ...causeOf(each.code) })) },
      ...{ steps: stepsOf(run, people, visit), next: nextOf(run, visit), may: mayDoTo(run, visit) },
      progress: isMoving(run) ? progressOf(run) : undefined,
      ...{ fingerprint: run.fingerprint?.toString('hex'), railWords, stateWords, stateColours },
    });
  }

  async #read(tx: Transaction, id: string) {
    const run = await readRun(tx, id);
    const history = await stateHistory(tx, 'run', id);
    const ids = [run.openedBy, run.proposedBy, run.approvedBy, run.releasedBy, ...history.map((each) => each.actorId)];
    const names = await namesOf(tx, ids);
    const nameOf = (person: string | null): string | null => names.get(person ?? '') ?? null;
    return {
      ...{ run, history, ...(await runFigures(tx, run)), names: Object.fromEntries(names) },
      people: { proposed: nameOf(run.proposedBy), approved: nameOf(run.approvedBy), released: nameOf(run.releasedBy) },
      files: await filesOf(tx, id),
      late: await this.#lateDays(tx, run),
      stuck: isMoving(run) ? await stuckJobsOf(tx, id) : [],
      changedSince: run.state === 'priced' ? await this.freshness.changedFamilies(tx, run) : [],
    };
  }

  /** When the cut-off of a run that is not posted yet has passed: the days it would have if it were posted today. */
  async #lateDays(tx: Transaction, run: RunRow) {
    const isGone = ['releasing', 'posted', 'exported', 'cancelled'].includes(run.state);
    if (isGone || tx.today <= run.inputDay) return undefined;
    const { bacs } = await this.calendars.of(tx, (await authorityOf(tx)).division);
    return lateBacsDays(tx.today, bacs);
  }
}

/** The files of a run, each with when it was written and the hash of its bytes. */
async function filesOf(tx: Transaction, id: string) {
  const facts = new Map((await bankFileFacts(tx, id)).map((each) => [each.rail, each]));
  return (await filesOfRun(tx, id)).map((file) => ({ ...file, facts: facts.get(file.rail) }));
}
