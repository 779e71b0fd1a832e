import type { LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { KindRules } from '../domain/target-days.ts';

/** Gives what is known of each kind of approval. */
export async function approvalKinds(tx: Transaction): Promise<Map<LimitKind, KindRules>> {
  const rows = await tx.query<KindRules>(
    `select kind, declares_conflict as "declaresConflict", open_in_freeze as "openInFreeze", target_days as "targetDays",
            escalate_days as "escalateDays", escalates_to as "escalatesTo" from approvals.kind`,
  );
  return new Map(rows.map((row) => [row.kind, row]));
}
