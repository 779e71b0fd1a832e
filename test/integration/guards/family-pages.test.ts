import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { openedPagesScene } from '../../support/opened-pages-scene.ts';

let scene: GuardScene;
beforeAll(async () => (scene = await openedPagesScene()));
afterAll(() => scene.house.close());

const DIGEST = `\\x${'7'.repeat(64)}`;
const session = (changes: Record<string, unknown>, newId = true): string =>
  copyOf('notices.family_session', 'id = {session}', { secret_sha256: DIGEST, ...changes }, newId);
const setSession = (what: string, which = 'session'): string =>
  `update notices.family_session set ${what} where id = {${which}};`;
const linkOf = `(authority_id, code_sha256) = (select authority_id, code_sha256 from notices.family_session where id = {session})`;

const ofSessions: Attack[] = [
  ['pk_family_session', 'the same session twice', session({}, false)],
  ['uq_family_session_secret', 'one secret for two sessions', copyOf('notices.family_session', 'id = {session}', {})],
  ['ck_family_session_secret_is_sha256', 'a secret in the clear', session({ secret_sha256: '\\x00' })],
  ['ck_family_session_language_is_a_code', 'a language that is none', session({ language: 'the king’s' })],
  ['ck_family_session_is_at_most_an_hour', 'a session for a day', session({ expires_at: '2099-01-01' })],
  ['ck_ended_family_session_says_why', 'a session ended without saying why', setSession('ended_at = now()')],
  [
    'fk_family_session_of_a_link',
    'a code moved on to another family under its session',
    `alter table notices.family_session disable trigger guard_family_session; ${session({ family_id: 1 })}`,
  ],
  [
    'guard_family_session_has_a_code_in_force',
    "a session at another family's page with this family's code",
    session({ family_id: '{secondFamily}' }),
  ],
  [
    'guard_family_session_has_a_code_in_force',
    'a session with a code that was taken back',
    `update notices.family_link set revoked_at = now() where ${linkOf}; ${session({})}`,
  ],
  [
    'guard_family_session_has_a_code_in_force',
    'a session with a code that ran out',
    `select set_config('mainstay.today', '2030-01-01', true); ${session({})}`,
  ],
  ...[`mobile = '+447700900998'`, `contact = 'no'`, `safe_channels = '{call}', first_channel = null`].map(
    (what): Attack => [
      'guard_family_session_has_a_code_in_force',
      `a session with a code sent before the family got ${what.split(' = ').join(' ')}`,
      `update families.family set ${what} where id = (select family_id from notices.family_session where id = {session}); ${session({})}`,
    ],
  ),
  [
    'guard_ended_family_session_stays_ended',
    'an ended session opened again',
    setSession('ended_at = null, ended_because = null', 'endedSession'),
  ],
  [
    'guard_family_session_is_one_familys',
    'a session drawn out',
    setSession(`expires_at = expires_at + interval '1 minute'`),
  ],
  ['guard_family_session_is_one_familys', 'a session handed on', setSession('family_id = {secondFamily}')],
  [
    'guard_idle_family_session_is_over',
    'a session woken after a quarter of an hour',
    setSession(`seen_at = now() - interval '20 minutes'`) + setSession('seen_at = now()'),
  ],
  ['permission denied', 'a session deleted', 'delete from notices.family_session'],
  [
    'guard_code_taken_back_stays_so',
    'a code in force again',
    `update notices.family_link set revoked_at = now() where ${linkOf}; update notices.family_link set revoked_at = null where ${linkOf}`,
  ],
];

const tried = (client: string, more = ''): string =>
  `insert into notices.code_try (authority_id, client_sha256${more && ', tried_at'}) select {ours}, ${client}${more && `, ${more}`}`;
const ofTries: Attack[] = [
  ['ck_code_try_keeps_a_digest', 'who tried, in the clear', tried(`'192.0.2.1'`)],
  [
    'guard_wrong_codes_are_few',
    'an eleventh wrong code in a quarter of an hour',
    `${tried(`sha256('a')`)} from generate_series(1, 10); ${tried(`sha256('a')`)}`,
  ],
  [
    'guard_wrong_codes_are_few',
    'wrong codes that say they were tried yesterday',
    `${tried(`sha256('a')`, `now() - interval '1 day'`)} from generate_series(1, 10); ${tried(`sha256('a')`)}`,
  ],
  ['permission denied', 'tries forgotten', 'delete from notices.code_try'],
];

const message = (changes: Record<string, unknown>, newId = true): string =>
  copyOf('notices.family_message', 'id = {openMessage}', changes, newId);
const setMessage = (what: string, which = 'openMessage'): string =>
  `update notices.family_message set ${what} where id = {${which}};`;
const answer = (by: string, note: string): string =>
  setMessage(`state = 'answered', answered_by = ${by}, answered_at = now(), note = ${note}`);
