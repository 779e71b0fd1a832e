import type { PlainDate } from '../../../src/kernel/index.ts';
import { DecidePlanChange, type PlanChangeTerms, ProposePlanChange } from '../../../src/subsistence/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

const NAMES = ['end', 'topUp', 'endTopUp', 'override', 'standard', 'free', 'late'] as const;
const from = '2026-12-10' as PlainDate;
const reason = 'Panel';
const urgent = { reason: 'They left', apology: 'We are sorry.' };

let scene: GuardScene;
beforeAll(async () => {
  const found = await guardScene();
  const names = { ...found.names };
  const { rows } = await found.house.superuser.query<{ id: string }>(
    `select id from subsistence.plan where authority_id = $1 and state = 'approved' order by id limit 7`,
    [found.house.council.id],
  );
  NAMES.forEach((name, index) => (names[`${name}Plan`] = rows[index]?.id ?? ''));
  scene = named(found, names);
  const others = await found.house.superuser.query<{ id: string }>(
    `select min(m.id) as id from families.member m join subsistence.plan p on p.family_id <> m.family_id where p.id = $1`,
    [names.freePlan],
  );
  names.otherMember = others.rows[0]?.id ?? '';
  const topUp = { kind: 'top-up', from, to: null, weekly: '5.00', memberId: null, reason } as const;
  const first = await propose('endTopUp', topUp);
  await found.house.app.get(DecidePlanChange).approve(found.house.council.actors.manager, first, '');
  const added = await found.house.superuser.query<{ id: string }>(
    `select id from subsistence.top_up where from_change = $1`,
    [first],
  );
  Object.assign(names, { usedChange: first, addedTopUp: added.rows[0]?.id ?? '' });
  names.end = await propose('end', { kind: 'end', from, reason, urgent });
  names.late = await propose('late', { kind: 'end', from: '2027-01-15' as PlainDate, reason });
  names.topUp = await propose('topUp', topUp);
  names.endTopUp = await propose('endTopUp', {
    kind: 'end-top-up',
    from: '2026-12-20' as PlainDate,
    topUpId: names.addedTopUp ?? '',
    ...{ reason, urgent },
  });
  names.override = await propose('override', { kind: 'override', from, weekly: '80.00', reason });
  names.standard = await propose('standard', { kind: 'standard', standard: 'welfare', reason });
});
afterAll(() => scene.house.close());

/** The same scene, with more numbers to put into an attack. */
function named(found: GuardScene, names: Record<string, string>): GuardScene {
  const fill = (sql: string): string => sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  return { ...found, names, attack: (sql, as) => found.attack(fill(sql), as) };
}

async function propose(name: (typeof NAMES)[number], terms: PlanChangeTerms): Promise<string> {
  const { app, council, superuser } = scene.house;
  const planId = scene.names[`${name}Plan`] ?? '';
  const { rows } = await superuser.query<{ version: number }>(`select version from subsistence.plan where id = $1`, [
    planId,
  ]);
  return (await app.get(ProposePlanChange).run(council.actors.caseworker, planId, rows[0]?.version ?? 0, terms))
    .changeId;
}

/** SQL that approves a change as a second person would, and applies nothing. */
function approved(change: string, state = `state = 'approved', effect_no = nextval('kernel.document_number')`): string {
  return `
    select set_config('mainstay.actor', '{manager}', true);
    insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount, fingerprint,
      decided_role, limit_id, limit_amount)
    select r.id, r.authority_id, r.kind, 'approved', '', {manager}, r.proposed_by, r.amount, r.fingerprint, 'manager', l.id, l.amount
      from approvals.request r, (select * from identity.delegated_limit where kind = 'support-plan' limit 1) l
     where r.subject_id = {${change}} and r.state = 'open';
    update approvals.request set state = 'approved' where subject_id = {${change}} and state = 'open';
    update subsistence.plan_change set ${state}, decided_by = {manager},
      approval_id = (select id from approvals.request where subject_id = {${change}} and state = 'approved') where id = {${change}};
    select set_config('mainstay.actor', '{finance}', true);`;
}

const apply = (change: string, set = ''): string =>
  `update subsistence.plan set version = version + 1, last_change_id = {${change}}${set} where id = {${change}Plan};`;
const END = `, support_to = '${from}'`;
const WELFARE = `, standard = 'welfare', standard_reason = '${reason}'`;
const addTopUp = (changes = ''): string =>
  `insert into subsistence.top_up select r.* from subsistence.plan_change c cross join lateral
     jsonb_populate_record(null::subsistence.top_up, jsonb_build_object('id', nextval('kernel.document_number'), 'plan_id', c.plan_id,
       'authority_id', {ours}, 'weekly', c.weekly, 'reason', c.reason, 'from_day', c.from_day, 'from_change', c.id) || '{${changes}}') r
    where c.id = {topUp};`;
