import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { propose } from '../../approvals/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { nothingToPay } from '../payment-problems.ts';
import { runStates } from '../run.states.ts';
import { runContent } from '../store/run-content.store.ts';
import { lockRun, moveRun, runApprovalKind } from '../store/run.store.ts';
import { RunFreshness } from '../views/run-freshness.view.ts';

/** What was sent for approval. */
export interface SubmittedRun {
  readonly requestId: string;
  readonly payments: number;
  readonly total: string;
  readonly fingerprint: string;
}

/** Sends a priced run for approval, for a finance officer: exactly these lines, by their fingerprint. */
@Injectable()
export class SubmitRun {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly freshness: RunFreshness,
  ) {}

  /**
   * @param options `asPriced` sends it though families changed since: their changes wait for the next run
   * @throws run_out_of_date, nothing_to_pay, not_in_that_state
   */
  async run(
    actor: Actor,
    runId: string,
    { asPriced = false, ...options }: { asPriced?: boolean } & Partial<Command> = {},
  ): Promise<SubmittedRun> {
    mustBeAllowed(actor, SubmitRun.allowed);
    return this.unitOfWork.run({ name: 'payments.submit-run', actor, ...options }, async (tx) => {
      const run = await lockRun(tx, runId);
      nextState('The run', runStates, run.state, 'submit');
      if (!asPriced) await this.freshness.mustBeFresh(tx, run);
      const { n, held, total, fingerprint } = await runContent(tx, runId);
      if (n === 0) throw nothingToPay(`${held} lines are held and none is payable.`);
      const requestId = await propose(tx, {
        kind: runApprovalKind(run.kind),
        subjectId: runId,
        fingerprint,
        amount: total,
      });
      await moveRun(tx, run, 'submit', {
        ...{ fingerprint, total, line_count: n, held_count: held },
        ...{ approval_id: requestId, proposed_by: personActing(actor) },
      });
      const detail = { payments: n, total, fingerprint: fingerprint.toString('hex'), asPriced };
      tx.audit({ action: 'payments.run-submitted', subjectKind: 'run', subjectId: runId, detail });
      return { requestId, payments: n, total: total.toString(), fingerprint: fingerprint.toString('hex') };
    });
  }
}