const ofMessages: Attack[] = [
  ['pk_family_message', 'the same message twice', message({}, false)],
  ['ck_family_message_kind_is_known', 'a message about something else', message({ kind: 'rumour' })],
  ['ck_family_message_says_something', 'a call for help without a word', message({ text: ' ' })],
  ['ck_family_message_is_short', 'a message of 501 characters', message({ text: 'x'.repeat(501) })],
  ['ck_family_message_is_short', 'a way to reach them of 201 characters', message({ reach: 'x'.repeat(201) })],
  [
    'ck_family_message_is_looked_at_after_it_came',
    'a message looked at before it came',
    message({ look_by: '2026-11-16' }),
  ],
  ['fk_family_message_of_its_session', "a message in another family's name", message({ family_id: '{secondFamily}' })],
  ['fk_family_message_of_its_session', 'a message from no session', message({ session_id: 1 })],
  ['fk_family_message_answered_by_a_user', 'a message answered by nobody there is', setMessage('answered_by = 999999')],
  ['guard_states_of_family_message', 'a message born answered', message({ state: 'answered' })],
  [
    'guard_states_of_family_message',
    'an answered message opened again',
    setMessage(`state = 'open'`, 'answeredMessage'),
  ],
  ['ck_answered_message_says_who_and_what', 'a message answered without a word', answer('{finance}', `' '`)],
  [
    'guard_family_message_is_answered_by_who_acts',
    "a message answered in somebody else's name",
    answer('{manager}', `'Done'`),
  ],
  ['guard_family_message_stays_as_sent', "a family's words changed", setMessage(`text = 'All is well'`)],
  ['guard_family_message_stays_as_sent', 'more time to look at it', setMessage(`look_by = look_by + 7`)],
  [
    'guard_family_message_stays_as_sent',
    'an answer written over',
    setMessage(`note = 'Never called'`, 'answeredMessage'),
  ],
  [
    'guard_family_messages_are_few',
    'an eleventh message that waits',
    Array.from({ length: 10 }, () => message({})).join(';'),
  ],
  ['permission denied', 'a message deleted', 'delete from notices.family_message'],
];

const feed = (changes: Record<string, unknown>): string =>
  copyOf('notices.family_feed', 'true', { code_sha256: DIGEST, family_id: '{secondFamily}', ...changes }, false);
const event = (changes: Record<string, unknown>): string =>
  copyOf(
    'notices.calendar_event',
    'true',
    { uid: '11111111-1111-4111-8111-111111111111', slot: '1-2', ...changes },
    false,
  );
const setEvent = (what: string): string => `update notices.calendar_event set ${what}`;
const ofCalendars: Attack[] = [
  ['ck_feed_code_is_sha256', 'a calendar by its bare code', feed({ code_sha256: '\\x00' })],
  ['fk_feed_of_a_family', 'a calendar of nobody', feed({ family_id: 1 })],
  ['pk_family_feed', 'one code for two calendars', `${feed({})}; ${feed({ family_id: '{waitsFamily}' })}`],
  ['uq_feed_one_in_force_a_family', 'two calendars of one family', feed({ family_id: '{openFamily}' })],
  [
    'guard_code_taken_back_stays_so',
    'a calendar that was stopped, going on',
    `update notices.family_feed set revoked_at = now(); update notices.family_feed set revoked_at = null`,
  ],
  [
    'guard_code_taken_back_stays_so',
    'a calendar handed on',
    `update notices.family_feed set family_id = {secondFamily}`,
  ],
  ['permission denied', 'a calendar deleted', 'delete from notices.family_feed'],
  ['pk_calendar_event', 'two events of one payment', event({ slot: '1-1' })],
  [
    'uq_calendar_event_uid',
    'one identity for two events',
    copyOf('notices.calendar_event', 'true', { slot: '1-2' }, false),
  ],
  ['ck_calendar_slot_is_plain', 'an event that says something', event({ slot: 'section 17' })],
  ['ck_calendar_sequence_begins_at_nought', 'a count below nought', event({ sequence: -1 })],
  ['fk_calendar_event_of_a_family', 'an event of nobody', event({ family_id: 1 })],
  ['guard_calendar_event_keeps_its_identity', 'an event that becomes another', setEvent('uid = gen_random_uuid()')],
  ['guard_moved_event_counts_up', 'an event moved in silence', setEvent('on_day = on_day + 1')],
  [
    'guard_moved_event_counts_up',
    'an event that counts down',
    `${setEvent('sequence = 5')}; ${setEvent('sequence = 4')}`,
  ],
];

const PAST_ITS_GUARD = 'fk_family_session_of_a_link';
describe('A session of a family', () => {
  itRefuses(
    () => scene,
    ofSessions.filter(([guard]) => guard !== PAST_ITS_GUARD),
  );
});
describe('A session with a code of another family, past its guard', () => {
  itRefuses(
    () => scene,
    ofSessions.filter(([guard]) => guard === PAST_ITS_GUARD),
    'owner',
  );
});
describe('A wrong code', () => {
  itRefuses(() => scene, ofTries);
});
describe('A message of a family', () => {
  itRefuses(() => scene, ofMessages);
});
describe('A calendar of a family', () => {
  itRefuses(() => scene, ofCalendars);
});
describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    ['family_session', 'code_try', 'family_message', 'family_feed', 'calendar_event'].map((table): Attack => [
      'guard_append_only',
      `${table} emptied`,
      `truncate notices.${table} cascade`,
    ]),
    'owner',
  );
});
