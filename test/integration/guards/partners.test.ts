import { copyOf } from '../../support/attack.ts';
import { type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { partnersGuardScene } from '../../support/partners-guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await partnersGuardScene();
});
afterAll(() => scene.house.close());

const as = (who: string, sql: string): string => `select set_config('mainstay.actor', '{${who}}', true); ${sql}`;
const agency = (changes: Record<string, unknown>): string => copyOf('identity.agency', 'id = {agency}', changes);
const sent = (changes: Record<string, unknown>): string =>
  as('partner', copyOf('grants.referral', 'id = {received}', changes));
const referral = (set: string, which = 'received'): string =>
  as('caseworker', `update grants.referral set ${set} where id = {${which}}`);
const answered = (state: string): string =>
  `state = '${state}', answered_by = {caseworker}, answered_on = kernel.today()`;
const asked = (changes: Record<string, unknown>): string =>
  copyOf('grants.family_request', 'id = {open_request}', changes);
const request = (set: string, which = 'open_request'): string =>
  as('caseworker', `update grants.family_request set ${set} where id = {${which}}`);
const evidence = (changes: Record<string, unknown>): string =>
  as('caseworker', copyOf('grants.evidence', 'application_id = {awarded}', { added_by: '{caseworker}', ...changes }));
const conference = (changes: Record<string, unknown>): string =>
  copyOf('grants.conference', 'application_id = {awarded}', changes);
const FOLLOW_UP = `(select id from grants.follow_up where application_id = {awarded} and kind = 'spend')`;
const followUp = (set: string): string => `update grants.follow_up set ${set} where id = ${FOLLOW_UP}`;
const newFollowUp = (changes: Record<string, unknown>): string =>
  copyOf('grants.follow_up', `id = ${FOLLOW_UP}`, changes);
const FOUND = `note = 'Paid the landlord', done_by = {finance}, done_on = kernel.today()`;
const session = (who: string): string =>
  `insert into identity.session (authority_id, user_id, secret_sha256, expires_at) values ({ours}, ${who}, sha256('x'), now() + interval '1 hour')`;

describe('A partner agency', () => {
  itRefuses(
    () => scene,
    [
      ['ck_agency_has_a_name', 'an agency without a name', agency({ name: ' ' })],
      ['ck_agency_has_a_contact', 'an agency nobody can ask', agency({ name: 'Other', contact: '' })],
      ['uq_agency_name', 'the same agency twice', agency({})],
      ['ck_closed_agency_says_why', 'a closing without a reason', agency({ name: 'Other', closed_on: '2026-11-16' })],
      [
        'guard_closed_agency_stays_closed',
        'an agency opened again',
        `update identity.agency set closed_on = null, closed_because = null where id = {closed_agency}`,
      ],
      ['guard_closed_agency_lets_nobody_in', 'a session of its people', session('{closed_person}')],
      [
        'guard_closed_agency_lets_nobody_in',
        'a token of its people',
        `insert into identity.api_token (authority_id, user_id, label, secret_sha256, expires_at)
         values ({ours}, {closed_person}, 'x', sha256('y'), now() + interval '1 day')`,
      ],
      [
        'guard_person_keeps_their_agency',
        'a worker made a partner',
        `update identity.user_account set agency_id = {agency} where id = {caseworker}`,
      ],
      [
        'guard_person_keeps_their_agency',
        'a partner made a worker',
        `update identity.user_account set agency_id = null where id = {partner}`,
      ],
      [
        'fk_user_is_of_an_agency',
        'somebody of another council’s agency',
        `insert into identity.user_account (authority_id, email, name, agency_id) values ({ours}, 'x@y.example', 'X', {their_agency})`,
      ],
      [
        'guard_partner_is_of_an_agency',
        'a partner who is a manager too',
        as(
          'administrator',
          `insert into identity.user_role (authority_id, user_id, role) values ({ours}, {partner}, 'manager')`,
        ),
      ],
      [
        'guard_partner_is_of_an_agency',
        'a worker who is a partner too',
        as(
          'administrator',
          `insert into identity.user_role (authority_id, user_id, role) values ({ours}, {caseworker}, 'partner')`,
        ),
      ],
    ],
  );
});

