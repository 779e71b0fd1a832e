import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { noticesScene } from '../../support/notices-scene.ts';

let scene: GuardScene;
beforeAll(async () => (scene = await noticesScene()));
afterAll(() => scene.house.close());

const UUID = '11111111-1111-4111-8111-111111111111';
const notice = (changes: object): string =>
  copyOf('notices.notice', 'id = {drafted}', { state: 'drafted', ...changes });
const attempt = (changes: object): string =>
  copyOf('notices.attempt', 'id = {queuedAttempt}', {
    ...{ state: 'queued', channel: 'email', destination: 'a@b.example', reference: UUID },
    ...changes,
  });
const setNotice = (what: string, which = 'drafted'): string =>
  `update notices.notice set ${what} where id = {${which}};`;
const setAttempt = (what: string, which = 'acceptedAttempt'): string =>
  `update notices.attempt set ${what} where id = {${which}};`;
/** Moments about midnight in London, the day they are of, and the day they are not of: in winter, and as clocks change. */
const atMidnight = [
  ['2026-11-20T23:59:59Z', '2026-11-20', '2026-11-19'],
  ['2026-11-21T00:00:00Z', '2026-11-21', '2026-11-20'],
  ['2027-03-28T00:30:00Z', '2027-03-28', '2027-03-27'],
  ['2027-03-28T23:30:00Z', '2027-03-29', '2027-03-28'],
  ['2027-10-30T23:30:00Z', '2027-10-31', '2027-10-30'],
  ['2027-10-31T23:30:00Z', '2027-10-31', '2027-10-30'],
] as const;
/** What hears of a delivery long after, and says on which day it was. */
const receivedAt = (completed: string, day: string): string =>
  `select set_config('mainstay.today', '2027-12-01', true); ${heard('delivered', `'${completed}'`)}
   ${setAttempt(`state = 'delivered', received_on = '${day}'`)}`;
const heard = (status: string, completed = 'null', which = 'acceptedAttempt'): string =>
  `insert into notices.heard (authority_id, how, provider_id, status, completed_at)
   select {ours}, 'callback', provider_id, '${status}', ${completed} from notices.attempt where id = {${which}};`;
/** The letter of the open family, to where it lives. */
const letter = {
  ...{ id: 5555, channel: 'letter', postage: 'second' },
  destination: 'Lead of OPEN\n1 High Street\nNorthtown\nSE1 1AA',
};
const sentLetter = (arrives: string): string =>
  `${attempt(letter)};
   update notices.attempt set state = 'sending' where id = 5555;
   update notices.attempt set state = 'accepted', provider_id = '${UUID}', sent_at = now(), sent_on = kernel.today(),
     arrives_earliest = '${arrives}', arrives_latest = '${arrives}' where id = 5555;`;
const link = (changes: Record<string, unknown>): string =>
  copyOf('notices.family_link', 'true', { code_sha256: `\\x${'0'.repeat(64)}`, ...changes }, false);
const decided = (changes: object): string =>
  `insert into notices.translation_decision (authority_id, language, words_sha256, outcome, reason, decided_by)
   select r.authority_id, r.language, r.words_sha256, r.outcome, r.reason, r.decided_by from jsonb_populate_record(
     null::notices.translation_decision, '${JSON.stringify({
       ...{ authority_id: '{ours}', language: 'es', words_sha256: `\\x${'1'.repeat(64)}`, outcome: 'approved' },
       ...{ reason: 'Read', decided_by: '{finance}', ...changes },
     }).replaceAll('"{ours}"', '{ours}')}'::jsonb) r;`;

