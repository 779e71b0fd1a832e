import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const REQUEST = `(select r.* from approvals.request r join payments.run u on u.approval_id = r.id where u.id = {in_approval})`;
const LIMIT = `(select * from identity.delegated_limit where kind = 'section-17-run' order by effective_from limit 1)`;
const COLUMNS = [
  'outcome',
  'reason',
  'decided_by',
  'amount',
  'fingerprint',
  'decided_role',
  'limit_id',
  'limit_amount',
];

/** The manager's approval of the run that waits for it, in person, except for what is said (as SQL). */
function decision(changes: Partial<Record<(typeof COLUMNS)[number], string>> = {}): string {
  const by = changes.decided_by ?? '{manager}';
  return `select set_config('mainstay.actor', '${by}', true); ${decisionInAnyName(changes)} ${AS_FINANCE}`;
}

function decisionInAnyName(changes: Partial<Record<(typeof COLUMNS)[number], string>> = {}): string {
  const usual: Record<string, string> = {
    ...{ outcome: `'approved'`, reason: `''`, decided_by: '{manager}', amount: 'r.amount' },
    ...{ fingerprint: 'r.fingerprint', decided_role: `'manager'`, limit_id: 'l.id', limit_amount: 'l.amount' },
  };
  const values = COLUMNS.map((column) => changes[column] ?? usual[column]);
  return `insert into approvals.decision (request_id, authority_id, kind, proposed_by, ${COLUMNS.join(', ')})
          select r.id, r.authority_id, r.kind, r.proposed_by, ${values.join(', ')} from ${REQUEST} r, ${LIMIT} l;`;
}

// People set limits and roles only as two, or of others; the operator may without.
const AS_OPERATOR = `select set_config('mainstay.actor', '', true);`;
const AS_MANAGER = `select set_config('mainstay.actor', '{manager}', true);`;
const AS_FINANCE = `select set_config('mainstay.actor', '{finance}', true);`;

/** Puts a limit on record. @param from days from now on which it begins */
function limit(id: number, role: string, amount: string, from: number, kind = 'section-17-run'): string {
  return `${AS_OPERATOR} insert into identity.delegated_limit values (${id}, {ours}, '${role}', '${kind}', ${amount}, kernel.today() + (${from})); ${AS_FINANCE}`;
}
/** Two others agree on a limit for one person alone. */
const personLimit = (id: number, person: string, amount: string): string => `${AS_FINANCE}
  insert into identity.limit_proposal (authority_id, reason, proposed_by, role, kind, amount, effective_from, person_id)
  values ({ours}, 'Agreed', {finance}, 'manager', 'section-17-run', ${amount}, kernel.today(), ${person});
  select set_config('mainstay.actor', '{administrator}', true);
  update identity.limit_proposal set state = 'approved', decided_by = {administrator}, decided_at = now();
  insert into identity.delegated_limit (id, authority_id, role, kind, amount, effective_from, person_id, set_by, confirmed_by, reason, proposal_id)
  select ${id}, authority_id, role, kind, amount, effective_from, person_id, proposed_by, decided_by, reason, id from identity.limit_proposal;
  ${AS_FINANCE}`;
const giveRole = (user: string, role: string): string =>
  `${AS_OPERATOR} insert into identity.user_role values ({ours}, {${user}}, '${role}'); ${AS_FINANCE}`;
const request = (changes: Record<string, unknown>): string => copyOf('approvals.request', `state = 'open'`, changes);

