import { contrastOnWhite, ProposeLimit } from '../../../src/identity/index.ts';
import { Money, type PlainDate } from '../../../src/kernel/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

/** SQL that goes on as somebody else; whoever attacks is finance. */
const as = (who: string, reason = 'Attack'): string =>
  `select set_config('mainstay.actor', '${who}', true), set_config('mainstay.reason', '${reason}', true);`;
const insert = (table: string, row: Record<string, string>): string =>
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;

const team = (changes: Record<string, string> = {}): string =>
  insert('identity.team', { authority_id: '{ours}', name: `'Harbour'`, ...changes });
const takeRole = (user: string, role: string): string =>
  `update identity.user_role set removed_at = now() where user_id = {${user}} and role = '${role}';`;
const giveRole = (user: string, role: string): string =>
  insert('identity.user_role', { authority_id: '{ours}', user_id: `{${user}}`, role: `'${role}'` });
const close = (user: string): string => `update identity.user_account set active = false where id = {${user}};`;
const MACHINE = as('');
const ADMINISTRATOR = as('{administrator}');
const UNREASONED = as('{administrator}', ' ');

const people: Attack[] = [
  ['ck_team_has_a_name', 'a team without a name', team({ name: `' '` })],
  ['uq_team_name', 'two teams of a name', team() + team()],
  ['fk_team_is_led_by_a_user', 'a team led by nobody', team({ lead_id: '999999' })],
  ['fk_team_is_led_by_a_user', "a team led by another council's person", team({ lead_id: '{their_user}' })],
  ['fk_user_is_in_a_team', 'a person in no such team', `update identity.user_account set team_id = 999999`],
  ['permission denied', 'a team deleted', `delete from identity.team`],
  [
    'ck_nobody_changes_their_own_account',
    'a role given to oneself',
    ADMINISTRATOR + giveRole('administrator', 'releaser'),
  ],
  [
    'ck_nobody_changes_their_own_account',
    'a role given to oneself by no administrator',
    as('{finance}') + giveRole('finance', 'manager'),
  ],
  ['ck_nobody_changes_their_own_account', 'an own account closed', as('{finance}') + close('finance')],
  ['ck_account_change_has_a_reason', 'a role given without a reason', UNREASONED + giveRole('auditor', 'manager')],
  ['guard_account_is_changed_by_an_administrator', 'a role given by finance', giveRole('auditor', 'manager')],
  ['guard_account_is_changed_by_an_administrator', 'a role taken by finance', takeRole('auditor', 'auditor')],
  ['guard_account_is_changed_by_an_administrator', 'an account closed by finance', close('auditor')],
  [
    'guard_last_administrator_stays',
    'the last administrator taken away',
    MACHINE + takeRole('administrator', 'administrator'),
  ],
  ['guard_last_administrator_stays', "the last administrator's account closed", MACHINE + close('administrator')],
  [
    'guard_operator_cannot_sign_in',
    'a credential for the operator',
    `insert into identity.credential (authority_id, user_id) select authority_id, id from identity.user_account where email like 'operator@%'`,
  ],
  [
    'guard_operator_cannot_sign_in',
    'a session of the operator',
    `insert into identity.session (authority_id, user_id, secret_sha256, expires_at)
       select authority_id, id, sha256('x'), now() from identity.user_account where email like 'operator@%'`,
  ],
  [
    'guard_operator_cannot_sign_in',
    'a token for the operator',
    `insert into identity.api_token (authority_id, user_id, label, secret_sha256, expires_at)
       select authority_id, id, 'x', sha256('x'), now() from identity.user_account where email like 'operator@%'`,
  ],
  ['permission denied', 'a change of an account made up', `insert into identity.account_change default values`],
];

