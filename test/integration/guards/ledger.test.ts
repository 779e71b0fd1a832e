import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const account = (kind: string): string => `(select id from ledger.account where kind = '${kind}')`;

interface Posting {
  readonly document?: string;
  readonly run?: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly kind?: string;
  readonly amount?: string;
}

/** A transfer like the ones that put budget into a fund, except for what is said. */
function transfer(posting: Posting): string {
  const { document = '1', run = 'null', kind = '1', amount = '10.00' } = posting;
  const { debit = account('budget'), credit = account('available') } = posting;
  return `insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
          values (${document}, ${run}, ${debit}, ${credit}, '2026-11-16', ${kind}, {ours}, ${amount});`;
}

/** The posting of an order of the exported run, except for what is said. */
const pay = (posting: Posting): string =>
  transfer({
    ...{ document: `(select max(id) from payments.payment_order)`, run: '{exported}', kind: '4' },
    ...{ debit: account('spent'), credit: account('payable') },
    amount: `(select amount from payments.payment_order order by id desc limit 1)`,
    ...posting,
  });
/** A budget as the machine adds it at set-up: a person's is first proposed. */
const BUDGET = `select set_config('mainstay.actor', '', true);
  insert into funds.budget (id, authority_id, fund_id, financial_year, amount, reason)
  select 900001, {ours}, id, '2026-27', 10, 'Test' from funds.fund limit 1;`;
const used = `(select document_id from ledger.transfer where kind = 5 limit 1)`;
/** The reservation of the approved run given back, except for what is said. */
const freed = {
  ...{ kind: '3', debit: account('committed'), credit: account('available') },
  ...{ document: `(select approval_id from payments.run where id = {approved})`, amount: '0.02' },
};
const unordered = `(select id from payments.line where run_id = {approved} limit 1)`;

const attacks: Attack[] = [
  [
    'ck_account_kind_is_known',
    'an account for something unknown',
    `insert into ledger.account (authority_id, code, kind) values ({ours}, 'x', 'slush')`,
  ],
  [
    'uq_account_code',
    'the same account twice',
    `insert into ledger.account (authority_id, code, kind) values ({ours}, 'bank', 'bank')`,
  ],
  ['ck_transfer_amount_is_positive', 'a transfer of nothing', transfer({ amount: '0' })],
  ['ck_transfer_amount_is_positive', 'a transfer backwards', transfer({ amount: '-0.01' })],
  ['ck_gbp_has_at_most_two_decimals', 'a third decimal', transfer({ amount: '0.001' })],
  ['ck_gbp_is_below_a_million_million', 'a million million pounds', transfer({ amount: '1000000000000' })],
  [
    'ck_transfer_moves_between_two_accounts',
    'a transfer from an account to itself',
    transfer({ debit: account('available') }),
  ],
  ['guard_transfer_accounts_are_known', 'an unknown account to be debited', transfer({ debit: '999999' })],
  ['guard_transfer_accounts_are_known', 'an unknown account to be credited', transfer({ credit: '999999' })],
  [
    'guard_transfer_accounts_are_known',
    'a closed account',
    `insert into ledger.account (authority_id, code, kind, closed_at) values ({ours}, 'old', 'returned', now());` +
      transfer({ debit: `(select id from ledger.account where code = 'old')` }),
  ],
  ['guard_transfer_kind_is_known', 'a transfer of an unknown kind', transfer({ kind: '99' })],
  ['pk_transfer', 'a doubled transfer', copyOf('ledger.transfer', 'kind = 1', {}, false)],
  [
    'pk_transfer',
    'a doubled transfer of another amount',
    copyOf('ledger.transfer', 'kind = 1', { amount: '20.00' }, false),
  ],
  [
    'guard_transfer_goes_where_its_kind_goes',
    'money moved between accounts its kind does not join',
    transfer({ debit: account('bank'), credit: account('clearing') }),
  ],
  ['guard_transfer_is_its_document', 'budget from nothing', transfer({})],
  [
    'guard_transfer_is_its_document',
    'more budget than was written down',
    BUDGET + transfer({ document: '900001', amount: '10.01' }),
  ],
  [
    'guard_transfer_is_its_document',
    'money reserved for nothing that was approved',
    transfer({ kind: '2', debit: account('available'), credit: account('committed') }),
  ],
  ['guard_transfer_is_its_document', 'a reservation given back by halves', transfer({ ...freed, amount: '0.01' })],
  [
    'guard_transfer_is_its_document',
    'a reservation given back after it was spent',
    transfer({ ...freed, document: used }),
  ],
  [
    'guard_seal_is_of_a_posted_run',
    'a run sealed before it is posted',
    `insert into ledger.seal (authority_id, seq, run_id, n, total, prev_hash, hash) values ({ours}, 0, {priced}, 0, 0, '', '')`,
  ],
  ['pk_transfer', 'a payment posted a second time', pay({})],
  ['guard_transfer_is_its_order', 'a payment without an order', pay({ document: unordered, run: '{approved}' })],
  ['guard_transfer_is_its_order', 'a payment of another amount than its order', postedWith('n.amount + 0.01')],
  [
    'guard_transfer_is_its_order',
    'a payment filed under another run than its order',
    postedWith('n.amount', '{exported}'),
  ],
  [
    'ck_account_is_never_overdrawn',
    'more committed than there is',
    transfer({ kind: '2', debit: account('available'), credit: account('committed'), amount: '999999.00' }),
  ],
  [
    'ck_account_is_never_overdrawn',
    'more freed than is committed',
    transfer({ kind: '3', debit: account('committed'), credit: account('available'), amount: '40000.00' }),
  ],
  [
    'ck_account_is_never_overdrawn',
    'more sent to the bank than is owed',
    transfer({ kind: '6', debit: account('payable'), credit: account('clearing') }),
  ],
  ['uq_seal_once_a_run', 'a second seal on a run', copyOf('ledger.seal', 'true', {}, false)],
  ['permission denied', 'a balance set by hand', `update ledger.balance set credits = credits + 1`],
  ['permission denied', 'a roll-up set by hand', `update ledger.day_rollup set credits = credits + 1`],
  ['permission denied', 'an account closed', `update ledger.account set closed_at = now()`],
  ['permission denied', 'an account given another kind', `update ledger.account set kind = 'bank'`],
  ...(['transfer', 'seal'] as const).flatMap((table): Attack[] => [
    ['permission denied', `a ${table} changed`, `update ledger.${table} set authority_id = authority_id`],
    ['permission denied', `a ${table} deleted`, `delete from ledger.${table}`],
    ['permission denied', `the ${table}s emptied`, `truncate ledger.${table}`],
  ]),
];