const decisions: Attack[] = [
  [
    'ck_nobody_decides_their_own_proposal',
    'an approval by the proposer',
    giveRole('finance', 'manager') + decision({ decided_by: '{finance}' }),
  ],
  [
    'ck_decision_is_within_the_limit',
    'an approval above the limit',
    limit(901, 'manager', '0.01', 0) + decision({ limit_id: '901', limit_amount: '0.01' }),
  ],
  ['fk_limit_is_on_record', 'a limit that says more than is on record', decision({ limit_amount: '999999.99' })],
  [
    'guard_decision_limit_is_for_this_kind',
    "another role's limit",
    limit(902, 'auditor', '999999', 0) + decision({ limit_id: '902', limit_amount: '999999' }),
  ],
  ['guard_decision_limit_is_for_this_kind', 'a limit that was replaced', limit(903, 'manager', '0.01', 0) + decision()],
  [
    'guard_decision_limit_is_for_this_kind',
    'a limit that is not yet in force',
    limit(904, 'manager', '999999', 1) + decision({ limit_id: '904', limit_amount: '999999' }),
  ],
  [
    'guard_decision_limit_is_for_this_kind',
    'a limit for something else',
    limit(905, 'manager', '999999', 0, 'support-plan') + decision({ limit_id: '905', limit_amount: '999999' }),
  ],
  [
    'guard_decision_limit_is_for_this_kind',
    'the role’s limit, by whoever has a lower one of their own',
    personLimit(906, '{manager}', '0.01') + decision(),
  ],
  [
    'guard_decision_limit_is_for_this_kind',
    'a limit that is somebody else’s alone',
    personLimit(907, '{manager2}', '999999') + decision({ limit_id: '907', limit_amount: '999999' }),
  ],
  [
    'accepted',
    'nothing, within one’s own limit',
    personLimit(908, '{manager}', '999999') + decision({ limit_id: '908', limit_amount: '999999' }),
  ],
  [
    'fk_decision_on_exactly_what_was_proposed',
    'an approval of other lines than were proposed',
    decision({ fingerprint: `sha256('other')` }),
  ],
  [
    'fk_decision_on_exactly_what_was_proposed',
    'an approval of another amount than was proposed',
    decision({ amount: '0.01' }),
  ],
  ['pk_decision', 'a second decision in the same moment', decision() + decision({ decided_by: '{manager2}' })],
  [
    'guard_decision_on_an_open_request',
    'a decision on what is decided',
    decision() +
      `update approvals.request set state = 'approved' where id = (select id from ${REQUEST} r);` +
      decision({ decided_by: '{manager2}' }),
  ],
  ['guard_decider_still_holds_the_role', 'a decision in a role one never had', decision({ decided_by: '{auditor}' })],
  [
    'guard_decider_still_holds_the_role',
    'a decision in a role that was taken away',
    `${AS_OPERATOR} update identity.user_role set removed_at = now() where user_id = {manager};` + decision(),
  ],
  [
    'guard_decider_still_holds_the_role',
    "a decision by another council's manager",
    decision({ decided_by: '{their_user}' }),
  ],
  ['guard_decision_is_made_in_person', 'a decision in another’s name', decisionInAnyName()],
  ['ck_decision_outcome_is_known', 'an outcome that is neither yes nor no', decision({ outcome: `'perhaps'` })],
  [
    'ck_decision_sent_back_has_a_reason',
    'sending back without a reason',
    decision({ outcome: `'sent_back'`, reason: `'  '` }),
  ],
  ['permission denied', 'a decision changed', `update approvals.decision set outcome = 'approved'`],
  ['permission denied', 'a decision deleted', `delete from approvals.decision`],
];

const requests: Attack[] = [
  [
    'guard_request_state_follows_decision',
    'a request approved by nobody',
    `update approvals.request set state = 'approved' where state = 'open'`,
  ],
  [
    'guard_request_state_follows_decision',
    'a request sent back by nobody',
    `update approvals.request set state = 'sent_back' where state = 'open'`,
  ],
  ['guard_states_of_approval', 'a request born approved', request({ state: 'approved', subject_id: 1 })],
  ['permission denied', 'the amount of a request changed', `update approvals.request set amount = 1`],
  ['uq_request_open_once_a_subject', 'two open requests for one thing', request({})],
  ['guard_request_is_made_in_person', 'a request in another’s name', AS_MANAGER + request({ subject_id: 1 })],
  ['ck_request_kind_is_known', 'a request for something unknown', request({ kind: 'anything', subject_id: 1 })],
  [
    'ck_request_fingerprint_is_sha256',
    'a request without a whole fingerprint',
    request({ fingerprint: '\\x00', subject_id: 1 }),
  ],
  ['ck_request_amount_is_not_negative', 'a negative request', request({ amount: '-1.00', subject_id: 1 })],
  ['fk_request_is_proposed_by_a_user', 'a request by nobody', request({ proposed_by: 999999, subject_id: 1 })],
];

describe('Approvals', () => {
  itRefuses(() => scene, decisions);
  itRefuses(() => scene, requests);

  it('accept the same decision when nothing is wrong with it', async () => {
    expect(await scene.attack(decision())).toBe('accepted');
  });
});

describe('Even the owner of the schemas, in approvals,', () => {
  itRefuses(
    () => scene,
    [
      ...[
        'amount = amount + 1',
        `fingerprint = sha256('x')`,
        'proposed_by = {auditor}',
        'subject_id = 1',
        `kind = 'bank-details'`,
      ].map((change): Attack => [
        'guard_request_is_immutable',
        `a request whose ${change.split(' ')[0]} is changed`,
        `update approvals.request set ${change} where state = 'open'`,
      ]),
      ['guard_append_only', 'a decision changed', `update approvals.decision set limit_amount = 1000000`],
      ['guard_append_only', 'a decision deleted', `delete from approvals.decision`],
      ['guard_append_only', 'the decisions emptied', `truncate approvals.decision`],
      ['guard_append_only', 'a request deleted', `delete from approvals.request`],
    ],
    'owner',
  );
});
