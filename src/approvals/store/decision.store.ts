import type { LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { Way } from '../domain/ways-to-sign.ts';

/** One request decided or signed, and in which way. */
export interface DecidedSo {
  readonly requestId: string;
  readonly way: Way;
  /** The step that is signed, where the request has steps. */
  readonly step: number | null;
}

const WAY = `jsonb_to_recordset($1::jsonb) as s(id bigint, step int, role text, limit_id bigint, limit_amount kernel.gbp,
  stand_in_id bigint, stands_in_for bigint) join approvals.request r on r.id = s.id and r.kind = $4`;

/** Writes decisions, in one statement. */
export async function insertDecisions(
  tx: Transaction,
  { kind, outcome, reason }: { kind: LimitKind; outcome: string; reason: string },
  decided: readonly DecidedSo[],
): Promise<void> {
  await tx.query(
    `insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount,
       fingerprint, decided_role, limit_id, limit_amount, stand_in_id, stands_in_for)
     select r.id, r.authority_id, r.kind, $5, $2, $3, r.proposed_by, r.amount, r.fingerprint, s.role, s.limit_id, s.limit_amount,
            s.stand_in_id, s.stands_in_for from ${WAY}`,
    [JSON.stringify(decided.map(columns)), reason, decided[0]?.way.personId, kind, outcome],
  );
  await tx.query(`update approvals.request set state = $2 where id = any ($1::bigint[])`, [
    decided.map((each) => each.requestId),
    outcome,
  ]);
}

/** Writes signatures of steps, in one statement. */
export async function insertSignatures(
  tx: Transaction,
  { kind, reason }: { kind: LimitKind; reason: string },
  signed: readonly DecidedSo[],
): Promise<void> {
  await tx.query(
    `insert into approvals.signature (request_id, authority_id, step, kind, reason, decided_by, proposed_by, amount,
       fingerprint, decided_role, limit_id, limit_amount, stand_in_id, stands_in_for)
     select r.id, r.authority_id, s.step, r.kind, $2, $3, r.proposed_by, r.amount, r.fingerprint, s.role, s.limit_id, s.limit_amount,
            s.stand_in_id, s.stands_in_for from ${WAY}`,
    [JSON.stringify(signed.map(columns)), reason, signed[0]?.way.personId, kind],
  );
}

function columns({ requestId, way, step }: DecidedSo): object {
  const borrowed = way.standInId === null ? null : way.inNameOf;
  const limit = { limit_id: way.limitId, limit_amount: way.upTo.toString() };
  return { id: requestId, step, role: way.role, ...limit, stand_in_id: way.standInId, stands_in_for: borrowed };
}
