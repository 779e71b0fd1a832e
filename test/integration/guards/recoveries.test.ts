import { clockOf, Money, type PlainDate } from '../../../src/kernel/index.ts';
import { LogTelling } from '../../../src/notices/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { DecideRecovery, ProposeRecovery, RecoveryPreviews, SetRecoveryFloor } from '../../../src/subsistence/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';
import { workOff } from '../../support/outbox-by-hand.ts';

const TODAY = '2026-11-16' as PlainDate;

let scene: GuardScene;
/** The scene's numbers by name, more of them as they are made. */
let names: Record<string, string>;
beforeAll(async () => {
  scene = await guardScene();
  names = scene.names;
  const { app, council } = scene.house;
  const { administrator, finance } = council.actors;
  const floor = { percent: 60, weekly: Money.gbp('20.00'), reason: 'The panel' };
  const { floorId } = await app.get(SetRecoveryFloor).propose(administrator, floor);
  await app.get(SetRecoveryFloor).decide(finance, floorId, { outcome: 'approved', reason: '' });
  names.floor = floorId;
  await overpaid('thursday-1', 'overpayment');
  await overpaid('thursday-2', 'otherOverpayment');
  names.recovery = await agreed(names.overpayment ?? '');
  names.proposed = await agreed(names.otherOverpayment ?? '');
  await app.get(DecideRecovery).approve(council.actors.manager, names.recovery, 'Agreed');
  names.request = await idOf(`select approval_id as id from subsistence.recovery where id = {recovery}`);
  names.notice = await idOf(`select notice_id as id from subsistence.recovery where id = {recovery}`);
});
afterAll(() => scene.house.close());

async function idOf(sql: string): Promise<string> {
  const filled = sql.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
  return (await scene.house.superuser.query<{ id: string }>(filled)).rows[0]?.id ?? '';
}

/** A family was paid £30 too much. */
async function overpaid(reference: string, name: string): Promise<void> {
  const from = `payments.line l join families.family f on f.id = l.family_id join payments.run r on r.id = l.run_id
    where f.reference = '${reference}' and r.state = 'exported' and l.authority_id = {ours}`;
  names[`${name}Family`] = await idOf(`select f.id from ${from}`);
  names[`${name}Plan`] = await idOf(`select l.source_id as id from ${from}`);
  names[name] = await idOf(
    `insert into subsistence.overpayment (authority_id, plan_id, line_id, kind, amount)
     select l.authority_id, l.source_id, l.id, 'found', 30 from ${from} returning id`,
  );
}

/** What the family agreed to: £10 a week, from the first payment it can be told of. */
async function agreed(overpaymentId: string): Promise<string> {
  const { app, council } = scene.house;
  const { choices } = await app
    .get(UnitOfWork)
    .read(council.actors.caseworker, (tx) => app.get(RecoveryPreviews).ground(tx, overpaymentId));
  const startsOn = choices[0]?.coversFrom as PlainDate;
  names.startsOn = startsOn;
  const terms = { weekly: '10.00', startsOn, agreedOn: TODAY, agreedWith: 'The mother', explainedIn: 'English' };
  const given = { ...terms, evidence: 'A visit' };
  return (await app.get(ProposeRecovery).run(council.actors.caseworker, overpaymentId, given)).recoveryId;
}

/** Tells the family, so that its recovery takes effect. */
async function told(): Promise<void> {
  const { app, council } = scene.house;
  await app.get(LogTelling).run(council.actors.caseworker, names.notice ?? '', {
    ...{ how: 'visit', outcome: 'told', on: TODAY, spokeTo: 'The mother', note: 'She understood.' },
  });
  await workOff(app, clockOf(council.id).authorityId);
}

const NOTICE = 9_000_005;
const noticeFor = (kind = 'amount', day = '2027-02-04', days = 14, family = '{otherOverpaymentFamily}'): string =>
  `insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
     values (${NOTICE}, {ours}, ${family}, '${kind}', '{"kind": "${kind}"}', '${day}', ${days});`;
