import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const rate = (changes: object): string =>
  copyOf('subsistence.rate', `component = 'person'`, { effective_from: '2026-12-01', ...changes });
const NEW = { state: 'proposed', approved_by: null, approval_id: null };
const past = { support_from: '2020-01-01', support_to: '2020-02-01', paid_up_to: '2020-01-01' };
const plan = (changes: object): string => copyOf('subsistence.plan', 'true', { ...NEW, ...past, ...changes });
const change = (set: string): string => `update subsistence.plan set ${set} where state = 'approved'`;
const topUp = (changes: object): string =>
  `insert into subsistence.top_up select r.* from (select id from subsistence.plan limit 1) p cross join lateral
     jsonb_populate_record(null::subsistence.top_up, jsonb_build_object('id', 1, 'plan_id', p.id, 'authority_id', {ours}, 'weekly', '5.00', 'reason', 'Because') || '${JSON.stringify(changes)}') r`;
const promise = (changes: Record<string, unknown>): string => copyOf('subsistence.promised_date', 'true', changes);
const overpayment = (changes: object): string =>
  `insert into subsistence.overpayment select r.* from (select id, source_id from payments.line limit 1) l cross join lateral
     jsonb_populate_record(null::subsistence.overpayment, jsonb_build_object('id', nextval('kernel.document_number'), 'plan_id', l.source_id, 'line_id', l.id, 'authority_id', {ours}, 'amount', '5.00', 'kind', 'found') || '${JSON.stringify(changes)}') r;`;
const batch = (run: string): string =>
  `insert into subsistence.price_batch (run_id, round, batch, authority_id, from_plan, to_plan) values (${run}, 1, 1, {ours}, 1, 2);`;

const rates: Attack[] = [
  ['ck_rate_needs_two_people', 'a rate by one person', rate({ approved_by: '{manager}', proposed_by: '{manager}' })],
  ['ck_rate_is_not_negative', 'a negative rate', rate({ weekly: '-0.01' })],
  ['ck_gbp_has_at_most_two_decimals', 'a rate with a third decimal', rate({ weekly: '49.181' })],
  ['ck_rate_has_a_rationale', 'a rate without a rationale', rate({ rationale: ' ' })],
  ['ck_rate_component_is_known', 'a rate for something unknown', rate({ component: 'pets' })],
  ['ck_rate_table_is_plain', 'a rate table with spaces', rate({ rate_table: 'Our table' })],
  ['uq_rate_once_a_day', 'two rates from one day', rate({ effective_from: '2024-01-15' })],
  ['fk_rate_proposed_by_a_user', 'a rate proposed by nobody', rate({ proposed_by: 999999 })],
  ['fk_rate_approved_by_a_user', 'a rate approved by nobody', rate({ approved_by: 999999 })],
  ['fk_rate_approved_by_a_user', "a rate approved by another council's person", rate({ approved_by: '{their_user}' })],
  ['permission denied', 'a rate changed', `update subsistence.rate set weekly = 100`],
  ['permission denied', 'a rate deleted', `delete from subsistence.rate`],
];

const plans: Attack[] = [
  ['ck_plan_standard_is_known', 'an unknown standard', plan({ standard: 'luxury' })],
  [
    'ck_welfare_standard_says_why',
    'the welfare standard without a reason',
    plan({ standard: 'welfare', standard_reason: null }),
  ],
  [
    'ck_welfare_standard_says_why',
    'the welfare standard with an empty reason',
    plan({ standard: 'welfare', standard_reason: ' ' }),
  ],
  ['ck_override_is_positive', 'an override of nothing', plan({ override_weekly: '0.00', override_reason: 'Because' })],
  ['ck_override_says_why', 'an override without a reason', plan({ override_weekly: '10.00' })],
  ['ck_override_says_why', 'an override with an empty reason', plan({ override_weekly: '10.00', override_reason: '' })],
  ['ck_plan_frequency_is_known', 'a plan paid every ten days', plan({ frequency_days: 10 })],
  ['ck_plan_pay_day_is_a_weekday', 'a plan paid on Saturdays', plan({ pay_day: 6 })],
  [
    'ck_plan_ends_after_it_starts',
    'a plan that ends before it starts',
    plan({ support_to: '2019-12-31', support_from: '2020-01-01' }),
  ],
  ['ck_plan_is_paid_from_its_start', 'a plan paid before it starts', plan({ paid_up_to: '2019-12-31' })],
  ['ck_plan_is_paid_from_its_start', 'a plan paid past its end', plan({ paid_up_to: '2020-03-01' })],
  [
    'ck_plan_proposer_is_not_approver',
    'a plan approved by its proposer',
    plan({ approved_by: '{caseworker}', proposed_by: '{caseworker}' }),
  ],
  ['guard_plan_is_approved', 'a plan approved by somebody who did not decide', change('approved_by = {manager2}')],
  [
    'guard_plan_is_approved',
    'a plan approved on the approval of a run',
    change(`approval_id = (select approval_id from payments.run where id = {exported})`),
  ],
  [
    'guard_plan_is_approved',
    'a plan approved without an approval',
    plan({}) + `; update subsistence.plan set state = 'approved', approved_by = {manager} where state = 'proposed'`,
  ],
  ['guard_states_of_plan', 'a plan born declined', plan({ state: 'declined' })],
  ['guard_plan_is_approved', 'a plan born approved', copyOf('subsistence.plan', 'true', past)],
  [
    'guard_plan_fund_pays_section_17',
    'a plan paid from a grants fund',
    `insert into funds.fund (id, authority_id, code, name, pays) values (7777, {ours}, 'grants', 'Grants', '{grant}');` +
      plan({ fund_id: 7777 }),
  ],
  [
    'ex_plans_of_a_family_never_overlap',
    'two plans for the same days of a family',
    plan({ support_from: '2026-10-01', support_to: null, paid_up_to: '2026-10-01' }),
  ],
  ...[
    `standard = 'welfare', standard_reason = 'x'`,
    `override_weekly = 500, override_reason = 'x'`,
    'frequency_days = 14',
    'pay_day = 3',
    `support_to = '2027-01-01'`,
    `paid_up_to = paid_up_to - 7`,
    `rate_table = 'other'`,
  ].map((set): Attack => [
    'guard_approved_plan_is_fixed',
    `an approved plan with ${set.split(' = ')[0]} changed`,
    change(set),
  ]),
  ['fk_plan_of_a_family', 'a plan of no family', plan({ family_id: 1 })],
  ['guard_plan_fund_pays_section_17', 'a plan paid from no fund', plan({ fund_id: 1 })],
  ['fk_plan_proposed_by_a_user', 'a plan proposed by nobody', plan({ proposed_by: 999999 })],
  ['fk_plan_approved_by_a_user', 'a plan approved by nobody', plan({ approved_by: 999999 })],
  ['fk_plan_approval', 'an approval that is not there', plan({ approval_id: 1 })],
  ['permission denied', 'a plan deleted', `delete from subsistence.plan`],
];

