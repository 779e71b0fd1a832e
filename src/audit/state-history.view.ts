import type { Transaction } from '../platform/index.ts';

/** One move of a state machine, with who, when and why. */
export interface StateChange {
  readonly from: string;
  readonly to: string;
  readonly actorId: string | null;
  readonly channel: string;
  readonly reason: string;
  readonly at: Date;
}

/** Tells the story of one subject, oldest first. */
export function stateHistory(tx: Transaction, machine: string, subjectId: string): Promise<StateChange[]> {
  return tx.query(
    `select from_state as "from", to_state as "to", actor_id as "actorId", channel, reason, at
       from audit.state_change where machine = $1 and subject_id = $2 order by id`,
    [machine, subjectId],
  );
}