const WITHDRAWN = `update subsistence.recovery set state = 'withdrawn', because = 'x' where id = {proposed};`;
const another = { notice_id: NOTICE, starts_on: '2027-02-04', last_on: '2027-02-25', state: 'proposed' };
/** Another agreement of the family whose first one was taken back. */
const recovery = (changes: Record<string, unknown>, notice = noticeFor(), first = WITHDRAWN): string =>
  first + notice + copyOf('subsistence.recovery', 'id = {proposed}', { ...another, because: null, ...changes });
const set = (what: string, of = '{recovery}'): string => `update subsistence.recovery set ${what} where id = ${of};`;
const floorOf = (changes: Record<string, unknown>): string =>
  copyOf('subsistence.recovery_floor', 'id = {floor}', {
    ...{ state: 'open', decided_by: null, proposed_by: '{finance}' },
    ...changes,
  });
const givenUp = (changes: Record<string, unknown>): string =>
  `insert into subsistence.given_up select r.* from jsonb_populate_record(null::subsistence.given_up,
     '${JSON.stringify({
       ...{ overpayment_id: '{overpayment}', authority_id: '{ours}', amount: '30.00', reason: 'x' },
       ...{ given_up_by: '{manager}', given_up_on: '2026-11-16' },
       ...changes,
     })}'::jsonb) r;`;
const transfer = (kind: number, document: string, amount: string): string =>
  `insert into ledger.transfer (authority_id, document_id, kind, debit_account, credit_account, amount, effective_date)
   select {ours}, ${document}, k.code, d.id, c.id, ${amount}, kernel.today() from ledger.transfer_kind k
     join ledger.account d on d.kind = k.debit_kind and d.authority_id = {ours}
     join ledger.account c on c.kind = k.credit_kind and c.authority_id = {ours} where k.code = ${kind};`;

