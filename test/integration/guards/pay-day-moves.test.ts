import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { noticesScene } from '../../support/notices-scene.ts';

let scene: GuardScene;
beforeAll(async () => (scene = await noticesScene()));
afterAll(() => scene.house.close());

const move = (changes: Record<string, unknown>): string =>
  copyOf('subsistence.pay_day_move', 'id = {proposedMove}', changes);
const change = (changes: Record<string, unknown>): string =>
  copyOf('subsistence.pay_day_change', 'id = {proposedChange}', {
    ...{ plan_id: '{freePlan}', notice_id: 7777, ...changes },
  });
/** A notice of the free family, as a change of its pay day needs it. */
const drafted = (changes: Record<string, unknown> = {}): string =>
  `${copyOf('notices.notice', 'id = {proposedChangeNotice}', { id: 7777, family_id: '{freeFamily}', state: 'drafted', ...changes })};`;
const setMove = (what: string, which = 'proposedMove'): string =>
  `update subsistence.pay_day_move set ${what} where id = {${which}};`;
const setChange = (what: string, which = 'waitingChange'): string =>
  `update subsistence.pay_day_change set ${what} where id = {${which}};`;
const inForce = (which = 'waitingChange'): string =>
  setChange(`state = 'in_force', effect_no = nextval('kernel.document_number')`, which);
/** What a worker who logs a call would write, on a day. */
const called = (day: string, today = day): string =>
  `select set_config('mainstay.today', '${today}', true);
   ${copyOf('notices.attempt', 'notice_id = {waitingChangeNotice}', { id: 8888, channel: 'visit', state: 'queued', logged_by: '{finance}', reference: 'x' })};
   update notices.attempt set state = 'delivered', received_on = '${day}' where id = 8888;
   update notices.notice set state = 'received', received_on = '${day}', received_by = 8888 where id = {waitingChangeNotice};`;
/** An approval of the urgent move as a second person would write it. */
const approved = (which: string): string => `
    select set_config('mainstay.actor', '{manager}', true);
    insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount, fingerprint,
      decided_role, limit_id, limit_amount)
    select r.id, r.authority_id, r.kind, 'approved', '', {manager}, r.proposed_by, r.amount, r.fingerprint, 'manager', l.id, l.amount
      from approvals.request r, (select * from identity.delegated_limit where kind = 'support-plan' limit 1) l
     where r.subject_id = {${which}} and r.state = 'open';
    update approvals.request set state = 'approved' where subject_id = {${which}} and state = 'open';
    update subsistence.pay_day_move set state = 'approved', decided_by = {manager},
      approval_id = (select id from approvals.request where subject_id = {${which}} and state = 'approved') where id = {${which}};
    select set_config('mainstay.actor', '{finance}', true);`;

