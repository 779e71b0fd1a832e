import { sqlMigration } from './sql-migration.ts';

/** Makes councils, people, their roles, their delegated limits and their tokens. */
export const CreateIdentity = sqlMigration(
  'CreateIdentity1790000000003',
  `
create schema identity;
grant usage on schema identity to mainstay_app;

create table identity.authority (
  authority_id smallint generated always as identity constraint pk_authority primary key,
  slug text not null constraint uq_authority_slug unique
    constraint ck_authority_slug_is_plain check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  division text not null constraint ck_authority_division_is_known
    check (division in ('england-and-wales', 'scotland', 'northern-ireland')),
  lead_days smallint not null default 3 constraint ck_authority_lead_days_are_sane check (lead_days between 0 and 20),
  cool_off_days smallint not null default 3 constraint ck_authority_cool_off_days_are_sane check (cool_off_days between 0 and 30)
);
-- The clock visits every council in turn, so each must be able to read the list; it holds no family.
alter table identity.authority enable row level security;
alter table identity.authority force row level security;
create policy list_is_open on identity.authority for select using (true);
create policy council_only on identity.authority for all using (authority_id = (select kernel.current_authority()));
create policy operator_adds on identity.authority for insert with check (current_user = 'mainstay_owner');
grant select on identity.authority to mainstay_app;

create table identity.user_account (
  id bigint not null default nextval('kernel.document_number') constraint pk_user_account primary key,
  authority_id smallint not null constraint fk_user_belongs_to_council references identity.authority,
  email text not null constraint ck_user_email_looks_like_one check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
  name text not null,
  active boolean not null default true,
  constraint uq_user_email unique (authority_id, email),
  constraint uq_user_of_council unique (authority_id, id)
);
create table identity.user_role (
  authority_id smallint not null,
  user_id bigint not null,
  role text not null constraint ck_role_is_known
    check (role in ('caseworker', 'manager', 'finance', 'releaser', 'auditor', 'administrator')),
  removed_at timestamptz,
  constraint pk_user_role primary key (authority_id, user_id, role),
  constraint fk_user_role_is_of_a_user foreign key (authority_id, user_id) references identity.user_account (authority_id, id)
);
create table identity.delegated_limit (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  role text not null,
  kind text not null constraint ck_limit_kind_is_known check (kind in ('support-plan', 'section-17-run', 'bank-details')),
  amount kernel.gbp not null constraint ck_limit_is_not_negative check (amount >= 0),
  effective_from date not null,
  constraint pk_delegated_limit primary key (authority_id, id),
  constraint uq_limit_once_a_day unique (authority_id, role, kind, effective_from),
  constraint uq_limit_with_what_it_says unique (authority_id, id, role, amount)
);
create table identity.api_token (
  id bigint not null default nextval('kernel.document_number') constraint pk_api_token primary key,
  authority_id smallint not null,
  user_id bigint not null,
  label text not null,
  secret_sha256 bytea not null constraint uq_api_token_secret unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint fk_token_is_of_a_user foreign key (authority_id, user_id) references identity.user_account (authority_id, id)
);
select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['identity.user_account', 'identity.user_role', 'identity.delegated_limit', 'identity.api_token']) t;
select kernel.append_only('identity.delegated_limit');
grant select, insert, update on identity.user_account, identity.user_role, identity.api_token to mainstay_app;
grant select, insert on identity.delegated_limit to mainstay_app;
`,
  `drop schema identity cascade;`,
);
