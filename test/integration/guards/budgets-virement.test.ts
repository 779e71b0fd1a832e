import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const SECTION_17 = `(select id from funds.fund where code = 'section-17')`;
/** A second fund with its accounts, so that money can move. */
const WINTER = `insert into funds.fund (id, authority_id, code, name, pays) values (900002, {ours}, 'winter', 'Winter', '{grant}');
  insert into ledger.account (authority_id, code, kind, fund_id)
    select {ours}, 'winter:' || kind, kind, 900002 from unnest(array['budget', 'available', 'committed', 'used', 'spent']) kind;`;

/** SQL that proposes a budget, except for what is said. */
function proposal(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900003', authority_id: '{ours}', kind: `'budget'`, fund_id: SECTION_17, financial_year: `'2026-27'` },
    ...{ amount: '10.00', reason: `'More'`, proposed_by: '{finance}', ...changes },
  };
  return `insert into funds.proposal (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

/** SQL that proposes to move ten pounds to another fund, except for what is said. */
const move = (changes: Record<string, string> = {}): string =>
  WINTER + proposal({ kind: `'move'`, fund_id: '900002', from_fund_id: SECTION_17, ...changes });

/** SQL that settles the proposal, except for what is said. */
function settle(changes: Record<string, string> = {}): string {
  const set = {
    ...{ state: `'approved'`, decided_by: '{administrator}', decided_role: `'administrator'` },
    ...{ decided_on: `'2026-11-16'`, ...changes },
  };
  const pairs = Object.entries(set).map(([column, value]) => `${column} = ${value}`);
  return `update funds.proposal set ${pairs.join(', ')} where id = 900003;`;
}

/** SQL that writes down the budget of the proposal, except for what is said. */
function budget(changes: Record<string, string> = {}): string {
  const row = {
    ...{ id: '900004', authority_id: '{ours}', fund_id: SECTION_17, financial_year: `'2026-27'`, amount: '10.00' },
    ...{ reason: `'More'`, added_by: '{finance}', proposal_id: '900003', ...changes },
  };
  return `insert into funds.budget (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

const account = (kind: string, fund = SECTION_17): string =>
  `(select id from ledger.account where kind = '${kind}' and fund_id = ${fund})`;

interface Leg {
  readonly kind: 1 | 7 | 8;
  readonly document?: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount?: string;
}
const out = { kind: 7, debit: account('available'), credit: account('budget') } as const;
const into = { kind: 8, debit: account('budget', '900002'), credit: account('available', '900002') } as const;

/** SQL that posts some transfers in one statement. */
function post(...legs: Leg[]): string {
  const rows = legs.map(
    ({ kind, document = '900003', debit, credit, amount = '10.00' }) =>
      `(${document}, ${debit}, ${credit}, '2026-11-16', ${kind}, {ours}, ${amount})`,
  );
  return `insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
    values ${rows.join(', ')};`;
}
const budgetSet = { kind: 1, document: '900004', debit: account('budget'), credit: account('available') } as const;
/** The second fund with ten pounds, put there by the machine. */
const FUNDED =
  `${WINTER}select set_config('mainstay.actor', '', true);` +
  budget({ id: '900005', fund_id: '900002', added_by: 'null', proposal_id: 'null' }) +
  post({ kind: 1, document: '900005', debit: into.debit, credit: into.credit });

const proposals: Attack[] = [
  ['ck_proposal_kind_is_known', 'money proposed for something unknown', proposal({ kind: `'gift'` })],
  ['ck_proposal_year_is_two_years_in_a_row', 'a year that is two apart', proposal({ financial_year: `'2026-28'` })],
  ['ck_proposal_year_is_two_years_in_a_row', 'a year in words', proposal({ financial_year: `'this year'` })],
  ['ck_proposal_amount_is_positive', 'nothing proposed', proposal({ amount: '0' })],
  ['ck_gbp_has_at_most_two_decimals', 'a third decimal proposed', proposal({ amount: '0.001' })],
  ['ck_proposal_has_a_reason', 'money proposed without a reason', proposal({ reason: `' '` })],
  ['fk_proposal_of_a_fund', 'money proposed for no fund', proposal({ fund_id: '1' })],
  ['fk_proposal_from_a_fund', 'money moved from no fund', move({ from_fund_id: '1' })],
  ['fk_proposal_is_proposed_by_a_user', 'money proposed by nobody', proposal({ proposed_by: '999999' })],
  [
    'fk_proposal_is_proposed_by_a_user',
    "money proposed by another council's person",
    proposal({ proposed_by: '{their_user}' }),
  ],
  ['ck_move_goes_between_two_funds', 'a move within one fund', move({ from_fund_id: '900002' })],
  ['ck_move_goes_between_two_funds', 'a move from nowhere', move({ from_fund_id: 'null' })],
  ['ck_move_goes_between_two_funds', 'a budget from another fund', WINTER + proposal({ from_fund_id: '900002' })],
  [
    'guard_states_of_fund_proposal',
    'a proposal born approved',
    proposal({
      state: `'approved'`,
      decided_by: '{administrator}',
      decided_role: `'administrator'`,
      decided_on: `'2026-11-16'`,
    }),
  ],
  ['guard_states_of_fund_proposal', 'a proposal in no known state', proposal() + settle({ state: `'sent'` })],
  [
    'ck_nobody_decides_their_own_money',
    'money approved by its proposer',
    proposal() + settle({ decided_by: '{finance}', decided_role: `'finance'` }),
  ],
  [
    'ck_money_is_decided_by_finance_or_administrator',
    'money approved by a manager',
    proposal() + settle({ decided_by: '{manager}', decided_role: `'manager'` }),
  ],
  [
    'guard_proposal_decider_still_holds_the_role',
    'money approved by a manager who says to be an administrator',
    proposal() + settle({ decided_by: '{manager}' }),
  ],
  [
    'guard_proposal_decider_still_holds_the_role',
    'money approved by somebody whose role was taken away',
    `select set_config('mainstay.actor', '', true), set_config('mainstay.reason', 'Left', true);
     update identity.user_role set removed_at = now() where user_id = {finance2};` +
      proposal() +
      settle({ decided_by: '{finance2}', decided_role: `'finance'` }),
  ],
  ['ck_decided_proposal_says_by_whom', 'money approved by nobody', proposal() + settle({ decided_by: 'null' })],
  ['ck_decided_proposal_says_by_whom', 'money approved on no day', proposal() + settle({ decided_on: 'null' })],
  [
    'ck_declined_proposal_has_a_reason',
    'money declined without a reason',
    proposal() + settle({ state: `'declined'` }),
  ],
  [
    'permission denied',
    'another amount under the same approval',
    proposal() + `update funds.proposal set state = state, amount = 20 where id = 900003`,
  ],
  [
    'guard_proposal_is_immutable',
    'another name under a decision',
    proposal() +
      settle({ state: `'declined'`, decision_reason: `'No'` }) +
      settle({ decided_by: '{finance2}', decided_role: `'finance'` }),
  ],
  [
    'guard_move_is_within_the_budget_of_its_year',
    'more of a year moved than the year has',
    move({ financial_year: `'2027-28'` }) + settle(),
  ],
  ['guard_approved_proposal_is_in_the_ledger', 'a budget approved and not posted', proposal() + settle()],
  [
    'guard_approved_proposal_is_in_the_ledger',
    'a budget written down and not posted',
    proposal() + settle() + budget(),
  ],
  ['guard_approved_proposal_is_in_the_ledger', 'a move approved and not posted', move() + settle()],
  ['permission denied', 'a proposal deleted', `delete from funds.proposal`],
  ['permission denied', 'the proposals emptied', `truncate funds.proposal`],
];

const budgets: Attack[] = [
  ['guard_budget_is_approved', 'budget added by one person alone', budget({ proposal_id: 'null' })],
  [
    'guard_budget_is_approved',
    'budget added by a person in nobody’s name',
    budget({ proposal_id: 'null', added_by: 'null' }),
  ],
  ['guard_budget_is_approved', 'budget that nobody has approved', proposal() + budget()],
  ['guard_budget_is_approved', 'a move written down as a budget', move() + settle() + budget({ fund_id: '900002' })],
  [
    'guard_budget_is_approved',
    'another reason than the approved one',
    proposal() + settle() + budget({ reason: `'Other'` }),
  ],
  [
    'guard_budget_is_approved',
    'another proposer than the approved one',
    proposal() + settle() + budget({ added_by: '{finance2}' }),
  ],
  ['fk_budget_is_its_proposal', 'more than was approved', proposal() + settle() + budget({ amount: '10.01' })],
  [
    'fk_budget_is_its_proposal',
    'another year than was approved',
    proposal() + settle() + budget({ financial_year: `'2027-28'` }),
  ],
  [
    'uq_budget_once_a_proposal',
    'one approval for two budgets',
    proposal() + settle() + budget() + budget({ id: '900005' }),
  ],
];

const transfers: Attack[] = [
  ['guard_transfer_is_its_document', 'a move from nothing', WINTER + post(out, into)],
  ['guard_transfer_is_its_document', 'a move that nobody has approved', move() + post(out, into)],
  [
    'guard_transfer_is_its_document',
    'a move of more than was approved',
    move() + settle() + post({ ...out, amount: '20.00' }, { ...into, amount: '20.00' }),
  ],
  [
    'guard_transfer_is_its_document',
    'more into a fund than out of the other',
    move() + settle() + post(out, { ...into, amount: '10.01' }),
  ],
  ['guard_transfer_is_its_document', 'money out of a fund and into none', move() + settle() + post(out)],
  ['guard_transfer_is_its_document', 'money into a fund and out of none', move() + settle() + post(into)],
  [
    'guard_transfer_is_its_document',
    'a move the other way round',
    FUNDED + proposal({ kind: `'move'`, fund_id: SECTION_17, from_fund_id: '900002' }) + settle() + post(out, into),
  ],
  [
    'guard_transfer_is_its_document',
    'a budget posted as a move',
    proposal() + settle() + budget() + post(out, { ...into, debit: account('budget'), credit: account('available') }),
  ],
  [
    'guard_transfer_goes_where_its_kind_goes',
    'a move straight from fund to fund',
    move() + settle() + post({ kind: 7, debit: account('available'), credit: account('budget', '900002') }, into),
  ],
  [
    'guard_transfer_goes_where_its_kind_goes',
    'a move out of what is committed',
    move() + settle() + post({ ...out, debit: account('committed') }, into),
  ],
  [
    'guard_transfer_goes_where_its_kind_goes',
    'a move into what is committed',
    move() + settle() + post(out, { ...into, credit: account('committed', '900002') }),
  ],
  ['pk_transfer', 'a move posted twice', move() + settle() + post(out, into) + post(out, into)],
  [
    'ck_account_is_never_overdrawn',
    'more moved than is available',
    move({ amount: '49999.00' }) + settle() + post({ ...out, amount: '49999.00' }, { ...into, amount: '49999.00' }),
  ],
];

describe('Proposals for funds', () => {
  itRefuses(() => scene, proposals);

  it('are taken when nothing is wrong with them', async () => {
    expect(await scene.attack(proposal() + settle() + budget() + post(budgetSet))).toBe('accepted');
    expect(await scene.attack(proposal() + settle({ state: `'declined'`, decision_reason: `'No'` }))).toBe('accepted');
    expect(await scene.attack(`${proposal()}update funds.proposal set state = 'withdrawn' where id = 900003`)).toBe(
      'accepted',
    );
    expect(await scene.attack(move() + settle() + post(out, into))).toBe('accepted');
  });
});

describe('Budgets', () => {
  itRefuses(() => scene, budgets);
  itRefuses(
    () => scene,
    [
      [
        'ck_fund_has_a_name',
        'a fund without a name',
        copyOf('funds.fund', 'true', { code: 'new', name: ' ', is_section_17_default: false }),
      ],
    ],
  );
});

describe('Moves between funds', () => {
  itRefuses(() => scene, transfers);
});

describe('Even the owner of the schemas, in funds,', () => {
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'a proposal deleted', `delete from funds.proposal`],
      ['guard_append_only', 'the proposals emptied', `truncate funds.proposal cascade`],
      [
        'guard_proposal_is_immutable',
        'a proposal given to another fund',
        `${move()}update funds.proposal set from_fund_id = null, kind = 'budget' where id = 900003`,
      ],
    ],
    'owner',
  );
});
