import { type GuardScene, guardScene } from '../../support/guard-scene.ts';
import { refusalOf } from '../../support/attack.ts';

/** Tables without a council, and why. */
const OF_NO_COUNCIL: Readonly<Record<string, string>> = {
  'approvals.kind': 'what is known of each kind of approval; the application may only read it',
  'audit.state_edge': 'the state machines themselves; the application may only read it',
  'ledger.transfer_kind': 'the kinds of transfer; the application may only read it',
  'calendar.bank_holiday': 'bank holidays are the same for everybody; the application may only read it',
};
/** Tables a council may read of others, and why. */
const OPEN_TO_READ: Readonly<Record<string, string>> = {
  'identity.authority': 'the clock visits every council in turn; the list holds no family',
};
/** What the application may do besides reading and adding. Nothing else; DELETE only where said below, TRUNCATE never. */
const MAY_UPDATE = [
  ...['families.family', 'families.instrument', 'families.member', 'funds.fund', 'funds.rules_proposal'],
  ...[
    'application',
    'award',
    'catalogue_item',
    'check_result',
    'family_request',
    'follow_up',
    'instalment',
    'item',
    'referral',
  ].map((name) => `grants.${name}`),
  ...[
    'identity.agency',
    'identity.api_token',
    'identity.credential',
    'identity.limit_proposal',
    'identity.session',
    'identity.team',
    'identity.user_account',
    'identity.user_role',
    'notices.accommodation_move',
    'notices.attempt',
    'notices.calendar_event',
    'notices.family_feed',
    'notices.family_message',
    'notices.family_session',
    'notices.notice',
    'notices.print_batch',
    'notices.sender',
    'outbox.message',
    'payments.hold',
    'payments.originator',
    'payments.originator_proposal',
  ],
  ...[
    'payments.pay_calendar',
    'payments.run',
    'payments.voucher_terms',
    'platform.draft',
    'platform.idempotency',
    'subsistence.overpayment',
    'subsistence.pay_day_change',
    'subsistence.pay_day_move',
    'subsistence.plan',
    'subsistence.plan_change',
  ],
  ...['subsistence.price_batch', 'subsistence.promised_date', 'subsistence.rate_proposal', 'subsistence.top_up'],
];
/** What the application may throw away: it is no record yet. */
const MAY_DELETE = ['platform.draft'];
const MAY_UPDATE_COLUMNS = [
  ...['lifted_at', 'lifted_because', 'lifted_by'].map((name) => `approvals.freeze_period.${name}`),
  ...['decided_at', 'decided_because', 'decided_by', 'state'].map((name) => `approvals.policy.${name}`),
  'approvals.request.state',
  ...['ended_by', 'ended_on'].map((name) => `approvals.stand_in.${name}`),
  ...['unsafe_by', 'unsafe_on'].map((name) => `families.former_contact.${name}`),
  ...['decided_by', 'decided_on', 'decided_role', 'decision_reason', 'state'].map((name) => `funds.proposal.${name}`),
  ...['approval_id', 'note', 'passed_on_by', 'reasons', 'reviewed_by', 'state', 'version'].map(
    (name) => `grants.review.${name}`,
  ),
  ...['agreed', 'looked_by', 'looked_on', 'note'].map((name) => `grants.second_look.${name}`),
  ...['ended_because', 'ended_by', 'ended_on'].map((name) => `grants.signpost.${name}`),
  ...[
    'colour',
    'contact',
    'cool_off_days',
    'display_name',
    'division',
    'ending_notice_days',
    'help_email',
    'help_phone',
  ]
    .concat([
      'lead_days',
      'letters_printed_here',
      'notice_days',
      'pay_day_change_needs_approval',
      'postage',
      'return_address',
      'review_answer_days',
      'review_ask_days',
    ])
    .concat(['service_structure', 'version'])
    .map((column) => `identity.authority.${column}`),
  ...['decided_at', 'decided_because', 'decided_by', 'state'].map((column) => `ledger.month_reopening.${column}`),
  'notices.family_link.revoked_at',
  ...['answer_from', 'answer_reason', 'answer_report_id', 'answered_by', 'answered_on', 'bank_reference']
    .concat(['begun_by', 'begun_on', 'settled_on', 'shown_by', 'state', 'submitted_on', 'version'])
    .map((column) => `payments.bank_file.${column}`),
  ...['state', 'version', 'withdrawn_because', 'withdrawn_by'].map((column) => `payments.given_back.${column}`),
  ...['payments.line.hold_code', 'payments.line.status'],
  ...['explained_by', 'explanation', 'state'].map((column) => `payments.report_exception.${column}`),
  ...['decided_by', 'decided_on', 'state'].map((column) => `payments.rescue.${column}`),
  ...['closed_because', 'closed_by', 'notice_id', 'state', 'version'].map(
    (column) => `payments.returned_payment.${column}`,
  ),
  ...['payments.voucher.redeemed_on', 'payments.voucher.state'],
  ...['decided_at', 'decided_because', 'decided_by', 'state'].map((column) => `payments.write_off.${column}`),
  ...['subsistence.calendar_sent.received_on', 'subsistence.early_telling.received_on'],
  ...['kept_because', 'state', 'version'].map((name) => `subsistence.fall.${name}`),
  ...['by', 'on', 'words'].map((name) => `subsistence.kept_day.settled_${name}`),
  ...['because', 'state', 'version'].map((name) => `subsistence.put_right.${name}`),
  ...['approval_id', 'because', 'decided_by', 'ended_by', 'state', 'version'].map(
    (name) => `subsistence.recovery.${name}`,
  ),
  ...['decided_at', 'decided_because', 'decided_by', 'state'].map((name) => `subsistence.recovery_floor.${name}`),
];

