import { as, AS_OPERATOR, declare, grantLimit, settle } from '../../support/approval-sql.ts';
import { copyOf } from '../../support/attack.ts';
import { grantsGuardScene } from '../../support/grants-guard-scene.ts';
import { type GuardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await grantsGuardScene();
});
afterAll(() => scene.house.close());

const OPERATOR = AS_OPERATOR;
/** A rule as the operator sets it at set-up. */
const rule = (set: string): string => `${OPERATOR} update funds.fund set ${set} where id = {fund}; ${as('finance')}`;
const proposal = (changes: Record<string, string> = {}): string => {
  const usual = {
    fund_id: '{fund}',
    seen: '(select version from funds.fund where id = {fund})',
    cooling_off_days: '7',
  };
  const columns = {
    authority_id: '{ours}',
    ...usual,
    award_cap: '300',
    reason: `'Why not'`,
    proposed_by: '{finance}',
    ...changes,
  };
  return `insert into funds.rules_proposal (${Object.keys(columns).join(', ')}) values (${Object.values(columns).join(', ')});`;
};
const decided = (by: string, state = 'approved'): string =>
  `${by === 'null' ? OPERATOR : as(by)} update funds.rules_proposal set state = '${state}', decided_by = ${by === 'null' ? by : `{${by}}`}, decided_at = now();`;
/** The fund as the proposal says. */
const inForce = (set = ''): string =>
  `update funds.fund set award_cap = 300, cooling_off_days = 7, programme = null, buys = null, family_cap = null, emergency_cap = null,
     spent_by = null, version = version + 1 ${set} where id = {fund};`;
const check = (changes: Record<string, string> = {}): string => {
  const signpost = `(select id from grants.signpost where authority_id = {ours} order by id limit 1)`;
  const columns = { authority_id: '{ours}', signpost_id: signpost, checked_by: '{manager}', ...changes };
  return `insert into grants.signpost_check (${Object.keys(columns).join(', ')}) values (${Object.values(columns).join(', ')});`;
};
const award = (of = 'approved', changes: Record<string, unknown> = {}): string =>
  copyOf('grants.award', `application_id = {${of}}`, changes);
const EMERGENCY = `(select id from grants.award where application_id = {emergency})`;
const look = (set: string): string => `update grants.second_look set ${set} where award_id = ${EMERGENCY}`;
const whole = (who: string): string => `looked_by = {${who}}, looked_on = '2026-11-17', agreed = true, note = 'Right'`;

/** The draft put forward as an ordinary grant though it says it is an emergency, and approved so. */
const AS_SOMETHING_ELSE = `${grantLimit('manager', 901)} ${as('caseworker')}
  update grants.application set emergency_reason = 'Today' where id = {draft};
  update grants.application set state = 'submitted' where id = {draft};
  insert into approvals.request (id, authority_id, kind, subject_id, fingerprint, amount, proposed_by)
  values (7001, {ours}, 'grant-award', {draft}, sha256('x'), 300, {caseworker});
  update grants.application set state = 'recommended', recommendation = 'x', recommended_by = {caseworker}, approval_id = 7001
   where id = {draft};
  insert into grants.check_result (authority_id, application_id, kind, outcome, reason)
  select {ours}, {draft}, k, 'pass', 'x' from unnest(grants.check_kinds()) k;
  ${declare('manager')} ${settle('manager')}
  update grants.application set state = 'awarded', decided_by = {manager} where id = {draft};`;

describe('The rules of a fund', () => {
  itRefuses(
    () => scene,
    [
      ['guard_fund_rules_are_as_two_people_agreed', 'rules set by one person', inForce()],
      ['guard_fund_rules_are_as_two_people_agreed', 'rules set on an open proposal', proposal() + inForce()],
      [
        'guard_fund_rules_are_as_two_people_agreed',
        'a higher cap than was agreed',
        proposal() + decided('administrator') + inForce().replace('award_cap = 300', 'award_cap = 301'),
      ],
      [
        'guard_fund_rules_are_as_two_people_agreed',
        'rules agreed for other rules',
        proposal({ seen: '99' }) + decided('administrator') + inForce(),
      ],
      [
        'guard_fund_rules_are_as_two_people_agreed',
        'rules put in force by somebody else',
        proposal() + decided('administrator') + as('finance') + inForce(),
      ],
      ['accepted', 'nothing, where two agreed', proposal() + decided('administrator') + inForce()],
      ['ck_rules_proposal_has_a_reason', 'rules for no reason', proposal({ reason: `' '` })],
      ['ck_rules_proposal_state_is_known', 'rules decided somehow', proposal() + decided('administrator', 'maybe')],
      ['ck_rules_proposal_needs_two_people', 'rules agreed by their proposer', proposal() + decided('finance')],
      ['ck_rules_proposal_says_who_decided', 'rules agreed by nobody', proposal() + decided('null')],
      ['fk_rules_proposal_of_a_fund', 'rules of no fund', proposal({ fund_id: '999999', seen: '1' })],
      [
        'fk_rules_proposal_proposed_by_a_user',
        'rules proposed by a stranger',
        `select set_config('mainstay.actor', '999999', true);${proposal({ proposed_by: '999999' })}`,
      ],
      [
        'fk_rules_proposal_decided_by_a_user',
        'rules agreed by a stranger',
        `${proposal()}select set_config('mainstay.actor', '999999', true);
         update funds.rules_proposal set state = 'approved', decided_by = 999999, decided_at = now();`,
      ],
      ['uq_rules_proposal_one_open', 'rules beside an open proposal', proposal() + proposal()],
      ['guard_proposal_is_made_in_person', 'rules in another’s name', proposal({ proposed_by: '{manager}' })],
      [
        'guard_proposal_stands_as_made',
        'a proposal changed',
        `${proposal()} update funds.rules_proposal set award_cap = 999`,
      ],
      ['permission denied', 'a proposal deleted', 'delete from funds.rules_proposal'],
    ],
  );
  itRefuses(
    () => scene,
    [['guard_append_only', 'deleting of proposed rules', 'delete from funds.rules_proposal']],
    'owner',
  );
});

