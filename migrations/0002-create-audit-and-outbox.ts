import { sqlMigration } from './sql-migration.ts';

/** Makes the hash-chained audit trail, the state machines' edges and history, and the outbox. */
export const CreateAuditAndOutbox = sqlMigration(
  'CreateAuditAndOutbox1790000000002',
  `
create schema audit;
grant usage on schema audit to mainstay_app;

create table audit.event (
  authority_id smallint not null,
  seq bigint not null,
  at timestamptz not null,
  actor_id bigint,
  channel text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint pk_audit_event primary key (authority_id, seq)
);
create index ix_audit_event_by_subject on audit.event (authority_id, subject_kind, subject_id, seq);
select kernel.keep_in_council('audit.event');
select kernel.append_only('audit.event');
grant select, insert on audit.event to mainstay_app;

-- The end of each council's chain. Only the trigger below moves it.
create table audit.head (
  authority_id smallint constraint pk_audit_head primary key,
  seq bigint not null,
  hash bytea not null
);
select kernel.keep_in_council('audit.head');
select kernel.never_delete('audit.head');
grant select on audit.head to mainstay_app;

create function audit.event_hash(e audit.event) returns bytea language sql immutable as $$
  select sha256(convert_to(concat_ws('|', encode(e.prev_hash, 'hex'), e.authority_id, e.seq,
    extract(epoch from e.at)::text, coalesce(e.actor_id::text, ''), e.channel, e.action, e.subject_kind, e.subject_id,
    e.detail::text), 'UTF8')) $$;

create function audit.chain_event() returns trigger language plpgsql security definer set search_path = '' as $$
declare head audit.head;
begin
  insert into audit.head values (new.authority_id, 0, sha256('')) on conflict do nothing;
  select * into strict head from audit.head where authority_id = new.authority_id for update;
  new.seq := head.seq + 1;
  new.at := clock_timestamp();
  new.actor_id := kernel.current_actor();
  new.channel := coalesce(nullif(current_setting('mainstay.channel', true), ''), 'database');
  new.prev_hash := head.hash;
  new.hash := audit.event_hash(new);
  update audit.head set seq = new.seq, hash = new.hash where authority_id = new.authority_id;
  return new;
end $$;
create trigger guard_chain_event before insert on audit.event for each row execute function audit.chain_event();

-- The same table of states as in the code, edge by edge: a test compares them.
create table audit.state_edge (
  machine text not null,
  from_state text not null,
  command text not null,
  to_state text not null,
  constraint pk_state_edge primary key (machine, from_state, command)
);
grant select on audit.state_edge to mainstay_app;

create table audit.state_change (
  id bigint generated always as identity constraint pk_state_change primary key,
  authority_id smallint not null,
  machine text not null,
  subject_id bigint not null,
  from_state text not null,
  to_state text not null,
  actor_id bigint,
  channel text not null,
  reason text not null,
  at timestamptz not null
);
create index ix_state_change_by_subject on audit.state_change (authority_id, subject_id, id);
select kernel.keep_in_council('audit.state_change');
select kernel.append_only('audit.state_change');
grant select on audit.state_change to mainstay_app;

create function audit.follow_states() returns trigger language plpgsql security definer set search_path = '' as $$
declare before text := case when tg_op = 'INSERT' then '' else old.state end;
begin
  if before = new.state then return new; end if;
  if not exists (select from audit.state_edge e
                  where e.machine = tg_argv[0] and e.from_state = before and e.to_state = new.state) then
    raise exception '% % cannot go from "%" to "%"', tg_argv[0], new.id, before, new.state
      using errcode = 'MS001', constraint = 'guard_states_of_' || tg_argv[0];
  end if;
  insert into audit.state_change (authority_id, machine, subject_id, from_state, to_state, actor_id, channel, reason, at)
  values (new.authority_id, tg_argv[0], new.id, before, new.state, kernel.current_actor(),
    coalesce(nullif(current_setting('mainstay.channel', true), ''), 'database'),
    coalesce(current_setting('mainstay.reason', true), ''), clock_timestamp());
  return new;
end $$;

create schema outbox;
grant usage on schema outbox to mainstay_app;
create table outbox.message (
  id bigint generated always as identity constraint pk_outbox_message primary key,
  authority_id smallint not null,
  topic text not null,
  key text not null,
  payload jsonb not null,
  due_at timestamptz not null default now(),
  dispatches int not null default 0,
  failures int not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  constraint uq_outbox_message_once unique (authority_id, topic, key),
  constraint ck_outbox_payload_is_small check (length(payload::text) <= 500)
);
create index ix_outbox_message_due on outbox.message (authority_id, due_at) where done_at is null;
select kernel.keep_in_council('outbox.message');
select kernel.never_delete('outbox.message');
grant select, insert, update on outbox.message to mainstay_app;
`,
  `drop schema outbox cascade; drop schema audit cascade;`,
);
