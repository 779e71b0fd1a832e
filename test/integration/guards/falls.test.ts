import { ChangeMembers } from '../../../src/families/index.ts';
import type { PlainDate } from '../../../src/kernel/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { app, council, superuser } = scene.house;
  const { rows } = await superuser.query<{ member: string; plan: string; family: string }>(
    `select m.id as member, p.id as plan, m.family_id as family from families.member m
       join subsistence.plan p on p.family_id = m.family_id and p.state = 'approved' and p.pay_day = 2
      where m.relationship = 'child' and m.authority_id = $1`,
    [council.id],
  );
  const [child] = rows as [{ member: string; plan: string; family: string }];
  await app.get(ChangeMembers).leave(council.actors.caseworker, child.member, '2026-11-20' as PlainDate);
  const fall = await superuser.query<{ id: string; notice: string }>(
    `select id, notice_id as notice from subsistence.fall where plan_id = $1`,
    [child.plan],
  );
  // As if it had been so from the start: nobody changed it.
  await superuser.query(`set session_replication_role = replica`);
  const baby = await superuser.query<{ id: string }>(
    `update families.member m set born = '2024-06-01' from subsistence.plan p
      where p.family_id = m.family_id and p.state = 'approved' and p.pay_day = 1 and m.relationship = 'child' and m.authority_id = $1
      returning m.id`,
    [council.id],
  );
  await superuser.query(`reset session_replication_role`);
  const other = await superuser.query<{ member: string; plan: string }>(
    `select m.id as member, p.id as plan from families.member m
       join subsistence.plan p on p.family_id = m.family_id and p.state = 'approved' and p.pay_day = 3
      where m.relationship = 'child' and m.authority_id = $1`,
    [council.id],
  );
  Object.assign(scene.names, {
    ...{ fall: fall.rows[0]?.id, fallNotice: fall.rows[0]?.notice, member: child.member, plan: child.plan },
    ...{
      family: child.family,
      otherMember: other.rows[0]?.member,
      otherPlan: other.rows[0]?.plan,
      baby: baby.rows[0]?.id,
    },
  });
});
afterAll(() => scene.house.close());

const NOTICE = 9_000_003;
const noticeFor = (kind = 'amount', day = '2026-12-20', days = 14): string =>
  `insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
     values (${NOTICE}, {ours}, {family}, '${kind}', '{"kind": "${kind}"}', '${day}', ${days});`;
const another = { notice_id: NOTICE, falls_on: '2026-12-20', takes_effect_on: '2026-12-20', state: 'waiting' };
const fall = (changes: Record<string, unknown>, notice = noticeFor()): string =>
  notice + copyOf('subsistence.fall', 'id = {fall}', { ...another, ...changes });
const set = (what: string): string => `update subsistence.fall set ${what} where id = {fall};`;
const answer = (changes: Record<string, unknown>): string =>
  copyOf('subsistence.household_answer', 'fall_id = {fall}', { member_version: 77, ...changes }, false);
const leavesUnanswered = `update families.member set left_on = '2026-12-01', version = version + 1 where id = {otherMember};`;
/** Answers that lie: nothing is lost. */
const nothingFell = `
  insert into subsistence.household_answer (authority_id, plan_id, member_id, member_version, weekly_before, weekly_after)
  select m.authority_id, p.id, m.id, m.version, 0, 0 from families.member m join subsistence.plan p on p.family_id = m.family_id
   where m.id in ({otherMember}, {baby}) and p.state = 'approved'
     and not exists (select from subsistence.household_answer a where a.plan_id = p.id and a.member_id = m.id and a.member_version = m.version);`;
/** A payment of the plan, as it would be priced if somebody forgot what is kept. */
const line = (lines: string): string =>
  `alter table payments.line disable trigger guard_line_insert;` +
  `alter table payments.line disable trigger guard_lines_insert;` +
  copyOf('payments.line', `run_id = {exported} and status = 'payable'`, {
    ...{
      run_id: '{pricing}',
      source_id: '{plan}',
      covers_from: '2027-01-05',
      covers_to: '2027-01-12',
      explanation: { lines: '@@' },
    },
  }).replace('"@@"', lines.replaceAll("'", "''"));