describe('A signpost that is looked up', () => {
  itRefuses(
    () => scene,
    [
      ['guard_signpost_is_checked_in_person', 'a check in another’s name', check()],
      [
        'guard_signpost_is_checked_in_person',
        'a check by the auditor',
        as('auditor') + check({ checked_by: '{auditor}' }),
      ],
      [
        'guard_signpost_is_checked_in_person',
        'a check of last year',
        as('manager') + check({ checked_on: `'2025-11-16'` }),
      ],
      ['guard_checked_signpost_is_on_the_list', 'a check of nobody', as('manager') + check({ signpost_id: '999999' })],
      ['accepted', 'nothing, where a manager looked it up', as('manager') + check()],
      ['permission denied', 'a check changed', 'update grants.signpost_check set checked_on = checked_on'],
    ],
  );
  itRefuses(() => scene, [['guard_append_only', 'emptying of checks', 'truncate grants.signpost_check']], 'owner');
});

describe('What a fund allows', () => {
  itRefuses(
    () => scene,
    [
      ['ck_fund_programme_has_a_name', 'a programme without a name', rule(`programme = ' '`)],
      ['ck_fund_buys_something', 'a fund that buys nothing', rule(`buys = '{}'`)],
      ['ck_award_cap_is_positive', 'a cap of nothing', rule('award_cap = 0')],
      ['ck_family_cap_is_positive', 'a cap for a family of nothing', rule('family_cap = 0')],
      ['ck_emergency_cap_is_positive', 'an emergency of nothing', rule('emergency_cap = 0')],
      ['ck_fund_cooling_off_is_sane', 'days backwards', rule('cooling_off_days = -1')],
      ['ck_fund_is_spent_by_somebody', 'a fund nobody may spend', rule(`spent_by = '{}'`)],
      ['guard_fund_buys_only_its_purposes', 'what the fund may not buy', rule(`buys = '{travel}'`) + award()],
      [
        'guard_award_is_within_the_funds_cap',
        'more than the fund awards at once',
        rule('award_cap = 299.99') + award(),
      ],
      [
        'guard_family_is_within_the_funds_cap',
        'more than the fund awards a family',
        rule('family_cap = 599.99') + award(),
      ],
      ['guard_award_waits_the_cooling_off', 'two awards too soon', rule('cooling_off_days = 30') + award()],
      ['guard_fund_is_spent_by_its_teams', 'money of another team', rule(`spent_by = '{Housing}'`) + award()],
      [
        'guard_emergency_is_within_its_cap',
        'too much the same day',
        rule('emergency_cap = 299.99') + award('emergency'),
      ],
      [
        'guard_emergency_is_within_its_cap',
        'a fund without the route',
        rule('emergency_cap = null') + award('emergency'),
      ],
      [
        'guard_award_is_approved_as_its_kind',
        'an emergency approved as something else',
        `${AS_SOMETHING_ELSE} insert into grants.award (authority_id, application_id, family_id, fund_id, approval_id, amount, approved_by)
           select authority_id, id, family_id, fund_id, approval_id, 300, {manager} from grants.application where id = {draft}`,
      ],
    ],
  );
});

describe('A top-up', () => {
  const topUp = (changes: Record<string, unknown>): string => copyOf('grants.application', 'id = {draft}', changes);
  itRefuses(
    () => scene,
    [
      ['guard_top_up_is_of_its_award', 'of an award that is not there', topUp({ tops_up: 999999 })],
      [
        'guard_top_up_is_of_its_award',
        "of another family's award",
        `insert into grants.application (authority_id, family_id, fund_id, tops_up)
         select {ours}, {family_draft}, {fund}, id from grants.award where application_id = {approved}`,
      ],
      [
        'ck_top_up_is_no_emergency',
        'that cannot wait',
        `insert into grants.application (authority_id, family_id, fund_id, tops_up, emergency_reason)
         select {ours}, family_id, {fund}, id, 'Today' from grants.award where application_id = {approved}`,
      ],
      ['ck_emergency_says_why', 'or an emergency without a reason', topUp({ emergency_reason: ' ' })],
      [
        'guard_application_stands_as_recommended',
        'and an emergency while a manager looks at it',
        `update grants.application set emergency_reason = 'Today' where id = {recommended}`,
      ],
    ],
  );
});

