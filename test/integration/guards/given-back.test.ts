import { GiveBack } from '../../../src/grants/index.ts';
import { Money, type PlainDate } from '../../../src/kernel/index.ts';
import { ImportStatement } from '../../../src/payments/index.ts';
import { copyOf } from '../../support/attack.ts';
import { grantsGuardScene } from '../../support/grants-guard-scene.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { statementOf } from '../../support/statement-files.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await grantsGuardScene();
  const { app, council, superuser } = scene.house;
  const { rows } = await superuser.query<{ order: string; award: string }>(
    `select l.id as order, i.award_id as award from payments.line l join grants.instalment i on i.id = l.source_id
      where l.run_id = $1 and l.status = 'payable' order by l.amount desc limit 1`,
    [scene.names.paid_run],
  );
  const { order = '', award = '' } = rows[0] ?? {};
  const terms = {
    givenBy: 'payee',
    way: 'transfer',
    expectedOn: '2026-11-20' as PlainDate,
    reason: 'Too much',
  } as const;
  const give = async (amount: string): Promise<string> => {
    const parts = [{ paymentId: order, amount: Money.gbp(amount) }];
    return (await app.get(GiveBack).run(council.actors.finance, award, parts, terms)).givenBackIds[0] ?? '';
  };
  Object.assign(scene.names, { order, given: await give('10.00'), came: await give('7.00') });
  const credit = {
    date: '2026-11-20' as PlainDate,
    direction: 'credit',
    amount: '7.00',
    reference: scene.names.came ?? '',
  } as const;
  await app.get(ImportStatement).run(council.actors.finance, 'statement.xml', statementOf(1, '9000.00', [credit]));
});
afterAll(() => scene.house.close());

const given = (changes: Record<string, unknown> = {}): string =>
  `${copyOf('payments.given_back', 'id = {given}', { leg: 2, amount: 5, ...changes })};`;
const account = (kind: string): string =>
  `(select a.id from ledger.account a join payments.payment_order o on o.id = {order} where a.kind = '${kind}' and coalesce(a.fund_id, o.fund_id) = o.fund_id and a.authority_id = {ours})`;
const transfer = (kind: number, from: string, to: string, leg = 2, amount = '5'): string =>
  `insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
   values ({order}, ${account(from)}, ${account(to)}, '2026-11-16', ${kind}, ${leg}, {ours}, ${amount});`;
const POSTED = transfer(24, 'clearing', 'spent') + transfer(25, 'used', 'available');
const withdraw = (): string =>
  `update payments.given_back set state = 'withdrawn', withdrawn_by = {finance}, withdrawn_because = 'It never came' where id = {given};`;
const UNDONE = transfer(26, 'spent', 'clearing', 0, '10').concat(transfer(27, 'available', 'used', 0, '10'));
const COMMIT = 'set constraints all immediate;';

const attacks: Attack[] = [
  ['ck_given_back_is_positive', 'nothing given back', given({ amount: 0 })],
  ['ck_giver_is_known', 'money from nobody', given({ given_by: 'wind' })],
  ['ck_way_back_is_known', 'money by pigeon', given({ way: 'pigeon' })],
  ['ck_given_back_says_why', 'money without a reason', given({ reason: ' ' })],
  ['ck_given_back_is_expected_about_now', 'money expected in ten years', given({ expected_on: '2036-11-16' })],
  [
    'ck_withdrawn_money_says_by_whom_and_why',
    'money withdrawn for no reason',
    withdraw().replace(`'It never came'`, 'null'),
  ],
  ['uq_given_back_once_a_leg', 'the same part twice', given({ leg: 0 })],
  [
    'fk_given_back_recorded_by_a_user',
    'money written down by nobody',
    `select set_config('mainstay.actor', '999999', true);` + given({ recorded_by: 999999 }),
  ],
  [
    'fk_given_back_withdrawn_by_a_user',
    'money withdrawn by nobody',
    `select set_config('mainstay.actor', '999999', true);` + withdraw().replace('{finance}', '999999'),
  ],
  ['guard_given_back_is_written_in_person', 'money in another’s name', given({ recorded_by: '{manager}' })],
  [
    'guard_given_back_is_written_in_person',
    'money withdrawn in another’s name',
    withdraw().replace('{finance}', '{manager}'),
  ],
  ['guard_given_back_is_at_most_what_was_paid', 'more than was paid', given({ amount: 100000 })],
  [
    'guard_given_back_is_at_most_what_was_paid',
    'money of a payment that is not made yet',
    given({ order_id: '999999' }),
  ],
  [
    'guard_given_back_stands_as_written',
    'an amount changed',
    `${withdraw()} update payments.given_back set withdrawn_because = 'Another' where id = {given}`,
  ],
  ['guard_money_that_came_is_not_withdrawn', 'money that the bank shows', withdraw().replace('{given}', '{came}')],
  [
    'guard_states_of_given_back',
    'money that begins withdrawn',
    given({ state: 'withdrawn', withdrawn_by: '{finance}', withdrawn_because: 'x' }),
  ],
  ['guard_given_back_is_in_the_ledger', 'money back that nothing posts', given() + COMMIT],
  [
    'guard_given_back_is_in_the_ledger',
    'money back that is not available',
    given() + transfer(24, 'clearing', 'spent') + COMMIT,
  ],
  ['guard_given_back_is_in_the_ledger', 'money withdrawn that the ledger still has', withdraw() + COMMIT],
  ['guard_transfer_is_its_document', 'money back of no document', transfer(24, 'clearing', 'spent')],
  ['guard_transfer_is_its_document', 'more back than was said', given() + transfer(24, 'clearing', 'spent', 2, '6')],
  ['guard_transfer_is_its_document', 'money undone that stands', transfer(26, 'spent', 'clearing', 0, '10')],
  ['accepted', 'nothing, where a part comes back', given() + POSTED + COMMIT],
  ['accepted', 'nothing, where it did not come', withdraw() + UNDONE + COMMIT],
  ['permission denied', 'an amount rewritten', `update payments.given_back set amount = 1 where id = {given}`],
  ['permission denied', 'money taken off the books', 'delete from payments.given_back'],
];

describe('Money that is given back', () => {
  itRefuses(() => scene, attacks);
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'deleting of it', 'delete from payments.given_back'],
      [
        'guard_given_back_stands_as_written',
        'a smaller amount',
        `update payments.given_back set amount = 1 where id = {given}`,
      ],
    ],
    'owner',
  );
});

describe('A number that says nothing of a family', () => {
  itRefuses(
    () => scene,
    [
      [
        'guard_award_stands_as_decided',
        'another public number',
        `update grants.award set public_id = gen_random_uuid() where application_id = {approved}`,
      ],
    ],
  );
});
