import { personActing } from '../../kernel/index.ts';
import { limitInForce, type LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { changedSinceSeen } from '../approval-problems.ts';

/** A decision by the person acting, on what they saw. */
export interface Decision {
  readonly kind: LimitKind;
  readonly requestId: string;
  readonly outcome: 'approved' | 'sent_back' | 'declined';
  readonly reason: string;
  /** Fingerprint of the content as it stands now; must be the one that was proposed. */
  readonly fingerprint: Buffer;
}

/**
 * Records a second person's decision. The database itself refuses the proposer, a limit too low and a second decision.
 * @throws own_proposal, above_delegated_limit, already_decided, changed_since_seen, no_delegated_limit
 */
export async function decide(tx: Transaction, decision: Decision): Promise<void> {
  await decideMany(tx, decision.kind, decision.outcome, decision.reason, [decision]);
}

/** Records one person's decision on many requests at once, in one statement. */
export async function decideMany(
  tx: Transaction,
  kind: LimitKind,
  outcome: Decision['outcome'],
  reason: string,
  requests: readonly { requestId: string; fingerprint: Buffer }[],
): Promise<void> {
  const decider = personActing(tx.actor);
  const limit = await limitInForce(tx, decider, kind);
  const seen = requests.map((each) => ({ id: each.requestId, fingerprint: each.fingerprint.toString('hex') }));
  const same = await tx.execute(
    `with seen as (select id, decode(fingerprint, 'hex') as fingerprint from jsonb_to_recordset($1::jsonb) as s(id bigint, fingerprint text))
     insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount,
       fingerprint, decided_role, limit_id, limit_amount)
     select r.id, r.authority_id, r.kind, $2, $3, $4, r.proposed_by, r.amount, r.fingerprint, $5, $6, $7
       from seen join approvals.request r on r.id = seen.id and r.fingerprint = seen.fingerprint and r.kind = $8`,
    [JSON.stringify(seen), outcome, reason, decider, limit.role, limit.id, limit.amount.toString(), kind],
  );
  if (same !== requests.length) throw changedSinceSeen('It no longer has the content that was proposed.');
  await tx.query(`update approvals.request set state = $2 where id = any ($1::bigint[])`, [
    requests.map((each) => each.requestId),
    outcome,
  ]);
}

/** Makes a request void because its subject changed: whoever approved it approved something else. */
export async function voidRequest(tx: Transaction, requestId: string, why: string): Promise<void> {
  await tx.because(why);
  await tx.query(`update approvals.request set state = 'void' where id = $1 and state in ('open', 'approved')`, [
    requestId,
  ]);
}
