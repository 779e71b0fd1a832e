import {
  as,
  ask,
  AS_OPERATOR,
  declare,
  freeze,
  grantLimit,
  policy,
  settle,
  sign,
  standIn,
} from '../../support/approval-sql.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const GRANT = grantLimit('manager', 901) + ask() + declare('manager') + declare('manager2') + declare('finance');
const FOR_MANAGER = { stand_in_id: '7200', stands_in_for: '{manager}' };
/** Finance stands in for the manager, and signs as such. */
const INSTEAD = GRANT + standIn('manager', 'finance');
const days = (count: number): string => `select set_config('mainstay.today', (kernel.today() + ${count})::text, true);`;
const takeRole = (who: string): string =>
  `${AS_OPERATOR} update identity.user_role set removed_at = now() where user_id = {${who}};`;

const standIns: Attack[] = [
  ['guard_stand_in_is_in_force', 'a signature after the last day', INSTEAD + days(6) + settle('finance', FOR_MANAGER)],
  [
    'guard_stand_in_is_in_force',
    'a signature before the first day',
    GRANT + standIn('manager', 'finance', [1, 5]) + settle('finance', FOR_MANAGER),
  ],
  [
    'guard_stand_in_is_in_force',
    'a signature after it was ended',
    `${INSTEAD} ${as('manager')} update approvals.stand_in set ended_on = kernel.today(), ended_by = {manager} where id = 7200;` +
      settle('finance', FOR_MANAGER),
  ],
  [
    'guard_stand_in_still_may_act',
    'a signature by a stand-in whose role was taken away',
    INSTEAD + takeRole('finance') + settle('finance', FOR_MANAGER),
  ],
  [
    'guard_stand_in_still_may_act',
    'a signature for somebody who has left',
    `${INSTEAD} ${AS_OPERATOR} update identity.user_account set active = false where id = {manager};` +
      settle('finance', FOR_MANAGER),
  ],
  [
    'guard_decider_still_holds_the_role',
    'a signature for somebody whose role was taken away',
    INSTEAD + takeRole('manager') + settle('finance', FOR_MANAGER),
  ],
  [
    'fk_decision_by_a_stand_in',
    'a decision in somebody’s name without being named',
    INSTEAD + settle('manager2', FOR_MANAGER),
  ],
  [
    'fk_decision_by_a_stand_in',
    'a decision in the name of somebody else than agreed',
    INSTEAD + settle('finance', { ...FOR_MANAGER, stands_in_for: '{manager2}' }),
  ],
  [
    'fk_signature_by_a_stand_in',
    'a signature in somebody’s name without being named',
    grantLimit('manager', 901) +
      policy(`'any', 'any'`) +
      ask() +
      declare('manager2') +
      sign(1, 'manager2', { ...FOR_MANAGER }),
  ],
  ['ck_decision_stands_in_for_somebody', 'a stand-in for nobody', INSTEAD + settle('manager', { stand_in_id: '7200' })],
  [
    'ck_signature_stands_in_for_somebody',
    'a signature in a name, by no stand-in',
    grantLimit('manager', 901) +
      policy(`'any', 'any'`) +
      ask() +
      declare('finance') +
      sign(1, 'finance', { stands_in_for: '{manager}' }),
  ],
  [
    'ck_nobody_decides_their_own_proposal',
    'an approval by the stand-in of the proposer, in their name',
    grantLimit('manager', 901) +
      as('manager') +
      ask(7001, { proposed_by: '{manager}' }) +
      declare('finance') +
      standIn('manager', 'finance') +
      settle('finance', FOR_MANAGER),
  ],
  [
    'ck_nobody_decides_their_own_proposal',
    'an approval by the proposer, standing in for another',
    grantLimit('manager', 901) +
      as('finance') +
      ask(7001, { proposed_by: '{finance}' }) +
      declare('finance') +
      standIn('manager', 'finance') +
      settle('finance', FOR_MANAGER),
  ],
  [
    'guard_decider_has_not_touched_it',
    'an approval in the name of somebody who worked on it',
    grantLimit('manager', 901) +
      ask(7001, { touched: 'array[{manager}]::bigint[]' }) +
      declare('finance') +
      standIn('manager', 'finance') +
      settle('finance', FOR_MANAGER),
  ],
  [
    'uq_signature_once_in_a_name',
    'the signatures of somebody and of their stand-in',
    grantLimit('manager', 901) +
      policy(`'manager', 'manager'`) +
      ask() +
      declare('manager') +
      declare('finance') +
      standIn('manager', 'finance') +
      sign(1, 'manager') +
      sign(2, 'finance', FOR_MANAGER),
  ],
  [
    'fk_decision_by_a_stand_in',
    'a chain: the stand-in of a stand-in in the first one’s name',
    INSTEAD +
      standIn('manager2', 'finance2', [0, 5], 7201) +
      settle('finance2', { stand_in_id: '7201', stands_in_for: '{manager}' }),
  ],
  [
    'guard_no_chain_of_stand_ins',
    'a stand-in who names one',
    standIn('manager', 'manager2') + standIn('manager2', 'finance', [5, 9], 7201),
  ],
  [
    'guard_no_chain_of_stand_ins',
    'a stand-in who is away',
    standIn('manager2', 'finance') + standIn('manager', 'manager2', [3, 9], 7201),
  ],
  ['guard_stand_in_may_act', 'a stand-in who holds no role that decides', standIn('manager', 'caseworker')],
  [
    'guard_stand_in_is_named_in_person',
    'a stand-in named by another',
    as('manager2') + standIn('manager', 'finance').replace(as('manager'), ''),
  ],
  ['guard_stand_in_is_named_in_person', 'a stand-in named for days gone by', standIn('manager', 'finance', [-1, 5])],
  ['ck_nobody_stands_in_for_themselves', 'somebody standing in for themselves', standIn('manager', 'manager')],
  ['ck_stand_in_is_for_some_days', 'a stand-in for ever', standIn('manager', 'finance', [0, 92])],
  ['ck_stand_in_is_for_some_days', 'a stand-in who ends before they begin', standIn('manager', 'finance', [3, 2])],
  [
    'ck_stand_in_has_a_reason',
    'a stand-in without a reason',
    standIn('manager', 'finance').replace('Annual leave', ' '),
  ],
  [
    'ex_one_stand_in_at_a_time',
    'two stand-ins at once',
    standIn('manager', 'finance') + standIn('manager', 'finance2', [5, 9], 7201),
  ],
  [
    'guard_stand_in_stands_as_named',
    'a stand-in ended by a third',
    `${INSTEAD} ${as('manager2')} update approvals.stand_in set ended_on = kernel.today(), ended_by = {manager2} where id = 7200`,
  ],
  [
    'guard_stand_in_stands_as_named',
    'a stand-in ended twice',
    `${INSTEAD} ${as('manager')} update approvals.stand_in set ended_on = kernel.today(), ended_by = {manager} where id = 7200;
     update approvals.stand_in set ended_on = null, ended_by = null where id = 7200;`,
  ],
  [
    'ck_stand_in_says_who_ended_it',
    'a stand-in that ended by nobody',
    standIn('manager', 'finance')
      .replace('reason)', 'reason, ended_on)')
      .replace(`'Annual leave'`, `'x', kernel.today()`),
  ],
  ['permission denied', 'a stand-in made longer', `update approvals.stand_in set last_day = last_day + 30`],
  ['permission denied', 'a stand-in deleted', `delete from approvals.stand_in`],
];