const ofMoves: Attack[] = [
  ['ck_move_is_to_a_weekday', 'a move to a Sunday', move({ pay_day: 7 })],
  ['ck_move_frequency_is_known', 'a move to every ten days', move({ frequency_days: 10 })],
  ['ck_move_has_a_reason', 'a move without a reason', move({ reason: ' ' })],
  ['ck_urgent_move_has_a_reason', 'an emergency without a reason', move({ urgent_reason: ' ' })],
  ['ck_urgent_bridging_is_known', 'an emergency with another bridge', move({ urgent_bridging: 'perhaps' })],
  [
    'ck_urgent_move_says_everything',
    'an emergency without an apology',
    move({ urgent_reason: 'Now', urgent_bridging: 'paid' }),
  ],
  [
    'ck_urgent_move_says_everything',
    'an emergency that says nothing of bridging',
    move({ urgent_reason: 'Now', apology: 'Sorry' }),
  ],
  ['pk_pay_day_move', 'the same move twice', copyOf('subsistence.pay_day_move', 'id = {proposedMove}', {}, false)],
  ['fk_move_proposed_by_a_user', 'a move proposed by nobody', move({ proposed_by: 999999 })],
  ['fk_move_decided_by_a_user', 'a move decided by nobody', move({ decided_by: 999999 })],
  ['fk_move_approval', 'an approval that is not there', move({ approval_id: 1 })],
  ['ck_move_proposer_is_not_decider', 'a move decided by its proposer', setMove('decided_by = proposed_by')],
  ['guard_move_is_approved', 'a move approved by nobody', setMove(`state = 'approved'`)],
  [
    'guard_move_is_approved',
    "a move approved on another move's approval",
    setMove(
      `state = 'approved', decided_by = {manager}, approval_id = (select approval_id from subsistence.pay_day_move where id = {inForceMove})`,
    ),
  ],
  [
    'guard_move_is_approved',
    'an emergency approved by policy alone',
    `select set_config('mainstay.actor', '{administrator}', true), set_config('mainstay.reason', 'x', true); update identity.authority set pay_day_change_needs_approval = false, version = version + 1 where authority_id = {ours}; ${setMove(`state = 'approved'`, 'urgentMove')}`,
  ],
  ['guard_states_of_pay_day_move', 'a move born declined', move({ state: 'declined' })],
  ['guard_states_of_pay_day_move', 'an approved move taken back', setMove(`state = 'withdrawn'`, 'inForceMove')],
  ...[
    'pay_day = 3',
    `from_day = from_day + 1`,
    `reason = 'Another'`,
    `urgent_reason = 'x', urgent_bridging = 'paid', apology = 'x'`,
  ].map((what): Attack => [
    'guard_move_says_what_it_said',
    `a move with another ${what.split(' = ')[0]}`,
    setMove(what),
  ]),
  [
    'guard_move_says_what_it_said',
    'an approved move given to another decider',
    setMove('decided_by = {manager2}', 'inForceMove'),
  ],
  ['permission denied', 'a move deleted', 'delete from subsistence.pay_day_move'],
];