const endTopUp = (set = `to_day = '2026-12-20'`): string =>
  `update subsistence.top_up set ended_by_change = {endTopUp}, ${set} where id = {addedTopUp};`;
const NOTICE = 9_000_001;
/** A notice for a change of a plan, as the change would need it. */
const noticeFor = (
  changes: { kind?: string; plan_id?: string | number } & Record<string, unknown>,
  wrong: { kind?: string; day?: string; plan?: string } = {},
): string => {
  const kinds: Record<string, string> = { end: 'end', standard: 'decision' };
  const kind = wrong.kind ?? kinds[changes.kind ?? 'end'] ?? 'amount';
  return `insert into notices.notice (id, authority_id, family_id, kind, facts, affects_on, notice_days)
    select ${NOTICE}, authority_id, family_id, '${kind}', '{"kind": "${kind}"}', '${wrong.day ?? from}', 28
      from subsistence.plan where id = ${wrong.plan ?? changes.plan_id ?? '{freePlan}'};`;
};
/** A change like the scene's, with a notice of its own. */
const change = (changes: { kind?: string; plan_id?: string | number } & Record<string, unknown>, wrong = {}): string =>
  `${noticeFor(changes, wrong)} ${copyOf('subsistence.plan_change', 'id = {end}', { plan_id: '{freePlan}', notice_id: NOTICE, ...changes })}`;
const set = (what: string, which = 'end'): string =>
  `update subsistence.plan_change set ${what} where id = {${which}};`;

/** What a week of the free plan comes to without an end, and with it. */
const ENDS = { weekly_before: '49.18', weekly_after: '0.00' };
const NOT_URGENT = { urgent_reason: null, apology: null };
/** What a rise says of itself: no notice holds it. */
const ROSE = { ...NOT_URGENT, waits: false };
const AT_ONCE = { ...NOT_URGENT, waits: false, weekly_after: '999.00' };
const WAITING = `state = 'waiting'`;
const IN_EFFECT = `state = 'approved', effect_no = nextval('kernel.document_number')`;
const PROPOSED = {
  state: 'proposed',
  approved_by: null,
  approval_id: null,
  support_from: '2020-01-01',
  support_to: '2020-02-01',
  paid_up_to: '2020-01-01',
};

