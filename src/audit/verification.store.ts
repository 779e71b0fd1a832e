import type { Transaction } from '../platform/index.ts';

/** What one check of the books found. */
export interface CheckFound {
  readonly check: string;
  readonly checked: string;
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** A check with when it was done, and for which asking. */
export interface CheckDone extends CheckFound {
  readonly verificationId: string;
  readonly finishedAt: Date;
}

/** One asking to prove the books, and how many checks are done. */
export interface Verification {
  readonly id: string;
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly done: number;
  readonly faults: number;
}

const RESULT = `r.verification_id as "verificationId", r.check_name as "check", r.checked, r.faults, r.took_ms as "tookMs",
  r.finished_at as "finishedAt"`;
const VERIFICATION = `select v.id, v.asked_by as "askedBy", v.asked_at as "askedAt", count(r.*)::int as done,
    coalesce(sum(jsonb_array_length(r.faults)), 0)::int as faults
  from audit.verification v left join audit.verification_result r on r.verification_id = v.id`;

/** Notes that somebody asked to prove the books. @returns its number */
export async function askForVerification(tx: Transaction): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `insert into audit.verification (authority_id, asked_by) values ($1, $2) returning id`,
    [tx.actor.authorityId, tx.actor.userId ?? null],
  );
  return id;
}

/** Says whether a check of an asking is done already. */
export async function isChecked(tx: Transaction, verificationId: string, check: string): Promise<boolean> {
  const row = await tx.maybe(`select 1 from audit.verification_result where verification_id = $1 and check_name = $2`, [
    verificationId,
    check,
  ]);
  return row !== undefined;
}

/** Keeps what a check found; a second finding of the same asking is left out. */
export async function keepChecked(tx: Transaction, verificationId: string, found: CheckFound): Promise<void> {
  await tx.query(
    `insert into audit.verification_result (verification_id, authority_id, check_name, checked, faults, took_ms)
     values ($1, $2, $3, $4, $5, $6) on conflict on constraint pk_verification_result do nothing`,
    [...[verificationId, tx.actor.authorityId, found.check, found.checked, JSON.stringify(found.faults), found.tookMs]],
  );
}

/** Gives the last result of each check. */
export function lastChecks(tx: Transaction): Promise<CheckDone[]> {
  return tx.query(
    `select distinct on (r.check_name) ${RESULT} from audit.verification_result r order by r.check_name, r.finished_at desc`,
  );
}

/** Lists askings, the newest first. */
export function listVerifications(tx: Transaction, limit: number): Promise<Verification[]> {
  return tx.query(`${VERIFICATION} group by v.id order by v.id desc limit $1`, [limit]);
}