const council = (set: string): string => `update identity.authority set ${set} where authority_id = {ours};`;
const changed = (set: string): string => ADMINISTRATOR + council(`version = version + 1, ${set}`);
const councils: Attack[] = [
  [
    'guard_council_is_changed_by_an_administrator',
    'the cool-off shortened by finance',
    council('version = version + 1, cool_off_days = 0'),
  ],
  [
    'guard_council_is_changed_by_an_administrator',
    'the cool-off shortened by the machine',
    MACHINE + council('version = version + 1, cool_off_days = 0'),
  ],
  [
    'guard_council_changes_by_one_version',
    'settings changed in their version',
    ADMINISTRATOR + council('lead_days = 1'),
  ],
  [
    'ck_council_change_has_a_reason',
    'settings changed without a reason',
    UNREASONED + council('version = version + 1, lead_days = 1'),
  ],
  ['ck_authority_notice_days_are_sane', 'a notice of a year', changed('notice_days = 365')],
  ['ck_authority_notice_days_are_sane', 'a notice of six days', changed('notice_days = 6')],
  ['ck_authority_ending_notice_days_are_sane', 'an end six days ahead', changed('ending_notice_days = 6')],
  ['ck_authority_ending_notice_days_are_sane', 'an end a year ahead', changed('ending_notice_days = 181')],
  ['ck_authority_review_ask_days_are_sane', 'a week to ask for a review', changed('review_ask_days = 7')],
  ['ck_authority_review_answer_days_are_sane', 'a review never answered', changed('review_answer_days = 41')],
  ['ck_authority_help_phone_is_a_number', 'a number to call that is none', changed(`help_phone = 'the office'`)],
  ['ck_authority_help_email_is_an_address', 'an address to write to that is none', changed(`help_email = 'office'`)],
  ['ck_authority_return_address_is_whole', 'an address of one line', changed(`return_address = '{SE1 1AA}'`)],
  [
    'ck_authority_return_address_is_whole',
    'an address with an empty line',
    changed(`return_address = '{A,"",SE1 1AA}'`),
  ],
  [
    'ck_authority_return_address_is_whole',
    'an address that lacks a line',
    changed(`return_address = '{A,null,SE1 1AA}'`),
  ],
  [
    'ck_authority_return_address_is_whole',
    'an address of a book',
    changed(`return_address = array['A', 'B', repeat('x', 500)]`),
  ],
  ['ck_authority_postage_is_known', 'letters by pigeon', changed(`postage = 'pigeon'`)],
  ['ck_authority_service_structure_is_known', 'a structure nobody knows', changed(`service_structure = 'pods'`)],
  ['ck_authority_display_name_is_short', 'a name without letters', changed(`display_name = ' '`)],
  ['ck_authority_colour_is_one', 'a colour that is none', changed(`colour = 'teal'`)],
  ['ck_authority_colour_is_readable', 'a colour white cannot be read on', changed(`colour = '#ffdd00'`)],
  ['ck_authority_contact_is_short', 'a page of contacts', changed(`contact = repeat('x', 401)`)],
  ['permission denied', 'a change of the council made up', `insert into identity.council_change default values`],
];

const proposed = { authority_id: '{ours}', reason: `'Why not'`, proposed_by: '{finance}' };
const limitProposal = (changes: Record<string, string> = {}): string =>
  insert('identity.limit_proposal', {
    ...{ ...proposed, role: `'manager'`, kind: `'support-plan'`, amount: '2000', effective_from: `'2027-01-01'` },
    ...changes,
  });
const rateProposal = (changes: Record<string, string> = {}): string =>
  insert('subsistence.rate_proposal', {
    ...{ ...proposed, rate_table: `'guide'`, person: '50.00', effective_from: `'2027-01-01'`, ...changes },
  });
const accountProposal = (changes: Record<string, string> = {}): string =>
  insert('payments.originator_proposal', {
    ...{ ...proposed, service_user_number: `'654321'`, sort_code: `'000098'`, account_number: `'87654321'` },
    ...{ account_name: `'NORTHSHIRE'`, reference_prefix: `'NS'`, ...changes },
  });