const rows: Attack[] = [
  ['ck_plan_change_kind_is_known', 'a change of an unknown kind', change({ kind: 'pay-day' })],
  ['ck_plan_change_has_a_reason', 'a change without a reason', change({ reason: ' ' })],
  ['ck_plan_change_amount_is_positive', 'an amount of nothing', change({ kind: 'override', weekly: '0.00' })],
  [
    'ck_plan_change_ends_after_it_starts',
    'a top-up that ends before it starts',
    change({ kind: 'top-up', weekly: '5.00', to_day: from }),
  ],
  [
    'ck_plan_change_standard_is_known',
    'an unknown standard',
    change({ kind: 'standard', from_day: null, standard: 'luxury', ...AT_ONCE }),
  ],
  ['ck_plan_change_says_what_its_kind_needs', 'an end with an amount', change({ weekly: '5.00' })],
  ['ck_plan_change_says_what_its_kind_needs', 'a top-up without an amount', change({ kind: 'top-up' })],
  [
    'ck_plan_change_says_what_its_kind_needs',
    'an override from no day',
    change({ kind: 'override', from_day: null, ...AT_ONCE }),
  ],
  ['fk_plan_change_of_a_plan', 'a change of no plan', change({ plan_id: 1 })],
  ['fk_plan_change_proposed_by_a_user', 'a change proposed by nobody', change({ proposed_by: 999999 })],
  ['fk_plan_change_decided_by_a_user', 'a change decided by nobody', change({ decided_by: 999999 })],
  ['fk_plan_change_approval', 'an approval that is not there', change({ approval_id: 1 })],
  ['ck_plan_change_proposer_is_not_decider', 'a change decided by its proposer', set('decided_by = proposed_by')],
  ['uq_plan_change_one_open_a_plan', 'a second open change', change({ plan_id: '{endPlan}' })],
  ['guard_states_of_plan_change', 'a change born declined', change({ state: 'declined' })],
  [
    'guard_states_of_plan_change',
    'a withdrawn change proposed again',
    set(`state = 'withdrawn'`) + set(`state = 'proposed'`),
  ],
  ['guard_plan_change_is_approved', 'a change approved by nobody', set(`state = 'approved'`)],
  [
    'guard_plan_change_is_approved',
    'a change approved on the approval of its plan',
    set(
      `state = 'approved', decided_by = {manager}, approval_id = (select approval_id from subsistence.plan where id = {endPlan})`,
    ),
  ],
  [
    'guard_plan_change_fits_its_plan',
    'a change of a plan that waits',
    `${copyOf('subsistence.plan', 'id = {freePlan}', { id: 7777, ...PROPOSED })}; ${change({ plan_id: 7777 })}`,
  ],
  ['guard_plan_change_fits_its_plan', 'a change from before the support', change({ from_day: '2020-01-01' })],
  [
    'guard_plan_change_fits_its_plan',
    'a top-up for somebody of another family',
    change({ kind: 'top-up', weekly: '5.00', member_id: '{otherMember}' }),
  ],
  [
    'guard_plan_change_fits_its_plan',
    'the end of a top-up of another plan',
    change({ kind: 'end-top-up', top_up_id: '{addedTopUp}' }),
  ],
  ...['from_day = from_day + 1', `reason = 'Another'`, `plan_id = {freePlan}`].map((what): Attack => [
    'guard_plan_change_says_what_it_said',
    `a proposed change with ${what.split(' = ')[0]} changed`,
    set(what),
  ]),
  [
    'guard_plan_change_says_what_it_said',
    'an approved change given to another decider',
    set('decided_by = {manager2}', 'usedChange'),
  ],
  ['ck_plan_change_has_its_notice', 'a change nobody would be told of', change({ notice_id: null })],
  ['guard_plan_change_is_of_its_notice', 'a change told to another family', change({}, { plan: '{endPlan}' })],
  ['guard_plan_change_is_of_its_notice', 'an end told as an amount', change({}, { kind: 'amount' })],
  ['guard_plan_change_is_of_its_notice', 'an end told for a later day', change({}, { day: '2027-01-01' })],
  [
    'uq_plan_change_has_its_own_notice',
    'two changes told by one notice',
    `${change(ENDS)}; update subsistence.plan_change set state = 'withdrawn' where notice_id = ${NOTICE};
     ${copyOf('subsistence.plan_change', 'id = {end}', { plan_id: '{freePlan}', notice_id: NOTICE })}`,
  ],
  ['ck_end_or_lower_amount_waits', 'an end that waits for nothing', change({ waits: false, ...NOT_URGENT })],
  [
    'ck_end_or_lower_amount_waits',
    'a lower amount that waits for nothing',
    change({ kind: 'override', weekly: '50.00', waits: false, ...NOT_URGENT }),
  ],
  ...(
    [
      [
        'a cut that says it is a rise',
        { kind: 'override', weekly: '10.00', weekly_before: '5.00', weekly_after: '10.00', ...ROSE },
      ],
      [
        'a cut that says nothing changes',
        { kind: 'override', weekly: '10.00', weekly_before: '49.18', weekly_after: '49.18', ...ROSE },
      ],
      [
        'a top-up that says more than it adds',
        { kind: 'top-up', weekly: '5.00', weekly_before: '49.18', weekly_after: '99.18' },
      ],
      ['an end that leaves something', { weekly_before: '49.18', weekly_after: '49.18' }],
      [
        'a standard that says another week than there is',
        { kind: 'standard', from_day: null, standard: 'welfare', weekly_before: '1.00', weekly_after: '1.00', ...ROSE },
      ],
    ] as const
  ).map(([what, changes]): Attack => ['guard_plan_change_says_what_a_week_comes_to', what, change(changes)]),
  [
    'guard_plan_change_says_what_a_week_comes_to',
    'a change that says another week when it is told again',
    set('weekly_after = weekly_before + 1, waits = false', 'override'),
  ],
  [
    'guard_change_that_lowers_a_week_waits',
    'a rise that became a cut, because somebody joined since',
    `insert into families.member (authority_id, family_id, relationship, name, born)
       select authority_id, family_id, 'child', 'A', '2015-05-05' from subsistence.plan where id = {overridePlan};
     ${approved('override')}`,
  ],
  [
    'guard_one_lower_amount_waits_at_a_time',
    'a second lower amount, told as if the first were not',
    `${approved('late', WAITING)}
     ${change({ plan_id: '{latePlan}', kind: 'override', weekly: '40.00', weekly_before: '49.18', weekly_after: '40.00', ...NOT_URGENT })}`,
  ],
  ['ck_urgent_plan_change_has_a_reason', 'an emergency without a reason', change({ urgent_reason: ' ' })],
  ['ck_urgent_plan_change_says_everything', 'an emergency without an apology', change({ apology: null })],
  ['ck_urgent_plan_change_says_everything', 'an emergency with an empty apology', change({ apology: ' ' })],
  ['guard_plan_change_waits_for_its_notice', 'an end nobody was told of, in effect', approved('late')],
  [
    'guard_plan_change_waits_for_its_notice',
    'an end that waited, in effect before anybody was told',
    approved('late', WAITING) + set(IN_EFFECT, 'late'),
  ],
  ['guard_plan_change_is_approved', 'an end that waits though nobody approved it', set(WAITING, 'late')],
  ['ck_plan_change_in_effect_is_numbered', 'a change in effect in no order', approved('end', `state = 'approved'`)],
  [
    'ck_kept_plan_change_says_why',
    'a plan kept without saying why',
    approved('late', WAITING) + set(`state = 'kept'`, 'late'),
  ],
  [
    'guard_states_of_plan_change',
    'a plan kept and then changed after all',
    approved('late', WAITING) +
      set(`state = 'kept', kept_because = 'Late'`, 'late') +
      set(`state = 'proposed'`, 'late'),
  ],
  ...['waits = false', 'weekly_after = 99', `notice_id = null`].map((what): Attack => [
    'guard_plan_change_says_what_it_said',
    `a change that waits with ${what.split(' = ')[0]} changed`,
    approved('late', WAITING) + set(what, 'late'),
  ]),
  ...[`urgent_reason = 'Another'`, `apology = 'Another'`].map((what): Attack => [
    'guard_plan_change_says_what_it_said',
    `an emergency with ${what.split(' = ')[0]} changed`,
    set(what),
  ]),
  [
    'guard_plan_change_says_what_it_said',
    'a change made to take effect in another order',
    set('effect_no = effect_no + 1', 'usedChange'),
  ],
  ['permission denied', 'a change deleted', `delete from subsistence.plan_change`],
];

