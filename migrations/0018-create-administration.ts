import { sqlMigration } from './sql-migration.ts';

/** The columns and rules of everything one person proposes and another decides: once, in person, as it was proposed. */
const proposal = (name: string): string => `
  id bigint not null default nextval('kernel.document_number') constraint pk_${name} primary key,
  authority_id smallint not null,
  reason text not null constraint ck_${name}_has_a_reason check (length(btrim(reason)) > 0),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' constraint ck_${name}_state_is_known check (state in ('open', 'approved', 'refused')),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_${name}_needs_two_people check (decided_by <> proposed_by),
  constraint ck_${name}_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint fk_${name}_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_${name}_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)`;

/** Makes what administrators work with: teams, changes on record, four eyes over limits, rates and the paying account, proofs kept. */
export const CreateAdministration = sqlMigration(
  'CreateAdministration1790000000018',
  `
create function kernel.guard_proposal() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.proposed_by is distinct from kernel.current_actor() then
      raise exception 'a proposal begins open, in the name of whoever makes it'
        using errcode = 'MS001', constraint = 'guard_proposal_is_made_in_person';
    end if;
    return new;
  end if;
  if old.state <> 'open' then
    raise exception 'this was decided before' using errcode = 'MS001', constraint = 'guard_proposal_is_decided_once';
  end if;
  if to_jsonb(new) - '{state,decided_by,decided_at,decided_because}'::text[]
     <> to_jsonb(old) - '{state,decided_by,decided_at,decided_because}'::text[] then
    raise exception 'what was proposed stands as it was proposed'
      using errcode = 'MS001', constraint = 'guard_proposal_stands_as_made';
  end if;
  if new.decided_by is distinct from kernel.current_actor() then
    raise exception 'a decision is made in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_proposal_is_decided_in_person';
  end if;
  return new;
end $$;
create function kernel.two_people(t regclass) returns void language plpgsql as $$
begin
  execute format('create trigger guard_proposal before insert or update on %s
                  for each row execute function kernel.guard_proposal()', t);
end $$;

create table identity.team (
  id bigint not null default nextval('kernel.document_number') constraint pk_team primary key,
  authority_id smallint not null,
  version int not null default 1,
  name text not null constraint ck_team_has_a_name check (length(btrim(name)) between 1 and 80),
  lead_id bigint,
  active boolean not null default true,
  constraint uq_team_name unique (authority_id, name),
  constraint uq_team_of_council unique (authority_id, id),
  constraint fk_team_is_led_by_a_user foreign key (authority_id, lead_id) references identity.user_account (authority_id, id)
);
alter table identity.user_account
  add column version int not null default 1,
  add column team_id bigint,
  add constraint fk_user_is_in_a_team foreign key (authority_id, team_id) references identity.team (authority_id, id);

-- Who gave or took which role, who closed or opened an account, and why. Written by the trigger below alone.
create table identity.account_change (
  id bigint generated always as identity constraint pk_account_change primary key,
  authority_id smallint not null,
  user_id bigint not null,
  what text not null,
  role text,
  changed_by bigint,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  constraint ck_nobody_changes_their_own_account check (changed_by <> user_id),
  constraint ck_account_change_has_a_reason check (changed_by is null or length(btrim(reason)) > 0)
);
create index ix_account_change_by_user on identity.account_change (authority_id, user_id, id);

create function identity.is_administrator(who bigint) returns boolean language sql stable set search_path = '' as $$
  select exists (select from identity.user_role r join identity.user_account u on u.id = r.user_id and u.active
                  where r.user_id = who and r.role = 'administrator' and r.removed_at is null) $$;

create function identity.record_account_change() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  actor bigint := kernel.current_actor();
  row_is jsonb := to_jsonb(new);
  whose bigint := coalesce(row_is ->> 'user_id', row_is ->> 'id')::bigint;
begin
  if actor is not null and actor <> whose and not identity.is_administrator(actor) then
    raise exception 'only an administrator changes roles and accounts'
      using errcode = 'MS001', constraint = 'guard_account_is_changed_by_an_administrator';
  end if;
  insert into identity.account_change (authority_id, user_id, what, role, changed_by, reason)
  values (new.authority_id, whose,
    case when row_is ? 'role' then case when row_is ->> 'removed_at' is null then 'role-given' else 'role-taken' end
         else case when (row_is ->> 'active')::boolean then 'opened' else 'closed' end end,
    row_is ->> 'role', actor, coalesce(current_setting('mainstay.reason', true), ''));
  return null;
end $$;
create trigger guard_role_added after insert on identity.user_role
  for each row execute function identity.record_account_change();
create trigger guard_role_changed after update on identity.user_role
  for each row when (old.removed_at is distinct from new.removed_at) execute function identity.record_account_change();
create trigger guard_account_changed after update on identity.user_account
  for each row when (old.active is distinct from new.active) execute function identity.record_account_change();

-- Somebody must be left who can let people in. The operator's own account cannot sign in, so it does not count.
create function identity.guard_administrators() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(18, new.authority_id);
  if not exists (select from identity.user_role r join identity.user_account u on u.id = r.user_id and u.active
                  where r.authority_id = new.authority_id and r.role = 'administrator' and r.removed_at is null
                    and u.email not like '%@mainstay.invalid') then
    raise exception 'the last administrator stays' using errcode = 'MS001', constraint = 'guard_last_administrator_stays';
  end if;
  return null;
end $$;
create trigger guard_administrators after update on identity.user_role
  for each row when (new.role = 'administrator' and old.removed_at is null and new.removed_at is not null)
  execute function identity.guard_administrators();
create trigger guard_administrators after update on identity.user_account
  for each row when (old.active and not new.active) execute function identity.guard_administrators();

-- The operator's account is nobody: whoever could sign in as it would be two people at once.
create function identity.guard_operator() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from identity.user_account u where u.id = new.user_id and u.email like '%@mainstay.invalid') then
    raise exception 'the operator''s account is no person''s' using errcode = 'MS001', constraint = 'guard_operator_cannot_sign_in';
  end if;
  return null;
end $$;
create trigger guard_operator after insert on identity.credential for each row execute function identity.guard_operator();
create trigger guard_operator after insert on identity.session for each row execute function identity.guard_operator();
create trigger guard_operator after insert on identity.api_token for each row execute function identity.guard_operator();

create table identity.limit_proposal (${proposal('limit_proposal')},
  role text not null constraint ck_limit_proposal_role_is_known
    check (role in ('caseworker', 'manager', 'finance', 'releaser', 'auditor', 'administrator')),
  kind text not null constraint ck_limit_proposal_kind_is_known check (kind in ('support-plan', 'section-17-run', 'bank-details')),
  amount kernel.gbp not null constraint ck_limit_proposal_is_not_negative check (amount >= 0),
  effective_from date not null
);
create unique index uq_limit_proposal_one_open on identity.limit_proposal (authority_id, role, kind) where state = 'open';
alter table identity.delegated_limit
  add column set_by bigint, add column confirmed_by bigint, add column reason text, add column proposal_id bigint;
create function identity.guard_limit() returns trigger language plpgsql set search_path = '' as $$
begin
  if kernel.current_actor() is null and new.proposal_id is null then return null; end if;
  if not exists (select from identity.limit_proposal p where p.id = new.proposal_id and p.state = 'approved'
                    and (p.role, p.kind, p.amount, p.effective_from, p.reason, p.proposed_by, p.decided_by)
                      = (new.role, new.kind, new.amount, new.effective_from, new.reason, new.set_by, new.confirmed_by)) then
    raise exception 'a limit is as one person proposed it and another confirmed it'
      using errcode = 'MS001', constraint = 'guard_limit_is_as_two_people_agreed';
  end if;
  return null;
end $$;
create trigger guard_limit after insert on identity.delegated_limit for each row execute function identity.guard_limit();

-- Contrast of a colour against white, from 1 to 21, as WCAG 2 counts it.
create function identity.contrast_on_white(colour text) returns numeric language sql immutable set search_path = '' as $$
  select round((1.05 / (0.05 + sum(weight * case when part <= 0.04045 then part / 12.92
                                                 else power((part + 0.055) / 1.055, 2.4) end)))::numeric, 2)
    from (select weight, get_byte(decode(substr(colour, 2), 'hex'), i) / 255.0::double precision as part
            from (values (0, 0.2126), (1, 0.7152), (2, 0.0722)) v(i, weight)) parts $$;
alter table identity.authority
  add column version int not null default 1,
  add column notice_days smallint not null default 14 constraint ck_authority_notice_days_are_sane check (notice_days between 0 and 60),
  add column service_structure text not null default 'dedicated-caseworkers' constraint ck_authority_service_structure_is_known
    check (service_structure in ('dedicated-social-workers', 'dedicated-caseworkers', 'dispersed')),
  add column display_name text constraint ck_authority_display_name_is_short check (length(btrim(display_name)) between 1 and 80),
  add column colour text not null default '#1d4f5c'
    constraint ck_authority_colour_is_one check (colour ~ '^#[0-9a-f]{6}$')
    constraint ck_authority_colour_is_readable check (identity.contrast_on_white(colour) >= 4.5),
  add column contact text not null default '' constraint ck_authority_contact_is_short check (length(contact) <= 400);

create table identity.council_change (
  authority_id smallint not null,
  version int not null,
  before jsonb not null,
  after jsonb not null,
  changed_by bigint,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  constraint pk_council_change primary key (authority_id, version),
  constraint ck_council_change_has_a_reason check (changed_by is null or length(btrim(reason)) > 0)
);
create function identity.guard_council() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.version <> old.version + 1 then
    raise exception 'a change of the council''s settings makes the next version'
      using errcode = 'MS001', constraint = 'guard_council_changes_by_one_version';
  end if;
  if current_user = 'mainstay_app' and not coalesce(identity.is_administrator(kernel.current_actor()), false) then
    raise exception 'only an administrator changes the council''s settings'
      using errcode = 'MS001', constraint = 'guard_council_is_changed_by_an_administrator';
  end if;
  return new;
end $$;
create trigger guard_council before update on identity.authority for each row execute function identity.guard_council();
create function identity.record_council_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into identity.council_change (authority_id, version, before, after, changed_by, reason)
  select new.authority_id, new.version, jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value),
         kernel.current_actor(), coalesce(current_setting('mainstay.reason', true), '')
    from jsonb_each(to_jsonb(old)) o join jsonb_each(to_jsonb(new)) n using (key) where o.value <> n.value;
  return null;
end $$;
create trigger guard_council_on_record after update on identity.authority
  for each row execute function identity.record_council_change();

create table subsistence.rate_proposal (${proposal('rate_proposal')},
  rate_table text not null constraint ck_rate_proposal_table_is_plain check (rate_table ~ '^[a-z][a-z0-9-]{0,30}$'),
  effective_from date not null,
  person kernel.gbp,
  pregnant kernel.gbp,
  under_1 kernel.gbp,
  age_1_to_3 kernel.gbp,
  -- How many families would be owed arrears or have been paid too much, as the proposer was told.
  back_dated_for int not null default 0 constraint ck_rate_proposal_counts_families check (back_dated_for >= 0),
  constraint ck_rate_proposal_changes_something check (num_nonnulls(person, pregnant, under_1, age_1_to_3) > 0),
  constraint ck_rate_proposal_is_not_negative check (least(person, pregnant, under_1, age_1_to_3) >= 0)
);
create unique index uq_rate_proposal_one_open on subsistence.rate_proposal (authority_id, rate_table) where state = 'open';
alter table subsistence.rate add column proposal_id bigint;
create function subsistence.guard_rate() returns trigger language plpgsql set search_path = '' as $$
begin
  if kernel.current_actor() is null and new.proposal_id is null then return null; end if;
  if not exists (select from subsistence.rate_proposal p where p.id = new.proposal_id and p.state = 'approved'
                    and (p.rate_table, p.effective_from, p.reason, p.proposed_by, p.decided_by)
                      = (new.rate_table, new.effective_from, new.rationale, new.proposed_by, new.approved_by)
                    and new.weekly = case new.component when 'person' then p.person when 'pregnant' then p.pregnant
                                                        when 'under-1' then p.under_1 else p.age_1_to_3 end) then
    raise exception 'a rate is as one person proposed it and another approved it'
      using errcode = 'MS001', constraint = 'guard_rate_is_as_two_people_agreed';
  end if;
  return null;
end $$;
create trigger guard_rate after insert on subsistence.rate for each row execute function subsistence.guard_rate();

create table payments.originator_proposal (${proposal('originator_proposal')},
  service_user_number text not null,
  sort_code text not null,
  account_number text not null,
  account_name text not null,
  reference_prefix text not null,
  constraint ck_originator_proposal_is_well_formed check (service_user_number ~ '^[0-9]{6}$' and sort_code ~ '^[0-9]{6}$'
    and account_number ~ '^[0-9]{8}$' and length(btrim(account_name)) > 0 and reference_prefix ~ '^[A-Z0-9]{1,6}$'
    and reference_prefix !~ '(NRPF|S17|SEC|CHILD|ASYL)')
);
create unique index uq_originator_proposal_one_open on payments.originator_proposal (authority_id) where state = 'open';
create function payments.guard_originator() returns trigger language plpgsql set search_path = '' as $$
begin
  if kernel.current_actor() is null then return null; end if;
  if not exists (select from payments.originator_proposal p where p.state = 'approved' and p.decided_by = kernel.current_actor()
                    and p.id = (select max(id) from payments.originator_proposal)
                    and (p.service_user_number, p.sort_code, p.account_number, p.account_name, p.reference_prefix)
                      = (new.service_user_number, new.sort_code, new.account_number, new.account_name, new.reference_prefix)) then
    raise exception 'the paying account is as one person proposed it and another approved it'
      using errcode = 'MS001', constraint = 'guard_originator_is_as_two_people_agreed';
  end if;
  return null;
end $$;
create trigger guard_originator after insert on payments.originator
  for each row execute function payments.guard_originator();
create trigger guard_originator_change after update on payments.originator for each row
  when ((old.service_user_number, old.sort_code, old.account_number, old.account_name, old.reference_prefix)
    is distinct from (new.service_user_number, new.sort_code, new.account_number, new.account_name, new.reference_prefix))
  execute function payments.guard_originator();

-- The books proved: who asked, and what each check found.
create table audit.verification (
  id bigint not null default nextval('kernel.document_number') constraint pk_verification primary key,
  authority_id smallint not null,
  asked_by bigint,
  asked_at timestamptz not null default clock_timestamp(),
  constraint uq_verification_of_council unique (authority_id, id)
);
create table audit.verification_result (
  verification_id bigint not null,
  authority_id smallint not null,
  check_name text not null constraint ck_verification_check_is_plain check (check_name ~ '^[a-z][a-z-]{1,30}$'),
  checked bigint not null constraint ck_verification_counts_what_it_checked check (checked >= 0),
  faults jsonb not null constraint ck_verification_lists_its_faults check (jsonb_typeof(faults) = 'array'),
  took_ms int not null constraint ck_verification_took_some_time check (took_ms >= 0),
  finished_at timestamptz not null default clock_timestamp(),
  constraint pk_verification_result primary key (verification_id, check_name),
  constraint fk_verification_result_was_asked_for foreign key (authority_id, verification_id) references audit.verification (authority_id, id)
);
create index ix_verification_result_by_check on audit.verification_result (authority_id, check_name, finished_at);
create index ix_audit_event_by_actor on audit.event (authority_id, actor_id, seq);
create index ix_audit_event_by_action on audit.event (authority_id, action, seq);
create index ix_audit_event_at on audit.event using brin (at);

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['identity.account_change', 'identity.council_change', 'audit.verification', 'audit.verification_result']) t;
select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['identity.team', 'identity.limit_proposal', 'subsistence.rate_proposal', 'payments.originator_proposal']) t;
select kernel.two_people(t::regclass)
  from unnest(array['identity.limit_proposal', 'subsistence.rate_proposal', 'payments.originator_proposal']) t;
grant select on identity.account_change, identity.council_change to mainstay_app;
grant select, insert on audit.verification, audit.verification_result to mainstay_app;
grant select, insert, update on identity.team, identity.limit_proposal, subsistence.rate_proposal, payments.originator_proposal to mainstay_app;
grant update (version, division, lead_days, cool_off_days, notice_days, service_structure, display_name, colour, contact)
  on identity.authority to mainstay_app;
`,
  `
drop trigger guard_originator on payments.originator;
drop trigger guard_originator_change on payments.originator;
drop table payments.originator_proposal, subsistence.rate_proposal, audit.verification_result, audit.verification;
drop function payments.guard_originator;
drop index audit.ix_audit_event_by_actor, audit.ix_audit_event_by_action, audit.ix_audit_event_at;
drop trigger guard_rate on subsistence.rate;
drop function subsistence.guard_rate;
alter table subsistence.rate drop column proposal_id;
drop trigger guard_council on identity.authority;
drop trigger guard_council_on_record on identity.authority;
drop trigger guard_limit on identity.delegated_limit;
drop trigger guard_operator on identity.credential;
drop trigger guard_operator on identity.session;
drop trigger guard_operator on identity.api_token;
drop trigger guard_role_added on identity.user_role;
drop trigger guard_role_changed on identity.user_role;
drop trigger guard_administrators on identity.user_role;
drop trigger guard_account_changed on identity.user_account;
drop trigger guard_administrators on identity.user_account;
alter table identity.authority drop column version, drop column notice_days, drop column service_structure,
  drop column display_name, drop column colour, drop column contact;
alter table identity.delegated_limit drop column set_by, drop column confirmed_by, drop column reason, drop column proposal_id;
alter table identity.user_account drop column version, drop column team_id;
drop table identity.council_change, identity.limit_proposal, identity.account_change, identity.team;
drop function identity.guard_council, identity.record_council_change, identity.guard_limit, identity.guard_administrators, identity.guard_operator,
  identity.record_account_change, identity.is_administrator, identity.contrast_on_white, kernel.two_people, kernel.guard_proposal;
`,
);
