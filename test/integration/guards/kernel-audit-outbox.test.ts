import { approvalStates } from '../../../src/approvals/index.ts';
import { instrumentStates } from '../../../src/families/index.ts';
import { proposalStates } from '../../../src/funds/index.ts';
import { transferKinds } from '../../../src/ledger/index.ts';
import {
  attemptStates,
  familyMessageStates,
  moveHomeStates,
  noticeStates,
  printBatchStates,
} from '../../../src/notices/index.ts';
import {
  applicationStates,
  awardStates,
  familyRequestStates,
  instalmentStates,
  referralStates,
  reviewStates,
} from '../../../src/grants/index.ts';
import {
  bankFileStates,
  givenBackStates,
  rescueStates,
  returnStates,
  runStates,
  voucherStates,
} from '../../../src/payments/index.ts';
import {
  fallStates,
  putRightStates,
  recoveryStates,
  payDayChangeStates,
  payDayMoveStates,
  planChangeStates,
  planStates,
} from '../../../src/subsistence/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const limitOf = (amount: string): string =>
  copyOf('identity.delegated_limit', `kind = 'section-17-run'`, { amount, effective_from: '2026-01-01' });
const key = (text: string): string =>
  `insert into platform.idempotency (authority_id, key, command, input_hash) values ({ours}, ${text}, 'test', 'hash');`;
const message = (payload: string): string =>
  `insert into outbox.message (authority_id, topic, key, payload) values ({ours}, 'payments.post-run', 'k', ${payload});`;

const attacks: Attack[] = [
  ['ck_gbp_has_at_most_two_decimals', 'a third decimal', limitOf('1.005')],
  ['ck_gbp_is_below_a_million_million', 'an amount past the edge', limitOf('1000000000000')],
  ['ck_gbp_is_below_a_million_million', 'the same below nought', limitOf('-1000000000000')],
  ['ck_idempotency_key_is_short', 'an empty idempotency key', key(`''`)],
  ['ck_idempotency_key_is_short', 'an endless idempotency key', key(`repeat('k', 201)`)],
  ['pk_idempotency', 'the same key twice', key(`'k'`) + key(`'k'`)],
  [
    'ck_outbox_payload_is_small',
    'a job that carries more than ids',
    message(`jsonb_build_object('x', repeat('x', 500))`),
  ],
  ['uq_outbox_message_once', 'the same announcement twice', message(`'{}'`) + message(`'{}'`)],
  [
    'guard_states_of_run',
    'a run that skips its pricing',
    `update payments.run set state = 'in_approval' where id = {pricing}`,
  ],
  ['guard_states_of_run', 'a posted run taken back', `update payments.run set state = 'priced' where id = {exported}`],
  ['guard_states_of_run', 'a run born priced', copyOf('payments.run', 'id = {priced}', { pay_date: '2026-12-08' })],
  [
    'guard_states_of_plan',
    'a declined plan approved',
    `update subsistence.plan set state = 'declined' where state = 'approved'`,
  ],
  [
    'guard_states_of_approval',
    'a void request opened again',
    `update approvals.request set state = 'void' where state = 'open'; update approvals.request set state = 'open' where state = 'void'`,
  ],
  [
    'guard_bank_details_are_decided_once',
    'refused bank details approved',
    `update families.instrument set state = 'approved', approved_by = {manager}, approved_on = '2026-11-16', usable_from = '2026-12-16' where state = 'refused'`,
  ],
  ['permission denied', 'an audit event changed', `update audit.event set action = 'x'`],
  ['permission denied', 'an audit event deleted', `delete from audit.event`],
  ['permission denied', 'the end of the audit chain moved', `update audit.head set seq = 0`],
  [
    'permission denied',
    'a state change invented',
    `insert into audit.state_change (authority_id, machine, subject_id, from_state, to_state, channel, reason, at) values ({ours}, 'run', 1, 'a', 'b', '', '', now())`,
  ],
  [
    'permission denied',
    'an edge added to a state machine',
    `insert into audit.state_edge values ('run', 'priced', 'jump', 'posted')`,
  ],
  ['permission denied', 'a bank holiday changed', `delete from calendar.bank_holiday`],
  ['permission denied', 'an outbox row deleted', `delete from outbox.message`],
];

describe('The kernel, the audit trail and the outbox', () => {
  itRefuses(() => scene, attacks);
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    ['audit.event', 'audit.state_change'].flatMap((table): Attack[] => [
      ['guard_append_only', `a change of ${table}`, `update ${table} set channel = 'x'`],
      ['guard_append_only', `a row deleted from ${table}`, `delete from ${table}`],
      ['guard_append_only', `${table} emptied`, `truncate ${table}`],
    ]),
    'owner',
  );
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'the end of the audit chain deleted', `delete from audit.head`],
      ['guard_append_only', 'an outbox row deleted', `delete from outbox.message`],
      [
        'ck_holiday_division_is_known',
        'a holiday of nowhere',
        `insert into calendar.bank_holiday values ('wales', '2026-12-25', 'Christmas')`,
      ],
      [
        'pk_bank_holiday',
        'a holiday twice',
        `insert into calendar.bank_holiday select * from calendar.bank_holiday limit 1`,
      ],
    ],
    'owner',
  );
});