const attacks: Attack[] = [
  ['ck_recovery_takes_something', 'a recovery of nothing a week', recovery({ weekly: '0.00' })],
  ['ck_recovery_lowers_the_week', 'a recovery that takes the whole week', recovery({ weekly_after: '0.00' })],
  ['ck_recovery_lowers_the_week', 'a recovery that raises the week', recovery({ weekly_after: '900.00' })],
  ['ck_recovery_says_who_agreed', 'a recovery nobody agreed to', recovery({ agreed_with: ' ' })],
  ['ck_recovery_says_in_which_language', 'a recovery nobody explained', recovery({ explained_in: '' })],
  ['ck_recovery_has_evidence', 'a recovery without evidence', recovery({ evidence: '' })],
  [
    'ck_recovery_is_agreed_before_it_is_proposed',
    'a recovery that will be agreed tomorrow',
    recovery({ agreed_on: '2027-01-01' }),
  ],
  ['ck_recovery_ends_after_it_starts', 'a recovery over before it begins', recovery({ last_on: '2027-02-03' })],
  ['ck_recovery_proposer_is_not_decider', 'a recovery its proposer decides', recovery({ decided_by: '{caseworker}' })],
  ['ck_ended_recovery_says_why', 'a recovery ended without a word', set(`state = 'withdrawn'`, '{proposed}')],
  ['guard_recovery_has_its_notice', 'a recovery without a notice', recovery({ notice_id: 999_999 }, '')],
  [
    'guard_recovery_has_its_notice',
    'a recovery with a notice of something else',
    recovery({}, noticeFor('end', '2027-02-04', 28)),
  ],
  ['guard_recovery_has_its_notice', 'a notice of a later day', recovery({}, noticeFor('amount', '2027-02-11'))],
  [
    'guard_recovery_has_its_notice',
    'a notice of another family',
    recovery({}, noticeFor('amount', '2027-02-04', 14, '{overpaymentFamily}')),
  ],
  ['guard_recovery_fits_its_overpayment', 'a recovery of no overpayment', recovery({ overpayment_id: 999_999 })],
  [
    'guard_recovery_fits_its_overpayment',
    'a recovery of another family’s overpayment',
    recovery({ overpayment_id: '{overpayment}' }),
  ],
  ['guard_recovery_fits_its_overpayment', 'a recovery from no plan', recovery({ plan_id: 999_999 })],
  ['guard_recovery_fits_its_overpayment', 'a recovery from no family', recovery({ family_id: 999_999 })],
  [
    'guard_recovery_fits_its_overpayment',
    'a recovery of what was written off',
    recovery(
      {},
      `${noticeFor()} update subsistence.overpayment set outcome = 'not_recovered', reason = 'x', decided_by = {manager} where id = {otherOverpayment};`,
    ),
  ],
  ['guard_recovery_is_under_the_floor_in_force', 'a recovery under another floor', recovery({ floor_id: 999_999 })],
  ['uq_recovery_one_at_a_time', 'two recoveries of one family at a time', recovery({}, noticeFor(), '')],
  [
    'uq_recovery_has_its_own_notice',
    'two recoveries by one notice',
    `${recovery({})};update subsistence.recovery set state = 'withdrawn', because = 'x' where notice_id = ${NOTICE};
     ${copyOf('subsistence.recovery', `notice_id = ${NOTICE}`, { state: 'proposed' })}`,
  ],
  ['fk_recovery_proposed_by_a_user', 'a recovery proposed by nobody', recovery({ proposed_by: 999_999 })],
  ['fk_recovery_decided_by_a_user', 'a recovery decided by nobody', recovery({ decided_by: 999_999 })],
  ['fk_recovery_ended_by_a_user', 'a recovery ended by nobody', recovery({ ended_by: 999_999 })],
  ['fk_recovery_approval', 'a recovery by no approval', recovery({ approval_id: 999_999 })],
  [
    'guard_recovery_is_approved',
    'a recovery nobody approved',
    set(`state = 'waiting', decided_by = {manager}, approval_id = {request}`, '{proposed}'),
  ],
  ['guard_recovery_waits_for_its_notice', 'a recovery nobody was told of', set(`state = 'in_effect'`)],
  [
    'guard_states_of_recovery',
    'a recovery that is over taken up again',
    set(`state = 'kept', because = 'x'`) + set(`state = 'waiting'`),
  ],
  [
    'guard_recovered_overpayment_is_agreed',
    'an overpayment recovered without the family',
    `update subsistence.overpayment set outcome = 'recovery_agreed', reason = 'x', decided_by = {manager} where id = {otherOverpayment};`,
  ],
  [
    'guard_recovery_waits_undecided',
    'an overpayment written off while a recovery waits',
    `update subsistence.overpayment set outcome = 'not_recovered', reason = 'x', decided_by = {manager} where id = {otherOverpayment};`,
  ],
  [
    'ck_given_up_has_a_reason',
    'a rest given up without a word',
    set(`state = 'kept', because = 'x'`) + givenUp({ reason: ' ' }),
  ],
  [
    'fk_given_up_by_a_user',
    'a rest given up by nobody',
    set(`state = 'kept', because = 'x'`) + givenUp({ given_up_by: 999_999 }),
  ],
  ['guard_given_up_is_what_is_left', 'more given up than is left', givenUp({ amount: '31.00' })],
  [
    'guard_given_up_is_what_is_left',
    'a rest given up of what is not recovered',
    givenUp({ overpayment_id: '{otherOverpayment}' }),
  ],
  ['guard_given_up_is_what_is_left', 'a rest given up of no overpayment', givenUp({ overpayment_id: 999_999 })],
  ['guard_given_up_is_not_being_recovered', 'a rest given up while it is taken', givenUp({})],
  [
    'guard_given_up_is_in_the_ledger',
    'a rest given up outside the ledger',
    set(`state = 'kept', because = 'x'`) + givenUp({}),
  ],
  [
    'guard_transfer_is_its_document',
    'an overpayment owed back that nobody agreed',
    transfer(60, '{otherOverpayment}', '30'),
  ],
  ['guard_transfer_is_its_document', 'a payment back that no payment made', transfer(61, '{overpayment}', '10')],
  ['guard_transfer_is_its_document', 'a rest given up by nobody', transfer(62, '{overpayment}', '30')],
  ['ck_floor_leaves_most_of_the_week', 'a floor of nearly nothing', floorOf({ percent: 49 })],
  ['ck_floor_is_not_negative', 'a floor below nothing', floorOf({ weekly: '-1.00' })],
  ['ck_recovery_floor_has_a_reason', 'a floor without a reason', floorOf({ reason: '' })],
  [
    'ck_recovery_floor_state_is_known',
    'a floor neither agreed nor refused',
    `${floorOf({})};select set_config('mainstay.actor', '{administrator}', true);
     update subsistence.recovery_floor set state = 'perhaps', decided_by = {administrator} where state = 'open'`,
  ],
  [
    'fk_recovery_floor_proposed_by_a_user',
    'a floor proposed from another council',
    `select set_config('mainstay.actor', '{their_user}', true);${floorOf({ proposed_by: '{their_user}' })}`,
  ],
  [
    'fk_recovery_floor_decided_by_a_user',
    'a floor agreed from another council',
    `${floorOf({})};select set_config('mainstay.actor', '{their_user}', true);
     update subsistence.recovery_floor set state = 'approved', decided_by = {their_user} where state = 'open'`,
  ],
  ['uq_recovery_floor_one_open', 'two floors proposed at once', `${floorOf({})};${floorOf({})}`],
  [
    'ck_recovery_floor_needs_two_people',
    'a floor one person sets',
    `${floorOf({})};update subsistence.recovery_floor set state = 'approved', decided_by = proposed_by where state = 'open'`,
  ],
  [
    'ck_recovery_floor_says_who_decided',
    'a floor nobody agreed',
    `${floorOf({})};select set_config('mainstay.actor', '', true);update subsistence.recovery_floor set state = 'approved' where state = 'open'`,
  ],
];