/** Orders the releasing run whole, then posts its payments with another amount or run. */
function postedWith(amount: string, run = 'n.run_id'): string {
  return `insert into payments.payment_order select id, run_id, family_id, instrument_id, authority_id, amount, fund_id
            from payments.line where run_id = {releasing} and status = 'payable';
          insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
            select n.id, ${run}, ${account('spent')}, ${account('payable')}, '2026-12-03', 4, {ours}, ${amount}
              from payments.payment_order n where run_id = {releasing} limit 1`;
}

describe('The ledger', () => {
  itRefuses(() => scene, attacks);

  it("refuses another council's account [guard_transfer_accounts_are_known]", async () => {
    const { rows } = await scene.house.superuser.query<{ id: string }>(
      `select id from ledger.account where authority_id = $1 and kind = 'bank'`,
      [scene.house.other.id],
    );
    expect(await scene.attack(transfer({ debit: rows[0]?.id }))).toBe('guard_transfer_accounts_are_known');
    expect(await scene.attack(transfer({ credit: rows[0]?.id }))).toBe('guard_transfer_accounts_are_known');
  });

  it('accepts the same transfers when nothing is wrong with them', async () => {
    expect(await scene.attack(BUDGET + transfer({ document: '900001' }))).toBe('accepted');
    expect(await scene.attack(postedWith('n.amount'))).toBe('accepted');
  });
});

describe('Even the owner of the schemas, in the ledger,', () => {
  itRefuses(
    () => scene,
    [
      ...['transfer', 'seal'].flatMap((table): Attack[] => [
        ['guard_append_only', `a ${table} changed`, `update ledger.${table} set authority_id = authority_id`],
        ['guard_append_only', `a ${table} deleted`, `delete from ledger.${table}`],
        ['guard_append_only', `the ${table}s emptied`, `truncate ledger.${table} cascade`],
      ]),
      ['guard_append_only', 'an account deleted', `delete from ledger.account`],
      ['guard_append_only', 'a balance deleted', `delete from ledger.balance`],
      ['guard_append_only', 'a roll-up deleted', `delete from ledger.day_rollup`],
      ['pk_balance', 'two balances of one account', copyOf('ledger.balance', 'true', {}, false)],
      ['pk_day_rollup', 'two roll-ups of one day', copyOf('ledger.day_rollup', 'true', {}, false)],
      [
        'fk_balance_of_an_account',
        'a balance of no account',
        copyOf('ledger.balance', 'true', { account_id: 999999 }, false),
      ],
      [
        'fk_rollup_of_an_account',
        'a roll-up of no account',
        copyOf('ledger.day_rollup', 'true', { account_id: 999999 }, false),
      ],
      [
        'ck_account_is_never_overdrawn',
        'a fund overdrawn by hand',
        `update ledger.balance set debits = credits + 1 where debit_limited`,
      ],
      [
        'pk_transfer_kind',
        'two kinds of one number',
        `insert into ledger.transfer_kind values (1, 'x', 'x', 'x', 'x')`,
      ],
      [
        'uq_transfer_kind_name',
        'two kinds of one name',
        `insert into ledger.transfer_kind values (77, 'pay', 'x', 'x', 'x')`,
      ],
    ],
    'owner',
  );
});