const applied: Attack[] = [
  ['guard_approved_plan_is_fixed', 'an end that nobody approved', apply('end', END)],
  [
    'guard_approved_plan_is_fixed',
    'an approved end on another day',
    approved('end') + apply('end', `, support_to = '2026-12-11'`),
  ],
  [
    'guard_approved_plan_is_fixed',
    'an approved end with another pay day',
    approved('end') + apply('end', `${END}, pay_day = 1 + pay_day % 5`),
  ],
  [
    'guard_approved_plan_is_fixed',
    'an approved end with another amount',
    approved('end') + apply('end', `${END}, override_weekly = 90, override_reason = 'x'`),
  ],
  [
    'guard_approved_plan_is_fixed',
    "another plan's approved end",
    approved('end') + apply('end', END).replace('{endPlan}', '{freePlan}'),
  ],
  ['guard_approved_plan_is_fixed', 'an approved standard as an end', approved('standard') + apply('standard', END)],
  [
    'guard_approved_plan_is_fixed',
    'an approved standard for another reason',
    approved('standard') + apply('standard', `, standard = 'welfare', standard_reason = 'x'`),
  ],
  [
    'guard_approved_plan_is_fixed',
    'an approved end applied and taken back',
    approved('end') +
      apply('end', END) +
      `update subsistence.plan set support_to = null, last_change_id = null where id = {endPlan}`,
  ],
  [
    'guard_approved_plan_is_fixed',
    'an earlier change applied once more',
    approved('endTopUp') +
      apply('endTopUp') +
      `update subsistence.plan set last_change_id = {usedChange} where id = {endTopUpPlan}`,
  ],
  ['guard_top_up_waits_for_approval', 'a top-up nobody approved', addTopUp()],
  [
    'guard_top_up_waits_for_approval',
    'an approved top-up with another amount',
    approved('topUp') + addTopUp('"weekly": "50.00"'),
  ],
  [
    'guard_top_up_waits_for_approval',
    'an approved top-up from another day',
    approved('topUp') + addTopUp('"from_day": "2026-11-01"'),
  ],
  [
    'guard_top_up_waits_for_approval',
    'an approved top-up of another plan',
    approved('topUp') + addTopUp('"plan_id": {freePlan}'),
  ],
  [
    'guard_top_up_waits_for_approval',
    'a top-up that rests on an approved end',
    approved('end') + addTopUp('"from_change": {end}, "plan_id": {endPlan}'),
  ],
  ['uq_top_up_once_a_change', 'an approved top-up twice', approved('topUp') + addTopUp() + addTopUp()],
  ['guard_top_up_waits_for_approval', 'the end of a top-up nobody approved', endTopUp()],
  [
    'guard_top_up_waits_for_approval',
    'the end of a top-up on another day',
    approved('endTopUp') + endTopUp(`to_day = '2026-12-21'`),
  ],
  [
    'guard_top_up_waits_for_approval',
    'the end of a top-up with another amount',
    approved('endTopUp') + endTopUp(`to_day = '2026-12-20', weekly = 50`),
  ],
  [
    'guard_promise_stands',
    'a promise withdrawn for an end nobody approved',
    `update subsistence.promised_date set withdrawn_by_change = {end} where plan_id = {endPlan} and pay_date >= '${from}'`,
  ],
  [
    'guard_promise_stands',
    'a promise withdrawn from before the end',
    approved('end') + `update subsistence.promised_date set withdrawn_by_change = {end} where plan_id = {endPlan}`,
  ],
  [
    'guard_promise_stands',
    "another plan's promises withdrawn",
    approved('end') +
      `update subsistence.promised_date set withdrawn_by_change = {end} where plan_id = {freePlan} and pay_date >= '${from}'`,
  ],
  [
    'guard_promise_stands',
    'a promise moved to another arrival',
    `update subsistence.promised_date set arrives_on = arrives_on - 1`,
  ],
  [
    'guard_promise_stands',
    'a withdrawn promise promised again',
    approved('end') +
      `update subsistence.promised_date set withdrawn_by_change = {end} where plan_id = {endPlan} and pay_date >= '${from}'; update subsistence.promised_date set withdrawn_by_change = null where withdrawn_by_change is not null`,
  ],
];

