import { ChangeFamily } from '../../../src/families/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

const OLD = '+447700900111';
const NEW = '+447700900999';
const NOTICE = 9_000_003;

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { app, council, superuser } = scene.house;
  const { rows } = await superuser.query<{ id: string; family_id: string }>(
    `select i.id, i.family_id from families.instrument i where authority_id = $1 and state = 'proposed' limit 1`,
    [council.id],
  );
  const [details] = rows;
  const reach = (mobile: string) =>
    app
      .get(ChangeFamily)
      .reach(
        council.actors.caseworker,
        details?.family_id ?? '',
        { language: 'en', contact: 'yes', mobile, email: null, safeChannels: ['sms', 'call'] },
        mobile === OLD ? 1 : 2,
      );
  await reach(OLD);
  await reach(NEW);
  const { rows: left } = await superuser.query<{ id: string }>(`select id from families.former_contact`);
  const { rows: others } = await superuser.query<{ id: string }>(
    `select id from families.family where authority_id = $1 and id <> $2 limit 1`,
    [council.id, details?.family_id],
  );
  Object.assign(scene.names, {
    ...{ details: details?.id, family: details?.family_id, old: left[0]?.id, otherFamily: others[0]?.id },
  });
});
afterAll(() => scene.house.close());

const notice = (id: number, kind = 'method', family = '{family}'): string =>
  `insert into notices.notice (id, authority_id, family_id, kind, facts)
     values (${id}, {ours}, ${family}, '${kind}', '{"kind": "${kind}"}');`;
const TOLD = `${notice(NOTICE)} insert into notices.method_notice (instrument_id, authority_id, notice_id) values ({details}, {ours}, ${NOTICE});
  update notices.notice set state = 'call_needed' where id = ${NOTICE};`;
const tie = (id: number): string =>
  `insert into notices.old_contact_notice (notice_id, authority_id, instrument_id, former_contact_id) values (${id}, {ours}, {details}, {old});`;
const SECOND = NOTICE + 1;
const OLD_TOLD = `${notice(SECOND)} ${tie(SECOND)} update notices.notice set state = 'call_needed' where id = ${SECOND};`;
const APPROVED = `update families.instrument set state = 'approved', approved_by = {manager}, approved_on = kernel.today(),
  usable_from = kernel.today() + cool_off_days where id = {details};`;
const UNSAFE = `update families.former_contact set unsafe_by = {finance}, unsafe_on = kernel.today() where id = {old};`;
const sms = (to: string, more = '', body = 'From 19 Nov', id = SECOND): string =>
  `insert into notices.attempt (authority_id, notice_id, family_id, channel, language, destination, body, is_discreet)
     values ({ours}, ${id}, {family}, 'sms', 'en', '${to}', '${body}', ${more || 'false'});`;
const former = (changes: Record<string, unknown>): string => copyOf('families.former_contact', 'id = {old}', changes);

/** The day the number changed. */
const SAME_DAY = `select set_config('mainstay.today', '2026-11-16', true);`;
/** Refuses what waits and proposes the same again, on another day. */
const proposedOn = (
  day: string,
): string => `update families.instrument set state = 'refused', approved_by = {manager}, approved_on = kernel.today()
    where id = {details};
  ${copyOf('families.instrument', 'id = {details}', { id: 7272, state: 'proposed', proposed_on: day, approved_by: null, approved_on: null }, false)};`;
const there = (sql: string): string => sql.replaceAll('{details}', '7272');

