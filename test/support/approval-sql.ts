/** SQL that plays a request for a grant through, for attacks: `{name}` stands for a number of the scene. */

/** Acts as somebody from here on. */
export const as = (who: string): string => `select set_config('mainstay.actor', '{${who}}', true);`;
/** Acts as the operator, who sets limits and roles alone. */
export const AS_OPERATOR = `select set_config('mainstay.actor', '', true);`;

/** Puts a limit for grants on record, of 1,000. @param family what one family may be given, and in how many months */
export function grantLimit(role: string, id: number, family = 'null, null'): string {
  return `${AS_OPERATOR} insert into identity.delegated_limit (id, authority_id, role, kind, amount, effective_from, family_amount, family_months)
          values (${id}, {ours}, '${role}', 'grant-award', 1000, kernel.today(), ${family});`;
}

/** Agrees, as two people, who signs grants. */
export function policy(signers: string, id = 7100, fromAmount = '100'): string {
  return `${as('administrator')} insert into approvals.policy (id, authority_id, kind, from_amount, signers, effective_from, reason, proposed_by)
            values (${id}, {ours}, 'grant-award', ${fromAmount}, array[${signers}], kernel.today(), 'The scheme says so', {administrator});
          ${as('finance')} update approvals.policy set state = 'approved', decided_by = {finance}, decided_at = now() where id = ${id};`;
}

/** Submits a grant of 500 for a family, by the caseworker; the auditor worked on it. */
export function ask(
  id = 7001,
  changes: Partial<Record<'amount' | 'proposed_by' | 'touched' | 'family_id', string>> = {},
): string {
  const { amount = '500', proposed_by = '{caseworker}', touched = `array[{auditor}]::bigint[]` } = changes;
  const family = changes.family_id ?? '(select min(id) from families.family)';
  return `${proposed_by === '{caseworker}' ? as('caseworker') : ''} insert into approvals.request (id, authority_id, kind, subject_id, fingerprint, amount, proposed_by, family_id, touched)
          values (${id}, {ours}, 'grant-award', ${id}, sha256('x'), ${amount}, ${proposed_by}, ${family}, ${touched});`;
}

/** Says, as somebody, whether they have a conflict of interest. */
export function declare(who: string, declared = 'none', id = 7001): string {
  return `${as(who)} insert into approvals.conflict_of_interest (request_id, authority_id, person_id, declared, about)
          values (${id}, {ours}, {${who}}, '${declared}', 'I know them');`;
}

type Column =
  'outcome' | 'role' | 'limit' | 'limit_amount' | 'stand_in_id' | 'stands_in_for' | 'amount' | 'fingerprint';

function row(who: string, changes: Partial<Record<Column, string>>, id: number): string {
  const {
    role = 'manager',
    limit = '901',
    limit_amount = '1000',
    stand_in_id = 'null',
    stands_in_for = 'null',
  } = changes;
  return `'', {${who}}, r.proposed_by, ${changes.amount ?? 'r.amount'}, ${changes.fingerprint ?? 'r.fingerprint'}, '${role}', ${limit}, ${limit_amount},
          ${stand_in_id}, ${stands_in_for} from approvals.request r where r.id = ${id};`;
}
const COLUMNS =
  'reason, decided_by, proposed_by, amount, fingerprint, decided_role, limit_id, limit_amount, stand_in_id, stands_in_for';

/** Signs one step of a request as somebody. */
export function sign(step: number, who: string, changes: Partial<Record<Column, string>> = {}, id = 7001): string {
  return `${as(who)} insert into approvals.signature (request_id, authority_id, step, kind, outcome, ${COLUMNS})
          select r.id, r.authority_id, ${step}, r.kind, '${changes.outcome ?? 'approved'}', ${row(who, changes, id)}`;
}

/** Decides a request as somebody. */
export function settle(who: string, changes: Partial<Record<Column, string>> = {}, id = 7001): string {
  return `${as(who)} insert into approvals.decision (request_id, authority_id, kind, outcome, ${COLUMNS})
          select r.id, r.authority_id, r.kind, '${changes.outcome ?? 'approved'}', ${row(who, changes, id)}
          ${(changes.outcome ?? 'approved') === 'approved' ? `update approvals.request set state = 'approved' where id = ${id};` : ''}`;
}

/** Names somebody to stand in for somebody else, in person. @param days from today on: first, last */
export function standIn(forWhom: string, who: string, days: readonly [number, number] = [0, 5], id = 7200): string {
  return `${as(forWhom)} insert into approvals.stand_in (id, authority_id, person_id, stand_in_id, first_day, last_day, reason)
          values (${id}, {ours}, {${forWhom}}, {${who}}, kernel.today() + ${days[0]}, kernel.today() + ${days[1]}, 'Annual leave');`;
}

/** Closes approvals of grants for some days, as the administrator. */
export function freeze(
  changes: { kinds?: string; from?: number; to?: number; by?: string; reason?: string } = {},
): string {
  const { kinds = `'grant-award'`, from = 0, to = 3, by = 'administrator', reason = 'Year end' } = changes;
  return `${as(by)} insert into approvals.freeze_period (id, authority_id, first_day, last_day, kinds, reason, set_by)
          values (7300, {ours}, kernel.today() + ${from}, kernel.today() + ${to}, array[${kinds}], '${reason}', {${by}});`;
}

/** Puts something of the books forward as finance. @param print SQL of its fingerprint */
export function putForward(kind: string, subject: string, print: string, amount = '0'): string {
  return `${as('finance')} insert into approvals.request (authority_id, kind, subject_id, fingerprint, amount, proposed_by)
          values ({ours}, '${kind}', ${subject}, ${print}, ${amount}, {finance});`;
}

/** Decides what waits about a subject, as somebody in one of their roles and within its limit. */
export function answer(
  kind: string,
  subject: string,
  { who = 'administrator', role = 'administrator', outcome = 'approved' } = {},
): string {
  return `${as(who)} insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount,
            fingerprint, decided_role, limit_id, limit_amount)
          select r.id, r.authority_id, r.kind, '${outcome}', 'Because', {${who}}, r.proposed_by, r.amount, r.fingerprint, l.role, l.id, l.amount
            from approvals.request r join identity.delegated_limit l on l.kind = r.kind and l.role = '${role}'
           where r.kind = '${kind}' and r.subject_id = ${subject} and r.state = 'open';
          update approvals.request set state = '${outcome}' where kind = '${kind}' and subject_id = ${subject} and state = 'open';`;
}
