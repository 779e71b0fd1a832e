import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const run = (changes: object): string =>
  copyOf('payments.run', 'id = {priced}', { state: 'planned', pay_date: '2026-12-09', ...changes });
const change = (id: string, set: string): string => `update payments.run set ${set} where id = {${id}};`;
/** A line for a plan of the run that is being priced, except for what is said. */
const line = (changes: object): string =>
  copyOf('payments.line', `run_id = {approved} and status = 'payable'`, { run_id: '{pricing}', ...changes });
/** The first line of one plan of the pay day that is being priced, as SQL. */
const priced = (changes: string): string =>
  `insert into payments.line (run_id, authority_id, ${Object.keys(LINE).join(', ')})
   select {pricing}, {ours}, ${Object.entries(LINE)
     .map(([column, value]) => new RegExp(`(?:^|; )${column}: ([^;]+)`).exec(changes)?.[1] ?? value)
     .join(', ')}
     from subsistence.plan p join families.instrument i on i.family_id = p.family_id and i.state = 'approved'
    where p.pay_day = 2 order by p.id limit 1;`;
const LINE = {
  ...{ source_id: 'p.id', family_id: 'p.family_id', instrument_id: 'i.id', fund_id: 'p.fund_id' },
  ...{ owed_sevenths: '344260', carry_sevenths: '0', status: `'payable'`, hold_code: 'null', amount: '49.18' },
  ...{ covers_from: 'p.paid_up_to', covers_to: 'p.paid_up_to + 7', input_fingerprint: `sha256('x')` },
  ...{ overpaid_sevenths: '0', withdrawn_sevenths: '0', correction: '0', explanation: `'{}'` },
};
const otherPlan = `(select max(o.id) from subsistence.plan o where o.pay_day = 2)`;
const setLine = (id: string, set: string): string => `update payments.line set ${set} where run_id = {${id}};`;

const runs: Attack[] = [
  ['ck_run_kind_is_known', 'a run of an unknown kind', run({ kind: 'bonus' })],
  ['ck_run_days_are_in_order', 'bank days out of order', run({ input_day: '2026-12-31' })],
  ['uq_run_once_a_pay_date', 'a second run for the same pay date', run({ pay_date: '2026-11-25' })],
  ['uq_run_once_a_pay_date', 'a second run for a pay date that was paid', run({ pay_date: '2026-11-26' })],
  [
    'ck_run_proposer_is_not_approver',
    'a run approved by its proposer',
    change('in_approval', 'approved_by = proposed_by'),
  ],
  [
    'ck_run_approver_is_not_releaser',
    'a run released by its approver',
    change('approved', `released_by = approved_by, state = 'releasing'`),
  ],
  [
    'ck_run_proposer_is_not_releaser',
    'a run released by its proposer',
    change('approved', `released_by = proposed_by, state = 'releasing'`),
  ],
  ['ck_released_run_has_three_people', 'a run released by nobody', change('approved', `state = 'releasing'`)],
  [
    'guard_run_is_approved_as_it_stands',
    'a run approved without a decision',
    change('in_approval', `state = 'approved', approved_by = {manager}`),
  ],
  [
    'guard_run_is_approved_as_it_stands',
    'a run approved on the approval of another',
    change(
      'in_approval',
      `state = 'approved', approved_by = {manager}, approval_id = (select approval_id from payments.run where id = {approved})`,
    ),
  ],
  ['guard_run_is_approved_as_it_stands', 'an approved run whose total grows', change('approved', 'total = total + 1')],
  [
    'guard_run_is_approved_as_it_stands',
    'an approved run with another fingerprint',
    change('approved', `fingerprint = sha256('x')`),
  ],
  [
    'guard_run_is_approved_as_it_stands',
    'an approval put in another name',
    change('approved', 'approved_by = {manager2}'),
  ],
  [
    'guard_run_is_approved_as_it_stands',
    'a run released after its approval became void',
    `update approvals.request set state = 'void' where subject_id = {approved};` +
      change('approved', `state = 'releasing', released_by = {releaser}`),
  ],
  ['guard_run_keeps_its_pay_date', 'another pay date for an open run', change('priced', `pay_date = '2026-12-02'`)],
  [
    'guard_states_of_run',
    'a run released before it is approved',
    change('in_approval', `state = 'releasing'`).replace('releasing', 'pricing'),
  ],
  [
    'guard_states_of_run',
    'a released run cancelled',
    change('releasing', `state = 'cancelled', cancelled_reason = 'x'`),
  ],
  [
    'ck_cancelled_run_has_a_reason',
    'a run cancelled without a reason',
    change('priced', `state = 'cancelled', cancelled_reason = ' '`),
  ],
  ['ck_cancelled_run_has_a_reason', 'a run cancelled with no word of why', change('priced', `state = 'cancelled'`)],
  ['ck_pricing_says_what_it_saw', 'a pricing that saw nothing', change('priced', 'facts_seen = null')],
  ['fk_run_approval', 'an approval that is not there', change('priced', 'approval_id = 1')],
  ['fk_run_proposed_by_a_user', 'a run proposed by nobody', change('priced', 'proposed_by = 999999')],
  [
    'fk_run_proposed_by_a_user',
    "a run proposed by another council's person",
    change('priced', 'proposed_by = {their_user}'),
  ],
  ['fk_run_approved_by_a_user', 'a run approved by nobody', change('priced', 'approved_by = 999999')],
  ['fk_run_released_by_a_user', 'a run released by nobody', change('priced', 'released_by = 999999')],
  ['permission denied', 'a run deleted', `delete from payments.run`],
];