const ofChanges: Attack[] = [
  ['guard_pay_day_change_has_its_notice', 'a change without a notice', change({})],
  ['guard_pay_day_change_has_its_notice', 'a change with no notice at all', change({ notice_id: null })],
  [
    'guard_pay_day_change_has_its_notice',
    "a change with another family's notice",
    drafted({ family_id: '{secondFamily}' }) + change({}),
  ],
  [
    'guard_pay_day_change_has_its_notice',
    'a change before the day its notice tells of',
    drafted({ affects_on: '2027-01-12' }) + change({}),
  ],
  [
    'guard_pay_day_change_has_its_notice',
    'a change with a notice of something else',
    drafted({ kind: 'calendar', facts: { kind: 'calendar' } }) + change({}),
  ],
  [
    'guard_pay_day_change_has_its_notice',
    'a change whose notice was served before',
    drafted() + `update notices.notice set state = 'call_needed' where id = 7777; ` + change({}),
  ],
  [
    'guard_pay_day_change_is_of_a_promise',
    'a change of a day that was not promised',
    drafted() + change({ old_date: '2026-12-16', new_date: '2026-12-15' }),
  ],
  ['ck_new_date_is_in_the_week_of_the_old', 'a move of a week', drafted() + change({ new_date: '2026-12-22' })],
  [
    'ck_new_date_is_on_the_new_pay_day',
    'a Tuesday that is a Wednesday',
    drafted() + change({ new_date: '2026-12-16' }),
  ],
  [
    'ck_pay_day_change_frequency_is_known',
    'a change to every ten days',
    drafted({ facts: { kind: 'pay-day', newDay: 2, newDate: '2026-12-15', frequencyDays: 10 } }) +
      change({ frequency_days: 10 }),
  ],
  ['fk_pay_day_change_of_a_move', 'a change of no move', drafted() + change({ move_id: 1 })],
  [
    'uq_pay_day_change_has_its_own_notice',
    'two changes on one notice',
    copyOf('subsistence.pay_day_change', 'id = {proposedChange}', { plan_id: '{secondPlan}' }),
  ],
  [
    'uq_pay_day_change_one_open_a_plan',
    'a second open change of a plan',
    drafted({ family_id: '{secondFamily}' }) + change({ plan_id: '{secondPlan}' }),
  ],
  [
    'pk_pay_day_change',
    'the same change twice',
    drafted() +
      copyOf('subsistence.pay_day_change', 'id = {proposedChange}', { plan_id: '{freePlan}', notice_id: 7777 }, false),
  ],
  ['guard_states_of_pay_day_change', 'a change born in force', drafted() + change({ state: 'in_force', effect_no: 1 })],
  ['guard_states_of_pay_day_change', 'a change in force taken back', setChange(`state = 'withdrawn'`, 'inForceChange')],
  [
    'guard_pay_day_change_is_approved',
    'a change of a move nobody approved',
    setChange(`state = 'waiting'`, 'proposedChange'),
  ],
  ['guard_pay_day_change_waits_for_its_notice', 'a change in force before its notice was received', inForce()],
  [
    'guard_pay_day_change_waits_for_its_notice',
    'a change in force on a late receipt',
    called('2026-12-05') + inForce(),
  ],
  [
    'ck_pay_day_change_in_force_is_numbered',
    'a change in force without its number',
    called('2026-11-20') + setChange(`state = 'in_force'`),
  ],
  ['ck_kept_pay_day_says_why', 'a day kept without a word', setChange(`state = 'kept'`)],
  ...['old_date = old_date - 7', 'new_date = new_date + 1', 'notice_id = {drafted}', 'frequency_days = 14'].map(
    (what): Attack => [
      'guard_pay_day_change_says_what_it_said',
      `a change with another ${what.split(' = ')[0]}`,
      setChange(what),
    ],
  ),
  [
    'guard_pay_day_change_says_what_it_said',
    'a change in force put in another order',
    setChange('effect_no = 1', 'inForceChange'),
  ],
  [
    'guard_pay_day_change_is_what_was_told',
    'a change to another day than its notice tells of',
    drafted({ facts: { kind: 'pay-day', newDay: 3, newDate: '2026-12-16', frequencyDays: 7 } }) + change({}),
  ],
  [
    'guard_pay_day_change_is_what_was_told',
    'a change from another day on than its notice tells of',
    drafted({ facts: { kind: 'pay-day', newDay: 2, newDate: '2026-12-22', frequencyDays: 7 } }) + change({}),
  ],
  [
    'guard_moved_day_is_still_open',
    'a change in force after its first day',
    called('2026-11-20') + `select set_config('mainstay.today', '2026-12-15', true);` + inForce(),
  ],
  ['guard_move_promises_its_day', 'a change in force that promises nothing', called('2026-11-20') + inForce()],
  ['permission denied', 'a change deleted', 'delete from subsistence.pay_day_change'],
];

const withdrawn = (plan: string, by: string): string =>
  `update subsistence.promised_date set withdrawn_by_move = {${by}} where plan_id = {${plan}} and stands and pay_date >= '2026-12-17';`;
const promised = (changes: Record<string, unknown>): string =>
  copyOf('subsistence.promised_date', 'plan_id = {waitsPlan} and stands', {
    pay_date: '2026-12-15',
    arrives_on: '2026-12-15',
    ...changes,
  });