const decided = (table: string, by: string, state = 'approved'): string =>
  `update ${table} set state = '${state}', decided_by = ${by}, decided_at = now();`;

/** What every proposal is kept by, table by table, written out so that a search for a name ends here. */
const KEPT_BY = {
  limit_proposal: [
    ...['ck_limit_proposal_has_a_reason', 'ck_limit_proposal_state_is_known', 'ck_limit_proposal_needs_two_people'],
    ...['ck_limit_proposal_says_who_decided', 'fk_limit_proposal_proposed_by_a_user'],
    ...['fk_limit_proposal_decided_by_a_user', 'uq_limit_proposal_one_open'],
  ],
  rate_proposal: [
    ...['ck_rate_proposal_has_a_reason', 'ck_rate_proposal_state_is_known', 'ck_rate_proposal_needs_two_people'],
    ...['ck_rate_proposal_says_who_decided', 'fk_rate_proposal_proposed_by_a_user'],
    ...['fk_rate_proposal_decided_by_a_user', 'uq_rate_proposal_one_open'],
  ],
  originator_proposal: [
    ...['ck_originator_proposal_has_a_reason', 'ck_originator_proposal_state_is_known'],
    ...['ck_originator_proposal_needs_two_people', 'ck_originator_proposal_says_who_decided'],
    ...['fk_originator_proposal_proposed_by_a_user', 'fk_originator_proposal_decided_by_a_user'],
    'uq_originator_proposal_one_open',
  ],
} as const;

/** The attacks that every proposal withstands, on one table of them. */
function onEvery(
  name: keyof typeof KEPT_BY,
  table: string,
  propose: (changes?: Record<string, string>) => string,
): Attack[] {
  const [reason, state, twoPeople, whoDecided, proposer, decider, oneOpen] = KEPT_BY[name] as readonly string[];
  const by = (guard: string | undefined, what: string, sql: string): Attack => [guard ?? '', `a ${name} ${what}`, sql];
  return [
    by(reason, 'without a reason', propose({ reason: `' '` })),
    by(state, 'in no known state', propose() + as('{manager}') + decided(table, '{manager}', 'maybe')),
    by(twoPeople, 'decided by its proposer', propose() + decided(table, '{finance}')),
    by(whoDecided, 'decided by nobody', propose() + MACHINE + decided(table, 'null')),
    by(proposer, 'by nobody', as('999999') + propose({ proposed_by: '999999' })),
    by(decider, 'decided by a stranger', propose() + as('999999') + decided(table, '999999')),
    by(oneOpen, 'beside an open one', propose() + propose()),
    by('guard_proposal_is_made_in_person', "in another's name", propose({ proposed_by: '{manager}' })),
    by('guard_proposal_is_made_in_person', 'that begins approved', propose({ state: `'approved'` })),
    by('guard_proposal_is_decided_in_person', "decided in another's name", propose() + decided(table, '{manager}')),
    by('guard_proposal_stands_as_made', 'changed', `${propose()} update ${table} set reason = 'Another';`),
    by(
      'guard_proposal_is_decided_once',
      'decided twice',
      propose() + as('{manager}') + decided(table, '{manager}') + decided(table, '{manager}', 'refused'),
    ),
    by('permission denied', 'deleted', `delete from ${table}`),
  ];
}

const limit = (changes: Record<string, string> = {}): string =>
  insert('identity.delegated_limit', {
    ...{ authority_id: '{ours}', role: `'manager'`, kind: `'support-plan'`, amount: '2000' },
    ...{ effective_from: `'2027-01-01'`, ...changes },
  });
