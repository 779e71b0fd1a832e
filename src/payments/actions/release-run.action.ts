import { Injectable } from '@nestjs/common';
import {
  type Actor,
  type Allowed,
  mustBeAllowed,
  nextState,
  personActing,
  type PlainDate,
} from '../../kernel/index.ts';
import { Calendars, type CouncilCalendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { defineJob } from '../../outbox/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { runStates } from '../run.states.ts';
import { isSameDay, lockRun, moveRun, type RunFacts } from '../store/run.store.ts';
import { RunFreshness } from '../views/run-freshness.view.ts';
import { arrivesBy, runDays } from './open-run.action.ts';

/** Rung when a run has been released: post it. */
export const postRun = defineJob('payments.post-run');

/** What was released, and when the money arrives. */
export interface ReleasedRun {
  readonly payments: number;
  readonly total: string;
  readonly entryDay: PlainDate;
  /** True when the money arrives later than promised. */
  readonly isLate: boolean;
}

/**
 * Releases an approved run for posting, as the third person. From here there is no way back but new entries.
 *
 * A second release finds the run gone on.
 */
@Injectable()
export class ReleaseRun {
  static readonly allowed: Allowed = { roles: ['releaser'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly freshness: RunFreshness,
  ) {}

  /** @throws three_people_needed, bank_details_changed, not_in_that_state */
  async run(actor: Actor, runId: string, idempotency?: Command['idempotency']): Promise<ReleasedRun> {
    mustBeAllowed(actor, ReleaseRun.allowed);
    return this.unitOfWork.run({ name: 'payments.release-run', actor, idempotency }, async (tx) => {
      const run = await lockRun(tx, runId);
      nextState('The run', runStates, run.state, 'release');
      // The lines stand as they were approved: the database lets none change from sending on, and posting counts them.
      await this.freshness.mustPayPresentAccounts(tx, run);
      const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
      const { days, isLate } = await releaseDays(tx, calendars, run);
      await moveRun(tx, run, 'release', {
        ...{ released_by: personActing(actor), is_late: isLate },
        ...{ entry_day: days.entryDay, processing_day: days.processingDay, input_day: days.inputDay },
      });
      tx.audit({
        action: 'payments.run-released',
        subjectKind: 'run',
        subjectId: runId,
        detail: { payments: run.lineCount, total: run.total, ...days },
      });
      tx.announce({ topic: postRun, key: `run-${runId}`, payload: { runId } });
      return { payments: run.lineCount, total: run.total, entryDay: days.entryDay, isLate };
    });
  }
}

/** Finds the days of a run that a releaser posts today: what is paid the same day is handed in, processed and paid today. */
export async function releaseDays(
  tx: Transaction,
  calendars: CouncilCalendars,
  { kind, payDate }: Pick<RunFacts, 'kind' | 'payDate'>,
): Promise<ReturnType<typeof runDays>> {
  const { today } = tx;
  if (!isSameDay(kind)) return runDays(calendars, await arrivesBy(tx, payDate, kind), today);
  return { days: { inputDay: today, processingDay: today, entryDay: today }, isLate: false };
}
