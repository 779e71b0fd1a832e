import { limitKinds } from '../../../src/identity/index.ts';
import {
  ask,
  AS_OPERATOR,
  as,
  declare,
  grantLimit,
  policy,
  settle,
  sign,
  standIn,
} from '../../support/approval-sql.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const LIMITS = grantLimit('manager', 901) + grantLimit('finance', 902);
/** A grant that needs a manager and anybody else, with everybody free of interests. */
const TWO = LIMITS + policy(`'manager', 'any'`) + ask() + declare('manager') + declare('manager2') + declare('finance');
const ONE = LIMITS + ask() + declare('manager') + declare('manager2') + declare('finance');
const FINANCE = { role: 'finance', limit: '902' };
const giveRole = (who: string, role: string): string =>
  `${AS_OPERATOR} insert into identity.user_role values ({ours}, {${who}}, '${role}');`;

const signatures: Attack[] = [
  ['guard_every_step_is_signed', 'an approval with one signature of two', TWO + sign(1, 'manager') + settle('manager')],
  ['guard_every_step_is_signed', 'an approval with no signature of two', TWO + settle('manager')],
  [
    'guard_decider_signed_a_step',
    'an approval by a third who signed nothing',
    TWO + sign(1, 'manager') + sign(2, 'finance', FINANCE) + settle('manager2'),
  ],
  [
    'uq_signature_once_a_person',
    'two signatures of one person, one of them for another',
    TWO +
      standIn('manager2', 'manager') +
      sign(1, 'manager') +
      sign(2, 'manager', { stand_in_id: '7200', stands_in_for: '{manager2}' }),
  ],
  ['pk_signature', 'two signatures of one step', TWO + sign(1, 'manager') + sign(1, 'manager2')],
  ['guard_step_is_signed_in_its_role', 'a step signed in another role', TWO + sign(1, 'finance', FINANCE)],
  ['fk_signature_of_a_step', 'a signature nobody asked for', TWO + sign(3, 'manager')],
  ['fk_signature_of_a_step', 'a signature of something that needs but one decision', ONE + sign(1, 'manager')],
  [
    'ck_nobody_signs_their_own_proposal',
    'a signature by the proposer',
    giveRole('caseworker', 'manager') + TWO + declare('caseworker') + sign(1, 'caseworker'),
  ],
  [
    'guard_decider_has_not_touched_it',
    'a signature by somebody who worked on it',
    giveRole('auditor', 'manager') + TWO + declare('auditor') + sign(1, 'auditor'),
  ],
  [
    'guard_decider_has_not_touched_it',
    'a decision by somebody who worked on it',
    giveRole('auditor', 'manager') + ONE + declare('auditor') + settle('auditor'),
  ],
  ['ck_signature_is_within_the_limit', 'a signature above the limit', TWO + sign(1, 'manager', { limit_amount: '1' })],
  [
    'fk_signature_limit_is_on_record',
    'a limit that says more than is on record',
    TWO + sign(1, 'manager', { limit_amount: '2000' }),
  ],
  [
    'guard_decision_limit_is_for_this_kind',
    'a limit of another role’s kind, not in force',
    TWO + sign(1, 'manager', { limit: '999' }),
  ],
  ['guard_decider_still_holds_the_role', 'a signature in a role one never had', TWO + sign(1, 'auditor')],
  [
    'fk_signature_on_exactly_what_was_proposed',
    'a signature on other content than was proposed',
    TWO + sign(1, 'manager', { fingerprint: `sha256('y')` }),
  ],
  ['ck_signature_approves', 'a signature that declines', TWO + sign(1, 'manager', { outcome: 'declined' })],
  [
    'guard_decision_on_an_open_request',
    'a signature of what is decided',
    TWO +
      settle('manager', { outcome: 'declined' }).replace(
        `select r.id, r.authority_id, r.kind, 'declined', ''`,
        `select r.id, r.authority_id, r.kind, 'declined', 'No'`,
      ) +
      `update approvals.request set state = 'declined' where id = 7001;` +
      sign(1, 'manager'),
  ],
  ['permission denied', 'a step added', TWO + `insert into approvals.step values (7001, {ours}, 3, 'any')`],
  ['permission denied', 'a step taken away', `delete from approvals.step`],
  ['permission denied', 'a signature taken back', `delete from approvals.signature`],
  ['permission denied', 'who touched it changed', `update approvals.request set touched = '{}'`],
];

