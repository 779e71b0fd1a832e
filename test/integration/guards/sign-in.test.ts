import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const HASH = `'scrypt$32768$8$3$${'a'.repeat(24)}$${'b'.repeat(43)}'`;
const SEALED = `decode('01' || repeat('ab', 60), 'hex')`;

/** SQL that gives the auditor a credential, with some columns as the attack wants them. */
function credential(changes: Record<string, string> = {}): string {
  const row = { authority_id: '{ours}', user_id: '{auditor}', password_hash: HASH, totp_step: '50', ...changes };
  return `insert into identity.credential (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

/** SQL that gives the auditor a session. */
function session(changes: Record<string, string> = {}): string {
  const row = {
    ...{ authority_id: '{ours}', user_id: '{auditor}', secret_sha256: `sha256('a')`, proven_at: 'now()' },
    ...{ expires_at: `now() + interval '10 hours'`, ...changes },
  };
  return `insert into identity.session (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}

const change = (what: string): string => `update identity.session set ${what} where user_id = {auditor}`;
const ended = { ended_at: 'now()', ended_because: `'signed out'` };

const attacks: Attack[] = [
  ['ck_password_is_hashed', 'a password as it was typed', credential({ password_hash: `'paper lantern orchard'` })],
  ['ck_authenticator_key_is_sealed', 'an authenticator key in the clear', credential({ totp_sealed: `'\\x00'` })],
  ['ck_failures_are_counted', 'fewer than no failures', credential({ failures: '-1' })],
  ['ck_fifth_failure_locks', 'a fifth failure that locks nothing', credential({ failures: '5' })],
  [
    'ck_set_up_code_is_hashed',
    'a set-up code in the clear',
    credential({ set_up_sha256: `'ABC'`, set_up_expires_at: 'now()' }),
  ],
  ['ck_set_up_code_expires', 'a set-up code for ever', credential({ set_up_sha256: `sha256('a')` })],
  ['pk_credential', 'two credentials for one person', credential() + credential()],
  ['fk_credential_is_of_a_user', 'a credential for nobody', credential({ user_id: '999999' })],
  ['fk_credential_is_of_a_user', "a credential for another council's person", credential({ user_id: '{their_user}' })],
  [
    'guard_code_works_once',
    'a code used again',
    `${credential({ totp_sealed: SEALED })} update identity.credential set totp_step = 49 where user_id = {auditor}`,
  ],
  ['permission denied', 'a credential deleted', `delete from identity.credential`],
  ['uq_session_secret', 'one secret for two sessions', session() + session()],
  ['fk_session_is_of_a_user', 'a session of nobody', session({ user_id: '999999' })],
  ['ck_session_is_at_most_half_a_day', 'a session for a week', session({ expires_at: `now() + interval '7 days'` })],
  ['ck_ended_session_says_why', 'a session ended without saying why', session({ ended_at: 'now()' })],
  [
    'guard_ended_session_stays_ended',
    'an ended session opened again',
    `${session(ended)} ${change('ended_at = null, ended_because = null')}`,
  ],
  ['guard_session_is_one_persons', 'a session handed on', `${session()} ${change('user_id = {manager}')}`],
  [
    'guard_session_is_one_persons',
    'a session drawn out',
    `${session()} ${change(`expires_at = expires_at + interval '1 hour'`)}`,
  ],
  ['permission denied', 'a session deleted', `delete from identity.session`],
];

const draft = (userId: string, name: string, sealed: string): string =>
  `insert into platform.draft (authority_id, user_id, name, sealed) values ({ours}, ${userId}, '${name}', ${sealed});`;

describe('Signing in', () => {
  itRefuses(() => scene, attacks);
});

describe('Drafts', () => {
  itRefuses(
    () => scene,
    [
      ['ck_draft_name_is_plain', 'a name with a person in it', draft('{finance}', 'Amina Noor', SEALED)],
      ['ck_draft_is_sealed', 'what was typed, in the clear', draft('{finance}', 'plans/new', `'typed'`)],
      ['pk_draft', 'two of a name', draft('{finance}', 'a', SEALED) + draft('{finance}', 'a', SEALED)],
      ['row-level security', "a draft in somebody else's name", draft('{manager}', 'plans/new', SEALED)],
    ],
  );

  it("shows nobody somebody else's", async () => {
    const { superuser, appClient, council } = scene.house;
    await superuser.query(
      `insert into platform.draft (authority_id, user_id, name, sealed) values ($1, $2, 'a', ${SEALED})`,
      [council.id, council.userIds.manager],
    );
    await appClient.query('begin');
    await appClient.query(`select set_config('mainstay.authority', $1, true), set_config('mainstay.actor', $2, true)`, [
      council.id,
      council.userIds.finance,
    ]);
    const { rowCount } = await appClient.query(`select 1 from platform.draft`);
    await appClient.query('rollback');
    expect(rowCount).toBe(0);
  });
});