const AGREED = `(select max(id) from identity.limit_proposal)`;
const agreed = { proposal_id: AGREED, set_by: '{finance}', confirmed_by: '{manager}', reason: `'Why not'` };
const AGREE_LIMIT = limitProposal() + as('{manager}') + decided('identity.limit_proposal', '{manager}');
const OWN = { person_id: '{manager2}', last_day: `'2027-03-31'` };
const AGREE_OWN = limitProposal(OWN) + as('{manager}') + decided('identity.limit_proposal', '{manager}');
const limits: Attack[] = [
  ['ck_limit_proposal_role_is_known', 'a limit proposed for no role', limitProposal({ role: `'mayor'` })],
  ['ck_limit_proposal_kind_is_known', 'a limit proposed for anything', limitProposal({ kind: `'anything'` })],
  ['ck_limit_proposal_is_not_negative', 'a negative limit proposed', limitProposal({ amount: '-1' })],
  ['guard_limit_is_as_two_people_agreed', 'a limit set by one person', limit()],
  ['guard_limit_is_as_two_people_agreed', 'a limit set on an open proposal', limitProposal() + limit(agreed)],
  [
    'guard_limit_is_as_two_people_agreed',
    'a limit above what was agreed',
    AGREE_LIMIT + limit({ ...agreed, amount: '2000.01' }),
  ],
  [
    'guard_limit_is_as_two_people_agreed',
    'a limit set by the machine on nothing agreed',
    MACHINE + limit({ proposal_id: '999999' }),
  ],
  ['accepted', 'nothing, where two agreed', AGREE_LIMIT + limit(agreed)],
  [
    'guard_limit_is_as_two_people_agreed',
    'a limit of the whole role, agreed for one person',
    AGREE_OWN + limit(agreed),
  ],
  [
    'guard_limit_is_as_two_people_agreed',
    'a limit without its last day',
    AGREE_OWN + limit({ ...agreed, person_id: '{manager2}' }),
  ],
  [
    'guard_limit_is_as_two_people_agreed',
    'a limit of one person set by the operator',
    MACHINE + limit({ person_id: '{manager2}' }),
  ],
  [
    'guard_limit_is_for_a_role_held',
    'a manager’s limit for a caseworker',
    limitProposal({ person_id: '{caseworker}' }) +
      as('{manager}') +
      decided('identity.limit_proposal', '{manager}') +
      limit({ ...agreed, person_id: '{caseworker}' }),
  ],
  ['ck_nobody_sets_their_own_limit', 'a limit proposed for oneself', limitProposal({ person_id: '{finance}' })],
  [
    'ck_nobody_sets_their_own_limit',
    'a limit confirmed for oneself',
    limitProposal({ person_id: '{manager}' }) + as('{manager}') + decided('identity.limit_proposal', '{manager}'),
  ],
  [
    'ck_only_a_persons_limit_proposal_ends',
    'a role’s limit proposed to end',
    limitProposal({ last_day: `'2027-02-01'` }),
  ],
  [
    'ck_limit_proposal_ends_after_it_begins',
    'a proposed limit over before it begins',
    limitProposal({ ...OWN, last_day: `'2026-12-31'` }),
  ],
  ['fk_limit_proposal_for_a_user', 'a limit proposed for nobody', limitProposal({ person_id: '999999' })],
  [
    'fk_limit_for_a_user',
    'a limit for another council’s manager',
    limit({ ...agreed, person_id: '{their_user}' }).replace(/^/, AGREE_LIMIT),
  ],
  ['ck_only_a_persons_limit_ends', 'a role’s limit that ends', MACHINE + limit({ last_day: `'2027-02-01'` })],
  [
    'ck_limit_ends_after_it_begins',
    'a limit over before it begins',
    MACHINE + limit({ ...OWN, last_day: `'2026-12-31'` }),
  ],
  [
    'uq_limit_once_a_day',
    'two limits of a person from one day on',
    AGREE_OWN + limit({ ...agreed, ...OWN }) + limit({ ...agreed, ...OWN }),
  ],
  ['uq_limit_proposal_one_open', 'two proposals for one person', limitProposal(OWN) + limitProposal(OWN)],
  ['accepted', 'nothing, where two agreed on one person’s', AGREE_OWN + limit({ ...agreed, ...OWN })],
];