/** What only the owner could try: the application may not write there. */
const asOwner: Attack[] = [
  ['guard_recovery_says_what_was_agreed', 'more a week than was agreed', set(`weekly = 20`)],
  [
    'ck_given_up_is_positive',
    'nothing given up',
    `alter table subsistence.given_up disable trigger guard_given_up;${givenUp({ amount: '0.00' })}`,
  ],
  [
    'pk_given_up',
    'a rest given up twice',
    `alter table subsistence.given_up disable trigger guard_given_up;${givenUp({})}${givenUp({})}`,
  ],
  [
    'fk_given_up_of_an_overpayment',
    'a rest of no overpayment',
    `alter table subsistence.given_up disable trigger guard_given_up;${givenUp({ overpayment_id: 999_999 })}`,
  ],
  ['guard_recovery_says_what_was_agreed', 'another decider', set(`decided_by = {finance}`)],
];

describe('A recovery', () => {
  itRefuses(() => scene, attacks);
  itRefuses(() => scene, [...attacks, ...asOwner], 'owner');

  it('is accepted as another, with a notice of its own, once the first was taken back', async () => {
    expect(await scene.attack(recovery({}))).toBe('accepted');
  });

  it('that gave up the rest is accepted with its transfer', async () => {
    const whole = set(`state = 'kept', because = 'x'`) + givenUp({}) + transfer(62, '{overpayment}', '30');
    expect(await scene.attack(whole)).toBe('accepted');
  });
});

