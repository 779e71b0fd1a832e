import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

/** Orders every payable line of a run, except for what is said. */
function orders(
  change: Partial<Record<'amount' | 'family_id' | 'instrument_id' | 'id' | 'fund_id', string>> = {},
  run = 'releasing',
  more = '',
): string {
  const {
    id = 'l.id',
    family_id = 'l.family_id',
    instrument_id = 'l.instrument_id',
    amount = 'l.amount',
    fund_id = 'l.fund_id',
  } = change;
  return `insert into payments.payment_order (id, run_id, family_id, instrument_id, authority_id, amount, fund_id)
          select ${id}, l.run_id, ${family_id}, ${instrument_id}, l.authority_id, ${amount}, ${fund_id}
            from payments.line l where l.run_id = {${run}} and l.status = 'payable' ${more};`;
}
/** Two pennies moved from one order to another: the total still fits. */
const shifted = `l.amount + case when l.id = (select min(id) from payments.line where run_id = l.run_id) then 0.02 else -0.02 end`;
const swapped = `(select o.instrument_id from payments.line o where o.run_id = l.run_id and o.id <> l.id limit 1)`;

/** The exported file once more, for another run or with other totals. */
const file = (changes: object): string => copyOf('payments.export_file', 'true', { serial: '000777', ...changes });
/** Posts the releasing run by hand, so that a file may be written for it. */
const paid = `insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
  select l.id, l.run_id, (select id from ledger.account where kind = 'spent'), (select id from ledger.account where kind = 'payable'),
         '2026-12-03', 4, l.authority_id, l.amount from payments.line l where l.run_id = {releasing} and l.status = 'payable';`;
const sealed = `insert into ledger.seal (authority_id, seq, run_id, n, total, prev_hash, hash) values ({ours}, 0, {releasing}, 0, 0, '', '');`;
const moveOn = `update payments.run set state = 'posted' where id = {releasing};`;
const posted = orders() + paid + sealed + moveOn;
const fileOfPosted = (changes: string): string =>
  `${posted} insert into payments.export_file (authority_id, run_id, rail, serial, input_day, name, items, total, sha256, sealed)
   select f.authority_id, r.id, f.rail, '000777', r.input_day, 'x', r.line_count, r.total, f.sha256, f.sealed
     from payments.export_file f, payments.run r where r.id = {releasing};`.replace(
    ...(changes.split(' => ') as [string, string]),
  );
const hold = (changes: string): string =>
  `insert into payments.hold (authority_id, run_id, source_id, category, reason) values ({ours}, {priced}, 1, 'other', 'Because');`.replace(
    ...(changes.split(' => ') as [string, string]),
  );
const originator = (set: string): string => `update payments.originator set ${set}`;

const paymentOrders: Attack[] = [
  ['guard_run_is_posted_whole', 'part of a run posted', orders({}, 'releasing', 'order by l.id limit 1')],
  ['guard_run_is_posted_whole', 'a run posted with a penny more', orders({ amount: 'l.amount + 0.01' })],
  ['guard_run_is_posted_whole', 'a run posted before it is released', orders({}, 'approved')],
  ['guard_run_is_posted_whole', 'a priced run posted', orders({}, 'priced')],
  [
    'guard_run_is_posted_whole',
    'a run posted one order at a time',
    orders({}, 'releasing', 'order by l.id limit 1') + orders({}, 'releasing', 'order by l.id desc limit 1'),
  ],
  ['guard_posted_run_is_sealed', 'a run called posted with nothing in the ledger', orders() + moveOn],
  ['guard_posted_run_is_sealed', 'a run called posted without a seal', orders() + paid + moveOn],
  [
    'guard_exported_run_has_its_file',
    'a run called exported without a file',
    posted + moveOn.replace('posted', 'exported'),
  ],
  [
    'guard_released_run_is_fixed',
    'the day of an exported run changed',
    `update payments.run set entry_day = entry_day + 1 where id = {exported}`,
  ],
  [
    'guard_released_run_is_fixed',
    'the counts of an exported run changed',
    `update payments.run set held_count = held_count + 1 where id = {exported}`,
  ],
  [
    'guard_posted_run_is_sealed',
    'a payment taken off an exported run',
    `update payments.run set line_count = 1 where id = {exported}`,
  ],
  [
    'guard_transfer_is_its_document',
    'money sent to the bank without a file',
    `${posted} insert into ledger.transfer (document_id, run_id, debit_account, credit_account, effective_date, kind, authority_id, amount)
       values (1, {releasing}, (select id from ledger.account where kind = 'payable'),
               (select id from ledger.account where kind = 'clearing'), '2026-12-03', 6, {ours}, 0.01)`,
  ],
  ['pk_payment_order', 'a run ordered twice', orders() + orders()],
  ['pk_payment_order', 'a posted run ordered again', orders({}, 'exported')],
  ['guard_order_is_its_line', 'orders whose amounts are moved about', orders({ amount: shifted })],
  ['guard_order_is_its_line', "an order paid to another line's account", orders({ instrument_id: swapped })],
  ['guard_order_is_its_line', 'an order for another family', orders({ family_id: '1' })],
  ['guard_order_is_its_line', 'an order paid by another fund', orders({ fund_id: '1' })],
  ['guard_order_is_its_line', 'orders under new numbers', orders({ id: `nextval('kernel.document_number')` })],
  ['ck_order_pays_something', 'an order of nothing', orders({ amount: '0' })],
  ['ck_order_pays_something', 'a negative order', orders({ amount: '-1' })],
  ['permission denied', 'an order changed', `update payments.payment_order set amount = 1`],
  ['permission denied', 'an order deleted', `delete from payments.payment_order`],
];