const links: Attack[] = [
  ['fk_top_up_from_a_change', 'a top-up that comes from nothing', approved('topUp') + addTopUp('"from_change": 1')],
  [
    'fk_top_up_ended_by_a_change',
    'a top-up that nothing ended',
    endTopUp(`to_day = '2026-12-20', ended_by_change = 1`).replace('ended_by_change = {endTopUp}, ', ''),
  ],
  [
    'fk_plan_last_change',
    'a plan changed by nothing',
    copyOf('subsistence.plan', 'true', { ...PROPOSED, last_change_id: 1 }),
  ],
  [
    'fk_promise_withdrawn_by_a_change',
    'a promise withdrawn by nothing',
    copyOf('subsistence.promised_date', 'true', {
      pay_date: '2030-01-03',
      arrives_on: '2030-01-03',
      withdrawn_by_change: 1,
    }),
  ],
];

describe('Changes of plans', () => {
  itRefuses(() => scene, rows);

  it.each([
    ['an end', change(ENDS)],
    ['a top-up', change({ kind: 'top-up', weekly: '5.00', weekly_before: '49.18', weekly_after: '54.18' })],
    ['a way back to the rates', change({ kind: 'override', weekly_before: '49.18', weekly_after: '49.18' })],
  ])('are accepted when they are whole: %s', async (_, sql) => {
    expect(await scene.attack(sql)).toBe('accepted');
  });
});

/** What only the owner could try: the application may not get so far. */
const asOwner: Attack[] = [
  [
    'guard_change_gives_what_was_told',
    'a change that leaves less than its notice said, because another came between',
    `alter table subsistence.plan_change disable trigger guard_plan_change;
     alter table subsistence.plan_change disable trigger guard_states;
     alter table subsistence.plan_change disable trigger guard_plan_change_week_in_effect;
     update subsistence.plan_change set waits = true, state = 'waiting' where id = {topUp};
     update subsistence.plan_change set state = 'approved', effect_no = 1, plan_id = {topUpPlan}, weekly = 10.00 where id = {override};
     update subsistence.plan_change set ${IN_EFFECT} where id = {topUp};`,
  ],
];

describe('What an approved change lets through', () => {
  itRefuses(() => scene, asOwner, 'owner');
  itRefuses(() => scene, applied);
  itRefuses(() => scene, links);
  itRefuses(() => scene, applied.slice(0, 2), 'owner');

  it.each([
    ['an end', approved('end') + apply('end', END)],
    ['a standard', approved('standard') + apply('standard', WELFARE)],
    ['an override', approved('override') + apply('override')],
    ['a top-up', approved('topUp') + apply('topUp') + addTopUp()],
    ['the end of a top-up', approved('endTopUp') + apply('endTopUp') + endTopUp()],
    [
      'promises withdrawn from the end on',
      `${approved('end')} update subsistence.promised_date set withdrawn_by_change = {end} where plan_id = {endPlan} and pay_date >= '${from}'`,
    ],
  ])('is exactly what it says: %s', async (_, sql) => {
    expect(await scene.attack(sql)).toBe('accepted');
  });
});
