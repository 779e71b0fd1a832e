import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { noticesScene } from '../../support/notices-scene.ts';

let scene: GuardScene;
beforeAll(async () => (scene = await noticesScene()));
afterAll(() => scene.house.close());

type Row = Record<string, string>;
const insert = (table: string, row: Row): string =>
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
const TODAY = `select set_config('mainstay.today', '2026-11-16', true);`;

/** A bank holiday on a Thursday, when the families of the scene are paid. */
const holiday = (changes: Row = {}): string =>
  TODAY +
  insert('calendar.one_off_holiday', {
    ...{ id: '9001', authority_id: '{ours}', division: `'england-and-wales'`, day: `'2026-12-17'` },
    ...{ title: `'A day of thanks'`, reason: `'Announced today'`, added_by: '{finance}', ...changes },
  });
const replan = (changes: Row = {}): string =>
  insert('subsistence.holiday_replan', {
    ...{ id: '9002', authority_id: '{ours}', one_off_id: '9001', made_by: '{finance}' },
    ...{ promises: '1', families: '1', apology: `'We are sorry.'`, ...changes },
  });
const takenBack = (by = '9002'): string =>
  `update subsistence.promised_date set withdrawn_by_holiday = ${by} where plan_id = {freePlan} and pay_date = '2026-12-17' and stands;`;
const madeFor = (arrivesOn: string): string =>
  insert('subsistence.promised_date', {
    ...{ plan_id: '{freePlan}', authority_id: '{ours}', pay_date: `'2026-12-17'` },
    ...{ arrives_on: `'${arrivesOn}'`, made_by_holiday: '9002' },
  });

const ofHolidays: Attack[] = [
  ['ck_one_off_division_is_known', 'a holiday of nowhere', holiday({ division: `'cornwall'` })],
  ['ck_one_off_is_on_a_weekday', 'a holiday on a Sunday', holiday({ day: `'2026-12-20'` })],
  ['ck_one_off_has_a_name', 'a holiday without a name', holiday({ title: `' '` })],
  ['ck_one_off_has_a_reason', 'a holiday nobody announced', holiday({ reason: `' '` })],
  ['ck_one_off_is_added_by_who_acts', "a holiday in somebody else's name", holiday({ added_by: '{manager}' })],
  [
    'fk_one_off_added_by_a_user',
    'a holiday entered by nobody',
    `select set_config('mainstay.actor', '999999', true); ${holiday({ added_by: '999999' })}`,
  ],
  ['ck_one_off_is_to_come', 'a holiday that is over', holiday({ day: `'2026-11-12'` })],
  ['uq_one_off_once_a_day', 'one day twice', holiday() + holiday({ id: '9009' })],
  ['permission denied', 'a holiday taken back', `${holiday()} delete from calendar.one_off_holiday`],
  ['permission denied', 'a holiday moved', `${holiday()} update calendar.one_off_holiday set day = day + 1`],
];

const ofReplans: Attack[] = [
  ['ck_replan_moves_something', 'a going-over that found nothing', holiday() + replan({ promises: '0' })],
  ['ck_replan_has_an_apology', 'a going-over without an apology', holiday() + replan({ apology: `' '` })],
  ['fk_replan_of_a_one_off', 'a going-over for no holiday', holiday() + replan({ one_off_id: '1' })],
  ['fk_replan_made_by_a_user', 'a going-over by nobody', holiday() + replan({ made_by: '999999' })],
];