const PLAIN = grantLimit('manager', 901) + ask();
const conflicts: Attack[] = [
  ['guard_conflict_is_declared_first', 'a decision on a grant with nothing declared', PLAIN + settle('manager')],
  [
    'guard_conflict_is_declared_first',
    'sending a grant back with nothing declared',
    PLAIN + settle('manager', { outcome: 'sent_back' }).replace(`'sent_back', ''`, `'sent_back', 'More'`),
  ],
  ['guard_conflict_is_declared_first', 'a decision on another’s word', PLAIN + declare('manager2') + settle('manager')],
  [
    'guard_conflict_keeps_out',
    'a decision with a conflict',
    PLAIN + declare('manager', 'conflict') + settle('manager'),
  ],
  [
    'guard_conflict_keeps_out',
    'a conflict taken back by saying there is none',
    PLAIN + declare('manager', 'conflict') + declare('manager') + settle('manager'),
  ],
  [
    'guard_conflict_keeps_out',
    'a decision in the name of somebody with a conflict',
    PLAIN +
      declare('manager', 'conflict') +
      standIn('manager', 'finance') +
      declare('finance') +
      settle('finance', FOR_MANAGER),
  ],
  [
    'guard_conflict_keeps_out',
    'a signature with a conflict',
    grantLimit('manager', 901) + policy(`'any', 'any'`) + ask() + declare('manager', 'conflict') + sign(1, 'manager'),
  ],
  [
    'guard_conflict_is_declared_in_person',
    'a declaration in another’s name',
    PLAIN + declare('manager').replace(as('manager'), as('finance')),
  ],
  ['ck_conflict_is_declared_plainly', 'a conflict that is perhaps one', PLAIN + declare('manager', 'perhaps')],
  [
    'ck_conflict_says_what_it_is',
    'a conflict without a word',
    PLAIN + declare('manager', 'conflict').replace('I know them', ' '),
  ],
  ['pk_conflict_of_interest', 'the same declared twice', PLAIN + declare('manager') + declare('manager')],
  ['fk_conflict_of_a_user', 'a conflict of somebody of another council', PLAIN + declare('their_user')],
  ['fk_conflict_about_a_request', 'a conflict about nothing', declare('manager')],
  ['permission denied', 'a conflict forgotten', `delete from approvals.conflict_of_interest`],
  ['permission denied', 'a conflict changed', `update approvals.conflict_of_interest set declared = 'none'`],
];