const ofNotices: Attack[] = [
  ['ck_notice_kind_is_known', 'a notice of an unknown kind', notice({ kind: 'rumour', facts: { kind: 'rumour' } })],
  ['ck_notice_says_what_its_kind_says', 'a notice that says something else', notice({ kind: 'end', affects_on: null })],
  [
    'guard_notice_gives_the_councils_days',
    'a notice of ten days where the council gives fourteen',
    notice({ notice_days: 10 }),
  ],
  ['fk_notice_to_a_family', 'a notice to nobody', notice({ family_id: 1 })],
  ['pk_notice', 'the same notice twice', copyOf('notices.notice', 'id = {drafted}', {}, false)],
  ['ck_received_notice_says_how', 'a receipt by nothing', notice({ received_on: '2026-11-16' })],
  ['guard_states_of_notice', 'a notice born received', notice({ state: 'received' })],
  ['guard_states_of_notice', 'a received notice taken back', setNotice(`state = 'withdrawn'`, 'told')],
  ['ck_notice_received_has_its_day', 'a notice received on no day', setNotice(`state = 'received'`, 'queued')],
  [
    'fk_notice_received_by_an_attempt',
    'a notice born with a receipt of nothing',
    notice({ received_on: '2026-11-16', received_by: 1 }),
  ],
  [
    'guard_receipt_is_of_an_attempt',
    'a receipt by an attempt that was not delivered',
    setNotice(`state = 'received', received_on = '2026-11-16', received_by = {queuedAttempt}`, 'queued'),
  ],
  [
    'guard_receipt_is_of_an_attempt',
    "a receipt by another family's attempt",
    setNotice(`state = 'received', received_on = received_on, received_by = {acceptedAttempt}`, 'told'),
  ],
  [
    'guard_receipt_is_of_an_attempt',
    'a receipt moved to a later day',
    setNotice(`received_on = received_on + 1`, 'told'),
  ],
  [
    'guard_receipt_is_of_an_attempt',
    'a receipt forgotten',
    setNotice(`received_on = null, received_by = null, state = 'received'`, 'told'),
  ],
  ...[
    'affects_on = affects_on + 7',
    'notice_days = 20',
    'family_id = {secondFamily}',
    `drafted_on = drafted_on - 9`,
  ].map((what): Attack => [
    'guard_notice_says_what_it_said',
    `a notice with ${what.split(' = ')[0]} changed`,
    setNotice(what),
  ]),
  [
    'guard_notice_says_what_it_said',
    'a served notice with other words',
    setNotice(`facts = facts || '{"weeklyAfter": "1.00"}'`, 'queued'),
  ],
  ['permission denied', 'a notice deleted', 'delete from notices.notice'],
];

