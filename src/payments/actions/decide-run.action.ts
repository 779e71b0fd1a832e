import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed, nextState, personActing } from '../../kernel/index.ts';
import { changedSinceSeen, decide } from '../../approvals/index.ts';
import { commit } from '../../funds/index.ts';
import { type Command, UnitOfWork } from '../../platform/index.ts';
import { runStates } from '../run.states.ts';
import { fundsToReserve, runContent } from '../store/run-content.store.ts';
import { lockRun, moveRun, runApprovalKind } from '../store/run.store.ts';

/** Tells a manager or finance officer that this step must say why. */
export const reasonNeeded = defineProblem('reason_needed', {
  status: 422,
  title: 'A reason is needed',
  whatToDo: 'Say in a sentence why, for whoever reads the history.',
});

/** A manager's decision on a run. */
export interface RunDecision {
  readonly outcome: 'approved' | 'sent_back';
  /** The fingerprint the decider saw, in hexadecimal: another one is refused. */
  readonly fingerprint: string;
  readonly reason: string;
}

/** Approves a run or sends it back, as the second person. Approval reserves the money of each fund. */
@Injectable()
export class DecideRun {
  static readonly allowed: Allowed = { roles: ['manager'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the run's state: still `in_approval` while another signature is needed @throws proposed_by_yourself, above_delegated_limit, already_decided, changed_since_seen, fund_overspent, reason_needed */
  async run(
    actor: Actor,
    runId: string,
    decision: RunDecision,
    idempotency?: Command['idempotency'],
  ): Promise<{ state: string }> {
    mustBeAllowed(actor, DecideRun.allowed);
    if (decision.outcome === 'sent_back' && !decision.reason.trim()) throw reasonNeeded('Say what is to be changed.');
    return this.unitOfWork.run({ name: 'payments.decide-run', actor, idempotency }, async (tx) => {
      const run = await lockRun(tx, runId);
      const command = decision.outcome === 'approved' ? 'approve' : 'send_back';
      const state = nextState('The run', runStates, run.state, command);
      const { fingerprint } = await runContent(tx, runId);
      if (fingerprint.toString('hex') !== decision.fingerprint)
        throw changedSinceSeen('The lines are not the ones you saw.');
      const requestId = run.approvalId as string;
      const { outcome, reason } = decision;
      const taken = await decide(tx, { kind: runApprovalKind(run.kind), requestId, outcome, reason, fingerprint });
      // Signed by one person: it waits for the next, as it stands.
      if (taken === 'signed') return { state: run.state };
      if (decision.outcome === 'approved') {
        await commit(tx, requestId, await fundsToReserve(tx, runId));
        await moveRun(tx, run, 'approve', { approved_by: personActing(actor) }, decision.reason);
      } else {
        await moveRun(
          tx,
          run,
          'send_back',
          { approval_id: null, proposed_by: null, fingerprint: null },
          decision.reason,
        );
      }
      const detail = { request: requestId, reason: decision.reason, total: run.total };
      tx.audit({
        action: `payments.run-${decision.outcome.replace('_', '-')}`,
        subjectKind: 'run',
        subjectId: runId,
        detail,
      });
      return { state };
    });
  }
}