const rate = (changes: Record<string, string> = {}): string =>
  insert('subsistence.rate', {
    ...{ authority_id: '{ours}', rate_table: `'guide'`, component: `'person'`, weekly: '50.00' },
    ...{ effective_from: `'2027-01-01'`, rationale: `'Why not'`, proposed_by: '{finance}', approved_by: '{manager}' },
    ...{ proposal_id: `(select max(id) from subsistence.rate_proposal)`, ...changes },
  });
const AGREE_RATE = rateProposal() + as('{manager}') + decided('subsistence.rate_proposal', '{manager}');
const rates: Attack[] = [
  [
    'ck_rate_proposal_table_is_plain',
    'a proposal for a table with spaces',
    rateProposal({ rate_table: `'Our table'` }),
  ],
  ['ck_rate_proposal_counts_families', 'a proposal for fewer than no families', rateProposal({ back_dated_for: '-1' })],
  ['ck_rate_proposal_changes_something', 'a proposal of no amount', rateProposal({ person: 'null' })],
  ['ck_rate_proposal_is_not_negative', 'a proposal of a negative amount', rateProposal({ pregnant: '-0.01' })],
  ['guard_rate_is_as_two_people_agreed', 'a rate by one person', rate({ proposal_id: 'null' })],
  ['guard_rate_is_as_two_people_agreed', 'a rate on an open proposal', rateProposal() + rate()],
  ['guard_rate_is_as_two_people_agreed', 'a rate above what was agreed', AGREE_RATE + rate({ weekly: '50.01' })],
  ['guard_rate_is_as_two_people_agreed', 'a rate nobody proposed', AGREE_RATE + rate({ component: `'pregnant'` })],
  [
    'guard_rate_is_as_two_people_agreed',
    'a rate from an earlier day than agreed',
    AGREE_RATE + rate({ effective_from: `'2026-12-01'` }),
  ],
  ['accepted', 'nothing, where two agreed', AGREE_RATE + rate()],
];

const AGREE_ACCOUNT = accountProposal() + as('{manager}') + decided('payments.originator_proposal', '{manager}');
const pay = (number: string): string =>
  `update payments.originator set service_user_number = '654321', sort_code = '000098', account_number = '${number}',
     account_name = 'NORTHSHIRE', reference_prefix = 'NS';`;
const accounts: Attack[] = [
  [
    'ck_originator_proposal_is_well_formed',
    'an account of seven digits proposed',
    accountProposal({ account_number: `'8765432'` }),
  ],
  [
    'ck_originator_proposal_is_well_formed',
    'a prefix that says why proposed',
    accountProposal({ reference_prefix: `'NRPF'` }),
  ],
  ['guard_originator_is_as_two_people_agreed', 'the paying account changed by one person', pay('87654321')],
  [
    'guard_originator_is_as_two_people_agreed',
    'the paying account changed on an open proposal',
    accountProposal() + pay('87654321'),
  ],
  ['guard_originator_is_as_two_people_agreed', 'another account than was agreed', AGREE_ACCOUNT + pay('11111111')],
  ['accepted', 'nothing, where two agreed', AGREE_ACCOUNT + pay('87654321')],
];

const ASKED = insert('audit.verification', { authority_id: '{ours}' });
const result = (changes: Record<string, string> = {}): string =>
  insert('audit.verification_result', {
    ...{ verification_id: '(select max(id) from audit.verification)', authority_id: '{ours}', check_name: `'ledger'` },
    ...{ checked: '1', faults: `'[]'`, took_ms: '1', ...changes },
  });
const verifications: Attack[] = [
  ['ck_verification_check_is_plain', 'a check with spaces', ASKED + result({ check_name: `'The books'` })],
  ['ck_verification_counts_what_it_checked', 'a check of fewer than nothing', ASKED + result({ checked: '-1' })],
  ['ck_verification_lists_its_faults', 'a check without a list', ASKED + result({ faults: `'{}'` })],
  ['ck_verification_took_some_time', 'a check done before it began', ASKED + result({ took_ms: '-1' })],
  ['pk_verification_result', 'a second finding of one check', ASKED + result() + result()],
  ['fk_verification_result_was_asked_for', 'a finding nobody asked for', result({ verification_id: '999999' })],
  ['permission denied', 'a fault taken out', `update audit.verification_result set faults = '[]'`],
];

