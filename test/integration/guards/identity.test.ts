import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const user = (changes: Record<string, unknown>): string => copyOf('identity.user_account', 'true', changes);
const limit = (changes: Record<string, unknown>): string => copyOf('identity.delegated_limit', 'true', changes);
const token = (changes: Record<string, unknown>): string => copyOf('identity.api_token', 'true', changes);
const role = (userId: string, name: string): string =>
  `insert into identity.user_role (authority_id, user_id, role) values ({ours}, ${userId}, '${name}');`;
const council = (changes: Record<string, unknown>): string =>
  copyOf(
    'identity.authority',
    'authority_id = {ours}',
    { authority_id: 99, slug: 'eastshire', ...changes },
    false,
  ).replace('select <<r.', 'overriding system value select <<r.');

const attacks: Attack[] = [
  ['ck_user_email_looks_like_one', 'an address that is none', user({ email: 'nobody' })],
  ['ck_user_email_looks_like_one', 'an address in capitals', user({ email: 'A@B.example' })],
  ['uq_user_email', 'the same address twice', user({})],
  [
    'fk_user_belongs_to_council',
    'a person of no council',
    `select set_config('mainstay.authority', '999', true); insert into identity.user_account (authority_id, email, name) values (999, 'a@b.example', 'A')`,
  ],
  ['ck_role_is_known', 'a role nobody knows', role('{auditor}', 'mayor')],
  ['pk_user_role', 'the same role twice', role('{auditor}', 'auditor')],
  ['fk_user_role_is_of_a_user', 'a role for nobody', role('999999', 'manager')],
  ['fk_user_role_is_of_a_user', "a role for another council's person", role('{their_user}', 'finance')],
  ['ck_limit_kind_is_known', 'a limit for something unknown', limit({ kind: 'anything' })],
  ['ck_limit_is_not_negative', 'a negative limit', limit({ amount: '-0.01', effective_from: '2026-01-01' })],
  ['uq_limit_once_a_day', 'two limits from one day', limit({ amount: '999999.00' })],
  ['permission denied', 'a limit raised', `update identity.delegated_limit set amount = 1000000`],
  ['uq_api_token_secret', 'one secret for two tokens', token({})],
  ['fk_token_is_of_a_user', 'a token for nobody', token({ user_id: 999999, secret_sha256: '\\x01' })],
  ['permission denied', 'a person deleted', `delete from identity.user_account`],
  ['permission denied', 'a council added', council({})],
  ['permission denied', 'the short name of a council changed', `update identity.authority set slug = 'ours'`],
];

describe('Identity', () => {
  itRefuses(() => scene, attacks);
});

describe('Even the owner of the schemas, in identity,', () => {
  itRefuses(
    () => scene,
    [
      ['ck_authority_slug_is_plain', 'a short name with spaces', council({ slug: 'East shire' })],
      ['uq_authority_slug', 'a short name twice', council({ slug: 'southshire' })],
      ['ck_authority_division_is_known', 'a council of nowhere', council({ division: 'wales' })],
      ['ck_authority_lead_days_are_sane', 'more lead than sense', council({ lead_days: 21 })],
      ['ck_authority_cool_off_days_are_sane', 'a negative cool-off', council({ cool_off_days: -1 })],
      ['guard_append_only', 'a limit raised', `update identity.delegated_limit set amount = 1000000`],
      ['guard_append_only', 'a limit deleted', `delete from identity.delegated_limit`],
      ['guard_append_only', 'a role deleted', `delete from identity.user_role`],
      ['guard_append_only', 'a person deleted', `delete from identity.user_account`],
      ['guard_append_only', 'the tokens emptied', `truncate identity.api_token`],
    ],
    'owner',
  );
});