const LIFT = (by: string, because = 'The accounts are closed'): string =>
  `${as(by)} update approvals.freeze_period set lifted_at = now(), lifted_by = {${by}}, lifted_because = '${because}' where id = 7300;`;
const freezes: Attack[] = [
  ['guard_approvals_are_closed_in_a_freeze', 'an approval while they are closed', GRANT + freeze() + settle('manager')],
  [
    'guard_approvals_are_closed_in_a_freeze',
    'a signature on the last day',
    grantLimit('manager', 901) +
      policy(`'any', 'any'`) +
      ask() +
      declare('manager') +
      freeze() +
      days(3) +
      sign(1, 'manager'),
  ],
  ['guard_freeze_is_set_by_an_administrator', 'approvals closed by a manager', freeze({ by: 'manager' })],
  [
    'guard_freeze_is_set_by_an_administrator',
    'approvals closed in another’s name',
    freeze().replace(as('administrator'), as('manager')),
  ],
  ['guard_freeze_is_set_by_an_administrator', 'approvals opened again by a manager', freeze() + LIFT('manager')],
  ['guard_freeze_stands_as_set', 'a period lifted twice', freeze() + LIFT('administrator') + LIFT('administrator')],
  ['ck_freeze_kinds_are_known', 'a period for something unknown', freeze({ kinds: `'anything'` })],
  ['ck_freeze_kinds_are_known', 'a period for nothing', freeze({ kinds: '' }).replace('array[]', `'{}'`)],
  ['ck_freeze_has_a_reason', 'a period without a reason', freeze({ reason: ' ' })],
  ['ck_freeze_is_for_some_days', 'a period that ends before it begins', freeze({ from: 3, to: 2 })],
  ['ck_freeze_is_for_some_days', 'a period without end', freeze({ from: 0, to: 92 })],
  ['ck_freeze_says_who_lifted_it_and_why', 'a period lifted without a reason', freeze() + LIFT('administrator', ' ')],
  ['permission denied', 'a period made shorter', `update approvals.freeze_period set last_day = first_day`],
  ['permission denied', 'a period deleted', `delete from approvals.freeze_period`],
];