const lines: Attack[] = [
  [
    'guard_lines_are_written_while_pricing',
    'a line slipped into an approved run',
    priced('').replace('{pricing}', '{approved}'),
  ],
  [
    'guard_lines_are_written_while_pricing',
    'a line slipped into a priced run',
    priced('').replace('{pricing}', '{priced}'),
  ],
  [
    'guard_lines_are_written_while_pricing',
    "a line for another council's run",
    priced('').replace('{pricing}', '{their_run}'),
  ],
  ['ck_line_status_is_known', 'an unknown status', priced(`status: 'perhaps'`)],
  ['ck_line_amount_is_not_negative', 'a negative line', priced(`amount: -1.00; status: 'held'; hold_code: 'x'`)],
  ['ck_gbp_has_at_most_two_decimals', 'a line with a third decimal', priced('amount: 49.181')],
  ['ck_carry_is_under_half_a_penny', 'more carried than half a penny', priced('carry_sevenths: 4')],
  ['ck_overpayment_is_not_negative', 'a negative overpayment', priced('overpaid_sevenths: -1')],
  ['ck_withdrawal_is_not_negative', 'a negative withdrawal', priced('withdrawn_sevenths: -1')],
  ['ck_line_covers_some_days', 'a line for no days', priced('covers_to: p.paid_up_to')],
  ['ck_line_covers_some_days', 'a correction that covers days', priced('correction: 1')],
  ['ck_correction_is_counted', 'a correction below the first', priced('correction: -1; covers_to: p.paid_up_to')],
  [
    'guard_line_follows_its_plan',
    'a correction of a plan that goes on',
    priced('correction: 1; covers_to: p.paid_up_to'),
  ],
  ['ck_line_fingerprint_is_sha256', 'a line without a whole fingerprint', priced(`input_fingerprint: '\\x00'`)],
  ['ck_payable_line_pays_something', 'a payable line of nothing', priced('amount: 0')],
  ['ck_payable_line_pays_something', 'a payable line to no account', priced('instrument_id: null')],
  ['ck_payable_line_pays_something', 'a payable line with a reason to hold it', priced(`hold_code: 'other'`)],
  ['ck_held_line_says_why', 'a held line without a reason', priced(`status: 'held'`)],
  [
    'uq_line_once_a_run',
    'two lines of one plan in one run',
    priced('') + priced('covers_from: p.paid_up_to + 7; covers_to: p.paid_up_to + 14'),
  ],
  ['uq_line_paid_once', 'the same days paid twice', line({ source_id: '{paid_plan}', covers_from: '2026-11-24' })],
  [
    'guard_line_pays_the_familys_account',
    "a line paid to another family's account",
    priced(`instrument_id: (select max(o.id) from families.instrument o where o.state = 'approved')`),
  ],
  [
    'guard_line_pays_the_familys_account',
    'a line paid to an account nobody approved',
    priced(`instrument_id: (select o.id from families.instrument o where o.state = 'proposed')`),
  ],
  [
    'guard_line_pays_the_familys_account',
    "a line paid to another council's account",
    priced(`instrument_id: {their_instrument}`),
  ],
  ['guard_line_follows_its_plan', 'a line that skips days', priced('covers_from: p.paid_up_to + 1')],
  ['guard_line_follows_its_plan', 'a line for days before the books begin', priced('covers_from: p.paid_up_to - 7')],
  ['guard_line_follows_its_plan', 'a line from another fund than the plan says', priced('fund_id: 1')],
  ['guard_line_follows_its_plan', "a line for another family's plan", priced(`source_id: ${otherPlan}`)],
  ['guard_line_follows_its_plan', 'a line of a plan that is not there', priced('source_id: 1')],
  [
    'guard_line_is_immutable',
    'a void line revived',
    setLine('pricing', `status = 'void'`).replace('{pricing}', '{priced}') + setLine('priced', `status = 'payable'`),
  ],
  [
    'guard_lines_are_fixed_once_sent_for_approval',
    'a line held under an open request',
    setLine('in_approval', `status = 'held', hold_code = 'other'`),
  ],
  [
    'guard_lines_are_fixed_once_sent_for_approval',
    'a line held under an approval',
    setLine('approved', `status = 'held', hold_code = 'other'`),
  ],
  ['guard_lines_are_fixed_once_sent_for_approval', 'a paid line made void', setLine('exported', `status = 'void'`)],
  ['permission denied', 'the amount of a line changed', setLine('priced', 'amount = amount + 1')],
  ['permission denied', 'the account of a line changed', setLine('priced', 'instrument_id = instrument_id')],
  ['permission denied', 'the explanation of a line changed', setLine('priced', `explanation = '{}'`)],
  ['permission denied', 'a line deleted', `delete from payments.line`],
];