const files: Attack[] = [
  ['guard_export_equals_the_ledger', 'a file for a run that is not posted', file({ run_id: '{approved}' })],
  ['guard_export_equals_the_ledger', 'a second file for an exported run', file({})],
  ['guard_export_equals_the_ledger', 'a file with a penny more', fileOfPosted('r.total, => r.total + 0.01,')],
  [
    'guard_export_equals_the_ledger',
    'a file with one payment less',
    fileOfPosted('r.line_count, => r.line_count - 1,'),
  ],
  ['guard_export_equals_the_ledger', "a file for another council's run", file({ run_id: '{their_run}' })],
  [
    'uq_export_once_a_run_and_rail',
    'two files for one posted run',
    fileOfPosted('x => x') + fileOfPosted('x => x').replace(posted, '').replace('000777', '000778'),
  ],
  [
    'uq_serial_once_a_day',
    'a serial used twice on one day',
    fileOfPosted(
      `'000777', r.input_day => (select serial from payments.export_file limit 1), (select input_day from payments.export_file limit 1)`,
    ),
  ],
  ['ck_serial_is_six_digits', 'the serial 000000', fileOfPosted('000777 => 000000')],
  ['guard_export_equals_the_ledger', 'a file for a rail nothing goes by', fileOfPosted(`f.rail => 'voucher'`)],
  ['ck_export_sha256', 'a file without a whole hash', fileOfPosted(`f.sha256 => '\\x00'`)],
  ['ck_export_is_sealed', 'a file in the open', fileOfPosted(`f.sealed => 'VOL1'`)],
  ['permission denied', 'a file changed', `update payments.export_file set sealed = sealed`],
  ['permission denied', 'a file deleted', `delete from payments.export_file`],
];

const others: Attack[] = [
  ['ck_hold_category_is_known', 'a hold of an unknown category', hold(`'other' => 'mood'`)],
  ['ck_hold_has_a_reason', 'a hold without a reason', hold('Because => ')],
  [
    'ck_release_has_a_reason',
    'a hold released without a reason',
    hold('x => x') + `update payments.hold set released_at = now(), released_by = {finance}`,
  ],
  [
    'ck_release_has_a_reason',
    'a hold released with an empty reason',
    hold('x => x') + `update payments.hold set released_at = now(), release_reason = ' '`,
  ],
  ['uq_hold_once', 'two holds on one payment', hold('x => x') + hold('x => x')],
  ['fk_hold_of_a_run', 'a hold in no run', hold('{priced} => 1')],
  [
    'ck_service_user_number_is_six_digits',
    'a service user number of seven digits',
    originator(`service_user_number = '1234567'`),
  ],
  ['ck_originator_sort_code_is_six_digits', 'a sort code with dashes', originator(`sort_code = '00-00-99'`)],
  ['ck_last_serial_is_six_digits', 'a serial past the last', originator(`last_serial = 1000000`)],
  [
    'ck_originator_account_is_eight_digits',
    'an account number of seven digits',
    originator(`account_number = '1234567'`),
  ],
  [
    'ck_reference_prefix_is_neutral',
    'a reference that says why a family is paid',
    originator(`reference_prefix = 'NRPF'`),
  ],
  ['ck_reference_prefix_is_neutral', 'a reference that says section 17', originator(`reference_prefix = 'S17PAY'`)],
  ['pk_originator', 'two originators', copyOf('payments.originator', 'true', {}, false)],
  [
    'fk_calendar_run',
    'a calendar that names no run',
    `insert into payments.pay_calendar values ({ours}, 'section-17', '2027-01-07', '2027-01-01', '2027-01-05', '2027-01-06', '2027-01-07', 1)`,
  ],
  [
    'pk_pay_calendar',
    'a pay date twice in the calendar',
    `insert into payments.pay_calendar select {ours}, 'section-17', '2027-01-07', '2027-01-01', '2027-01-05', '2027-01-06', '2027-01-07' from generate_series(1, 2)`,
  ],
];

describe('Payment orders', () => {
  itRefuses(() => scene, paymentOrders);

  it('are accepted whole', async () => {
    expect(await scene.attack(orders())).toBe('accepted');
  });
});

describe('Bank files', () => {
  itRefuses(() => scene, files);

  it('are accepted for what was posted', async () => {
    expect(await scene.attack(fileOfPosted('x => x'))).toBe('accepted');
  });
});

describe('Holds, the originator and the pay calendar', () => {
  itRefuses(() => scene, others);
});

describe('Even the owner of the schemas, in orders and files,', () => {
  const kept = ['payments.payment_order', 'payments.export_file'].flatMap((table): Attack[] => [
    ['guard_append_only', `a row of ${table} changed`, `update ${table} set authority_id = authority_id`],
    ['guard_append_only', `a row of ${table} deleted`, `delete from ${table}`],
    ['guard_append_only', `${table} emptied`, `truncate ${table} cascade`],
  ]);
  const never = ['originator', 'hold', 'pay_calendar'].map((table): Attack => [
    ...(['guard_append_only', `a row of ${table} deleted`, `delete from payments.${table}`] as const),
  ]);
  itRefuses(() => scene, [...kept, ...never], 'owner');
});