const families: Attack[] = [
  [
    'guard_family_is_given_within_the_limit',
    'a grant beyond what one family may be given',
    grantLimit('manager', 901, '800, 12') +
      ask(7001) +
      declare('manager') +
      settle('manager') +
      ask(7002, { amount: '300.01' }) +
      declare('manager2', 'none', 7002) +
      settle('manager2', {}, 7002),
  ],
  [
    'guard_family_is_given_within_the_limit',
    'two grants in one statement, together beyond it',
    grantLimit('manager', 901, '999.99, 12') +
      ask(7001) +
      ask(7002) +
      declare('manager') +
      declare('manager', 'none', 7002) +
      settle('manager').replace('where r.id = 7001;', 'where r.id in (7001, 7002);'),
  ],
  [
    'guard_family_is_given_within_the_limit',
    'a first signature beyond it',
    grantLimit('manager', 901, '499.99, 1') +
      policy(`'manager', 'any'`) +
      ask() +
      declare('manager') +
      sign(1, 'manager'),
  ],
  [
    'ck_limit_for_a_family_is_whole',
    'a limit for a family without its months',
    grantLimit('manager', 901, '800, null'),
  ],
  ['ck_limit_for_a_family_is_whole', 'a limit for a family over a century', grantLimit('manager', 901, '800, 1200')],
  ['ck_limit_for_a_family_is_whole', 'a negative limit for a family', grantLimit('manager', 901, '-1, 12')],
  [
    'ck_limit_proposal_for_a_family_is_whole',
    'a proposed limit for a family without its months',
    `${as('administrator')} insert into identity.limit_proposal (authority_id, role, kind, amount, family_amount, effective_from, reason, proposed_by)
     values ({ours}, 'manager', 'grant-award', 5, 5, kernel.today(), 'x', {administrator})`,
  ],
  ['fk_request_about_a_family', 'a request about no family', ask(7001, { family_id: '1' })],
  [
    'ck_request_names_who_touched_it',
    'a request touched by nobody in particular',
    ask(7001, { touched: 'array[null]::bigint[]' }),
  ],
];

const POLICY = (changes: Record<string, string> = {}): string => {
  const usual: Record<string, string> = {
    ...{
      kind: `'payee'`,
      from_amount: '5',
      signers: `array['any']`,
      reason: `'Why'`,
      state: `'open'`,
      decided_by: 'null',
    },
    ...{ proposed_by: '{finance}' },
  };
  const values = { ...usual, ...changes };
  return `${as('finance')} insert into approvals.policy (authority_id, effective_from, ${Object.keys(values).join(', ')})
          values ({ours}, kernel.today(), ${Object.values(values).join(', ')});`;
};
const confirm = (by: string, set = ''): string =>
  `${as(by)} update approvals.policy set state = 'approved', decided_by = {${by}}${set} where kind = 'payee';`;

const policies: Attack[] = [
  ['ck_policy_kind_is_known', 'signatures for something unknown', POLICY({ kind: `'anything'` })],
  ['ck_policy_amount_is_not_negative', 'signatures from a negative amount on', POLICY({ from_amount: '-1' })],
  ['ck_policy_asks_for_one_to_five_signatures', 'no signature at all', POLICY({ signers: `'{}'` })],
  [
    'ck_policy_asks_for_one_to_five_signatures',
    'the signature of a releaser',
    POLICY({ signers: `array['releaser']` }),
  ],
  [
    'ck_policy_asks_for_one_to_five_signatures',
    'six signatures',
    POLICY({ signers: `array_fill('any'::text, array[6])` }),
  ],
  ['ck_policy_has_a_reason', 'signatures without a reason', POLICY({ reason: `' '` })],
  [
    'ck_policy_state_is_known',
    'a state that is none',
    POLICY() + confirm('administrator').replace(`'approved'`, `'perhaps'`),
  ],
  [
    'guard_proposal_is_made_in_person',
    'signatures that begin agreed',
    POLICY({ state: `'approved'`, decided_by: '{manager}' }),
  ],
  ['guard_proposal_is_made_in_person', 'signatures proposed in another name', POLICY({ proposed_by: '{manager}' })],
  ['ck_policy_needs_two_people', 'signatures confirmed by their proposer', POLICY() + confirm('finance')],
  [
    'guard_proposal_is_decided_in_person',
    'signatures confirmed in another name',
    POLICY() + confirm('administrator').replace('decided_by = {administrator}', 'decided_by = {manager}'),
  ],
  [
    'ck_policy_says_who_decided',
    'signatures decided by somebody, and open',
    POLICY() + confirm('administrator').replace(`'approved'`, `'open'`),
  ],
  [
    'fk_policy_proposed_by_a_user',
    'signatures proposed from another council',
    POLICY({ proposed_by: '{their_user}' }).replace(as('finance'), as('their_user')),
  ],
  ['fk_policy_decided_by_a_user', 'signatures confirmed from another council', POLICY() + confirm('their_user')],
  ['uq_policy_one_open', 'two proposals from one amount on', POLICY() + POLICY()],
  [
    'guard_proposal_is_decided_once',
    'agreed signatures changed',
    POLICY() + confirm('administrator') + confirm('manager'),
  ],
  ['permission denied', 'another number of signatures', `update approvals.policy set signers = '{any}'`],
  ['permission denied', 'a policy deleted', `delete from approvals.policy`],
];