const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq', 'public')`;
const TABLES = `
  select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as shut,
         exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'authority_id') as has_council,
         (select string_agg(p.polname, ',') from pg_policy p where p.polrelid = c.oid) as policies,
         pg_get_userbyid(c.relowner) as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${OURS} order by 1`;
const GRANTS = `
  select g.table_schema || '.' || g.table_name as name, g.privilege_type as may
    from information_schema.role_table_grants g where g.grantee in ('mainstay_app', 'PUBLIC')
     and g.table_schema not in ('pg_catalog', 'information_schema', 'bullmq') order by 1, 2`;

interface Table {
  readonly name: string;
  readonly shut: boolean;
  readonly has_council: boolean;
  readonly policies: string | null;
  readonly owner: string;
}

let scene: GuardScene;
let tables: Table[];
beforeAll(async () => {
  scene = await guardScene();
  tables = (await scene.house.superuser.query<Table>(TABLES)).rows;
});
afterAll(() => scene.house.close());

const ofCouncils = (): Table[] => tables.filter((table) => !(table.name in OF_NO_COUNCIL));
const ask = async <T>(sql: string): Promise<T[]> => (await scene.house.superuser.query(sql)).rows as T[];

/** Counts, as the application in our council's scope, the rows of another council. */
async function foreignRows(table: string, client: 'appClient' | 'owner'): Promise<number> {
  const { house } = scene;
  await house[client].query('begin');
  await house[client].query(`select set_config('mainstay.authority', $1, true)`, [house.council.id]);
  const found = await house[client].query(`select 1 from ${table} where authority_id = $1`, [house.other.id]);
  await house[client].query('rollback');
  return found.rowCount ?? 0;
}

describe('Every table of our schemas', () => {
  it('belongs to a council, or says why not', () => {
    expect(tables.filter((table) => !table.has_council).map((table) => table.name)).toEqual(
      Object.keys(OF_NO_COUNCIL).toSorted(),
    );
  });

  it('is shut by row-level security, for its owner too, with a policy', () => {
    expect(ofCouncils().filter((table) => !table.shut || !table.policies?.includes('council_only'))).toEqual([]);
    expect(ofCouncils().length).toBeGreaterThan(25);
  });

  it('is owned by the owner, not by the application', () => {
    expect(new Set(tables.map((table) => table.owner))).toEqual(new Set(['mainstay_owner']));
  });

  it.each(['appClient', 'owner'] as const)('shows another council nothing (as %s)', async (client) => {
    const seen: string[] = [];
    for (const { name } of ofCouncils())
      if (!(name in OPEN_TO_READ) && (await foreignRows(name, client)) > 0) seen.push(name);
    expect(seen).toEqual([]);
  });

  it('takes no row in the name of another council', async () => {
    const wrong: string[] = [];
    for (const { name } of ofCouncils()) {
      const answer = await scene.attack(
        `insert into ${name} select r.* from (select 1) one
        left join (select * from ${name} limit 1) t on true
        cross join lateral jsonb_populate_record(t::${name}, '{"authority_id": {theirs}}') r`,
        'appClient',
      );
      // Some guards look before row-level security does: what counts is that nothing gets in.
      if (answer === 'accepted' || /^\d/.test(answer)) wrong.push(`${name}: ${answer}`);
    }
    expect(wrong.filter((each) => !/428C9|23502/.test(each))).toEqual([]);
  });

  it.each(MAY_UPDATE)('lets nobody hand a row over to another council: %s', async (name) => {
    const isEmpty = (await ask(`select 1 from ${name} where authority_id = ${scene.names.ours} limit 1`)).length === 0;
    const answer = await scene.attack(`update ${name} set authority_id = {theirs}`);
    expect(answer === 'accepted').toBe(isEmpty);
  });

  it('shows nothing at all when no council is set', async () => {
    const { appClient } = scene.house;
    for (const { name } of ofCouncils().filter((table) => !(table.name in OPEN_TO_READ)))
      expect([name, (await appClient.query(`select 1 from ${name} limit 1`)).rowCount]).toEqual([name, 0]);
  });
});