const ofPromises: Attack[] = [
  ['guard_promise_stands', 'promises taken back by a move that waits', withdrawn('waitsPlan', 'waitingChange')],
  [
    'guard_promise_stands',
    'promises taken back before the day a move changes',
    `update subsistence.promised_date set withdrawn_by_move = {inForceChange} where plan_id = {movedPlan} and stands and pay_date < '2026-12-15';`,
  ],
  [
    'guard_promise_stands',
    'a promise taken back twice',
    `update subsistence.promised_date set withdrawn_by_move = null where plan_id = {movedPlan} and not stands;`,
  ],
  [
    'fk_promise_withdrawn_by_a_move',
    "promises taken back by another family's move",
    `update subsistence.promised_date set withdrawn_by_move = {waitingChange} where plan_id = {movedPlan} and stands and false; insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id, withdrawn_by_move) values ({freePlan}, '2027-06-03', '2027-06-03', {ours}, {inForceChange});`,
  ],
  [
    'guard_younger_promise_stands',
    'promises a move made taken back by it again',
    withdrawn('movedPlan', 'inForceChange'),
  ],
  [
    'guard_promise_is_made_by_its_move',
    'a new day promised by a move that waits',
    promised({ made_by_move: '{waitingChange}' }),
  ],
  ['guard_promise_is_made_by_its_move', 'a day promised by a move that was never made', promised({ made_by_move: 1 })],
];

const kept = (changes: Record<string, unknown>): string =>
  `insert into subsistence.kept_day (authority_id, move_id, plan_id, change_id, because, settled_on, settled_by, settled_words)
   select {ours}, k.* from jsonb_to_record('${JSON.stringify({ move: '{proposedMove}', plan: '{freePlan}', because: 'not-in-time', ...changes })}')
     as k(move bigint, plan bigint, change bigint, because text, settled_on date, settled_by bigint, settled_words text);`;
const keeps = setChange(`state = 'kept', kept_because = 'Untold'`);
const itsTask = kept({ move: '{waitingMove}', plan: '{waitsPlan}', change: '{waitingChange}', because: 'not-told' });
const mayBeRead = `update notices.attempt set state = 'sending' where notice_id = {waitingChangeNotice} and state = 'queued';`;
const settle = (set: string, more = {}): string =>
  `${kept(more)} update subsistence.kept_day set ${set} where plan_id = {freePlan};`;
const settled = `settled_on = kernel.today(), settled_by = {finance}, settled_words = 'The mother was asked.'`;
const ofKeptDays: Attack[] = [
  ['guard_kept_pay_day_is_somebodys_task', 'a day kept that nobody sees to', keeps],
  [
    'guard_kept_pay_day_is_told',
    'a day kept in silence where the family may have read of another',
    mayBeRead + keeps + itsTask,
  ],
  ['guard_kept_pay_day_is_told', 'a change called off in silence', `${mayBeRead} ${setChange(`state = 'withdrawn'`)}`],
  ['guard_kept_day_is_of_a_kept_change', 'a task of a change that waits', itsTask],
  [
    'guard_move_names_everybody',
    'a move that leaves out a family nobody can name',
    move({ chosen: 2, kept: 1, state: 'proposed', decided_by: null, approval_id: null }),
  ],
  [
    'guard_move_names_everybody',
    'a move that moves a family nobody can name',
    move({ chosen: 1, kept: 0, state: 'proposed', decided_by: null, approval_id: null }),
  ],
  ['ck_kept_day_because_is_known', 'a day kept for no known reason', kept({ because: 'mood' })],
  [
    'ck_kept_day_untold_has_its_change',
    'a day left out from the start that has a change',
    kept({ move: '{waitingMove}', plan: '{waitsPlan}', change: '{waitingChange}' }),
  ],
  ['fk_kept_day_of_a_move', 'a day kept from no move', kept({ move: 1 })],
  ['fk_kept_day_of_a_plan', 'a day kept of no plan', kept({ plan: 1 })],
  [
    'fk_kept_day_of_a_change',
    "a day kept of another family's change",
    keeps + kept({ move: '{waitingMove}', change: '{waitingChange}', because: 'not-told' }),
  ],
  ['uq_kept_day_once_a_move', 'two tasks for one family', kept({}) + kept({})],
  ['ck_settled_kept_day_says_everything', 'a task settled without a word', settle(settled.replace(/'The.*'/, `' '`))],
  [
    'ck_settled_kept_day_says_everything',
    'a task settled and nothing said',
    settle(settled.replace(/'The.*'/, 'null')),
  ],
  [
    'guard_kept_day_is_settled_once_by_who_acts',
    'a task settled in another name',
    settle(settled.replace('{finance}', '{manager}')),
  ],
  [
    'guard_kept_day_is_settled_once_by_who_acts',
    'a task settled yesterday',
    settle(settled.replace('today()', 'today() - 1')),
  ],
  [
    'guard_kept_day_is_settled_once_by_who_acts',
    'a task settled twice',
    settle(settled) + `update subsistence.kept_day set ${settled} where plan_id = {freePlan};`,
  ],
  [
    'guard_kept_day_is_settled_once_by_who_acts',
    'a task born settled',
    kept({ settled_on: '2026-11-16', settled_by: '{finance}', settled_words: 'x' }),
  ],
  [
    'guard_kept_day_is_settled_once_by_who_acts',
    'a task where nobody was asked anything',
    settle(settled, { because: 'nothing-changes' }),
  ],
  ['permission denied', 'a task given to another family', settle(`plan_id = {secondPlan}`)],
  ['permission denied', 'a task deleted', 'delete from subsistence.kept_day'],
];