const others: Attack[] = [
  ['ck_top_up_is_positive', 'a top-up of nothing', topUp({ weekly: '0.00' })],
  ['ck_top_up_has_a_reason', 'a top-up without a reason', topUp({ reason: ' ' })],
  [
    'ck_top_up_ends_after_it_starts',
    'a top-up that ends before it starts',
    topUp({ from_day: '2026-12-01', to_day: '2026-12-01' }),
  ],
  ['guard_top_up_waits_for_approval', 'a top-up slipped into an approved plan', topUp({})],
  ['fk_top_up_of_a_plan', 'a top-up of no plan', topUp({ plan_id: 1 })],
  ['fk_top_up_of_a_member', 'a top-up for nobody', topUp({ member_id: 1 })],
  [
    'ck_promise_is_never_after_its_pay_day',
    'money promised after its pay day',
    promise({ pay_date: '2030-01-03', arrives_on: '2030-01-04' }),
  ],
  ['uq_promise_stands_once', 'a day promised twice', promise({})],
  ['fk_promise_of_a_plan', 'a promise of no plan', promise({ plan_id: 1 })],
  ['ck_overpayment_is_positive', 'an overpayment of nothing', overpayment({ amount: '0.00' })],
  [
    'ck_overpayment_outcome_is_known',
    'an unknown outcome',
    overpayment({ outcome: 'forgotten', decided_by: '{manager}', reason: 'x' }),
  ],
  [
    'ck_overpayment_is_decided_by_a_person',
    'an overpayment decided by nobody',
    overpayment({ outcome: 'not_recovered', reason: 'x' }),
  ],
  [
    'ck_overpayment_is_decided_by_a_person',
    'an overpayment decided without a reason',
    overpayment({ outcome: 'not_recovered', decided_by: '{manager}', reason: '' }),
  ],
  [
    'ck_overpayment_is_decided_by_a_person',
    'an overpayment decided with no word of why',
    overpayment({ outcome: 'not_recovered', decided_by: '{manager}' }),
  ],
  [
    'fk_overpayment_decided_by_a_user',
    'an overpayment decided by a stranger',
    overpayment({ outcome: 'not_recovered', decided_by: 999999, reason: 'x' }),
  ],
  ['ck_overpayment_kind_is_known', 'an overpayment of another kind', overpayment({ kind: 'guessed' })],
  [
    'ck_withdrawn_overpayment_needs_no_decision',
    'a decision on what was withdrawn',
    overpayment({ kind: 'withdrawn', outcome: 'not_recovered', decided_by: '{manager}', reason: 'x' }),
  ],
  ['uq_overpayment_once_a_line', 'one overpayment twice', overpayment({}) + overpayment({})],
  [
    'guard_overpayment_is_decided_once',
    'a decision on an overpayment undone',
    overpayment({ outcome: 'not_recovered', decided_by: '{manager}', reason: 'x' }) +
      `update subsistence.overpayment set outcome = null, reason = null, decided_by = null where outcome is not null`,
  ],
  ['fk_overpayment_of_a_plan', 'an overpayment of no plan', overpayment({ plan_id: 1 })],
  ['fk_overpayment_of_a_line', 'an overpayment of no line', overpayment({ line_id: 1 })],
  ['fk_batch_of_a_run', 'a batch of no run', batch('1')],
  [
    'pk_price_batch',
    'a batch twice',
    batch('{priced}').replace('1, 1,', '9, 9,') + batch('{priced}').replace('1, 1,', '9, 9,'),
  ],
  ['uq_import_file_once', 'one file imported twice', copyOf('subsistence.family_import', 'true', {})],
];

describe('Rates', () => {
  itRefuses(() => scene, rates);
});

describe('Support plans', () => {
  itRefuses(() => scene, plans);

  it('are accepted when they follow one another', async () => {
    expect(await scene.attack(plan({}))).toBe('accepted');
  });
});

describe('Top-ups, promised dates, overpayments, batches and imports', () => {
  itRefuses(() => scene, others);
});

describe('Even the owner of the schemas, in subsistence,', () => {
  const tables = ['plan', 'top_up', 'promised_date', 'price_batch', 'overpayment', 'family_import', 'rate'];
  itRefuses(
    () => scene,
    [
      ...tables.map((table): Attack => [
        'guard_append_only',
        `a row of ${table} deleted`,
        `delete from subsistence.${table}`,
      ]),
      ['guard_append_only', 'a rate changed', `update subsistence.rate set weekly = weekly + 1`],
    ],
    'owner',
  );
});