describe("Another council's rows", () => {
  it('are not touched by an update that names them', async () => {
    expect(await scene.attack('update payments.run set is_late = true where id = {their_run}')).toBe('accepted');
    const [row] = await ask<{ is_late: boolean }>(
      `select is_late from payments.run where id = ${scene.names.their_run}`,
    );
    expect(row?.is_late).toBe(false);
  });

  it.each(MAY_UPDATE)('are not reached by an update of everything: %s', async (name) => {
    const { appClient, council, superuser, other } = scene.house;
    const before = await superuser.query(
      `select md5(string_agg(t::text, '' order by t::text)) as sum from ${name} t where authority_id = $1`,
      [other.id],
    );
    await appClient.query('begin');
    await appClient.query(`select set_config('mainstay.authority', $1, true)`, [council.id]);
    const touched = await appClient.query(`update ${name} set authority_id = authority_id`).catch(() => undefined);
    await appClient.query('rollback');
    const ours = await superuser.query(`select 1 from ${name} where authority_id = $1`, [council.id]);
    expect(touched?.rowCount ?? 0).toBeLessThanOrEqual(ours.rowCount ?? 0);
    const after = await superuser.query(
      `select md5(string_agg(t::text, '' order by t::text)) as sum from ${name} t where authority_id = $1`,
      [other.id],
    );
    expect(after.rows).toEqual(before.rows);
  });
});

describe('The application role', () => {
  it('is no superuser, bypasses nothing, makes nothing and is in no other role', async () => {
    const roles = await ask(`select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
                               from pg_roles where rolname in ('mainstay_app', 'mainstay_owner') order by 1`);
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
    };
    expect(roles).toEqual(['mainstay_app', 'mainstay_owner'].map((rolname) => ({ rolname, ...nothing })));
    expect(
      await ask(`select 1 from pg_auth_members where member in ('mainstay_app'::regrole, 'mainstay_owner'::regrole)`),
    ).toEqual([]);
  });

  it('owns nothing', async () => {
    expect(
      await ask(`select oid::regclass::text from pg_class where relowner = 'mainstay_app'::regrole
      union all select proname from pg_proc where proowner = 'mainstay_app'::regrole
      union all select nspname from pg_namespace where nspowner = 'mainstay_app'::regrole`),
    ).toEqual([]);
  });

  it('may read and add, and change only what is listed here', async () => {
    const grants = await ask<{ name: string; may: string }>(GRANTS);
    expect(new Set(grants.map((grant) => grant.may))).toEqual(new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']));
    expect(grants.filter((grant) => grant.may === 'DELETE').map((grant) => grant.name)).toEqual(MAY_DELETE);
    expect(grants.filter((grant) => grant.may === 'UPDATE').map((grant) => grant.name)).toEqual(MAY_UPDATE);
    const columns = await ask<{ name: string }>(
      `select attrelid::regclass::text || '.' || attname as name from pg_attribute where attacl::text like '%mainstay_app=w%' order by 1`,
    );
    expect(columns.map((column) => column.name)).toEqual(MAY_UPDATE_COLUMNS);
  });

  it('makes no table, trigger or function', async () => {
    const { appClient, council } = scene.house;
    const scope = { authorityId: council.id };
    expect(await refusalOf(appClient, scope, 'create table payments.mine (a int)')).toBe('permission denied');
    expect(await refusalOf(appClient, scope, 'create table public.mine (a int)')).toBe('permission denied');
    expect(await refusalOf(appClient, scope, 'alter table payments.run disable trigger guard_run')).toMatch(
      /42501|permission/,
    );
    expect(await refusalOf(appClient, scope, `set session_replication_role = 'replica'`)).toBe('permission denied');
    expect(await refusalOf(appClient, scope, 'set row_security = off; select 1 from payments.run')).not.toBe(
      'accepted',
    );
    expect(await refusalOf(appClient, scope, 'set role mainstay_owner')).toBe('permission denied');
  });
});

describe('Functions that run with the rights of the owner', () => {
  it('fix their search path, so that nobody puts another table in front', async () => {
    const open = await ask(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                             where p.prosecdef and ${OURS} and not coalesce(p.proconfig::text like '%search_path=%', false)`);
    expect(open).toEqual([]);
  });
});