describe('The audit trail', () => {
  it('writes who acts, when and in what order by itself, whatever it is told', async () => {
    const { appClient, council } = scene.house;
    await appClient.query('begin');
    await appClient.query(`select set_config('mainstay.authority', $1, true), set_config('mainstay.actor', $2, true)`, [
      ...[council.id, council.userIds.auditor],
    ]);
    const { rows } = await appClient.query<Record<string, unknown>>(
      `insert into audit.event (authority_id, seq, at, actor_id, channel, action, subject_kind, subject_id, detail, prev_hash, hash)
       values ($1, 1, '2000-01-01', 1, 'page', 'test.lie', 'x', '1', '{}', '', '') returning *, at > now() - interval '1 minute' as is_now`,
      [council.id],
    );
    await appClient.query('rollback');
    expect(rows[0]).toMatchObject({ actor_id: council.userIds.auditor, channel: 'database', is_now: true });
    expect(Number(rows[0]?.seq)).toBeGreaterThan(1);
  });
});

describe('The tables of states and kinds', () => {
  const machines = {
    ...{ run: runStates, plan: planStates, plan_change: planChangeStates },
    ...{ approval: approvalStates, instrument: instrumentStates, fund_proposal: proposalStates },
    ...{ attempt: attemptStates, notice: noticeStates, accommodation_move: moveHomeStates },
    ...{ referral: referralStates, family_request: familyRequestStates },
    ...{ application: applicationStates, award: awardStates, instalment: instalmentStates },
    ...{ review: reviewStates, given_back: givenBackStates },
    ...{
      put_right: putRightStates,
      recovery: recoveryStates,
      fall: fallStates,
      family_message: familyMessageStates,
      print_batch: printBatchStates,
    },
    ...{ bank_file: bankFileStates, returned_payment: returnStates, rescue: rescueStates, voucher: voucherStates },
    ...{ report_exception: { open: { explain: 'explained' }, explained: {} } },
    ...{ pay_day_change: payDayChangeStates, pay_day_move: payDayMoveStates },
  };

  it.each(Object.entries(machines))('are the same in the code and in the database: %s', async (machine, table) => {
    const { rows } = await scene.house.superuser.query<Record<'from_state' | 'command' | 'to_state', string>>(
      `select from_state, command, to_state from audit.state_edge where machine = $1 and from_state <> ''`,
      [machine],
    );
    const inDatabase = rows.map((edge) => `${edge.from_state} -${edge.command}-> ${edge.to_state}`);
    const inCode = Object.entries(table as Record<string, Record<string, string>>).flatMap(([from, commands]) =>
      Object.entries(commands).map(([command, to]) => `${from} -${command}-> ${to}`),
    );
    expect(inDatabase.toSorted()).toEqual(inCode.toSorted());
  });

  it('know of no machine that the code does not', async () => {
    const { rows } = await scene.house.superuser.query<{ machine: string; starts: string[] }>(
      `select machine, array_agg(to_state) filter (where from_state = '') as starts from audit.state_edge group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { machine: 'accommodation_move', starts: ['planned'] },
      { machine: 'application', starts: ['draft'] },
      { machine: 'approval', starts: ['open'] },
      { machine: 'attempt', starts: ['queued'] },
      { machine: 'award', starts: ['active'] },
      { machine: 'bank_file', starts: ['exported'] },
      { machine: 'fall', starts: ['waiting'] },
      { machine: 'family_message', starts: ['open'] },
      { machine: 'family_request', starts: ['open'] },
      { machine: 'fund_proposal', starts: ['proposed'] },
      { machine: 'given_back', starts: ['expected'] },
      { machine: 'instalment', starts: ['due'] },
      { machine: 'instrument', starts: ['proposed'] },
      { machine: 'notice', starts: ['drafted'] },
      { machine: 'pay_day_change', starts: ['proposed'] },
      { machine: 'pay_day_move', starts: ['proposed'] },
      { machine: 'plan', starts: ['proposed'] },
      { machine: 'plan_change', starts: ['proposed'] },
      { machine: 'print_batch', starts: ['made'] },
      { machine: 'put_right', starts: ['open'] },
      { machine: 'recovery', starts: ['proposed'] },
      { machine: 'referral', starts: ['received'] },
      { machine: 'report_exception', starts: ['open'] },
      { machine: 'rescue', starts: ['proposed'] },
      { machine: 'returned_payment', starts: ['open'] },
      { machine: 'review', starts: ['asked'] },
      { machine: 'run', starts: ['planned'] },
      { machine: 'voucher', starts: ['issued'] },
    ]);
  });

  it('call each kind of transfer by the same number and name', async () => {
    const { rows } = await scene.house.superuser.query<{ name: string; code: number }>(
      `select name, code from ledger.transfer_kind`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.code]))).toEqual(transferKinds);
  });
});