const approving: Attack[] = [
  ['guard_old_contact_is_told', 'other bank details told only where the thief reads', TOLD + APPROVED],
  [
    'guard_old_contact_is_told',
    'other bank details with a notice to the old number that is never served',
    `${TOLD} ${notice(SECOND)} ${tie(SECOND)} ${APPROVED}`,
  ],
  [
    'guard_old_contact_is_told',
    'other bank details told to the old number as something else',
    TOLD + OLD_TOLD.replaceAll('method', 'award').replaceAll('method_notice', 'method_notice') + APPROVED,
  ],
  [
    'guard_old_contact_is_told',
    'other bank details told to another family in place of the old number',
    TOLD + OLD_TOLD.replace('{family}', '{otherFamily}') + APPROVED,
  ],
  [
    'guard_old_contact_is_told',
    'other bank details dated ahead, past the cool-off',
    SAME_DAY + proposedOn('2027-01-30') + there(TOLD + APPROVED.replaceAll('kernel.today()', `'2027-01-30'::date`)),
  ],
  [
    'guard_old_contact_is_told',
    'the same after the number was removed, not replaced',
    `update families.family set mobile = null, safe_channels = '{call}' where id = {family}; ${TOLD} ${APPROVED}`,
  ],
];
const ADDRESS = (line: string): string =>
  `update families.family set address_line_1 = '${line}', town = 'Northton', postcode = 'N1 1AA', contact = 'yes',
     safe_channels = '{letter,call}' where id = {family};`;
const MOVED = `${UNSAFE} ${ADDRESS('1 Old Street')} ${ADDRESS('9 New Road')}`;
const AT_ADDRESS = `(select id from families.former_contact where channel = 'letter')`;
const ADDRESS_TOLD = `${notice(SECOND)} ${tie(SECOND).replace('{old}', AT_ADDRESS)}
  update notices.notice set state = 'call_needed' where id = ${SECOND};`;
const letter = (to: string): string =>
  `insert into notices.attempt (authority_id, notice_id, family_id, channel, language, destination, body, letter, postage, is_discreet)
     values ({ours}, ${SECOND}, {family}, 'letter', 'en', E'A Person\\n${to}\\nNorthton\\nN1 1AA', 'x', '{}', 'second', false);`;
approving.push([
  'guard_old_contact_is_told',
  'other bank details after a change of address, told at the new one only',
  MOVED + TOLD + APPROVED,
]);
const contacts: Attack[] = [
  ['permission denied', 'an old contact made up', former({})],
  ['permission denied', 'an old contact deleted', 'delete from families.former_contact'],
  ['permission denied', 'an old contact sent elsewhere', `update families.former_contact set destination = '${NEW}'`],
  ['permission denied', 'an old contact aged', `update families.former_contact set left_on = '2026-01-01'`],
  [
    'guard_old_contact_stands',
    'an old contact called unsafe by somebody else',
    UNSAFE.replace('{finance}', '{manager}'),
  ],
  ['guard_old_contact_stands', 'an unsafe old contact called safe', `${UNSAFE} ${UNSAFE}`],
  [
    'guard_old_contact_stands',
    'an old contact called unsafe long ago',
    UNSAFE.replace('kernel.today()', `'2026-01-01'`),
  ],
  ['permission denied', 'a notice taken from an old contact', 'delete from notices.old_contact_notice'],
];
const ties: Attack[] = [
  ['pk_old_contact_notice', 'a notice to the old number twice', notice(SECOND) + tie(SECOND) + tie(SECOND)],
  [
    'uq_old_contact_is_told_once',
    'an old number told twice',
    notice(SECOND) + tie(SECOND) + notice(SECOND + 1) + tie(SECOND + 1),
  ],
  ['fk_old_contact_notice_has_a_notice', 'an old number told by no notice', tie(1)],
  [
    'fk_old_contact_notice_of_bank_details',
    'a notice of no account',
    notice(SECOND) + tie(SECOND).replace('{details}', '1'),
  ],
  [
    'fk_old_contact_notice_to_an_old_contact',
    'a notice to no old number',
    notice(SECOND) + tie(SECOND).replace('{old}', '1'),
  ],
];
const sending: Attack[] = [
  ['guard_notice_to_an_old_contact_goes_there', 'the old number’s notice sent to the new one', OLD_TOLD + sms(NEW)],
  ['guard_notice_to_an_old_contact_goes_there', 'a message to an unsafe old number', OLD_TOLD + UNSAFE + sms(OLD)],
  [
    'guard_attempt_goes_a_safe_way',
    'a message to the old number of a family that must not be contacted',
    `${OLD_TOLD} update families.family set contact = 'no' where id = {family}; ${sms(OLD)}`,
  ],
  [
    'guard_old_contact_is_told_discreetly',
    'a discreet message to an old number that says why',
    OLD_TOLD + sms(OLD, 'true', 'Your money goes elsewhere'),
  ],
];
const sends = (id: number): string => `update notices.attempt set state = 'sending' where notice_id = ${id};`;
sending.push(
  [
    'guard_notice_to_an_old_contact_goes_there',
    'the old address’s notice sent to the new one',
    MOVED + ADDRESS_TOLD + letter('9 New Road'),
  ],
  [
    'guard_notice_to_an_old_contact_goes_there',
    'a letter to the old address of a family that is told discreetly since',
    `${MOVED} ${ADDRESS_TOLD} update families.family set contact = 'discreet' where id = {family}; ${letter('1 Old Street')}`,
  ],
  [
    'guard_way_is_still_safe',
    'something else sent to the old number',
    `${SAME_DAY} ${notice(NOTICE, 'award')} ${sms(OLD, '', 'x', NOTICE)} ${sends(NOTICE)}`,
  ],
  [
    'guard_way_is_still_safe',
    'what waited sent to an old number that is unsafe now',
    SAME_DAY + TOLD + sms(OLD, '', 'x', NOTICE) + UNSAFE + sends(NOTICE),
  ],
  [
    'guard_way_is_still_safe',
    'a notice to an old number that is unsafe now',
    OLD_TOLD + sms(OLD) + UNSAFE + sends(SECOND),
  ],
);
const asOwner: Attack[] = [
  ['pk_former_contact', 'one number for two old contacts', copyOf('families.former_contact', 'id = {old}', {}, false)],
  ['ck_former_contact_is_one_messages_go_to', 'an old contact by pigeon', former({ channel: 'pigeon' })],
  ['fk_former_contact_of_a_family', 'an old contact of no family', former({ family_id: 1 })],
  ['ck_unsafe_old_contact_says_who_and_when', 'an unsafe old contact without a day', former({ unsafe_by: 1 })],
  [
    'fk_former_contact_unsafe_by_a_user',
    'an old contact called unsafe by nobody',
    former({ unsafe_by: 999999, unsafe_on: '2026-11-16' }),
  ],
  ['guard_old_contact_stands', 'an old contact sent elsewhere', `update families.former_contact set destination = 'x'`],
  ['guard_append_only', 'old contacts deleted', 'delete from families.former_contact'],
  ['guard_append_only', 'notices to old contacts deleted', 'delete from notices.old_contact_notice'],
];

