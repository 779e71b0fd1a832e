import type { Transaction } from '../../platform/index.ts';
import { BIRTH_TO_RECORD, SAFETY_TO_ASK, WITHOUT_BANK_DETAILS } from './family-list.view.ts';

/** What a worker's own families ask of them, in counts. */
export interface WorkerTasks {
  readonly families: number;
  readonly withoutBankDetails: number;
  readonly birthsToRecord: number;
  /** Families to ask whether their ways are still safe. */
  readonly safetyToAsk: number;
}

/** Counts what waits for somebody among the families they look after, of up to `most` families. */
export function workerTasks(tx: Transaction, userId: string, most: number): Promise<WorkerTasks> {
  return tx.one(
    `select count(*)::int as families, count(*) filter (where ${WITHOUT_BANK_DETAILS})::int as "withoutBankDetails",
            count(*) filter (where ${BIRTH_TO_RECORD})::int as "birthsToRecord",
            count(*) filter (where ${SAFETY_TO_ASK})::int as "safetyToAsk"
       from (select id, safe_checked_on from families.family where owner_id = $1 limit $2) f`,
    [userId, most],
  );
}

/** Counts changes of bank details that wait for a second person, and those of them somebody proposed. */
export function bankDetailsWaiting(tx: Transaction, userId: string): Promise<{ all: number; mine: number }> {
  return tx.one(
    `select count(*)::int as all, count(*) filter (where i.proposed_by = $1)::int as mine from families.instrument i
      where i.state = 'proposed'
        and (i.kind = 'third-party' or exists (select from families.instrument o
              where o.family_id = i.family_id and o.state = 'approved' and o.kind <> 'third-party'))`,
    [userId],
  );
}

/** A change of who looks after a family. */
export interface Assignment {
  readonly ownerId: string | null;
  readonly team: string | null;
  readonly reason: string;
  readonly assignedBy: string;
  readonly assignedAt: Date;
}

/** Lists who looked after a family, the newest first. */
export function assignmentsOf(tx: Transaction, familyId: string): Promise<Assignment[]> {
  return tx.query(
    `select owner_id as "ownerId", team, reason, assigned_by as "assignedBy", assigned_at as "assignedAt"
       from families.assignment where family_id = $1 order by id desc limit 50`,
    [familyId],
  );
}