/** A payment of the plan for the week from the first smaller payment, or another, with so much kept back. */
const line = (amount: string, recovered: string | null, changes: Record<string, unknown> = {}): string =>
  ['guard_line_insert', 'guard_lines_insert', 'guard_lines_keep']
    .map((guard) => `alter table payments.line disable trigger ${guard};`)
    .join('') +
  copyOf('payments.line', `source_id = {overpaymentPlan} and status = 'payable'`, {
    ...{ run_id: '{pricing}', covers_from: '2027-03-04', covers_to: '2027-03-11', amount, recovered },
    ...{ recovers: recovered === null ? null : '{overpayment}', ...changes },
  }) +
  ';';

describe('A payment that pays an overpayment back', () => {
  it('is refused while its family was not told [guard_line_recovers_what_was_agreed]', async () => {
    expect(await scene.attack(line('88.36', '10.00'), 'owner')).toBe('guard_line_recovers_what_was_agreed');
  });

  describe('once the family was told', () => {
    beforeAll(told);

    itRefuses(
      () => scene,
      [
        ['guard_line_recovers_what_was_agreed', 'more than was agreed', line('88.35', '10.01')],
        [
          'guard_line_recovers_what_was_agreed',
          'something before it was agreed to begin',
          line('88.36', '10.00', { covers_from: '2026-12-04', covers_to: '2026-12-05' }),
        ],
        [
          'guard_line_recovers_what_was_agreed',
          'another family’s money',
          line('88.36', '10.00', { family_id: '{otherOverpaymentFamily}' }),
        ],
        ['guard_recovery_leaves_the_floor', 'a payment below its part', line('14.99', '10.00')],
        ['guard_recovery_leaves_the_floor', 'a payment below the amount a week', line('19.99', '10.00')],
        [
          'guard_recovery_takes_no_more_than_was_overpaid',
          'a fourth week of three',
          ['2027-03-04', '2027-03-11', '2027-03-18', '2027-03-25']
            .map((from, index) =>
              line('88.36', '10.00', {
                ...{ covers_from: from, covers_to: `2027-0${index < 3 ? 3 : 4}-${['11', '18', '25', '01'][index]}` },
                run_id: ['{pricing}', '{priced}', '{approved}', '{in_approval}'][index],
              }),
            )
            .join(''),
        ],
        ['ck_line_recovers_something', 'a payment that keeps nothing back', line('98.36', '0.00')],
        [
          'ck_recovered_line_names_its_overpayment',
          'a payment smaller for no overpayment',
          line('88.36', '10.00', { recovers: null }),
        ],
        [
          'guard_recovered_stands',
          'a payment whose recovery is changed',
          `${line('88.36', '10.00')} update payments.line set recovered = 5 where recovers = {overpayment};`,
        ],
        [
          'guard_recovery_is_over_when_nothing_is_left',
          'a recovery called done with something left',
          set(`state = 'done'`),
        ],
        [
          'guard_posted_run_paid_back_what_it_kept',
          'a run posted without what it kept back',
          `alter table payments.line disable trigger guard_line_insert; alter table payments.run disable trigger guard_states;
           alter table payments.run disable trigger guard_run;
           ${line('88.36', '10.00')} update payments.run set state = 'posted' where id = {pricing};`,
        ],
      ],
      'owner',
    );

    it('is accepted as agreed, above the floor', async () => {
      expect(await scene.attack(line('88.36', '10.00'), 'owner')).toBe('accepted');
    });
  });

  it('is owed back in the ledger from the day it is agreed [guard_owed_back_is_in_the_ledger]', async () => {
    const sql = `update subsistence.overpayment set outcome = null, reason = null, decided_by = null where id = {overpayment};
      update subsistence.overpayment set outcome = 'recovery_agreed', reason = 'x', decided_by = {manager} where id = {overpayment};`;
    const quietly = ['guard_overpayment', 'guard_recovery_agreed']
      .map((guard) => `alter table subsistence.overpayment disable trigger ${guard};`)
      .join('');
    const unposted = `alter table ledger.transfer disable trigger user; delete from ledger.transfer where kind = 60;`;
    expect(await scene.attack(quietly + unposted + sql, 'owner')).toBe('guard_owed_back_is_in_the_ledger');
  });
});