describe('A day that is kept', () => {
  itRefuses(() => scene, ofKeptDays);

  it('is accepted with its task, where nobody may have read of another', async () => {
    expect(await scene.attack(keeps + itsTask)).toBe('accepted');
  });

  it('is seen to by who acts, once', async () => {
    expect(await scene.attack(settle(settled))).toBe('accepted');
  });
});
describe('A move of pay days', () => {
  itRefuses(() => scene, ofMoves);
});
describe("One family's change of pay day", () => {
  itRefuses(() => scene, ofChanges);
});
const line = (run: string): string => `
  insert into payments.line (run_id, authority_id, source_id, family_id, instrument_id, fund_id, owed_sevenths, carry_sevenths, status,
    amount, covers_from, covers_to, input_fingerprint, explanation)
  select ${run}, {ours}, p.id, p.family_id, i.id, p.fund_id, 344260, 0, 'payable', 49.18, p.paid_up_to, p.paid_up_to + 7, sha256('x'), '{}'
    from subsistence.plan p join families.instrument i on i.family_id = p.family_id where p.id = {freePlan};`;
const ofLines: Attack[] = [
  ['guard_line_is_paid_on_its_pay_day', 'a family paid on a Tuesday that was promised Thursdays', line('{pricing}')],
];

describe('A payment', () => {
  itRefuses(() => scene, ofLines);
});
describe('A promise', () => {
  itRefuses(() => scene, ofPromises);
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    ['pay_day_move', 'pay_day_change', 'kept_day'].map((table): Attack => [
      'guard_append_only',
      `${table} emptied`,
      `truncate subsistence.${table} cascade`,
    ]),
    'owner',
  );
});

/** The new promise of a family's move. */
const promisedBy = (family: 'waits' | 'urgent'): string =>
  `insert into subsistence.promised_date (plan_id, pay_date, arrives_on, authority_id, made_by_move)
   select plan_id, new_date, new_date, authority_id, id from subsistence.pay_day_change where id = {${family === 'waits' ? 'waiting' : family}Change};`;

describe('What lets a change through', () => {
  it('is a notice received in time', async () => {
    expect(await scene.attack(called('2026-11-20') + inForce() + promisedBy('waits'))).toBe('accepted');
  });

  it('is an emergency a second person answers for by name', async () => {
    const through =
      `select set_config('mainstay.today', '2026-11-16', true);` +
      approved('urgentMove') +
      setChange(`state = 'waiting'`, 'urgentChange') +
      inForce('urgentChange');
    expect(await scene.attack(through + promisedBy('urgent'))).toBe('accepted');
  });
});
