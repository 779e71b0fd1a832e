import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const family = (changes: object): string => copyOf('families.family', 'true', { reference: 'NEW-1', ...changes });
const member = (changes: object): string => copyOf('families.member', `relationship = 'child'`, { ...changes });
const proposal = (changes: object): string => copyOf('families.instrument', `state = 'proposed'`, { ...changes });
const decide = (changes: string): string =>
  `update families.instrument set state = 'approved', approved_by = {manager}, approved_on = '2026-11-16', usable_from = '2026-11-19'${changes} where state = 'proposed'`;
const fund = (changes: object): string =>
  copyOf('funds.fund', 'true', { code: 'new', is_section_17_default: false, ...changes });
const budget = (changes: object): string => copyOf('funds.budget', 'true', { ...changes });

const families: Attack[] = [
  ['ck_family_reference_is_plain', 'a reference with spaces', family({ reference: 'A B' })],
  ['ck_family_language_is_a_code', 'a language by its name', family({ language: 'English' })],
  ['ck_family_contact_is_known', 'an unknown answer about safe contact', family({ contact: 'maybe' })],
  ['uq_family_reference', 'one reference for two families', family({ reference: 'monday-1' })],
  ['pk_family', 'one number for two families', copyOf('families.family', 'true', { reference: 'NEW-1' }, false)],
  ['ck_member_relationship_is_known', 'an unknown relationship', member({ relationship: 'lodger' })],
  ['ck_member_has_a_name', 'somebody without a name', member({ name: ' ' })],
  ['ck_member_birth_is_of_a_pregnancy', 'a birth of no pregnancy', member({ birth_recorded_on: '2026-11-01' })],
  [
    'ck_member_leaves_after_joining',
    'leaving before joining',
    member({ joined_on: '2026-11-02', left_on: '2026-11-02' }),
  ],
  ['fk_member_of_a_family', 'a member of no family', member({ family_id: 1 })],
  ['uq_member_one_lead_a_family', 'two leads in one family', copyOf('families.member', `relationship = 'lead'`, {})],
  ['permission denied', 'a family deleted', `delete from families.family`],
];

const bankDetails: Attack[] = [
  ['ck_instrument_kind_is_known', 'money sent some unknown way', proposal({ kind: 'pigeon' })],
  ['ck_instrument_is_sealed', 'bank details in the open', proposal({ sealed: '\\x323034353132' })],
  ['ck_instrument_fingerprint_is_sha256', 'a fingerprint that is none', proposal({ fingerprint: '\\x00' })],
  ['ck_instrument_shows_two_digits', 'more than two digits in the open', proposal({ last_digits: '12345678' })],
  ['fk_instrument_of_a_family', 'bank details of no family', proposal({ family_id: 1 })],
  [
    'fk_instrument_is_proposed_by_a_user',
    'bank details proposed by nobody',
    copyOf('families.instrument', `state = 'proposed'`, { proposed_by: 999999 }).replace(
      'jsonb_build_object()',
      `jsonb_build_object('family_id', (select max(id) from families.family))`,
    ),
  ],
  ['uq_instrument_one_proposal_a_family', 'two proposals for one family', proposal({})],
  [
    'ck_bank_details_need_two_people',
    'bank details approved by their proposer',
    decide(', approved_by = proposed_by').replace('approved_by = {manager}, ', ''),
  ],
  ['fk_instrument_is_approved_by_a_user', 'bank details approved by nobody', decide('').replace('{manager}', '999999')],
  [
    'ck_approved_instrument_says_by_whom',
    'bank details approved without saying by whom',
    decide('').replace('{manager}', 'null'),
  ],
  [
    'ck_approved_instrument_says_by_whom',
    'bank details approved without a first day',
    decide('').replace(`'2026-11-19'`, 'null'),
  ],
  [
    'ck_bank_details_cool_off',
    'bank details used before their cool-off',
    decide('').replace('2026-11-19', '2026-11-18'),
  ],
  ['guard_bank_details_cool_off', 'a cool-off that is shortened on the way', decide(', cool_off_days = 0')],
  ['guard_bank_details_are_immutable', 'other bank details under the same approval', decide(`, last_digits = '00'`)],
  [
    'guard_bank_details_are_immutable',
    'approved bank details edited',
    `update families.instrument set sealed = sealed || '\\x00' where state = 'approved'`,
  ],
  [
    'guard_bank_details_are_immutable',
    'approved bank details given to another family',
    `update families.instrument set cool_off_days = 3, usable_from = approved_on + 3, family_id = (select max(id) from families.family) where state = 'approved'`,
  ],
  [
    'guard_states_of_instrument',
    'bank details born approved',
    proposal({ state: 'approved', approved_by: 1, approved_on: '2026-11-16', usable_from: '2026-12-16' }),
  ],
  [
    'guard_bank_details_are_decided_once',
    'another approver written on approved bank details',
    `update families.instrument set approved_by = {finance} where state = 'approved'`,
  ],
  [
    'ck_bank_details_are_approved_after_proposal',
    'an approval dated back to skip the cool-off',
    `update families.instrument set state = 'approved', approved_by = {manager}, approved_on = '2026-01-01', usable_from = '2026-01-10' where state = 'proposed'`,
  ],
  ['permission denied', 'bank details deleted', `delete from families.instrument`],
];