describe('A referral', () => {
  itRefuses(
    () => scene,
    [
      ['ck_referral_has_the_familys_consent', 'a referral nobody agreed to', sent({ consent_by: null })],
      ['ck_referral_has_the_familys_consent', 'consent by nobody', sent({ consent_by: ' ' })],
      ['ck_referral_has_the_familys_consent', 'consent given no way', sent({ consent_how: null })],
      ['ck_referral_has_the_familys_consent', 'consent by guessing', sent({ consent_how: 'guessed' })],
      ['ck_referral_has_the_familys_consent', 'consent on no day', sent({ consent_on: null })],
      ['ck_consent_came_before_the_referral', 'consent of a day to come', sent({ consent_on: '2027-01-01' })],
      ['ck_referral_names_the_family', 'a referral of nobody', sent({ lead_name: '' })],
      ['ck_referral_postcode_is_short', 'a long postcode', sent({ postcode: 'NR1 1AA NR1 1AA' })],
      ['ck_referral_children_are_short', 'a novel about children', sent({ children: 'x'.repeat(501) })],
      ['ck_referral_says_how_to_reach_them', 'no way to reach them', sent({ reach: ' ' })],
      ['ck_referral_says_the_need', 'no need', sent({ need: '' })],
      ['ck_referral_asks_for_something', 'nothing asked', sent({ codes: [] })],
      ['ck_referral_shares_an_analysis', 'no analysis', sent({ analysis: ' ' })],
      ['guard_referral_is_by_its_agency', 'a referral in another’s name', sent({ referred_by: '{caseworker}' })],
      [
        'guard_referral_is_by_its_agency',
        'a referral by a worker',
        as('caseworker', copyOf('grants.referral', 'id = {received}', { referred_by: '{caseworker}' })),
      ],
      [
        'guard_referral_is_by_its_agency',
        'a referral by a closed agency',
        as(
          'closed_person',
          `insert into grants.referral (authority_id, agency_id, referred_by, lead_name, reach, need, codes, analysis, consent_by, consent_how, consent_on)
           values ({ours}, {closed_agency}, {closed_person}, 'A', 'B', 'C', '{food}', 'D', 'E', 'writing', kernel.today())`,
        ),
      ],
      ['guard_referral_is_by_its_agency', 'another agency’s name', sent({ agency_id: '{their_agency}' })],
      ['guard_referral_stays_as_sent', 'another need afterwards', referral(`need = 'Other'`)],
      ['guard_referral_stays_as_sent', 'wider consent afterwards', referral('hears_outcome = true')],
      ['guard_referral_stays_as_sent', 'another application', referral('application_id = {requested}', 'taken_up')],
      [
        'guard_referral_is_answered_by_the_council',
        'a partner who closes it',
        as(
          'partner',
          `update grants.referral set state = 'closed', answer = 'x', answered_by = {partner}, answered_on = kernel.today() where id = {received}`,
        ),
      ],
      [
        'guard_referral_is_answered_by_who_acts',
        'an answer in another’s name',
        referral(`state = 'closed', answer = 'x', answered_by = {manager}, answered_on = kernel.today()`),
      ],
      [
        'guard_referral_application_is_the_familys',
        'an application of another family',
        referral(`${answered('taken_up')}, family_id = {family}, application_id = {awarded}`),
      ],
      ['ck_referral_is_taken_up_whole', 'taken up without an application', referral(answered('taken_up'))],
      ['ck_closed_referral_says_why', 'closed without a reason', referral(answered('closed'))],
      ['guard_states_of_referral', 'a step there is none', referral(answered('decided'))],
      ['ck_outcome_is_told_with_consent', 'an outcome the family keeps to itself', referral(`outcome = 'awarded'`)],
      [
        'uq_referral_once_an_application',
        'two referrals of one application',
        referral(`${answered('taken_up')}, family_id = {family}, application_id = {referred}`),
      ],
    ],
  );

  it('is seen by its own agency only, also to raw SQL, and so is nothing else of families', async () => {
    const { house, names } = scene;
    const seen = async (sql: string, user: string): Promise<string> => {
      await house.appClient.query('begin');
      await house.appClient.query(
        `select set_config('mainstay.authority', $1, true), set_config('mainstay.actor', $2, true)`,
        [names.ours, user],
      );
      const { rows } = await house.appClient.query<{ n: string }>(`select count(*) as n from ${sql}`);
      await house.appClient.query('rollback');
      return rows[0]?.n ?? '';
    };
    const [partner, worker] = [names.partner as string, names.caseworker as string];
    expect([await seen('grants.referral', partner), await seen('grants.referral', worker)]).toEqual(['2', '3']);
    expect([await seen('grants.evidence', partner), await seen('grants.evidence', worker)]).toEqual(['1', '2']);
    expect(await seen(`grants.referral where id = ${names.elsewhere}`, partner)).toBe('0');
    expect(await seen('grants.referral', '987654321')).toBe('0');
    expect([await seen('audit.state_change', partner), await seen('audit.state_change', worker)]).toEqual([
      '0',
      expect.stringMatching(/^[1-9]/) as string,
    ]);
    const { rows } = await house.superuser.query<{ t: string }>(
      `select c.oid::regclass::text as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('families', 'grants', 'notices', 'subsistence') and c.relkind = 'r'`,
    );
    const open: string[] = [];
    for (const { t } of rows) if ((await seen(t, partner)) !== '0') open.push(t);
    expect(open.toSorted()).toEqual(['grants.catalogue_item', 'grants.evidence', 'grants.referral']);
    expect(Number(await seen('families.family', worker))).toBeGreaterThan(0);
  });

  it('is changed by its own agency only, also to raw SQL', async () => {
    const sql = `do $$ begin update grants.referral set version = version where id = {elsewhere}; if found then raise exception 'reached'; end if; end $$`;
    expect(await scene.attack(as('partner', sql))).toBe('accepted');
    expect(await scene.attack(as('partner', `update families.family set version = version`))).toBe('accepted');
    const family = `insert into grants.conference (authority_id, application_id, held_on, agencies, recommendation, recorded_by)
      values ({ours}, {referred}, kernel.today(), 'A', 'B', {partner})`;
    expect(await scene.attack(as('partner', family))).toBe('row-level security');
  });
});