const ofPromises: Attack[] = [
  [
    'guard_promise_stands',
    'a promise taken back for a day that is worked',
    holiday({ day: `'2026-12-16'` }) + replan() + takenBack(),
  ],
  [
    'guard_promise_stands',
    'a promise taken back for a holiday of another division',
    holiday({ division: `'scotland'` }) + replan() + takenBack(),
  ],
  [
    'guard_promise_stands',
    'a promise taken back by a holiday and given back',
    holiday() +
      replan() +
      takenBack() +
      `update subsistence.promised_date set withdrawn_by_holiday = null where withdrawn_by_holiday = 9002;`,
  ],
  ['fk_promise_withdrawn_by_a_holiday', 'a promise taken back by nothing on record', holiday() + takenBack('1')],
  [
    'guard_holiday_only_brings_money_earlier',
    'a promise taken back with nothing in its place',
    holiday() + replan() + takenBack(),
  ],
  [
    'guard_promise_is_made_by_its_holiday',
    'money no sooner than before',
    holiday() + replan() + takenBack() + madeFor('2026-12-17'),
  ],
  [
    'guard_promise_is_made_by_its_holiday',
    'money sooner than the last day worked',
    holiday() + replan() + takenBack() + madeFor('2026-12-15'),
  ],
  [
    'guard_promise_is_made_by_its_holiday',
    'a second promise beside the one that stands',
    holiday() + replan() + madeFor('2026-12-16'),
  ],
];

describe('A bank holiday', () => {
  itRefuses(() => scene, ofHolidays);
});
describe('A going-over of the promises', () => {
  itRefuses(() => scene, ofReplans);
});
describe('A promise', () => {
  itRefuses(() => scene, ofPromises);

  it('comes earlier, on the last day worked, when its day became a holiday', async () => {
    const moved = holiday() + replan() + takenBack() + madeFor('2026-12-16');
    expect(await scene.attack(moved)).toBe('accepted');
  });
});

const issue = (changes: Row = {}): string =>
  insert('subsistence.calendar_issue', {
    ...{ id: '9003', authority_id: '{ours}', from_day: `'2026-10-01'`, to_day: `'2027-01-01'` },
    ...{ families: '1', unreached: '0', ...changes },
  });
/** A notice of the free family that tells its dates. */
const notice = (id: number, kind: 'calendar' | 'early-payment', changes: Record<string, unknown> = {}): string => {
  const payment = { arrivesOn: '2026-12-24', amount: null, lastsUntil: '2027-01-04' };
  const facts = { kind, payments: [payment], payment, usualDate: '2026-12-25' };
  return `${copyOf('notices.notice', 'id = {drafted}', { id, family_id: '{freeFamily}', kind, facts, ...changes })};`;
};
const sent = (changes: Row = {}): string =>
  insert('subsistence.calendar_sent', {
    ...{ authority_id: '{ours}', issue_id: '9003', plan_id: '{freePlan}', notice_id: '7001', ...changes },
  });
const told = (changes: Row = {}): string =>
  insert('subsistence.early_telling', {
    ...{ authority_id: '{ours}', plan_id: '{freePlan}', pay_date: `'2026-12-25'`, arrives_on: `'2026-12-24'` },
    ...{ notice_id: '7002', is_own: 'true', needed_by: `'2026-12-09'`, ...changes },
  });
const calendar = issue() + notice(7001, 'calendar');
const early = notice(7002, 'early-payment');

const ofCalendars: Attack[] = [
  ['ck_calendar_is_of_a_quarter', 'a calendar from the middle of a month', issue({ from_day: `'2026-10-15'` })],
  ['ck_calendar_is_of_a_quarter', 'a calendar of a year', issue({ to_day: `'2027-10-01'` })],
  ['uq_calendar_once_a_quarter', "a quarter's calendar twice", issue() + issue({ id: '9004' })],
  ['fk_calendar_made_by_a_user', 'a calendar sent by nobody', issue({ made_by: '999999' })],
  ['permission denied', 'an issue changed', `${issue()} update subsistence.calendar_issue set families = 2`],
  ['fk_calendar_sent_of_an_issue', 'a calendar of no issue', calendar + sent({ issue_id: '1' })],
  [
    'pk_calendar_sent',
    'two calendars for one family',
    calendar + notice(7003, 'calendar') + sent() + sent({ notice_id: '7003' }),
  ],
  [
    'uq_calendar_sent_has_its_own_notice',
    'one notice for two calendars',
    calendar +
      issue({ id: '9004', from_day: `'2027-01-01'`, to_day: `'2027-04-01'` }) +
      sent() +
      sent({ issue_id: '9004' }),
  ],
  ['guard_calendar_sent_is_the_familys', 'a notice of something else', issue() + early + sent({ notice_id: '7002' })],
  ['guard_calendar_sent_is_the_familys', "another family's notice", calendar + sent({ plan_id: '{openPlan}' })],
  ['guard_calendar_sent_is_the_familys', 'no notice at all', issue() + sent({ notice_id: '1' })],
  ['guard_calendar_sent_is_proved', 'a forged receipt', calendar + sent({ received_on: `'2026-11-20'` })],
  [
    'guard_calendar_sent_is_proved',
    'a receipt forged afterwards',
    `${calendar}${sent()} update subsistence.calendar_sent set received_on = '2026-11-20'`,
  ],
  ['permission denied', 'a calendar unsent', `${calendar}${sent()} delete from subsistence.calendar_sent`],
];