const ofAttempts: Attack[] = [
  ['ck_attempt_goes_somewhere', 'a message to nowhere', attempt({ destination: ' ' })],
  ['ck_postage_is_known', 'a letter by pigeon post', attempt({ channel: 'letter', postage: 'pigeon' })],
  ['ck_parts_are_few', 'a text message in a hundred parts', attempt({ parts: 100 })],
  [
    'pk_attempt',
    'the same attempt twice',
    copyOf('notices.attempt', 'id = {queuedAttempt}', { channel: 'email', reference: UUID }, false),
  ],
  [
    'uq_attempt_reference',
    'two attempts Notify could not tell apart',
    copyOf('notices.attempt', 'id = {queuedAttempt}', { channel: 'email' }),
  ],
  [
    'uq_attempt_provider',
    'two attempts that are one message',
    `update notices.attempt set state = 'sending' where id = {queuedAttempt}; update notices.attempt set provider_id = (select provider_id from notices.attempt where id = {acceptedAttempt}) where id = {queuedAttempt}`,
  ],
  ['fk_attempt_of_a_notice', 'an attempt for another family', attempt({ family_id: '{secondFamily}' })],
  ['uq_attempt_one_open_a_way', 'the same way tried twice at once', attempt({ channel: 'sms' })],
  ['ck_call_is_logged_by_a_person', 'a message logged as a call', attempt({ logged_by: '{finance}' })],
  ['guard_call_is_logged_by_its_caller', 'a call nobody made', attempt({ channel: 'call' })],
  [
    'guard_call_is_logged_by_its_caller',
    'a call logged in the name of somebody else',
    attempt({ channel: 'call', logged_by: '{manager}' }),
  ],
  [
    'fk_call_logged_by_a_user',
    'a call by nobody known',
    `select set_config('mainstay.actor', '999999', true); ${attempt({ channel: 'visit', logged_by: 999999 })}`,
  ],
  [
    'guard_attempt_goes_a_safe_way',
    'a message to a family that must not be contacted',
    attempt({ notice_id: '{callNeeded}', family_id: '{silentFamily}' }),
  ],
  [
    'guard_attempt_goes_a_safe_way',
    'a message by a way the family did not call safe',
    `update families.family set safe_channels = '{sms}' where id = {openFamily}; ${attempt({})}`,
  ],
  ['guard_attempt_is_in_approved_words', 'words nobody approved', attempt({ language: 'es' })],
  [
    'guard_attempt_is_in_approved_words',
    'other words than those approved',
    decided({}) + attempt({ language: 'es', words_sha256: `\\x${'2'.repeat(64)}` }),
  ],
  [
    'guard_attempt_is_in_approved_words',
    'words whose approval was taken back',
    decided({}) + decided({ outcome: 'withdrawn' }) + attempt({ language: 'es', words_sha256: `\\x${'1'.repeat(64)}` }),
  ],
  ...['Northshire Council: hello', 'Your MONEY is here', 'NRPF', 'section 17', 'Your benefit', 'Immigration'].map(
    (body): Attack => [
      'guard_discreet_message_says_nothing',
      `a discreet text message that says "${body}"`,
      `update notices.attempt set state = 'withdrawn' where id = {discreetAttempt}; ${attempt({ notice_id: '{discreet}', family_id: '{discreetFamily}', channel: 'sms', body })}`,
    ],
  ),
  [
    'guard_discreet_message_says_nothing',
    'a discreet e-mail whose subject says it',
    attempt({ notice_id: '{discreet}', family_id: '{discreetFamily}', subject: 'From the council' }),
  ],
  [
    'guard_discreet_sender_says_nothing',
    'a discreet message from a sender with a name',
    `update notices.sender set is_neutral = false; ${attempt({ notice_id: '{discreet}', family_id: '{discreetFamily}', subject: 'News' })}`,
  ],
  ['guard_states_of_attempt', 'an attempt born delivered', attempt({ state: 'delivered' })],
  [
    'guard_states_of_attempt',
    'a delivered attempt called failed',
    `update notices.attempt set state = 'failed', failure = 'x' where notice_id = {told} and state = 'delivered'`,
  ],
  ['ck_failed_attempt_says_why', 'a failure without a reason', setAttempt(`state = 'failed'`)],
  ['ck_delivered_attempt_has_its_day', 'a delivery on no day', setAttempt(`state = 'delivered'`)],
  [
    'ck_letter_says_when_it_arrives',
    'a letter sent without a day of arrival',
    `${attempt(letter)}; update notices.attempt set state = 'sending' where id = 5555; update notices.attempt set state = 'accepted', provider_id = '${UUID}', sent_at = now(), sent_on = kernel.today() where id = 5555`,
  ],
  ['guard_receipt_has_its_evidence', 'an attempt born received', attempt({ received_on: '2026-11-16' })],
  [
    'guard_receipt_has_its_evidence',
    'a forged receipt of a text message',
    setAttempt(`state = 'delivered', received_on = '2026-11-16'`),
  ],
  [
    'guard_receipt_has_its_evidence',
    'a receipt from a callback that says it failed',
    heard('failed-permanently') + setAttempt(`state = 'delivered', received_on = kernel.today()`),
  ],
  [
    'guard_receipt_has_its_evidence',
    'a receipt on a better day than Notify said',
    heard('delivered') + setAttempt(`state = 'delivered', received_on = kernel.today() - 3`),
  ],
  [
    'guard_receipt_has_its_evidence',
    "a receipt on another message's callback",
    `${heard('delivered')} update notices.attempt set state = 'sending' where id = {queuedAttempt}; update notices.attempt set state = 'accepted', provider_id = '${UUID}', sent_at = now(), sent_on = kernel.today() where id = {queuedAttempt}; ${setAttempt(`state = 'delivered', received_on = kernel.today()`, 'queuedAttempt')}`,
  ],
  [
    'guard_receipt_has_its_evidence',
    'a visit on a day before its notice, which says it was drafted long ago',
    `${notice({ id: 6666, drafted_on: '2026-10-01' })}; ${attempt({ id: 5555, notice_id: 6666, channel: 'visit', logged_by: '{finance}' })};
     update notices.attempt set state = 'delivered', received_on = '2026-10-05' where id = 5555`,
  ],
  [
    'guard_receipt_has_its_evidence',
    'a receipt heard of long ago, as somebody says today',
    `insert into notices.heard (authority_id, how, provider_id, status, heard_on)
     select {ours}, 'callback', provider_id, 'delivered', '2026-11-17' from notices.attempt where id = {acceptedAttempt};
     ${setAttempt(`state = 'delivered', received_on = '2026-11-17'`)}`,
  ],
  ['guard_letter_takes_its_days', 'a letter quicker than the post', sentLetter('2026-11-20')],
  [
    'guard_attempt_is_sent_today',
    'a message sent in the past',
    `update notices.attempt set state = 'sending' where id = {queuedAttempt}; update notices.attempt set state = 'accepted', provider_id = '${UUID}', sent_at = now(), sent_on = kernel.today() - 9 where id = {queuedAttempt}`,
  ],
  ...[`contact = 'no'`, `safe_channels = '{email}'`, `mobile = '+447700900999'`, `contact = 'discreet'`].map(
    (what): Attack => [
      'guard_way_is_still_safe',
      `a message that waited while the family got ${what.split(' = ').join(' ')}`,
      `update families.family set ${what} where id = {openFamily}; update notices.attempt set state = 'sending' where id = {queuedAttempt}`,
    ],
  ),
  [
    'guard_way_is_still_safe',
    'a letter to where the family lived before',
    `${attempt(letter)}; update families.family set address_line_1 = '9 New Road' where id = {openFamily}; update notices.attempt set state = 'sending' where id = 5555`,
  ],
  ...[`contact = 'no'`, `safe_channels = '{email}'`, `mobile = '+447700900999'`].map((what): Attack => [
    'guard_receipt_is_where_the_family_is_safe',
    `a message that arrived after the family got ${what.split(' = ').join(' ')}`,
    `${heard('delivered')} update families.family set ${what} where id = {secondFamily};
     ${setAttempt(`state = 'delivered', received_on = kernel.today()`)}`,
  ]),
  ...atMidnight.map(([completed, , dayBefore]): Attack => [
    'guard_receipt_has_its_evidence',
    `a receipt of ${completed} as if it were of the day before`,
    receivedAt(completed, dayBefore),
  ]),
  [
    'guard_receipt_has_its_evidence',
    'a letter received before it can have arrived',
    sentLetter('2026-12-01') +
      `update notices.attempt set state = 'delivered', received_on = '2026-12-01' where id = 5555`,
  ],
  [
    'guard_receipt_has_its_evidence',
    'a letter received on its earliest day',
    `select set_config('mainstay.today', '2026-12-24', true); ${sentLetter('2026-12-30').replace(`arrives_earliest = '2026-12-30'`, `arrives_earliest = '2026-12-24'`)} update notices.attempt set state = 'delivered', received_on = '2026-12-24' where id = 5555`,
  ],
  [
    'guard_receipt_has_its_evidence',
    'a call before the notice was drafted',
    `${attempt({ id: 5555, channel: 'call', logged_by: '{finance}' })}; update notices.attempt set state = 'delivered', received_on = '2026-11-01' where id = 5555`,
  ],
  [
    'guard_receipt_has_its_evidence',
    'a call that is yet to be',
    `${attempt({ id: 5555, channel: 'visit', logged_by: '{finance}' })}; update notices.attempt set state = 'delivered', received_on = kernel.today() + 1 where id = 5555`,
  ],
  [
    'guard_receipt_stands',
    'a receipt moved',
    `update notices.attempt set received_on = received_on - 1 where notice_id = {told} and state = 'delivered'`,
  ],
  [
    'guard_attempt_only_gets_better',
    'a late callback that undoes a better one',
    setAttempt(`provider_rank = 4, provider_status = 'delivered'`) + setAttempt(`provider_rank = 0`),
  ],
  ...[`body = 'Other words'`, `destination = '+447700900999'`, `channel = 'email'`, `language = 'fr'`].map(
    (what): Attack => [
      'guard_attempt_stands_as_made',
      `an attempt with another ${what.split(' = ')[0]}`,
      setAttempt(what),
    ],
  ),
  [
    'ck_attempt_keeps_no_code',
    'a message kept with a code that opens the page',
    attempt({ body: 'https://pages.example/f/01ABCDEFGHJK' }),
  ],
  ['guard_attempt_stands_as_made', 'a message sent on another day', setAttempt('sent_on = sent_on - 10')],
  [
    'guard_attempt_stands_as_made',
    'a letter that arrives sooner',
    sentLetter('2026-12-01') +
      `update notices.attempt set arrives_latest = '2026-11-17', arrives_earliest = '2026-11-17' where id = 5555`,
  ],
  ['permission denied', 'an attempt deleted', 'delete from notices.attempt'],
];

