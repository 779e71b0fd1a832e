import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A payment that a person held, and perhaps let go again. Moments are text to the microsecond. */
export interface HoldOfPlan {
  readonly runId: string;
  readonly payDate: PlainDate;
  readonly category: string;
  readonly reason: string;
  readonly heldBy: string | null;
  readonly heldAt: string;
  readonly releasedBy: string | null;
  readonly releasedAt: string | null;
  readonly releaseReason: string | null;
}

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Lists the payments of some plans that people held, the newest first, for a family's history. */
export function holdsOfPlans(tx: Transaction, sourceIds: readonly string[], limit: number): Promise<HoldOfPlan[]> {
  return tx.query(
    `select h.run_id as "runId", r.pay_date as "payDate", h.category, h.reason, h.held_by as "heldBy",
            ${instant('h.held_at')} as "heldAt", h.released_by as "releasedBy", ${instant('h.released_at')} as "releasedAt",
            h.release_reason as "releaseReason"
       from payments.hold h join payments.run r on r.id = h.run_id
      where h.source_id = any ($1::bigint[]) order by h.id desc limit $2`,
    [sourceIds, limit],
  );
}
