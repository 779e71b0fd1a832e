import { DecideBankDetails } from '../../../src/families/index.ts';
import type { PlainDate } from '../../../src/kernel/index.ts';
import { PlanMoveHome } from '../../../src/notices/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

const home = { line1: '5 New Street', line2: null, town: 'Southtown', postcode: 'SE2 2BB', reason: 'A larger home' };
const travel = { travel: 'has-money', travelSays: null } as const;

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { app, council, superuser } = scene.house;
  const { rows } = await superuser.query<{ id: string }>(
    `select f.id from families.family f where f.authority_id = $1
       and not exists (select from families.instrument i where i.family_id = f.id and i.state = 'proposed') order by f.id limit 3`,
    [council.id],
  );
  const [waits, urgent, free] = rows.map((row) => row.id);
  const plan = app.get(PlanMoveHome);
  const actor = council.actors.caseworker;
  const later = { ...home, ...travel, movesOn: '2026-12-10' as PlainDate, urgent: null };
  const now = {
    ...{ ...home, ...travel, movesOn: '2026-11-16' as PlainDate },
    urgent: { reason: 'The home is not safe', apology: 'We are sorry.' },
  };
  const details = await superuser.query<{ id: string; family_id: string }>(
    `select i.id, i.family_id from families.instrument i where authority_id = $1 and state = 'proposed' order by id limit 1`,
    [council.id],
  );
  Object.assign(scene.names, {
    ...{ waitsFamily: waits, urgentFamily: urgent, freeFamily: free },
    waits: (await plan.run(actor, waits ?? '', later)).moveId,
    urgent: (await plan.run(actor, urgent ?? '', now)).moveId,
    ...{ details: details.rows[0]?.id, detailsFamily: details.rows[0]?.family_id },
  });
});
afterAll(() => scene.house.close());

const NOTICE = 9_000_002;
const noticeFor = (kind: string, day: string | null, family = '{freeFamily}'): string =>
  `insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
     values (${NOTICE}, {ours}, ${family}, '${kind}', '{"kind": "${kind}"}', ${day === null ? 'null, 0' : `'${day}', 14`});`;
const move = (changes: Record<string, unknown>, kind = 'accommodation', day = '2026-12-10'): string =>
  noticeFor(kind, day) +
  copyOf('notices.accommodation_move', 'id = {waits}', { family_id: '{freeFamily}', notice_id: NOTICE, ...changes });
const set = (what: string, which = 'waits'): string =>
  `update notices.accommodation_move set ${what} where id = {${which}};`;
const comes = (day: string): string => `select set_config('mainstay.today', '${day}', true);`;
const APPROVED = `update families.instrument set state = 'approved', approved_by = {manager}, approved_on = kernel.today(),
  usable_from = kernel.today() + cool_off_days where id = {details};`;
const tied = `insert into notices.method_notice (instrument_id, authority_id, notice_id) values ({details}, {ours}, ${NOTICE});`;
const serving = `update notices.notice set state = 'call_needed' where id = ${NOTICE};`;