const ofTheRest: Attack[] = [
  ['ck_heard_how_is_known', 'something heard in a dream', heard('delivered').replace(`'callback'`, `'dream'`)],
  ['permission denied', 'something heard, rewritten', `update notices.heard set status = 'delivered'`],
  ['ck_link_code_is_sha256', 'a link by its bare code', link({ code_sha256: '\\x00' })],
  [
    'ck_link_expires_after_it_is_made',
    'a link that never was',
    link({ expires_on: '2026-11-16', made_on: '2026-11-16' }),
  ],
  ['pk_family_link', 'the same code twice', copyOf('notices.family_link', 'true', {}, false)],
  ['fk_link_of_a_family', 'a link to nobody', link({ family_id: 1 })],
  ['permission denied', 'a link made to last', `update notices.family_link set expires_on = expires_on + 100`],
  ['ck_translation_is_not_english', 'an approval of English', decided({ language: 'en' })],
  ['ck_translation_words_are_sha256', 'an approval of no words', decided({ words_sha256: '\\x00' })],
  ['ck_translation_outcome_is_known', 'a decision that is none', decided({ outcome: 'perhaps' })],
  ['ck_translation_decision_has_a_reason', 'an approval without a word', decided({ reason: ' ' })],
  [
    'ck_translation_is_decided_by_who_acts',
    'an approval in the name of somebody else',
    decided({ decided_by: '{manager}' }),
  ],
  [
    'fk_translation_decided_by_a_user',
    'an approval by nobody',
    `select set_config('mainstay.actor', '999999', true); ${decided({ decided_by: 999999 })}`,
  ],
  ['permission denied', 'an approval rewritten', `update notices.translation_decision set outcome = 'approved'`],
  ['permission denied', 'a letter copy rewritten', `update notices.letter_copy set sha256 = sha256`],
  ...(
    ['pk_letter_copy', 'ck_letter_copy_sha256', 'ck_letter_copy_is_sealed', 'fk_letter_copy_of_an_attempt'] as const
  ).map((name): Attack => {
    const values: Record<string, string> = {
      pk_letter_copy: `({queuedAttempt}, {ours}, sha256(''), '\\x01'), ({queuedAttempt}, {ours}, sha256(''), '\\x01')`,
      ck_letter_copy_sha256: `({queuedAttempt}, {ours}, '\\x00', '\\x01')`,
      ck_letter_copy_is_sealed: `({queuedAttempt}, {ours}, sha256(''), '\\x25504446')`,
      fk_letter_copy_of_an_attempt: `(1, {ours}, sha256(''), '\\x01')`,
    };
    return [
      name,
      `a letter copy against ${name}`,
      `insert into notices.letter_copy (attempt_id, authority_id, sha256, sealed) values ${values[name]}`,
    ];
  }),
];

