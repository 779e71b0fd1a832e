import { ChangeMembers } from '../../../src/families/index.ts';
import type { PlainDate } from '../../../src/kernel/index.ts';
import { LogTelling, PlanMoveHome } from '../../../src/notices/index.ts';
import { DecidePlanChange, ProposePlanChange } from '../../../src/subsistence/index.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

const LATE = '2026-12-20' as PlainDate;

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { app, council, superuser } = scene.house;
  const { rows } = await superuser.query<{ id: string; family: string; version: number }>(
    `select id, family_id as family, version from subsistence.plan where authority_id = $1 and state = 'approved' order by id limit 2`,
    [council.id],
  );
  const [ends, moves] = rows;
  if (!ends || !moves) throw new Error('no plans');
  const end = { kind: 'end', from: '2027-01-06' as PlainDate, reason: 'Settled' } as const;
  const { changeId } = await app.get(ProposePlanChange).run(council.actors.caseworker, ends.id, ends.version, end);
  await app.get(DecidePlanChange).approve(council.actors.manager, changeId, '');
  const home = { line1: '5 New Street', line2: null, town: 'Southtown', postcode: 'SE2 2BB', reason: 'A larger home' };
  const { moveId } = await app.get(PlanMoveHome).run(council.actors.caseworker, moves.family, {
    ...{ ...home, movesOn: '2027-01-20' as PlainDate, travel: 'has-money', travelSays: null, urgent: null },
  });
  const { rows: children } = await superuser.query<{ id: string; plan: string }>(
    `select m.id, p.id as plan from families.member m
       join subsistence.plan p on p.family_id = m.family_id and p.state = 'approved' and p.id <> all ($2::bigint[])
      where m.relationship = 'child' and m.authority_id = $1 order by m.id desc limit 1`,
    [council.id, [ends.id, moves.id]],
  );
  const [child] = children;
  if (!child) throw new Error('no child');
  await app.get(ChangeMembers).leave(council.actors.caseworker, child.id, '2027-01-10' as PlainDate);
  const told = await superuser.query<{ ended: string; moved: string; fell: string; falls: string }>(
    `select (select notice_id from subsistence.plan_change where id = $1) as ended,
            (select notice_id from notices.accommodation_move where id = $2) as moved,
            (select notice_id from subsistence.fall where plan_id = $3 and cause = 'left') as fell,
            (select id from subsistence.fall where plan_id = $3 and cause = 'left') as falls`,
    [changeId, moveId, child.plan],
  );
  const { ended = '', moved = '', fell = '', falls = '' } = told.rows[0] ?? {};
  // Both families were told, the first too late: nothing has been made of that yet.
  scene.house.setToday(LATE);
  for (const notice of [ended, moved, fell])
    await app.get(LogTelling).run(council.actors.caseworker, notice, {
      ...{ how: 'visit', outcome: 'told', on: LATE, spokeTo: 'The mother', note: '' },
    });
  Object.assign(scene.names, { ends: changeId, moves: moveId, ended, moved, endFamily: ends.family });
  Object.assign(scene.names, { moveFamily: moves.family, falls });
});
afterAll(() => scene.house.close());

const today = `select set_config('mainstay.today', '${LATE}', true);`;
const keep = `update subsistence.plan_change set state = 'kept', kept_because = 'Late' where id = {ends};`;
const keepAmount = `update subsistence.fall set state = 'kept', kept_because = 'Late' where id = {falls};`;
const callOff = `update notices.accommodation_move set state = 'withdrawn' where id = {moves};`;
const says = (takesBack: string, { about = 'end', family = '{endFamily}', kind = 'change-kept' } = {}): string =>
  `insert into notices.notice (authority_id, family_id, kind, facts, takes_back)
     values ({ours}, ${family}, '${kind}', '{"kind": "${kind}", "about": "${about}"}', ${takesBack});`;
const drafted = `insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
  values (9000009, {ours}, {endFamily}, 'end', '{"kind": "end"}', '2027-03-01', 28);`;

const gives = ({ about = 'move-home', words = 'It fell through', by = '{finance}', id = 0 }): string =>
  `insert into notices.reason_given (${id ? 'id, ' : ''}authority_id, about, words, given_by) ${id ? 'overriding system value' : ''}
     values (${id ? `${id}, ` : ''}{ours}, '${about}', '${words}', ${by});`;

const attacks: Attack[] = [
  ['guard_kept_fall_is_told', 'an amount kept that its family was told would fall, and not a word of it', keepAmount],
  ['guard_kept_plan_change_is_told', 'a plan kept that its family was told would end, and not a word of it', keep],
  ['guard_called_off_move_home_is_told', 'a move called off without telling the family that packed', callOff],
  ['guard_kept_notice_says_what_it_takes_back', 'something stays, but what', says('null')],
  [
    'guard_kept_notice_says_what_it_takes_back',
    'a payment made that takes an end back',
    keep + says('{ended}', { kind: 'remittance' }),
  ],
  ['guard_kept_notice_is_of_one_that_ended', 'a notice not even served, taken back', drafted + says('9000009')],
  [
    'guard_kept_notice_is_of_one_that_ended',
    'an end taken back as a move',
    says('{ended}', { about: 'accommodation' }),
  ],
  [
    'fk_notice_takes_back_one_of_its_family',
    'one family told of another’s end',
    says('{ended}', { family: '{moveFamily}' }),
  ],
  ['uq_notice_is_taken_back_once', 'the same said twice', keep + says('{ended}') + says('{ended}')],
  ['guard_what_is_told_to_stay_stays', 'a family told its payments go on, while the end waits', says('{ended}')],
  [
    'guard_taking_back_stands',
    'a notice that takes back another one afterwards',
    `${keep + says('{ended}')} update notices.notice set takes_back = null where takes_back = {ended};`,
  ],
  ['ck_reason_given_about_is_known', 'a reason for nothing we know', gives({ about: 'weather' })],
  ['ck_reason_given_says_something', 'a reason without words', gives({ words: ' ' })],
  ['ck_reason_is_given_by_who_acts', 'a reason in the name of somebody else', gives({ by: '{manager}' })],
  [
    'fk_reason_given_by_a_user',
    'a reason by nobody',
    `select set_config('mainstay.actor', '999999', true); ${gives({ by: '999999' })}`,
  ],
  ['pk_reason_given', 'a reason twice', `${gives({ id: 7 })} ${gives({ id: 7 })}`],
  ['accepted', 'nothing when the family is told that its plan is kept', today + keep + says('{ended}')],
  [
    'accepted',
    'nothing when the family is told that it does not move',
    today + callOff + says('{moved}', { about: 'accommodation', family: '{moveFamily}' }),
  ],
];

describe('A change that is called off, attacked as the application', () => {
  itRefuses(() => scene, attacks);
});

describe('A change that is called off, attacked by the owner of the schema', () => {
  itRefuses(() => scene, attacks, 'owner');
});
