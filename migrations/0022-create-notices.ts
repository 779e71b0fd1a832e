import { sqlMigration } from './sql-migration.ts';

/**
 * Makes notices: what a family is told, every attempt to tell it, and the proof of when it reached them.
 *
 * A notice counts from receipt. What says a notice was received is evidence this database holds: a delivery heard from
 * GOV.UK Notify, a letter's latest day of arrival that has come, or a call a named person logged.
 */
export const CreateNotices = sqlMigration(
  'CreateNotices1790000000022',
  `
create schema notices;
grant usage on schema notices to mainstay_app;

-- A bank statement must not say why either.
alter table payments.originator drop constraint ck_reference_prefix_is_neutral;
alter table payments.originator add constraint ck_reference_prefix_is_neutral check
  (reference_prefix ~ '^[A-Z0-9]{1,6}$' and reference_prefix !~ '(NRPF|S17|SEC|CHILD|ASYL|COUNC|BENEF|MONEY|IMMI)');

-- The council's own GOV.UK Notify service, and how much of its rate is left.
create table notices.sender (
  authority_id smallint constraint pk_sender primary key,
  version int not null default 1,
  base_url text not null constraint ck_sender_url_is_http check (base_url ~ '^https?://'),
  sealed_key bytea not null constraint ck_sender_key_is_sealed check (get_byte(sealed_key, 0) = 1 and length(sealed_key) >= 40),
  sms_template uuid not null,
  email_template uuid not null,
  callback_token_sha256 bytea not null constraint ck_callback_token_is_sha256 check (length(callback_token_sha256) = 32),
  -- Who a discreet family sees a message is from: a text message sender of its own, or names that say nothing anywhere.
  discreet_sms_sender uuid,
  is_neutral boolean not null default false,
  page_url text not null constraint ck_page_url_is_http check (page_url ~ '^https?://[^?#]+$' and page_url !~ '/$'),
  tokens double precision not null default 1000 constraint ck_tokens_are_within_the_burst check (tokens between 0 and 1000),
  tokens_at timestamptz not null default now(),
  paused_until timestamptz,
  pause_reason text
);

create table notices.notice (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  state text not null default 'drafted',
  kind text not null constraint ck_notice_kind_is_known check (kind in
    ('pay-day', 'amount', 'end', 'method', 'accommodation', 'early-payment', 'calendar', 'award', 'decision', 'remittance')),
  facts jsonb not null constraint ck_notice_says_what_its_kind_says check (facts ->> 'kind' = kind),
  -- The first day anything differs; absent when nothing waits for this notice.
  affects_on date,
  notice_days smallint not null default 0,
  -- The last day of receipt that leaves so many clear days.
  needed_by date generated always as (affects_on - notice_days - 1) stored,
  drafted_by bigint,
  drafted_at timestamptz not null default now(),
  drafted_on date not null default kernel.today(),
  received_on date,
  received_by bigint,
  confirmed_at timestamptz,
  constraint pk_notice primary key (authority_id, id),
  constraint uq_notice_of_family unique (authority_id, id, family_id),
  constraint fk_notice_to_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint ck_notice_is_never_under_seven_days check (affects_on is null or notice_days >= 7),
  constraint ck_received_notice_says_how check ((received_on is null) = (received_by is null)),
  constraint ck_notice_received_has_its_day check (state <> 'received' or received_on is not null)
);
create index ix_notice_by_family on notices.notice (family_id, id);
create index ix_notice_open on notices.notice (authority_id, needed_by, id) where state in ('serving', 'call_needed');
create index ix_notice_by_state on notices.notice (authority_id, state, id);

create table notices.attempt (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  notice_id bigint not null,
  family_id bigint not null,
  state text not null default 'queued',
  channel text not null constraint ck_attempt_channel_is_known check (channel in ('sms', 'email', 'letter', 'call', 'visit')),
  language text not null,
  words_sha256 bytea,
  destination text not null constraint ck_attempt_goes_somewhere check (length(btrim(destination)) > 0),
  subject text,
  body text not null,
  -- Of a letter: everything it is made from, so that the same letter can be made again.
  letter jsonb,
  postage text constraint ck_postage_is_known check (postage in ('first', 'second', 'economy')),
  parts smallint constraint ck_parts_are_few check (parts between 1 and 6),
  is_neutral boolean not null default false,
  is_discreet boolean not null default false,
  -- What Notify knows it by: says nothing of anybody.
  reference text not null default gen_random_uuid()::text,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  tries smallint not null default 0,
  provider_id uuid,
  provider_status text,
  provider_rank smallint not null default 0,
  sent_at timestamptz,
  -- The day it was sent by the clock of the command.
  sent_on date,
  polled_at timestamptz,
  arrives_earliest date,
  arrives_latest date,
  received_on date,
  failure text,
  logged_by bigint,
  made_at timestamptz not null default now(),
  constraint pk_attempt primary key (authority_id, id),
  constraint uq_attempt_reference unique (authority_id, reference),
  constraint uq_attempt_provider unique (authority_id, provider_id),
  constraint fk_attempt_of_a_notice foreign key (authority_id, notice_id, family_id) references notices.notice (authority_id, id, family_id),
  constraint fk_call_logged_by_a_user foreign key (authority_id, logged_by) references identity.user_account (authority_id, id),
  constraint ck_call_is_logged_by_a_person check ((channel in ('call', 'visit')) = (logged_by is not null)),
  constraint ck_letter_says_when_it_arrives check
    (channel <> 'letter' or sent_at is null or (postage is not null and coalesce(arrives_latest >= arrives_earliest, false))),
  constraint ck_failed_attempt_says_why check (state <> 'failed' or coalesce(length(btrim(failure)), 0) > 0),
  constraint ck_delivered_attempt_has_its_day check (state <> 'delivered' or received_on is not null)
);
-- One way is tried once at a time: a second sender finds the first at it.
create unique index uq_attempt_one_open_a_way on notices.attempt (notice_id, channel) where state in ('queued', 'sending', 'accepted');
create index ix_attempt_by_notice on notices.attempt (notice_id, id);
create index ix_attempt_to_send on notices.attempt (authority_id, due_at, id) where state in ('queued', 'sending');
create index ix_attempt_accepted on notices.attempt (authority_id, channel, sent_at) where state = 'accepted';
alter table notices.notice add constraint fk_notice_received_by_an_attempt foreign key (authority_id, received_by)
  references notices.attempt (authority_id, id);

-- What lets a family look at its own page: a code in a message, kept as its digest only.
create table notices.family_link (
  code_sha256 bytea not null constraint ck_link_code_is_sha256 check (length(code_sha256) = 32),
  authority_id smallint not null,
  family_id bigint not null,
  made_on date not null default kernel.today(),
  expires_on date not null constraint ck_link_expires_after_it_is_made check (expires_on > made_on),
  revoked_at timestamptz,
  constraint pk_family_link primary key (authority_id, code_sha256),
  constraint fk_link_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id)
);
create index ix_link_by_family on notices.family_link (family_id) where revoked_at is null;

-- A language's words are used once a named person approved exactly them. The newest decision counts.
create table notices.translation_decision (
  id bigint generated always as identity constraint pk_translation_decision primary key,
  authority_id smallint not null,
  language text not null constraint ck_translation_is_not_english check (language ~ '^[a-z]{2,3}$' and language <> 'en'),
  words_sha256 bytea not null constraint ck_translation_words_are_sha256 check (length(words_sha256) = 32),
  outcome text not null constraint ck_translation_outcome_is_known check (outcome in ('approved', 'withdrawn')),
  reason text not null constraint ck_translation_decision_has_a_reason check (length(btrim(reason)) > 0),
  decided_by bigint not null constraint ck_translation_is_decided_by_who_acts check (decided_by = kernel.current_actor()),
  decided_at timestamptz not null default now(),
  constraint fk_translation_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create index ix_translation_by_language on notices.translation_decision (authority_id, language, id desc);

-- Our own copy of each letter, sealed: Notify keeps it for a week.
create table notices.letter_copy (
  attempt_id bigint not null,
  authority_id smallint not null,
  sha256 bytea not null constraint ck_letter_copy_sha256 check (length(sha256) = 32),
  sealed bytea not null constraint ck_letter_copy_is_sealed check (get_byte(sealed, 0) = 1),
  constraint pk_letter_copy primary key (authority_id, attempt_id),
  constraint fk_letter_copy_of_an_attempt foreign key (authority_id, attempt_id) references notices.attempt (authority_id, id)
);

-- What Notify told us, as it told us, before anything is made of it. Nothing personal is kept.
create table notices.heard (
  id bigint generated always as identity constraint pk_heard primary key,
  authority_id smallint not null,
  how text not null constraint ck_heard_how_is_known check (how in ('callback', 'poll', 'look-up')),
  provider_id uuid not null,
  reference text,
  status text not null,
  completed_at timestamptz,
  heard_at timestamptz not null default now(),
  heard_on date not null default kernel.today()
);
create index ix_heard_by_provider on notices.heard (authority_id, provider_id, id);

insert into audit.state_edge values
  ('notice', '', 'draft', 'drafted'),
  ('notice', 'drafted', 'serve', 'serving'),
  ('notice', 'drafted', 'ask_for_a_call', 'call_needed'),
  ('notice', 'drafted', 'withdraw', 'withdrawn'),
  ('notice', 'serving', 'receive', 'received'),
  ('notice', 'serving', 'ask_for_a_call', 'call_needed'),
  ('notice', 'serving', 'withdraw', 'withdrawn'),
  ('notice', 'call_needed', 'serve', 'serving'),
  ('notice', 'call_needed', 'receive', 'received'),
  ('notice', 'call_needed', 'withdraw', 'withdrawn'),
  ('attempt', '', 'queue', 'queued'),
  ('attempt', 'queued', 'take', 'sending'),
  ('attempt', 'queued', 'withdraw', 'withdrawn'),
  ('attempt', 'queued', 'deliver', 'delivered'),
  ('attempt', 'queued', 'fail', 'failed'),
  ('attempt', 'sending', 'put_back', 'queued'),
  ('attempt', 'sending', 'accept', 'accepted'),
  ('attempt', 'sending', 'fail', 'failed'),
  ('attempt', 'accepted', 'deliver', 'delivered'),
  ('attempt', 'accepted', 'fail', 'failed'),
  ('attempt', 'failed', 'deliver', 'delivered');
create trigger guard_states before insert or update of state on notices.notice
  for each row execute function audit.follow_states('notice');
create trigger guard_states before insert or update of state on notices.attempt
  for each row execute function audit.follow_states('attempt');

create function notices.guard_notice() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.affects_on is not null and new.notice_days <
       (select case new.kind when 'end' then a.ending_notice_days else a.notice_days end
          from identity.authority a where a.authority_id = new.authority_id) then
      raise exception 'notice of % days is less than the council gives', new.notice_days
        using errcode = 'MS001', constraint = 'guard_notice_gives_the_councils_days';
    end if;
    return new;
  end if;
  if (new.family_id, new.kind, new.affects_on, new.notice_days, new.drafted_by, new.drafted_on)
     is distinct from (old.family_id, old.kind, old.affects_on, old.notice_days, old.drafted_by, old.drafted_on)
     or (old.state <> 'drafted' and new.facts is distinct from old.facts) then
    raise exception 'notice % says what it said: draft another', new.id
      using errcode = 'MS001', constraint = 'guard_notice_says_what_it_said';
  end if;
  if new.received_on is distinct from old.received_on or new.received_by is distinct from old.received_by then
    if new.received_on is null or new.received_on > old.received_on or not exists
       (select from notices.attempt a where a.id = new.received_by and a.authority_id = new.authority_id and a.notice_id = new.id
           and a.state = 'delivered' and a.received_on = new.received_on) then
      raise exception 'no attempt of notice % was received on %', new.id, new.received_on
        using errcode = 'MS001', constraint = 'guard_receipt_is_of_an_attempt';
    end if;
  end if;
  return new;
end $$;
create trigger guard_notice before insert or update on notices.notice for each row execute function notices.guard_notice();

-- What a stranger with the phone in hand must not read.
create function notices.says_nothing(words text) returns boolean language sql immutable parallel safe as $$
  select coalesce(words, '') !~* '(council|nrpf|section 17|benefit|money|immigration)' $$;

create function notices.guard_attempt() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.received_on, new.sent_on, new.sent_at, new.provider_id) > 0 or new.provider_rank <> 0 then
      raise exception 'an attempt begins unsent'
        using errcode = 'MS001', constraint = 'guard_receipt_has_its_evidence';
    end if;
    -- What was said face to face, when the family came, needs no way to reach them.
    if new.channel <> 'visit' and not families.may_be_told_by(new.family_id, new.channel) then
      raise exception 'family % may not be told by %', new.family_id, new.channel
        using errcode = 'MS001', constraint = 'guard_attempt_goes_a_safe_way';
    end if;
    if exists (select from families.family f where f.id = new.family_id and f.authority_id = new.authority_id and f.contact = 'discreet')
       and (not notices.says_nothing(new.subject) or (new.channel = 'sms' and not notices.says_nothing(new.body))) then
      raise exception 'a discreet message says nothing of why'
        using errcode = 'MS001', constraint = 'guard_discreet_message_says_nothing';
    end if;
    if new.channel in ('sms', 'email')
       and exists (select from families.family f where f.id = new.family_id and f.authority_id = new.authority_id and f.contact = 'discreet')
       and not exists (select from notices.sender s where s.authority_id = new.authority_id
                         and (s.is_neutral or (new.channel = 'sms' and s.discreet_sms_sender is not null))) then
      raise exception 'a discreet message would name its sender'
        using errcode = 'MS001', constraint = 'guard_discreet_sender_says_nothing';
    end if;
    if new.language <> 'en' and (select (d.outcome, d.words_sha256) from notices.translation_decision d
         where d.authority_id = new.authority_id and d.language = new.language order by d.id desc limit 1)
         is distinct from ('approved'::text, new.words_sha256) then
      raise exception 'nobody approved these words in %', new.language
        using errcode = 'MS001', constraint = 'guard_attempt_is_in_approved_words';
    end if;
    if new.channel in ('call', 'visit') and new.logged_by is distinct from kernel.current_actor() then
      raise exception 'a call is logged by who made it'
        using errcode = 'MS001', constraint = 'guard_call_is_logged_by_its_caller';
    end if;
    return new;
  end if;
  if (new.notice_id, new.family_id, new.channel, new.reference, new.language, new.destination, new.subject, new.body, new.letter, new.postage, new.logged_by)
     is distinct from
     (old.notice_id, old.family_id, old.channel, old.reference, old.language, old.destination, old.subject, old.body, old.letter, old.postage, old.logged_by)
     or (old.sent_at is not null and (new.sent_at, new.sent_on, new.provider_id, new.arrives_earliest, new.arrives_latest)
         is distinct from (old.sent_at, old.sent_on, old.provider_id, old.arrives_earliest, old.arrives_latest)) then
    raise exception 'attempt % stands as it was made', new.id
      using errcode = 'MS001', constraint = 'guard_attempt_stands_as_made';
  end if;
  if new.provider_rank < old.provider_rank then
    raise exception 'what was heard of attempt % is not undone by something worse', new.id
      using errcode = 'MS001', constraint = 'guard_attempt_only_gets_better';
  end if;
  if old.received_on is not null and new.received_on is distinct from old.received_on then
    raise exception 'attempt % was received on %', new.id, old.received_on
      using errcode = 'MS001', constraint = 'guard_receipt_stands';
  end if;
  if old.received_on is null and new.received_on is not null and not notices.is_proved(new) then
    raise exception 'nothing proves that attempt % was received on %', new.id, new.received_on
      using errcode = 'MS001', constraint = 'guard_receipt_has_its_evidence';
  end if;
  return new;
end $$;

-- The day Notify says a message was delivered, where that lies between sending and hearing of it; else the day it was heard.
create function notices.day_heard(sent_on date, h notices.heard) returns date language sql stable set search_path = '' as $$
  select case when (h.completed_at at time zone 'Europe/London')::date between sent_on and h.heard_on
              then (h.completed_at at time zone 'Europe/London')::date else h.heard_on end $$;
-- Receipt is what the evidence says, never what somebody wishes.
create function notices.is_proved(a notices.attempt) returns boolean language sql stable set search_path = '' as $$
  select a.state = 'delivered' and a.received_on <= kernel.today() and case
    when a.channel in ('call', 'visit')
      then a.received_on >= (select n.drafted_on from notices.notice n where n.id = a.notice_id and n.authority_id = a.authority_id)
    when a.channel = 'letter' then a.sent_on is not null and a.received_on = a.arrives_latest
    else exists (select from notices.heard h
                  where h.authority_id = a.authority_id and h.provider_id = a.provider_id and h.status = 'delivered'
                    and a.received_on = notices.day_heard(a.sent_on, h)) end $$;
create trigger guard_attempt before insert or update on notices.attempt for each row execute function notices.guard_attempt();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['notices.sender', 'notices.notice', 'notices.attempt', 'notices.family_link']) t;
select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['notices.heard', 'notices.letter_copy', 'notices.translation_decision']) t;
grant select, insert, update on notices.sender, notices.notice, notices.attempt to mainstay_app;
grant select, insert, update (revoked_at) on notices.family_link to mainstay_app;
grant select, insert on notices.heard, notices.letter_copy, notices.translation_decision to mainstay_app;
`,
  `drop schema notices cascade;`,
);
