import type { Transaction } from '../../platform/index.ts';
import type { CheckFound } from '../domain/checks.ts';

/** A check as it stands, with what a person found. */
export interface CheckRow extends CheckFound {
  readonly resolvedBy: string | null;
  readonly resolvedNote: string | null;
}

/** Lists what the checks of an application found. */
export function checksOf(tx: Transaction, applicationId: string): Promise<CheckRow[]> {
  return tx.query(
    `select kind, outcome, reason, resolved_by as "resolvedBy", resolved_note as "resolvedNote"
       from grants.check_result where application_id = $1`,
    [applicationId],
  );
}

/** Writes what the checks found now. What a person found stands where the check says word for word the same. */
export async function writeChecks(tx: Transaction, applicationId: string, found: readonly CheckFound[]): Promise<void> {
  await tx.query(
    `insert into grants.check_result as c (authority_id, application_id, kind, outcome, reason)
     select $1, $2, f.kind, f.outcome, f.reason from jsonb_to_recordset($3::jsonb) as f(kind text, outcome text, reason text)
     on conflict on constraint pk_check_result do update set outcome = excluded.outcome, reason = excluded.reason,
       resolved_by = null, resolved_note = null, resolved_at = null
     where (c.outcome, c.reason) is distinct from (excluded.outcome, excluded.reason)`,
    [tx.actor.authorityId, applicationId, JSON.stringify(found)],
  );
}

/** Writes down what a person found where a check needed one. @returns whether it waited for that */
export async function resolveCheck(
  tx: Transaction,
  applicationId: string,
  kind: string,
  note: string,
): Promise<boolean> {
  const resolved = await tx.execute(
    `update grants.check_result set resolved_by = $3, resolved_note = $4, resolved_at = now()
      where application_id = $1 and kind = $2 and outcome = 'person'`,
    [applicationId, kind, tx.actor.userId, note],
  );
  return resolved === 1;
}