describe('Runs', () => {
  itRefuses(() => scene, runs);
});

describe('Lines', () => {
  beforeAll(async () => {
    const one = async (sql: string): Promise<string> =>
      (await scene.house.superuser.query<{ id: string }>(sql)).rows[0]?.id ?? '';
    const names = scene.names as Record<string, string>;
    names.paid_plan = await one(`select source_id as id from payments.line where run_id = ${names.approved} limit 1`);
    names.their_instrument = await one(
      `select max(id) as id from families.instrument where authority_id = ${names.theirs}`,
    );
  });
  itRefuses(() => scene, lines);

  it('are accepted when nothing is wrong with them', async () => {
    expect(await scene.attack(priced(''))).toBe('accepted');
    expect(await scene.attack(priced(`status: 'held'; hold_code: 'other'; instrument_id: null`))).toBe('accepted');
  });

  it('are refused for days that an open run is about to pay [guard_line_follows_its_plan]', async () => {
    const next = `covers_from: p.paid_up_to + 14; covers_to: p.paid_up_to + 21`;
    const open = priced(next).replace('p.pay_day = 2', 'p.id = {paid_plan}');
    expect(await scene.attack(open)).toBe('guard_line_follows_its_plan');
  });
});

describe('Even the owner of the schemas, in runs and lines,', () => {
  const fixed = [
    'amount = amount + 1',
    'instrument_id = instrument_id + 1',
    'fund_id = fund_id + 1',
    `covers_to = covers_to + 1`,
  ];
  itRefuses(
    () => scene,
    [
      ...fixed.map((set): Attack => ['guard_line_is_immutable', `a line with ${set}`, setLine('priced', set)]),
      ['guard_append_only', 'a line deleted', `delete from payments.line`],
      ['guard_append_only', 'a run deleted', `delete from payments.run`],
      ['guard_append_only', 'the runs emptied', `truncate payments.run cascade`],
    ],
    'owner',
  );
});