/** The notice without which other bank details are not approved. */
const told = `
  insert into notices.notice (id, authority_id, family_id, kind, facts)
    select 7171, authority_id, family_id, 'method', '{"kind": "method"}' from families.instrument where state = 'proposed';
  insert into notices.method_notice (instrument_id, authority_id, notice_id)
    select id, authority_id, 7171 from families.instrument where state = 'proposed';
  update notices.notice set state = 'call_needed' where id = 7171;`;

const funds: Attack[] = [
  ['ck_fund_code_is_plain', 'a fund whose code has spaces', fund({ code: 'A fund' })],
  ['ck_fund_pays_something', 'a fund that pays nothing', fund({ pays: [] })],
  ['ck_fund_pays_something', 'a fund that pays something unknown', fund({ pays: ['parking'] })],
  ['uq_fund_code', 'one code for two funds', fund({ code: 'section-17' })],
  ['uq_fund_one_section_17_default', 'two usual funds for section 17', fund({ is_section_17_default: true })],
  ['ck_financial_year_is_written_2026_27', 'a year written another way', budget({ financial_year: '2026/27' })],
  ['ck_budget_is_positive', 'a budget of nothing', budget({ amount: '0.00' })],
  ['ck_gbp_has_at_most_two_decimals', 'a budget with a third decimal', budget({ amount: '1.001' })],
  ['ck_budget_has_a_reason', 'a budget without a reason', budget({ reason: '' })],
  ['fk_budget_of_a_fund', 'a budget for no fund', budget({ fund_id: 1 })],
  ['permission denied', 'a budget changed', `update funds.budget set amount = 1`],
  ['permission denied', 'a fund deleted', `delete from funds.fund`],
];

describe('Families', () => {
  itRefuses(() => scene, families);
  itRefuses(() => scene, bankDetails);

  it('accept bank details that a second person approves and that wait their cool-off', async () => {
    expect(await scene.attack(told + decide(''))).toBe('accepted');
  });
});

describe('Funds', () => {
  itRefuses(() => scene, funds);
});

describe('Even the owner of the schemas, in families and funds,', () => {
  const tables = ['families.family', 'families.member', 'families.instrument', 'funds.fund', 'funds.budget'];
  itRefuses(
    () => scene,
    [
      ...tables.map((table): Attack => ['guard_append_only', `a row of ${table} deleted`, `delete from ${table}`]),
      ['guard_append_only', 'a budget changed', `update funds.budget set amount = amount + 1`],
      ['guard_append_only', 'the budgets emptied', `truncate funds.budget`],
    ],
    'owner',
  );
});