describe('The second look at an emergency', () => {
  itRefuses(
    () => scene,
    [
      ['ck_second_look_is_whole', 'half a look', `${as('manager2')} ${look('looked_by = {manager2}')}`],
      [
        'ck_second_look_says_what_it_found',
        'a look without words',
        `${as('manager2')} ${look(whole('manager2').replace('Right', ' '))}`,
      ],
      [
        'guard_second_look_is_by_another_manager',
        'a look by whoever approved',
        `${as('manager')} ${look(whole('manager'))}`,
      ],
      [
        'guard_second_look_is_by_another_manager',
        'a look by the worker',
        `${as('caseworker')} ${look(whole('caseworker'))}`,
      ],
      ['guard_second_look_is_by_another_manager', "a look in another's name", look(whole('manager2'))],
      [
        'guard_second_look_stands',
        'another look later',
        `${as('manager2')} ${look(whole('manager2'))}; ${look(`note = 'Wrong'`)}`,
      ],
      ['permission denied', 'more time', look(`due_on = '2027-01-01'`)],
      ['pk_second_look', 'two looks', copyOf('grants.second_look', `award_id = ${EMERGENCY}`, {}, false)],
      [
        'guard_emergency_gets_a_second_look',
        'an emergency nobody looks at again',
        `${AS_SOMETHING_ELSE.replaceAll("'grant-award'", "'grant-emergency'").replace(
          "update grants.application set state = 'awarded'",
          "update grants.item set awarded = amount where application_id = {draft}; update grants.application set state = 'awarded'",
        )}
         insert into grants.award (id, authority_id, application_id, family_id, fund_id, approval_id, amount, approved_by)
           select 7002, authority_id, id, family_id, fund_id, approval_id, 300, {manager} from grants.application where id = {draft};
         insert into grants.instalment (authority_id, award_id, item_id, approval_id, leg, family_id, fund_id, amount, due_on)
           select {ours}, 7002, i.id, 7001, row_number() over (order by i.id), {family_draft}, {fund}, i.amount, '2026-11-16'
             from grants.item i where i.application_id = {draft};
         insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
           select 7001, d.id, c.id, '2026-11-16', 2, i.leg, {ours}, i.amount from grants.instalment i
             join ledger.account d on d.kind = 'available' and d.fund_id = {fund}
             join ledger.account c on c.kind = 'committed' and c.fund_id = {fund} where i.approval_id = 7001;
         set constraints grants.guard_emergency_gets_a_second_look immediate`,
      ],
      [
        'fk_second_look_at_an_award',
        'a look at nothing',
        copyOf('grants.second_look', `award_id = ${EMERGENCY}`, { award_id: 999999 }, false),
      ],
    ],
  );
});

describe('A run for one award alone', () => {
  itRefuses(
    () => scene,
    [
      [
        'ck_emergency_run_is_for_one_award',
        'a run for nobody',
        `insert into payments.run (authority_id, kind, state, pay_date, entry_day, processing_day, input_day)
         values ({ours}, 'emergency', 'planned', '2026-11-17', '2026-11-17', '2026-11-17', '2026-11-17')`,
      ],
      [
        'ck_run_days_are_in_order',
        'a run that arrives later',
        copyOf('payments.run', 'id = {emergency_run}', {
          state: 'planned',
          entry_day: '2026-11-18',
          pay_date: '2026-11-18',
        }),
      ],
      [
        'uq_emergency_run_once_a_day',
        'a second run today',
        copyOf('payments.run', 'id = {emergency_run}', { state: 'planned' }),
      ],
      [
        'guard_line_is_its_instalment',
        "another award's money",
        `update payments.run set state = 'pricing' where id = {emergency_run};
         insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to, amount,
           owed_sevenths, carry_sevenths, status, reserved_by, reserved_leg, rail, explanation, input_fingerprint)
         select {ours}, {emergency_run}, i.id, i.family_id, l.instrument_id, i.fund_id, i.due_on, i.due_on + 1, i.amount, 0, 0,
           'payable', i.approval_id, i.leg, 'faster-payments', '{}', sha256('')
           from grants.instalment i join grants.award w on w.id = i.award_id and w.application_id = {approved}
           join lateral (select instrument_id from payments.line p where p.family_id = i.family_id and p.status = 'payable' limit 1) l on true
          where i.state = 'due' order by i.due_on desc limit 1`,
      ],
    ],
  );
});
