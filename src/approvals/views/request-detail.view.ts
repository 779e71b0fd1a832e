import { type LimitKind, namesOf } from '../../identity/index.ts';
import type { PlainDate, Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ApprovalState } from '../approval.states.ts';
import { noSuchRequest } from '../approval-problems.ts';
import { whoCanSign } from './who-can.view.ts';

/** One signature a request needs; who gave it, when somebody has. */
export interface StepShown {
  readonly step: number;
  readonly role: Role | 'any';
  readonly signedBy: string | null;
  readonly inNameOf: string | null;
  readonly signedOn: PlainDate | null;
  readonly reason: string | null;
}

/** A request for approval with everything that was said to it. */
export interface RequestDetail {
  readonly id: string;
  readonly kind: LimitKind;
  readonly subjectId: string;
  readonly familyId: string | null;
  readonly state: ApprovalState;
  readonly amount: string;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  readonly declaresConflict: boolean;
  readonly steps: readonly StepShown[];
  readonly declarations: readonly { readonly personId: string; readonly declared: 'none' | 'conflict' }[];
  /** Who can sign it today, by name; nobody once it is decided. */
  readonly whoCan: readonly { readonly personId: string; readonly name: string }[];
  readonly names: Readonly<Record<string, string>>;
}

/** Tells everything about one request: what it needs, who signed, who declared what, who can sign. @throws no_such_request */
export async function requestDetail(tx: Transaction, id: string): Promise<RequestDetail> {
  const row = await tx.maybe<Omit<RequestDetail, 'steps' | 'declarations' | 'whoCan' | 'names'>>(
    `select r.id, r.kind, r.subject_id as "subjectId", r.family_id as "familyId", r.state, r.amount::numeric(14,2)::text as amount,
            r.proposed_by as "proposedBy", (r.proposed_at at time zone 'Europe/London')::date as "proposedOn",
            k.declares_conflict as "declaresConflict"
       from approvals.request r join approvals.kind k on k.kind = r.kind where r.id = $1`,
    [id],
  );
  if (!row) throw noSuchRequest('No request of this council has that number.');
  const [steps, declarations] = [await stepsOf(tx, id), await declarationsOf(tx, id)];
  const able = row.state === 'open' ? ((await whoCanSign(tx, row.kind, [id])).get(id) ?? []) : [];
  const people = [row.proposedBy, ...steps.flatMap((step) => [step.signedBy, step.inNameOf])];
  const names = Object.fromEntries(await namesOf(tx, [...people, ...declarations.map((each) => each.personId)]));
  return { ...row, steps, declarations, whoCan: able.map(({ personId, name }) => ({ personId, name })), names };
}

function stepsOf(tx: Transaction, id: string): Promise<StepShown[]> {
  return tx.query(
    `select s.step, s.role, g.decided_by as "signedBy", g.stands_in_for as "inNameOf", g.decided_on as "signedOn", g.reason
       from approvals.step s left join approvals.signature g on g.request_id = s.request_id and g.step = s.step
      where s.request_id = $1 order by s.step`,
    [id],
  );
}

function declarationsOf(tx: Transaction, id: string): Promise<{ personId: string; declared: 'none' | 'conflict' }[]> {
  return tx.query(
    // A conflict counts, whatever was said besides: it comes first in the alphabet too.
    `select distinct on (person_id) person_id as "personId", declared from approvals.conflict_of_interest
      where request_id = $1 order by person_id, declared`,
    [id],
  );
}
