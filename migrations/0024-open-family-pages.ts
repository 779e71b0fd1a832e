import { sqlMigration } from './sql-migration.ts';

/**
 * Opens a family's own page: sessions begun with the code of a link, wrong codes counted, what a family writes to the
 * council, and its calendar feed. Codes and secrets are kept as digests only.
 */
export const OpenFamilyPages = sqlMigration(
  'OpenFamilyPages1790000000024',
  `
alter table notices.family_link add constraint uq_link_with_its_family unique (authority_id, code_sha256, family_id);

create table notices.family_session (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  family_id bigint not null,
  code_sha256 bytea not null,
  secret_sha256 bytea not null constraint uq_family_session_secret unique
    constraint ck_family_session_secret_is_sha256 check (length(secret_sha256) = 32),
  -- Chosen on the page; until then the language the family reads.
  language text constraint ck_family_session_language_is_a_code check (language ~ '^[a-z]{2,3}$'),
  -- When they said that nobody else looks on.
  safe_at timestamptz,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '60 minutes',
  ended_at timestamptz,
  ended_because text,
  constraint pk_family_session primary key (authority_id, id),
  constraint uq_family_session_with_its_family unique (authority_id, id, family_id),
  constraint fk_family_session_of_a_link foreign key (authority_id, code_sha256, family_id)
    references notices.family_link (authority_id, code_sha256, family_id),
  constraint ck_family_session_is_at_most_an_hour check (expires_at <= started_at + interval '60 minutes'),
  constraint ck_ended_family_session_says_why check ((ended_at is null) = (ended_because is null))
);
create index ix_family_session_by_family on notices.family_session (family_id, id desc);

-- Each wrong code somebody tried. Who it was is kept as a keyed digest of their address that changes every day.
create table notices.code_try (
  id bigint generated always as identity constraint pk_code_try primary key,
  authority_id smallint not null,
  client_sha256 bytea not null constraint ck_code_try_keeps_a_digest check (length(client_sha256) = 32),
  tried_at timestamptz not null default now()
);
create index ix_code_try_by_client on notices.code_try (client_sha256, tried_at);

-- What a family writes to the council from its page: a task for a person.
create table notices.family_message (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  session_id bigint not null,
  state text not null default 'open',
  kind text not null constraint ck_family_message_kind_is_known check (kind in ('help', 'not-arrived')),
  -- The day of the payment that did not come.
  about_day date,
  text text not null default '',
  reach text not null default '',
  sent_at timestamptz not null default now(),
  sent_on date not null default kernel.today(),
  -- The working day by which somebody looks at it, as the family was told.
  look_by date not null,
  answered_by bigint,
  answered_at timestamptz,
  note text,
  constraint pk_family_message primary key (authority_id, id),
  constraint fk_family_message_of_its_session foreign key (authority_id, session_id, family_id)
    references notices.family_session (authority_id, id, family_id),
  constraint fk_family_message_answered_by_a_user foreign key (authority_id, answered_by)
    references identity.user_account (authority_id, id),
  constraint ck_family_message_says_something check (kind = 'not-arrived' or length(btrim(text)) > 0),
  constraint ck_family_message_is_short check (length(text) <= 500 and length(reach) <= 200),
  constraint ck_family_message_is_looked_at_after_it_came check (look_by > sent_on),
  constraint ck_answered_message_says_who_and_what check ((state = 'answered') =
    (answered_by is not null and answered_at is not null and coalesce(length(btrim(note)), 0) > 0))
);
create index ix_family_message_by_family on notices.family_message (family_id, id desc);
create index ix_family_message_open on notices.family_message (authority_id, look_by, id) where state = 'open';

-- A secret address a family's calendar asks by itself.
create table notices.family_feed (
  code_sha256 bytea not null constraint ck_feed_code_is_sha256 check (length(code_sha256) = 32),
  authority_id smallint not null,
  family_id bigint not null,
  language text not null default 'en',
  made_at timestamptz not null default now(),
  read_at timestamptz,
  revoked_at timestamptz,
  constraint pk_family_feed primary key (authority_id, code_sha256),
  constraint fk_feed_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id)
);
create unique index uq_feed_one_in_force_a_family on notices.family_feed (authority_id, family_id) where revoked_at is null;

-- What a calendar was last told of each payment: the same event however often its day moves.
create table notices.calendar_event (
  authority_id smallint not null,
  family_id bigint not null,
  slot text not null constraint ck_calendar_slot_is_plain check (slot ~ '^[0-9]{1,18}-[a-z0-9-]{1,20}$'),
  uid uuid not null default gen_random_uuid() constraint uq_calendar_event_uid unique,
  on_day date not null,
  sequence int not null default 0 constraint ck_calendar_sequence_begins_at_nought check (sequence >= 0),
  changed_at timestamptz not null default now(),
  constraint pk_calendar_event primary key (authority_id, family_id, slot),
  constraint fk_calendar_event_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id)
);

insert into audit.state_edge values
  ('family_message', '', 'send', 'open'),
  ('family_message', 'open', 'answer', 'answered');
create trigger guard_states before insert or update of state on notices.family_message
  for each row execute function audit.follow_states('family_message');

-- A code that was taken back stays taken back, and belongs to one family.
create function notices.guard_code() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.code_sha256, new.authority_id, new.family_id) is distinct from (old.code_sha256, old.authority_id, old.family_id)
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'this code was given to one family, and once taken back it stays so'
      using errcode = 'MS001', constraint = 'guard_code_taken_back_stays_so';
  end if;
  return new;
end $$;
create trigger guard_code before update on notices.family_link for each row execute function notices.guard_code();
create trigger guard_code before update on notices.family_feed for each row execute function notices.guard_code();

create function notices.guard_family_session() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from notices.family_link l where l.authority_id = new.authority_id and l.code_sha256 = new.code_sha256
                      and l.family_id = new.family_id and l.revoked_at is null and l.expires_on >= kernel.today()) then
      raise exception 'this code opens nothing' using errcode = 'MS001', constraint = 'guard_family_session_has_a_code_in_force';
    end if;
    return new;
  end if;
  if old.ended_at is not null then
    raise exception 'this session has ended' using errcode = 'MS001', constraint = 'guard_ended_family_session_stays_ended';
  end if;
  if (new.id, new.authority_id, new.family_id, new.code_sha256, new.secret_sha256, new.started_at) is distinct from
     (old.id, old.authority_id, old.family_id, old.code_sha256, old.secret_sha256, old.started_at) or new.expires_at > old.expires_at then
    raise exception 'a session is of one family and is never drawn out'
      using errcode = 'MS001', constraint = 'guard_family_session_is_one_familys';
  end if;
  if new.seen_at > old.seen_at and old.seen_at < now() - interval '15 minutes' then
    raise exception 'nobody looked for 15 minutes' using errcode = 'MS001', constraint = 'guard_idle_family_session_is_over';
  end if;
  return new;
end $$;
create trigger guard_family_session before insert or update on notices.family_session
  for each row execute function notices.guard_family_session();

-- Ten wrong codes in a quarter of an hour, then no more. The database's own clock counts.
create function notices.guard_code_try() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(new.client_sha256, 'hex'), new.authority_id));
  new.tried_at := now();
  if (select count(*) from notices.code_try t where t.client_sha256 = new.client_sha256 and t.tried_at > now() - interval '15 minutes') >= 10 then
    raise exception 'ten wrong codes within a quarter of an hour'
      using errcode = 'MS001', constraint = 'guard_wrong_codes_are_few';
  end if;
  return new;
end $$;
create trigger guard_code_try before insert on notices.code_try for each row execute function notices.guard_code_try();

create function notices.guard_family_message() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if (select count(*) from notices.family_message m where m.family_id = new.family_id and m.state = 'open') >= 10 then
      raise exception 'ten messages of family % wait already', new.family_id
        using errcode = 'MS001', constraint = 'guard_family_messages_are_few';
    end if;
    return new;
  end if;
  if (new.id, new.authority_id, new.family_id, new.session_id, new.kind, new.about_day, new.text, new.reach, new.sent_at, new.sent_on, new.look_by)
     is distinct from
     (old.id, old.authority_id, old.family_id, old.session_id, old.kind, old.about_day, old.text, old.reach, old.sent_at, old.sent_on, old.look_by)
     or (old.state = 'answered' and (new.answered_by, new.answered_at, new.note) is distinct from (old.answered_by, old.answered_at, old.note)) then
    raise exception 'message % stays as the family sent it', new.id
      using errcode = 'MS001', constraint = 'guard_family_message_stays_as_sent';
  end if;
  if old.state = 'open' and new.state = 'answered' and new.answered_by is distinct from kernel.current_actor() then
    raise exception 'a message is answered by who acts'
      using errcode = 'MS001', constraint = 'guard_family_message_is_answered_by_who_acts';
  end if;
  return new;
end $$;
create trigger guard_family_message before insert or update on notices.family_message
  for each row execute function notices.guard_family_message();

-- Calendars know an event by its identity and believe the higher count.
create function notices.guard_calendar_event() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.authority_id, new.family_id, new.slot, new.uid) is distinct from (old.authority_id, old.family_id, old.slot, old.uid) then
    raise exception 'an event keeps its identity' using errcode = 'MS001', constraint = 'guard_calendar_event_keeps_its_identity';
  end if;
  if new.sequence < old.sequence or (new.on_day <> old.on_day and new.sequence = old.sequence) then
    raise exception 'an event that moves counts up' using errcode = 'MS001', constraint = 'guard_moved_event_counts_up';
  end if;
  return new;
end $$;
create trigger guard_calendar_event before update on notices.calendar_event for each row execute function notices.guard_calendar_event();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['notices.family_session', 'notices.family_message', 'notices.family_feed', 'notices.calendar_event']) t;
select kernel.keep_in_council('notices.code_try'), kernel.append_only('notices.code_try');
grant select, insert, update on notices.family_session, notices.family_message, notices.family_feed, notices.calendar_event to mainstay_app;
grant select, insert on notices.code_try to mainstay_app;
`,
  `
drop table notices.code_try, notices.family_message, notices.family_session, notices.family_feed, notices.calendar_event;
drop trigger guard_code on notices.family_link;
drop function notices.guard_code, notices.guard_family_session, notices.guard_code_try, notices.guard_family_message, notices.guard_calendar_event;
alter table notices.family_link drop constraint uq_link_with_its_family;
`,
);