const remind = (what: string, role = 'null'): string =>
  `insert into approvals.reminder (request_id, authority_id, what, to_role) values (7001, {ours}, '${what}', ${role});`;
const reminders: Attack[] = [
  ['pk_reminder', 'the same reminder twice', PLAIN + remind('reminder') + remind('reminder')],
  ['ck_reminder_is_of_a_known_sort', 'a reminder of another sort', PLAIN + remind('threat')],
  ['ck_escalation_says_to_whom', 'an escalation to nobody', PLAIN + remind('escalation')],
  ['fk_reminder_about_a_request', 'a reminder about nothing', remind('reminder')],
  ['permission denied', 'a reminder taken away', `delete from approvals.reminder`],
];

describe('Standing in for somebody', () => {
  itRefuses(() => scene, standIns);

  it('lets somebody sign within the limits of whom they stand in for, on the days agreed', async () => {
    expect(await scene.attack(INSTEAD + settle('finance', FOR_MANAGER))).toBe('accepted');
    expect(await scene.attack(INSTEAD + days(5) + settle('finance', FOR_MANAGER))).toBe('accepted');
  });
});

describe('Interests', () => {
  itRefuses(() => scene, conflicts);
});

describe('Closing approvals for a time', () => {
  itRefuses(() => scene, freezes);

  it('leaves other kinds, other days and everything but approvals open, and is lifted by an administrator', async () => {
    expect(await scene.attack(GRANT + freeze({ kinds: `'payee'` }) + settle('manager'))).toBe('accepted');
    expect(await scene.attack(GRANT + freeze() + days(4) + settle('manager'))).toBe('accepted');
    expect(await scene.attack(GRANT + freeze() + LIFT('administrator') + settle('manager'))).toBe('accepted');
    const back = settle('manager', { outcome: 'declined' }).replace(`'declined', ''`, `'declined', 'No'`);
    expect(await scene.attack(GRANT + freeze() + back)).toBe('accepted');
  });

  it('leaves what is an emergency open', async () => {
    const emergency = (sql: string): string => sql.replaceAll(`'grant-award'`, `'grant-emergency'`);
    expect(await scene.attack(emergency(GRANT + freeze() + settle('manager')))).toBe('accepted');
  });
});

describe('Reminders', () => {
  itRefuses(() => scene, reminders);
});

describe('Even the owner of the schemas', () => {
  const theirs = (table: string, columns: string, values: string): string =>
    `insert into approvals.${table} (authority_id, ${columns}) values ({ours}, ${values})`;
  itRefuses(
    () => scene,
    [
      ...[standIns[0], standIns[11], standIns[12], standIns[13], conflicts[0], conflicts[3], freezes[0]].map(
        (each) => each as Attack,
      ),
      ['guard_append_only', 'a stand-in deleted', `delete from approvals.stand_in`],
      ['guard_append_only', 'a period deleted', `delete from approvals.freeze_period`],
      ['guard_append_only', 'a conflict forgotten', `delete from approvals.conflict_of_interest`],
      ['guard_append_only', 'a reminder changed', `update approvals.reminder set noted_on = noted_on - 1`],
      [
        'guard_stand_in_stands_as_named',
        'a stand-in made longer',
        `${standIn('manager', 'finance')} update approvals.stand_in set last_day = last_day + 30 where id = 7200`,
      ],
      [
        'guard_freeze_stands_as_set',
        'a period made shorter',
        `${freeze()} ${LIFT('administrator').replace('set lifted_at', 'set last_day = last_day - 1, lifted_at')}`,
      ],
      [
        'fk_stand_in_for_a_user',
        'a stand-in for nobody of this council',
        `select set_config('mainstay.actor', '{their_user}', true); ${theirs('stand_in', 'person_id, stand_in_id, first_day, last_day, reason', `{their_user}, {finance}, kernel.today(), kernel.today(), 'x'`)}`,
      ],
    ],
    'owner',
  );
});