describe('The signatures of a request', () => {
  itRefuses(() => scene, signatures);
  itRefuses(() => scene, families);

  it('are enough when every step is signed by another person', async () => {
    expect(
      await scene.attack(TWO + sign(1, 'manager') + sign(2, 'finance', FINANCE) + settle('finance', FINANCE)),
    ).toBe('accepted');
    expect(await scene.attack(ONE + settle('manager'))).toBe('accepted');
  });

  it('are those of the day it was submitted, whatever is agreed later', async () => {
    expect(await scene.attack(ONE + policy(`'manager', 'any'`) + settle('manager'))).toBe('accepted');
    expect(await scene.attack(TWO + policy(`'any'`, 7101) + settle('manager'))).toBe('guard_every_step_is_signed');
  });

  it('leave a family what its limit leaves, and count nothing that is void or older than its months', async () => {
    const limit = grantLimit('manager', 901, '800, 12') + ask(7001) + declare('manager') + settle('manager');
    const second = (amount: string): string =>
      ask(7002, { amount }) + declare('manager2', 'none', 7002) + settle('manager2', {}, 7002);
    expect(await scene.attack(limit + second('300'))).toBe('accepted');
    const voided = `update approvals.request set state = 'void' where id = 7001;`;
    expect(await scene.attack(limit + voided + second('800'))).toBe('accepted');
    const aYearOn = `select set_config('mainstay.today', (kernel.today() + interval '12 months')::date::text, true);`;
    expect(await scene.attack(limit + aYearOn + second('800'))).toBe('accepted');
  });
});

describe('The agreement how many sign', () => {
  itRefuses(() => scene, policies);

  it('is in force once two people agreed', async () => {
    expect(await scene.attack(POLICY() + confirm('administrator'))).toBe('accepted');
  });
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    [
      [
        'guard_steps_are_frozen_when_submitted',
        'a step added',
        `${TWO} insert into approvals.step values (7001, {ours}, 3, 'any')`,
      ],
      [
        'fk_step_of_a_request',
        'a step of another council’s request',
        `alter table approvals.step disable trigger guard_step; insert into approvals.step values (1, {ours}, 1, 'any')`,
      ],
      [
        'pk_step',
        'a step twice',
        `${TWO} alter table approvals.step disable trigger guard_step; insert into approvals.step values (7001, {ours}, 1, 'any')`,
      ],
      ['guard_append_only', 'the steps lowered', `update approvals.step set role = 'any'`],
      ['guard_append_only', 'the steps emptied', `truncate approvals.step cascade`],
      ['guard_append_only', 'a signature moved', `update approvals.signature set decided_by = 1`],
      ['guard_append_only', 'a signature taken back', `delete from approvals.signature`],
      [
        'guard_request_is_immutable',
        'those who touched it forgotten',
        `${TWO} update approvals.request set touched = '{}' where id = 7001`,
      ],
      [
        'guard_request_is_immutable',
        'another family',
        `${TWO} update approvals.request set family_id = null where id = 7001`,
      ],
      [
        'guard_every_step_is_signed',
        'an approval with one signature of two',
        TWO + sign(1, 'manager') + settle('manager'),
      ],
      [
        'ck_nobody_signs_their_own_proposal',
        'a signature by the proposer',
        giveRole('caseworker', 'manager') + TWO + declare('caseworker') + sign(1, 'caseworker'),
      ],
      [
        'guard_proposal_stands_as_made',
        'a policy changed',
        `${POLICY()} update approvals.policy set signers = '{manager,any}' where kind = 'payee'`,
      ],
      ['guard_append_only', 'a policy deleted', `delete from approvals.policy`],
    ],
    'owner',
  );

  it('finds the kinds of limits the same everywhere', async () => {
    const kinds = (await scene.house.superuser.query<{ kind: string }>('select kind from approvals.kind')).rows;
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([...limitKinds].toSorted());
  });
});
