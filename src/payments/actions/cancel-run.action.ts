import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState } from '../../kernel/index.ts';
import { defineJob } from '../../outbox/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { runStates } from '../run.states.ts';
import { voidLines } from '../store/line.store.ts';
import { lockRun, moveRun } from '../store/run.store.ts';
import { takeApprovalBack } from './amend-run.ts';
import { mustBeAsSeen } from './as-seen.ts';
import { reasonNeeded } from './decide-run.action.ts';

/** Rung when a run has been cancelled, for rooms above that waited for it. */
export const runCancelled = defineJob('payments.run-cancelled');
/** Rung when a run for something put right was cancelled. */
export const putRightRunCancelled = defineJob('payments.put-right-run-cancelled');

const cancelledOf = {
  'section-17': runCancelled,
  grants: null,
  emergency: null,
  'put-right': putRightRunCancelled,
} as const;

/** Cancels a run that has not been released, with a reason. Its families are due again; its money is free again. */
@Injectable()
export class CancelRun {
  static readonly allowed: Allowed = { roles: ['finance', 'manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param seen the run's version as the person saw it @throws not_in_that_state once released, reason_needed, run_moved_on */
  async run(
    actor: Actor,
    runId: string,
    reason: string,
    idempotency?: Command['idempotency'],
    seen?: number,
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, CancelRun.allowed);
    if (!reason.trim()) throw reasonNeeded('Say why the run is cancelled.');
    return this.unitOfWork.run({ name: 'payments.cancel-run', actor, idempotency }, async (tx) => {
      const run = await lockRun(tx, runId);
      mustBeAsSeen(run, seen);
      nextState('The run', runStates, run.state, 'cancel');
      await takeApprovalBack(tx, run, reason);
      await moveRun(tx, run, 'cancel', { cancelled_reason: reason }, reason);
      await voidLines(tx, runId);
      tx.audit({
        action: 'payments.run-cancelled',
        subjectKind: 'run',
        subjectId: runId,
        detail: { reason, was: run.state },
      });
      const topic = cancelledOf[run.kind];
      if (topic) tx.announce({ topic, key: `run-${runId}`, payload: { runId } });
      return { state: 'cancelled' };
    });
  }
}