const attacks: Attack[] = [
  ['ck_fall_cause_is_known', 'a fall for no known cause', fall({ cause: 'mood' })],
  ['ck_fall_keeps_the_difference', 'a fall that keeps less than it lowers', fall({ weekly_after: '10.00' })],
  [
    'ck_fall_takes_effect_no_sooner',
    'a fall before anything fell',
    fall({ falls_on: '2026-12-21', takes_effect_on: '2026-12-20' }),
  ],
  ['ck_kept_fall_says_why', 'an amount kept without saying why', set(`state = 'kept'`)],
  ['ck_lower_household_is_held', 'a lower household that is answered with nothing', answer({ fall_id: null })],
  ['fk_household_answer_has_a_fall', 'an answer with a fall that is none', answer({ fall_id: 999_999 })],
  ['fk_household_answer_of_a_plan', 'an answer for a plan that is none', answer({ plan_id: 999_999 })],
  ['pk_household_answer', 'two answers for one change', answer({ member_version: 2 })],
  ['guard_fall_has_its_notice', 'a fall without a notice', fall({ notice_id: 999_999 }, '')],
  ['guard_fall_has_its_notice', 'a fall with a notice of something else', fall({}, noticeFor('end', '2026-12-20', 28))],
  ['guard_fall_has_its_notice', 'a notice of a later day', fall({}, noticeFor('amount', '2026-12-28'))],
  [
    'guard_notice_gives_the_councils_days',
    'a notice with too few days',
    fall({}, noticeFor('amount', '2026-12-20', 7)),
  ],
  ['guard_fall_has_its_notice', 'a fall of no plan', fall({ plan_id: 999_999 })],
  [
    'uq_fall_has_its_own_notice',
    'two falls by one notice',
    `${noticeFor()}${fall({}, '')};${fall({ cause: 'rates' }, '')}`,
  ],
  ['uq_fall_once_a_cause', 'the same fall twice', fall({ falls_on: '2026-11-24' })],
  ['fk_fall_recorded_by_a_user', 'a fall recorded by nobody', fall({ recorded_by: 999_999 })],
  ['fk_fall_replaces_a_fall', 'a fall in place of none', fall({ replaces: 999_999 })],
  [
    'guard_fall_lines_add_up',
    'lines that are not the difference',
    fall({ kept_weekly: '40.00', weekly_after: '58.36' }),
  ],
  ['guard_fall_waits_for_its_notice', 'a lower amount nobody was told of', set(`state = 'in_effect'`)],
  [
    'guard_fall_waits_for_its_notice',
    'a lower amount told of too late',
    `select set_config('mainstay.today', '2026-12-20', true);
     update notices.notice set state = 'call_needed' where id = {fallNotice} and state = 'serving'; ${set(`state = 'in_effect'`)}`,
  ],
  ['guard_replaced_fall_has_another', 'an amount let go silently', set(`state = 'replaced'`)],
  [
    'guard_states_of_fall',
    'a fall that is over taken up again',
    `${set(`state = 'kept', kept_because = 'x'`)}${set(`state = 'waiting'`)}`,
  ],
  ['guard_household_change_is_answered', 'somebody struck off without a word', leavesUnanswered],
  [
    'guard_household_change_is_answered',
    'a birthday moved without a word',
    `update families.member set born = '2019-01-01', version = version + 1 where id = {otherMember};`,
  ],
  [
    'guard_household_change_is_answered',
    'an answer for an earlier version',
    `${leavesUnanswered} insert into subsistence.household_answer (authority_id, plan_id, member_id, member_version, weekly_before, weekly_after)
       values ({ours}, {otherPlan}, {otherMember}, 1, 10, 10);`,
  ],
  ...(
    [
      ['somebody struck off and answered for as if nothing fell', leavesUnanswered],
      [
        'a birthday moved so that an extra is lost',
        `update families.member set born = '2019-01-01', version = version + 1 where id = {baby};`,
      ],
      [
        'a child that never came',
        `update families.member set joined_on = '2027-09-01', version = version + 1 where id = {otherMember};`,
      ],
    ] as const
  ).map(([what, sql]): Attack => ['guard_lower_household_is_kept', what, sql + nothingFell]),
  [
    'guard_lower_household_is_kept',
    'somebody struck off with a fall that keeps a penny',
    `${leavesUnanswered}
     insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
     select ${NOTICE}, {ours}, family_id, 'amount', '{"kind": "amount"}', '2026-12-20', 14 from subsistence.plan where id = {otherPlan};
     insert into subsistence.fall (id, authority_id, plan_id, cause, member_id, falls_on, takes_effect_on, lines, kept_weekly, weekly_before,
       weekly_after, notice_id)
     values (9000004, {ours}, {otherPlan}, 'left', {otherMember}, '2026-12-01', '2026-12-20',
       '[{"component": "person", "memberId": null, "weekly": "0.01"}]', 0.01, 98.36, 98.35, ${NOTICE});
     insert into subsistence.household_answer (authority_id, plan_id, member_id, member_version, weekly_before, weekly_after, fall_id)
     select authority_id, {otherPlan}, id, version, 98.36, 49.18, 9000004 from families.member where id = {otherMember};`,
  ],
  [
    'guard_lower_rates_are_ahead',
    'lower rates from tomorrow',
    `insert into subsistence.rate (authority_id, rate_table, component, weekly, effective_from, rationale, proposed_by, approved_by)
       values ({ours}, 'guide', 'person', 40, kernel.today() + 14, 'Savings', {manager}, {finance});`,
  ],
];

