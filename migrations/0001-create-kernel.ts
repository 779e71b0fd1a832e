import { sqlMigration } from './sql-migration.ts';

/** Lays the ground: exact money, document numbers, council scope, append-only tables, idempotency. */
export const CreateKernel = sqlMigration(
  'CreateKernel1790000000001',
  `
create extension if not exists btree_gist with schema public;
create schema kernel;
grant usage on schema kernel to mainstay_app;

-- numeric(14,2) would quietly round a third decimal away; this refuses it.
create domain kernel.gbp as numeric
  constraint ck_gbp_has_at_most_two_decimals check (scale(value) <= 2)
  constraint ck_gbp_is_below_a_million_million check (abs(value) < 1e12);

-- One sequence numbers every document (plan, run, line, payment order, fund): a number means one thing only.
-- No cache: a cached block a connection would give numbers out of order, and "the newest" is asked by number.
create sequence kernel.document_number as bigint;
grant usage, select on sequence kernel.document_number to mainstay_app;

create function kernel.current_authority() returns smallint language sql stable parallel safe
  as $$ select nullif(current_setting('mainstay.authority', true), '')::smallint $$;
-- The day of the command, as its clock told it; the London day where nobody said.
create function kernel.today() returns date language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('mainstay.today', true), '')::date, (now() at time zone 'Europe/London')::date) $$;
create function kernel.current_actor() returns bigint language sql stable parallel safe
  as $$ select nullif(current_setting('mainstay.actor', true), '')::bigint $$;

-- Every table of a council is shut to every other council, for the owner too.
create function kernel.keep_in_council(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy council_only on %s using (authority_id = (select kernel.current_authority()))
                  with check (authority_id = (select kernel.current_authority()))', t);
end $$;

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused; correct by adding', tg_table_name, lower(tg_op)
    using errcode = 'MS001', constraint = 'guard_append_only';
end $$;

create function kernel.append_only(t regclass) returns void language plpgsql as $$
begin
  execute format('create trigger guard_append_only before update or delete or truncate on %s
                  for each statement execute function kernel.refuse_change()', t);
end $$;

create function kernel.never_delete(t regclass) returns void language plpgsql as $$
begin
  execute format('create trigger guard_never_delete before delete or truncate on %s
                  for each statement execute function kernel.refuse_change()', t);
end $$;

create schema platform;
grant usage on schema platform to mainstay_app;
create table platform.idempotency (
  authority_id smallint not null,
  key text not null constraint ck_idempotency_key_is_short check (length(key) between 1 and 200),
  command text not null,
  input_hash text not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  constraint pk_idempotency primary key (authority_id, key)
);
select kernel.keep_in_council('platform.idempotency');
grant select, insert, update on platform.idempotency to mainstay_app;
`,
  `drop schema platform cascade; drop schema kernel cascade;`,
);