const setSender = (what: string): string => `update notices.sender set ${what}`;
const ofSenders: Attack[] = [
  ['ck_sender_url_is_http', 'a Notify that is a file', setSender(`base_url = 'file:///etc/passwd'`)],
  [
    'ck_sender_key_is_sealed',
    'a key anybody could read',
    setSender(`sealed_key = 'open, and long enough to be taken for a sealed one'`),
  ],
  ['ck_callback_token_is_sha256', 'a token anybody could read', setSender(`callback_token_sha256 = 'token'`)],
  [
    'ck_page_url_is_http',
    'an address of pages with data in it',
    setSender(`page_url = 'https://pages.example/?family=1'`),
  ],
  ['ck_tokens_are_within_the_burst', 'more haste than Notify permits', setSender('tokens = 5000')],
  ['pk_sender', 'a second service', copyOf('notices.sender', 'true', {}, false)],
  ['permission denied', 'a service deleted', 'delete from notices.sender'],
];

describe('A notice', () => {
  itRefuses(() => scene, ofNotices);
});
describe('An attempt to tell a family', () => {
  itRefuses(() => scene, ofAttempts);
});
describe('How a council sends', () => {
  itRefuses(() => scene, ofSenders);
});
describe('The day of a receipt', () => {
  it.each(atMidnight)('of %s is %s: the day it is in London', async (completed, day) => {
    expect(await scene.attack(receivedAt(completed, day))).toBe('accepted');
  });
});

describe('What is heard, links, languages and copies of letters', () => {
  itRefuses(() => scene, ofTheRest);
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    [
      'notices.notice',
      'notices.attempt',
      'notices.sender',
      'notices.family_link',
      'notices.heard',
      'notices.letter_copy',
      'notices.translation_decision',
    ].map((table): Attack => ['guard_append_only', `${table} emptied`, `truncate ${table} cascade`]),
    'owner',
  );
});

describe('What proves a receipt', () => {
  it('is a delivery heard from Notify, on the day it tells of', async () => {
    const proved = `${heard('delivered')} ${setAttempt(`state = 'delivered', received_on = kernel.today()`)}`;
    expect(await scene.attack(proved)).toBe('accepted');
  });

  it("is a letter's latest day of arrival, once it has come", async () => {
    const arrived = `select set_config('mainstay.today', '2026-12-01', true); ${sentLetter('2026-12-01')} update notices.attempt set state = 'delivered', received_on = '2026-12-01' where id = 5555`;
    expect(await scene.attack(arrived)).toBe('accepted');
  });
});