describe('What a family asks for', () => {
  itRefuses(
    () => scene,
    [
      ['ck_family_request_asks_for_something', 'nothing asked', asked({ codes: [] })],
      ['ck_family_request_says_the_need', 'no need', asked({ need: ' ' })],
      ['ck_family_request_is_answered_after_it_came', 'an answer before it came', asked({ answer_by: '2026-11-01' })],
      ['fk_family_request_of_its_session', 'another family’s session', asked({ family_id: '{other_family}' })],
      ['guard_family_requests_are_few', 'a fourth that waits', [1, 2, 3].map(() => asked({})).join(';')],
      ['guard_family_request_stays_as_sent', 'another need', request(`need = 'Other'`)],
      ['guard_family_request_stays_as_sent', 'a new answer', request(`answer = 'x'`, 'taken_request')],
      [
        'guard_family_request_is_answered_by_who_acts',
        'an answer in another’s name',
        request(`state = 'answered', answer = 'x', answered_by = {manager}, answered_on = kernel.today()`),
      ],
      [
        'guard_family_request_application_is_the_familys',
        'an application of another family',
        request(`${answered('taken_up')}, application_id = {awarded}`),
      ],
      ['ck_family_request_is_answered_whole', 'taken up without an application', request(answered('taken_up'))],
      [
        'uq_family_request_once_an_application',
        'two requests of one application',
        request(`${answered('taken_up')}, application_id = {requested}`),
      ],
      ['guard_states_of_family_request', 'a step there is none', asked({ state: 'answered' })],
    ],
  );
});