/** What only the owner could try: the application may not write there. */
const asOwner: Attack[] = [
  ['guard_fall_says_what_it_said', 'an earlier day than was told', set(`takes_effect_on = '2026-11-24'`)],
  [
    'ck_fall_says_what_is_kept',
    'a fall that keeps nothing',
    `alter table subsistence.fall disable trigger guard_fall; ${fall({ lines: [] })}`,
  ],
  [
    'guard_fall_gives_what_was_told',
    'a fall that leaves less than its notice said, because the rates fell since',
    `alter table subsistence.fall disable trigger guard_fall; alter table subsistence.rate disable trigger user;
     insert into subsistence.rate (authority_id, rate_table, component, weekly, effective_from, rationale, proposed_by, approved_by)
       values ({ours}, 'guide', 'person', 40, '2026-11-20', 'Savings', {manager}, {finance});
     ${set(`state = 'in_effect'`)}`,
  ],
  [
    'ck_fall_lowers_the_week',
    'a fall that lowers nothing',
    `alter table subsistence.fall disable trigger guard_fall; ${fall({ weekly_after: '147.54', kept_weekly: '-49.18' })}`,
  ],
];

describe('An amount that falls by itself', () => {
  itRefuses(() => scene, attacks);
  itRefuses(() => scene, [...attacks, ...asOwner], 'owner');

  it('is refused in a payment that leaves out what is kept [guard_line_keeps_what_was_promised]', async () => {
    const short = line(`[{"component": "person", "basis": "guide", "weekly": "49.18", "from": "2027-01-05"}]`);
    expect(await scene.attack(short, 'owner')).toBe('guard_line_keeps_what_was_promised');
  });

  it('is refused in a payment that keeps it only from a later day [guard_line_keeps_what_was_promised]', async () => {
    const kept = `{"component": "person", "basis": "kept-until-told {fall}", "weekly": "49.18", "from": "2027-01-06"}`;
    expect(await scene.attack(line(`[${kept}]`), 'owner')).toBe('guard_line_keeps_what_was_promised');
  });

  it('is accepted in a payment that carries it', async () => {
    const kept = `{"component": "person", "basis": "kept-until-told {fall}", "weekly": "49.18", "from": "2027-01-05"}`;
    expect(await scene.attack(line(`[${kept}]`), 'owner')).toBe('accepted');
  });

  it('is no fall where a household changes and nothing is worth less', async () => {
    const older = `update families.member set born = born - 30, version = version + 1 where id = {otherMember};`;
    expect(await scene.attack(older + nothingFell)).toBe('accepted');
  });

  it('is accepted as another, with a notice of its own', async () => {
    expect(await scene.attack(fall({}))).toBe('accepted');
  });
});