const moves: Attack[] = [
  ['ck_move_home_has_a_first_line', 'a move to no street', move({ address_line_1: ' ' })],
  ['ck_move_home_has_a_town', 'a move to no town', move({ town: ' ' })],
  ['ck_move_home_has_a_postcode', 'a move to a postcode that is none', move({ postcode: 'nowhere' })],
  ['ck_move_home_answers_about_travel', 'a move that does not ask for the fare', move({ travel: 'unasked' })],
  ['ck_move_home_travel_says_what', 'a fare arranged without saying how', move({ travel: 'arranged' })],
  ['ck_move_home_travel_says_what', 'no fare, without saying why', move({ travel: 'not-needed', travel_says: ' ' })],
  ['ck_move_home_has_a_reason', 'a move without a reason', move({ reason: ' ' })],
  ['ck_urgent_move_home_has_a_reason', 'an emergency without a reason', move({ urgent_reason: ' ', apology: 'x' })],
  ['ck_urgent_move_home_says_everything', 'an emergency without an apology', move({ urgent_reason: 'Fire' })],
  [
    'ck_urgent_move_home_says_everything',
    'a move allowed without the notice though nobody asked',
    set('urgent_by = {finance}'),
  ],
  [
    'ck_urgent_move_home_needs_two_people',
    'an emergency allowed by who planned it',
    `select set_config('mainstay.actor', '{caseworker}', true); ${set('urgent_by = {caseworker}', 'urgent')}`,
  ],
  [
    'guard_urgent_move_home_is_allowed_by_who_acts',
    "an emergency allowed in a manager's name",
    set('urgent_by = {manager}', 'urgent'),
  ],
  [
    'guard_urgent_move_home_is_allowed_by_who_acts',
    'a move born allowed',
    move({ urgent_reason: 'Fire', apology: 'Sorry', urgent_by: '{finance}' }),
  ],
  [
    'fk_urgent_move_home_by_a_user',
    'an emergency allowed by nobody',
    `select set_config('mainstay.actor', '999999', true); ${set('urgent_by = 999999', 'urgent')}`,
  ],
  ['fk_move_home_planned_by_a_user', 'a move planned by nobody', move({ planned_by: 999999 })],
  [
    'fk_move_home_has_a_notice',
    'a move told to another family',
    move({ family_id: '{urgentFamily}', state: 'planned' }).replace(
      'insert into notices.accommodation_move',
      `${set(`state = 'withdrawn'`, 'urgent')} insert into notices.accommodation_move`,
    ),
  ],
  [
    'pk_accommodation_move',
    'the same move twice',
    noticeFor('accommodation', '2026-12-10') +
      copyOf('notices.accommodation_move', 'id = {waits}', { family_id: '{freeFamily}', notice_id: NOTICE }, false),
  ],
  [
    'uq_move_home_one_open_a_family',
    'a second move of a family',
    noticeFor('accommodation', '2026-12-10', '{waitsFamily}') +
      copyOf('notices.accommodation_move', 'id = {waits}', { notice_id: NOTICE }),
  ],
  [
    'uq_move_home_has_its_own_notice',
    'two moves told by one notice',
    `${move({ id: 7070 })}; update notices.accommodation_move set state = 'withdrawn' where notice_id = ${NOTICE};
     ${copyOf('notices.accommodation_move', 'id = {waits}', { family_id: '{freeFamily}', notice_id: NOTICE })}`,
  ],
  ['guard_move_home_is_of_its_notice', 'a move told as an end', move({}, 'end').replace(', 14)', ', 28)')],
  ['guard_move_home_is_of_its_notice', 'a move told for a later day', move({}, 'accommodation', '2026-12-20')],
  ['guard_move_home_is_of_its_notice', 'a move nobody would be told of', move({ notice_id: 1 })],
  ['guard_states_of_accommodation_move', 'a move born done', move({ state: 'moved' })],
  ['guard_states_of_accommodation_move', 'a move planned again', set(`state = 'withdrawn'`) + set(`state = 'planned'`)],
  ...[`moves_on = moves_on - 1`, `town = 'Elsewhere'`, `travel = 'not-needed', travel_says = 'x'`].map(
    (what): Attack => ['guard_move_home_says_what_it_said', `a move with ${what.split(' = ')[0]} changed`, set(what)],
  ),
  ['guard_move_home_waits_for_its_notice', 'a family moved untold', comes('2026-12-10') + set(`state = 'moved'`)],
  [
    'guard_move_home_waits_for_its_notice',
    'a family moved in an emergency nobody allowed',
    set(`state = 'moved'`, 'urgent'),
  ],
  [
    'guard_move_home_waits_for_its_notice',
    'a family moved before the day',
    `update notices.notice set state = state where id = 1; ${set(`state = 'moved'`)}`,
  ],
  ['permission denied', 'a move deleted', 'delete from notices.accommodation_move'],
];

const details: Attack[] = [
  ['guard_new_bank_details_are_told', 'other bank details nobody is told of', APPROVED],
  [
    'guard_new_bank_details_are_told',
    'other bank details told to another family',
    noticeFor('method', null) + tied + serving + APPROVED,
  ],
  [
    'guard_new_bank_details_are_told',
    'other bank details told as something else',
    noticeFor('award', null, '{detailsFamily}') + tied + serving + APPROVED,
  ],
  [
    'guard_new_bank_details_are_told',
    'other bank details with a notice that is never served',
    noticeFor('method', null, '{detailsFamily}') + tied + APPROVED,
  ],
  ['pk_method_notice', 'bank details told twice', noticeFor('method', null) + tied + tied],
  [
    'uq_method_notice_is_of_one_change',
    'one notice for two changes of bank details',
    `${noticeFor('method', null)} ${tied} insert into notices.method_notice (instrument_id, authority_id, notice_id)
       select min(id), {ours}, ${NOTICE} from families.instrument where id <> {details}`,
  ],
  [
    'fk_method_notice_of_bank_details',
    'a notice of no bank details',
    noticeFor('method', null) + tied.replace('{details}', '1'),
  ],
  ['fk_method_notice_has_a_notice', 'bank details told by no notice', tied],
  ['permission denied', 'a notice taken from its bank details', 'delete from notices.method_notice'],
];

describe('A move to another home', () => {
  itRefuses(() => scene, moves);

  it('is accepted when it is whole, and happens when a manager allowed it', async () => {
    expect(await scene.attack(move({}))).toBe('accepted');
    const allowed = `select set_config('mainstay.actor', '{manager}', true); ${set('urgent_by = {manager}', 'urgent')}`;
    expect(await scene.attack(allowed + set(`state = 'moved'`, 'urgent'))).toBe('accepted');
  });
});

describe('Other bank details', () => {
  itRefuses(() => scene, details);
  itRefuses(() => scene, details.slice(0, 1), 'owner');

  it('are accepted when the family is told, and by the action that tells it', async () => {
    const told = noticeFor('method', null, '{detailsFamily}') + tied + serving + APPROVED;
    expect(await scene.attack(told)).toBe('accepted');
    const { app, council } = scene.house;
    await app.get(DecideBankDetails).run(council.actors.manager, scene.names.details ?? '', 'approve');
  });
});