const ofTellings: Attack[] = [
  ['guard_early_telling_says_the_day', 'a day its notice does not tell', early + told({ arrives_on: `'2026-12-23'` })],
  ['guard_early_telling_says_the_day', "another family's notice", early + told({ plan_id: '{openPlan}' })],
  ['guard_early_telling_says_the_day', 'no notice at all', told()],
  [
    'guard_early_telling_says_the_day',
    'a calendar as a notice of its own',
    notice(7001, 'calendar') + told({ notice_id: '7001' }),
  ],
  ['ck_early_telling_is_of_an_early_payment', 'a payment on its day', early + told({ pay_date: `'2026-12-24'` })],
  ['ck_early_telling_leaves_seven_days', 'less than seven days', early + told({ needed_by: `'2026-12-17'` })],
  [
    'pk_early_telling',
    'the same thing told twice by one notice',
    notice(7001, 'calendar') +
      told({ notice_id: '7001', is_own: 'false' }) +
      told({ notice_id: '7001', is_own: 'false' }),
  ],
  [
    'uq_early_payment_has_one_notice',
    'two notices of one early payment',
    early + notice(7003, 'early-payment') + told() + told({ notice_id: '7003' }),
  ],
  ['guard_early_telling_is_proved', 'a forged receipt', early + told({ received_on: `'2026-11-20'` })],
  [
    'guard_early_telling_is_proved',
    'a receipt forged afterwards',
    `${early}${told()} update subsistence.early_telling set received_on = '2026-11-20'`,
  ],
  [
    'permission denied',
    'what was told moved',
    `${early}${told()} update subsistence.early_telling set needed_by = '2026-12-01'`,
  ],
  ['permission denied', 'what was told deleted', `${early}${told()} delete from subsistence.early_telling`],
];

describe('A payment calendar', () => {
  itRefuses(() => scene, ofCalendars);
});
describe('What a family was told of early money', () => {
  itRefuses(() => scene, ofTellings);
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    [
      ['guard_append_only', 'a holiday deleted', 'delete from calendar.one_off_holiday'],
      ['guard_append_only', 'a going-over changed', 'update subsistence.holiday_replan set families = 0'],
      ['guard_append_only', 'an issue deleted', 'delete from subsistence.calendar_issue'],
      ['guard_append_only', 'calendars emptied', 'truncate subsistence.calendar_sent'],
      ['guard_append_only', 'what was told emptied', 'truncate subsistence.early_telling'],
      [
        'guard_calendar_sent_stands',
        'a calendar given to another issue',
        `${calendar}${issue({ id: '9004', from_day: `'2027-01-01'`, to_day: `'2027-04-01'` })}${sent()} update subsistence.calendar_sent set issue_id = 9004`,
      ],
      [
        'guard_early_telling_says_what_it_said',
        'more time than there was',
        `${early}${told()} update subsistence.early_telling set needed_by = '2026-12-01'`,
      ],
    ],
    'owner',
  );
});