describe('Evidence, conferences and follow-ups', () => {
  itRefuses(
    () => scene,
    [
      ['ck_evidence_name_is_plain', 'a name with a folder', evidence({ name: '../a.pdf' })],
      ['ck_evidence_is_of_a_known_type', 'a program', evidence({ media_type: 'application/x-msdownload' })],
      ['ck_evidence_is_at_most_10_megabytes', 'a file of nothing', evidence({ size: 0 })],
      ['ck_evidence_is_at_most_10_megabytes', 'a file that is too large', evidence({ size: 10_485_761 })],
      ['ck_evidence_has_its_digest', 'a file without a digest', evidence({ sha256: '\\x00' })],
      ['ck_evidence_is_sealed', 'a file in the clear', evidence({ sealed: '\\x25504446' })],
      ['ck_evidence_is_of_one_thing', 'a file of nothing at all', evidence({ application_id: null })],
      ['fk_evidence_of_an_application', 'a file of no application', evidence({ application_id: 1 })],
      ['fk_evidence_of_a_referral', 'a file of no referral', evidence({ application_id: null, referral_id: 1 })],
      ['guard_evidence_is_added_by_who_acts', 'a file in another’s name', evidence({ added_by: '{manager}' })],
      [
        'guard_evidence_is_at_most_twenty_files',
        'a twenty-first file',
        Array.from({ length: 20 }, () => evidence({})).join(';'),
      ],
      ['permission denied', 'a file exchanged', `update grants.evidence set name = 'b.pdf'`],
      ['ck_conference_was_held', 'a conference to come', conference({ held_on: '2027-01-01' })],
      ['ck_conference_names_who_was_there', 'a conference of nobody', conference({ agencies: '' })],
      ['ck_conference_recommends_something', 'no recommendation', conference({ recommendation: ' ' })],
      ['fk_conference_of_an_application', 'a conference on nothing', conference({ application_id: 1 })],
      ['fk_conference_recorded_by_a_user', 'a conference recorded by nobody', conference({ recorded_by: '{family}' })],
      ['guard_follow_up_is_answered_once', 'another due day', followUp(`due_on = '2030-01-01'`)],
      ['guard_follow_up_is_answered_once', 'a second answer', `${followUp(FOUND)}; ${followUp(`note = 'Other'`)}`],
      [
        'guard_follow_up_is_answered_by_who_acts',
        'an answer in another’s name',
        followUp(FOUND.replace('{finance}', '{manager}')),
      ],
      ['ck_follow_up_done_says_what', 'an answer without a day', followUp(`note = 'x'`)],
      ['permission denied', 'a follow-up made by hand', newFollowUp({ kind: 'spend' })],
    ],
  );
  itRefuses(
    () => scene,
    [
      ['ck_follow_up_kind_is_known', 'a follow-up of no kind', newFollowUp({ kind: 'never' })],
      ['uq_follow_up_once_a_kind', 'the same follow-up twice', newFollowUp({})],
      ['fk_follow_up_of_an_award', 'a follow-up of no award', newFollowUp({ award_id: 1 })],
      ['guard_append_only', 'a file exchanged by the owner', `update grants.evidence set name = 'b.pdf'`],
    ],
    'owner',
  );

  it('are planned with the award itself, in proportion to it', async () => {
    const { rows } = await scene.house.superuser.query<{ kind: string; days: number }>(
      `select f.kind, f.due_on - a.awarded_on as days from grants.follow_up f join grants.award a on a.id = f.award_id order by 2`,
    );
    expect(rows).toEqual([
      { kind: 'spend', days: 28 },
      { kind: 'three-months', days: 92 },
      { kind: 'six-months', days: 181 },
    ]);
  });
});