const everyProposal: Attack[] = [
  ...onEvery('limit_proposal', 'identity.limit_proposal', limitProposal),
  ...onEvery('rate_proposal', 'subsistence.rate_proposal', rateProposal),
  ...onEvery('originator_proposal', 'payments.originator_proposal', accountProposal),
];

describe('People and their roles', () => {
  itRefuses(() => scene, people);
});
describe("The council's settings", () => {
  itRefuses(() => scene, councils);
});
describe('Whatever takes two people', () => {
  itRefuses(() => scene, everyProposal);
  itRefuses(() => scene, [...limits, ...rates, ...accounts]);
});
describe('Proofs of the books', () => {
  itRefuses(() => scene, verifications);
});

describe('Even the owner of the schemas, in administration,', () => {
  const tables = ['account_change', 'council_change'].map((table) => `identity.${table}`);
  itRefuses(
    () => scene,
    [
      ...[...tables, 'audit.verification', 'audit.verification_result'].map((table): Attack => [
        'guard_append_only',
        `emptying ${table}`,
        `truncate ${table} cascade`,
      ]),
      ...['identity.team', 'identity.limit_proposal', 'subsistence.rate_proposal', 'payments.originator_proposal'].map(
        (table): Attack => ['guard_append_only', `deleting of ${table}`, `delete from ${table}`],
      ),
      [
        'pk_council_change',
        'two changes of one version',
        `${MACHINE} ${council('version = version + 1, lead_days = 4')} ${copyOf('identity.council_change', 'true', {}, false)}`,
      ],
    ],
    'owner',
  );
});

describe('What is changed by the right people', () => {
  it('is on record with who, what and why', async () => {
    const sql = `${ADMINISTRATOR} ${giveRole('auditor', 'manager')} ${council('version = version + 1, lead_days = 4')}
      do $$ begin
        if not exists (select from identity.account_change where what = 'role-given' and role = 'manager'
                         and changed_by = {administrator} and user_id = {auditor} and reason = 'Attack')
        or not exists (select from identity.council_change where before ->> 'lead_days' = '3' and after ->> 'lead_days' = '4'
                         and changed_by = {administrator} and reason = 'Attack')
        then raise exception 'not on record'; end if; end $$`;
    expect(await scene.attack(sql)).toBe('accepted');
  });

  it('takes away one of two administrators, and not the other as well', async () => {
    const both = MACHINE + giveRole('auditor', 'administrator') + takeRole('auditor', 'administrator');
    expect(await scene.attack(both)).toBe('accepted');
    expect(await scene.attack(both + takeRole('administrator', 'administrator'))).toBe(
      'guard_last_administrator_stays',
    );
  });

  it('counts contrast as the pages do', async () => {
    const { rows } = await scene.house.superuser.query<{ colour: string; contrast: string }>(
      `select colour, identity.contrast_on_white(colour) as contrast
         from unnest(array['#000000', '#1d4f5c', '#767676', '#777777', '#ffdd00', '#ffffff']) colour`,
    );
    expect(rows.map((row) => row.contrast)).toEqual(rows.map(({ colour }) => contrastOnWhite(colour).toFixed(2)));
  });

  it('is open to propose again once it was decided', async () => {
    const { app, council: ours } = scene.house;
    const wanted = { role: 'finance', kind: 'support-plan', amount: Money.gbp('10.00') } as const;
    const { proposalId } = await app
      .get(ProposeLimit)
      .run(ours.actors.administrator, { ...wanted, effectiveFrom: '2027-02-01' as PlainDate }, 'For a trial');
    expect(proposalId).toMatch(/^\d+$/);
  });
});