describe('Other bank details after a change of the telephone', () => {
  itRefuses(() => scene, approving);

  it('are accepted when the old number is told, or somebody calls it unsafe', async () => {
    expect(await scene.attack(TOLD + OLD_TOLD + APPROVED)).toBe('accepted');
    expect(await scene.attack(UNSAFE + TOLD + APPROVED)).toBe('accepted');
  });

  it('are accepted when the old address is told by letter', async () => {
    expect(await scene.attack(MOVED + TOLD + ADDRESS_TOLD + letter('1 Old Street') + APPROVED)).toBe('accepted');
  });

  it('are accepted when the telephone changed before the cool-off', async () => {
    const later = `select set_config('mainstay.today', '2026-11-30', true);`;
    expect(await scene.attack(later + proposedOn('2026-11-30') + there(TOLD + APPROVED))).toBe('accepted');
  });
});

describe('An old contact', () => {
  itRefuses(() => scene, contacts);
  itRefuses(() => scene, ties);
  itRefuses(() => scene, asOwner, 'owner');

  it('is kept by the change itself, whoever makes it and however', async () => {
    const seen = `do $$ begin if (select count(*) from families.former_contact where destination = '${NEW}') <> 1 then
      raise exception 'not kept'; end if; end $$;`;
    expect(await scene.attack(`update families.family set mobile = null where id = {family}; ${seen}`)).toBe(
      'accepted',
    );
  });
});

describe('A message to an old contact', () => {
  itRefuses(() => scene, sending);

  it('is accepted at the old number', async () => {
    expect(await scene.attack(OLD_TOLD + sms(OLD) + sends(SECOND))).toBe('accepted');
  });

  it('that waited when the family was moved away from there goes on, if it tells of another account', async () => {
    expect(await scene.attack(SAME_DAY + TOLD + sms(OLD, '', 'x', NOTICE) + sends(NOTICE))).toBe('accepted');
  });
});
