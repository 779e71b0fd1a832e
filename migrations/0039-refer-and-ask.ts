import { sqlMigration } from './sql-migration.ts';

/**
 * Lets partner agencies refer families and families ask from their own page; keeps evidence files, what case conferences
 * recommend, and what is to be asked after an award.
 *
 * A partner is a person of an agency. The rows of families, grants, notices and plans are shut to them whatever asks.
 */
export const ReferAndAsk = sqlMigration(
  'ReferAndAsk1790000000039',
  `
-- Partner agencies, and the people who sign in for them.
create table identity.agency (
  id bigint not null default nextval('kernel.document_number') constraint pk_agency primary key,
  authority_id smallint not null,
  version int not null default 1,
  name text not null constraint ck_agency_has_a_name check (length(btrim(name)) between 1 and 120),
  contact text not null constraint ck_agency_has_a_contact check (length(btrim(contact)) between 1 and 300),
  opened_on date not null default kernel.today(),
  closed_on date,
  closed_because text,
  constraint uq_agency_name unique (authority_id, name),
  constraint uq_agency_of_council unique (authority_id, id),
  constraint ck_closed_agency_says_why check ((closed_on is null) = (coalesce(length(btrim(closed_because)), 0) = 0))
);
alter table identity.user_account add column agency_id bigint,
  add constraint fk_user_is_of_an_agency foreign key (authority_id, agency_id) references identity.agency (authority_id, id);
create index ix_user_by_agency on identity.user_account (agency_id) where agency_id is not null;
alter table identity.user_role drop constraint ck_role_is_known, add constraint ck_role_is_known
  check (role in ('caseworker', 'manager', 'finance', 'releaser', 'auditor', 'administrator', 'partner'));

create function identity.guard_agency() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.closed_on is not null then
    raise exception 'agency % is closed', old.id using errcode = 'MS001', constraint = 'guard_closed_agency_stays_closed';
  end if;
  return new;
end $$;
create trigger guard_agency before update on identity.agency for each row execute function identity.guard_agency();

create function identity.guard_agency_of_person() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.agency_id is distinct from old.agency_id then
    raise exception 'person % stays with who let them in', new.id using errcode = 'MS001', constraint = 'guard_person_keeps_their_agency';
  end if;
  return new;
end $$;
create trigger guard_agency_of_person before update on identity.user_account
  for each row execute function identity.guard_agency_of_person();

-- A partner is of an agency and holds nothing else; nobody of the council is a partner.
create function identity.guard_partner() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.removed_at is null and (new.role = 'partner') <> exists (select from identity.user_account u
       where u.id = new.user_id and u.authority_id = new.authority_id and u.agency_id is not null) then
    raise exception 'person % cannot hold the role %', new.user_id, new.role
      using errcode = 'MS001', constraint = 'guard_partner_is_of_an_agency';
  end if;
  return new;
end $$;
create trigger guard_partner before insert or update on identity.user_role for each row execute function identity.guard_partner();

create function identity.guard_closed_agency() returns trigger language plpgsql set search_path = '' as $$
begin
  if (case tg_table_name when 'session' then to_jsonb(new) ->> 'ended_at' else to_jsonb(new) ->> 'revoked_at' end) is null
     and exists (select from identity.user_account u join identity.agency a on a.id = u.agency_id
                  where u.id = new.user_id and a.closed_on is not null) then
    raise exception 'the agency of person % is closed', new.user_id
      using errcode = 'MS001', constraint = 'guard_closed_agency_lets_nobody_in';
  end if;
  return new;
end $$;
create trigger guard_closed_agency before insert or update on identity.session
  for each row execute function identity.guard_closed_agency();
create trigger guard_closed_agency before insert or update on identity.api_token
  for each row execute function identity.guard_closed_agency();

-- Whose agency acts: nought for the council and its machine, -1 for somebody nobody knows, whom the keys refuse.
create function identity.agency_acting() returns bigint language sql stable set search_path = '' as $$
  select case when kernel.current_actor() is null then 0
    else coalesce((select coalesce(u.agency_id, 0) from identity.user_account u where u.id = kernel.current_actor()), -1) end $$;
create function identity.close_to_partners(t regclass) returns void language plpgsql as $$
begin
  execute format('create policy council_people_only on %s as restrictive using ((select identity.agency_acting()) <= 0)', t);
end $$;

create table grants.referral (
  id bigint not null default nextval('kernel.document_number') constraint pk_referral primary key,
  authority_id smallint not null,
  version int not null default 1,
  agency_id bigint not null,
  referred_by bigint not null,
  received_on date not null default kernel.today(),
  state text not null default 'received',
  lead_name text not null constraint ck_referral_names_the_family check (length(btrim(lead_name)) between 1 and 100),
  born date,
  postcode text not null default '' constraint ck_referral_postcode_is_short check (length(postcode) <= 10),
  children text not null default '' constraint ck_referral_children_are_short check (length(children) <= 500),
  reach text not null constraint ck_referral_says_how_to_reach_them check (length(btrim(reach)) between 1 and 300),
  need text not null constraint ck_referral_says_the_need check (length(btrim(need)) between 1 and 2000),
  codes text[] not null constraint ck_referral_asks_for_something check (cardinality(codes) between 1 and 30),
  analysis text not null constraint ck_referral_shares_an_analysis check (length(btrim(analysis)) between 1 and 4000),
  -- The family's consent: who gave it, how, when, and whether the agency may hear how it ends.
  consent_by text,
  consent_how text,
  consent_on date,
  hears_outcome boolean not null default false,
  family_id bigint,
  application_id bigint,
  answered_by bigint,
  answered_on date,
  -- Why it was not taken up; for the council.
  answer text,
  outcome text,
  constraint uq_referral_of_council unique (authority_id, id),
  constraint uq_referral_once_an_application unique (application_id),
  constraint fk_referral_of_an_agency foreign key (authority_id, agency_id) references identity.agency (authority_id, id),
  constraint fk_referral_by_a_user foreign key (authority_id, referred_by) references identity.user_account (authority_id, id),
  constraint fk_referral_answered_by_a_user foreign key (authority_id, answered_by) references identity.user_account (authority_id, id),
  constraint fk_referral_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_referral_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint ck_referral_has_the_familys_consent check (coalesce(length(btrim(consent_by)), 0) > 0
    and coalesce(consent_how in ('in-person', 'telephone', 'writing'), false) and consent_on is not null),
  constraint ck_consent_came_before_the_referral check (consent_on <= received_on),
  constraint ck_referral_is_taken_up_whole check ((state in ('taken_up', 'decided')) = (application_id is not null)
    and (application_id is null) = (family_id is null) and (state = 'received') = (answered_by is null)
    and (answered_by is null) = (answered_on is null)),
  constraint ck_closed_referral_says_why check ((state = 'closed') = (coalesce(length(btrim(answer)), 0) > 0)),
  constraint ck_outcome_is_told_with_consent check (outcome is null or (hears_outcome and outcome in ('awarded', 'declined', 'withdrawn')))
);
create index ix_referral_by_agency on grants.referral (authority_id, agency_id, id desc);
create index ix_referral_received on grants.referral (authority_id, id) where state = 'received';
insert into audit.state_edge values
  ('referral', '', 'refer', 'received'),
  ('referral', 'received', 'take_up', 'taken_up'),
  ('referral', 'received', 'close', 'closed'),
  ('referral', 'taken_up', 'decide', 'decided');
create trigger guard_states before insert or update of state on grants.referral
  for each row execute function audit.follow_states('referral');

create function grants.guard_referral() returns trigger language plpgsql set search_path = '' as $$
declare
  fixed text[] := array['state', 'version', 'family_id', 'application_id', 'answered_by', 'answered_on', 'answer', 'outcome'];
begin
  if tg_op = 'INSERT' then
    if new.referred_by is distinct from kernel.current_actor() or not exists (select from identity.user_account u
         join identity.agency a on a.id = u.agency_id
        where u.id = new.referred_by and u.active and a.id = new.agency_id and a.authority_id = new.authority_id and a.closed_on is null) then
      raise exception 'a referral is by somebody of its agency' using errcode = 'MS001', constraint = 'guard_referral_is_by_its_agency';
    end if;
    return new;
  end if;
  if to_jsonb(new) - fixed <> to_jsonb(old) - fixed
     or old.state <> 'received' and to_jsonb(new) - array['state', 'version', 'outcome'] <> to_jsonb(old) - array['state', 'version', 'outcome'] then
    raise exception 'referral % stays as it was sent', new.id using errcode = 'MS001', constraint = 'guard_referral_stays_as_sent';
  end if;
  if identity.agency_acting() <> 0 then
    raise exception 'the council takes a referral up' using errcode = 'MS001', constraint = 'guard_referral_is_answered_by_the_council';
  end if;
  if old.state = 'received' and new.state <> 'received' and new.answered_by is distinct from kernel.current_actor() then
    raise exception 'a referral is answered by who acts' using errcode = 'MS001', constraint = 'guard_referral_is_answered_by_who_acts';
  end if;
  if new.application_id is not null and not exists (select from grants.application a
       where a.id = new.application_id and a.family_id = new.family_id and a.authority_id = new.authority_id) then
    raise exception 'application % is another family''s', new.application_id
      using errcode = 'MS001', constraint = 'guard_referral_application_is_the_familys';
  end if;
  return new;
end $$;
create trigger guard_referral before insert or update on grants.referral for each row execute function grants.guard_referral();

-- What its agency sees of an application: that it was decided, and how it ended only where the family agreed to that.
create function grants.tell_referral() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update grants.referral r set state = 'decided', version = r.version + 1, outcome = case when r.hears_outcome then new.state end
   where r.application_id = new.id and r.state in ('taken_up', 'decided');
  return null;
end $$;
create trigger guard_agency_is_told after update of state on grants.application for each row
  when (new.state in ('awarded', 'declined', 'withdrawn') and old.state <> new.state) execute function grants.tell_referral();

-- What a family asks for from its own page.
create table grants.family_request (
  id bigint not null default nextval('kernel.document_number') constraint pk_family_request primary key,
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  session_id bigint not null,
  state text not null default 'open',
  codes text[] not null constraint ck_family_request_asks_for_something check (cardinality(codes) between 1 and 30),
  need text not null constraint ck_family_request_says_the_need check (length(btrim(need)) between 1 and 500),
  sent_on date not null default kernel.today(),
  -- The day the family was told it is answered by.
  answer_by date not null constraint ck_family_request_is_answered_after_it_came check (answer_by > sent_on),
  application_id bigint constraint uq_family_request_once_an_application unique,
  answered_by bigint,
  answered_on date,
  answer text,
  constraint fk_family_request_of_its_session foreign key (authority_id, session_id, family_id)
    references notices.family_session (authority_id, id, family_id),
  constraint fk_family_request_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_family_request_answered_by_a_user foreign key (authority_id, answered_by) references identity.user_account (authority_id, id),
  constraint ck_family_request_is_answered_whole check ((state = 'taken_up') = (application_id is not null)
    and (state = 'open') = (answered_by is null) and (answered_by is null) = (answered_on is null)
    and (state = 'answered') = (coalesce(length(btrim(answer)), 0) > 0))
);
create index ix_family_request_by_family on grants.family_request (family_id, id desc);
create index ix_family_request_open on grants.family_request (authority_id, answer_by, id) where state = 'open';
insert into audit.state_edge values
  ('family_request', '', 'ask', 'open'),
  ('family_request', 'open', 'take_up', 'taken_up'),
  ('family_request', 'open', 'answer', 'answered');
create trigger guard_states before insert or update of state on grants.family_request
  for each row execute function audit.follow_states('family_request');

create function grants.guard_family_request() returns trigger language plpgsql set search_path = '' as $$
declare
  fixed text[] := array['state', 'version', 'application_id', 'answered_by', 'answered_on', 'answer'];
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended('grants.family_request', new.family_id));
    if (select count(*) from grants.family_request r where r.family_id = new.family_id and r.state = 'open') >= 3
       or (select count(*) from grants.family_request r where r.family_id = new.family_id and r.sent_on > new.sent_on - 7) >= 5 then
      raise exception 'family % asked often lately', new.family_id using errcode = 'MS001', constraint = 'guard_family_requests_are_few';
    end if;
    return new;
  end if;
  if to_jsonb(new) - fixed <> to_jsonb(old) - fixed or (old.state <> 'open' and to_jsonb(new) - 'version' <> to_jsonb(old) - 'version') then
    raise exception 'request % stays as the family sent it', new.id
      using errcode = 'MS001', constraint = 'guard_family_request_stays_as_sent';
  end if;
  if old.state = 'open' and new.state <> 'open' and new.answered_by is distinct from kernel.current_actor() then
    raise exception 'a request is answered by who acts' using errcode = 'MS001', constraint = 'guard_family_request_is_answered_by_who_acts';
  end if;
  if new.application_id is not null and not exists (select from grants.application a
       where a.id = new.application_id and a.family_id = new.family_id and a.authority_id = new.authority_id) then
    raise exception 'application % is another family''s', new.application_id
      using errcode = 'MS001', constraint = 'guard_family_request_application_is_the_familys';
  end if;
  return new;
end $$;
create trigger guard_family_request before insert or update on grants.family_request
  for each row execute function grants.guard_family_request();

-- Files that show a need, sealed. Of an application, or of a referral by its agency.
create table grants.evidence (
  id bigint not null default nextval('kernel.document_number') constraint pk_evidence primary key,
  authority_id smallint not null,
  application_id bigint,
  referral_id bigint,
  name text not null constraint ck_evidence_name_is_plain check (name ~ '^[^/\\\\[:cntrl:]]{1,120}$'),
  media_type text not null constraint ck_evidence_is_of_a_known_type
    check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic')),
  size int not null constraint ck_evidence_is_at_most_10_megabytes check (size between 1 and 10485760),
  sha256 bytea not null constraint ck_evidence_has_its_digest check (length(sha256) = 32),
  sealed bytea not null constraint ck_evidence_is_sealed check (get_byte(sealed, 0) = 1 and length(sealed) = size + 29),
  added_by bigint not null,
  added_at timestamptz not null default now(),
  constraint ck_evidence_is_of_one_thing check (num_nonnulls(application_id, referral_id) = 1),
  constraint fk_evidence_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_evidence_of_a_referral foreign key (authority_id, referral_id) references grants.referral (authority_id, id),
  constraint fk_evidence_added_by_a_user foreign key (authority_id, added_by) references identity.user_account (authority_id, id)
);
create index ix_evidence_by_application on grants.evidence (application_id, id);
create index ix_evidence_by_referral on grants.evidence (referral_id, id);
create function grants.guard_evidence() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.added_by is distinct from kernel.current_actor() then
    raise exception 'evidence is added by who acts' using errcode = 'MS001', constraint = 'guard_evidence_is_added_by_who_acts';
  end if;
  if (select count(*) from grants.evidence e where e.application_id = new.application_id or e.referral_id = new.referral_id) >= 20 then
    raise exception 'twenty files are there already' using errcode = 'MS001', constraint = 'guard_evidence_is_at_most_twenty_files';
  end if;
  return new;
end $$;
create trigger guard_evidence before insert on grants.evidence for each row execute function grants.guard_evidence();

-- What a multi-agency case conference recommended.
create table grants.conference (
  id bigint not null default nextval('kernel.document_number') constraint pk_conference primary key,
  authority_id smallint not null,
  application_id bigint not null,
  held_on date not null constraint ck_conference_was_held check (held_on <= kernel.today()),
  agencies text not null constraint ck_conference_names_who_was_there check (length(btrim(agencies)) between 1 and 500),
  recommendation text not null constraint ck_conference_recommends_something check (length(btrim(recommendation)) between 1 and 2000),
  recorded_by bigint not null,
  constraint fk_conference_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_conference_recorded_by_a_user foreign key (authority_id, recorded_by) references identity.user_account (authority_id, id)
);
create index ix_conference_by_application on grants.conference (application_id, id);

-- What is asked after an award: what it was spent on, where it is large enough; how the family is at 3 and 6 months.
create table grants.follow_up (
  id bigint not null default nextval('kernel.document_number') constraint pk_follow_up primary key,
  authority_id smallint not null,
  version int not null default 1,
  award_id bigint not null,
  application_id bigint not null,
  kind text not null constraint ck_follow_up_kind_is_known check (kind in ('spend', 'three-months', 'six-months')),
  due_on date not null,
  note text,
  done_by bigint,
  done_on date,
  constraint uq_follow_up_once_a_kind unique (award_id, kind),
  constraint fk_follow_up_of_an_award foreign key (authority_id, award_id) references grants.award (authority_id, id),
  constraint fk_follow_up_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_follow_up_done_by_a_user foreign key (authority_id, done_by) references identity.user_account (authority_id, id),
  constraint ck_follow_up_done_says_what check (num_nonnulls(note, done_by, done_on) in (0, 3) and (note is null or length(btrim(note)) > 0))
);
create index ix_follow_up_by_application on grants.follow_up (application_id, due_on);
create index ix_follow_up_open on grants.follow_up (authority_id, due_on, id) where done_on is null;
create function grants.guard_follow_up() returns trigger language plpgsql set search_path = '' as $$
declare
  said text[] := array['version', 'note', 'done_by', 'done_on'];
begin
  if old.done_on is not null or to_jsonb(new) - said <> to_jsonb(old) - said then
    raise exception 'follow-up % stands', new.id using errcode = 'MS001', constraint = 'guard_follow_up_is_answered_once';
  end if;
  if new.done_on is not null and new.done_by is distinct from kernel.current_actor() then
    raise exception 'a follow-up is answered by who acts' using errcode = 'MS001', constraint = 'guard_follow_up_is_answered_by_who_acts';
  end if;
  return new;
end $$;
create trigger guard_follow_up before update on grants.follow_up for each row execute function grants.guard_follow_up();
-- Made with the award itself, so that none is forgotten. In proportion: below 100 pounds nobody is asked for receipts.
create function grants.plan_follow_ups() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into grants.follow_up (authority_id, award_id, application_id, kind, due_on)
  select new.authority_id, new.id, new.application_id, w.kind, w.due_on
    from (values ('spend', new.awarded_on + 28), ('three-months', (new.awarded_on + interval '3 months')::date),
                 ('six-months', (new.awarded_on + interval '6 months')::date)) w(kind, due_on)
   where w.kind <> 'spend' or new.amount >= 100;
  return null;
end $$;
create trigger guard_follow_ups_are_planned after insert on grants.award for each row execute function grants.plan_follow_ups();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['identity.agency', 'grants.referral', 'grants.family_request', 'grants.follow_up']) t;
select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass) from unnest(array['grants.evidence', 'grants.conference']) t;
create policy own_agency_only on grants.referral as restrictive
  using ((select identity.agency_acting()) = 0 or agency_id = (select identity.agency_acting()));
create policy own_agency_only on grants.evidence as restrictive
  using ((select identity.agency_acting()) = 0 or exists (select from grants.referral r
    where r.id = referral_id and r.agency_id = (select identity.agency_acting())));
-- What partners never see, whatever asks. The catalogue is no secret.
select identity.close_to_partners(c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('families', 'grants', 'notices', 'subsistence') and c.relkind = 'r' and c.relforcerowsecurity
   and c.oid::regclass::text not in ('grants.referral', 'grants.evidence', 'grants.catalogue_item');
grant select, insert, update on identity.agency, grants.referral, grants.family_request to mainstay_app;
grant select, insert on grants.evidence, grants.conference to mainstay_app;
grant select, update on grants.follow_up to mainstay_app;
`,
  `
drop trigger guard_agency_is_told on grants.application; drop trigger guard_follow_ups_are_planned on grants.award;
do $$ declare t regclass; begin
  for t in select p.polrelid::regclass from pg_policy p where p.polname = 'council_people_only' loop
    execute format('drop policy council_people_only on %s', t);
  end loop;
end $$;
drop table grants.follow_up, grants.conference, grants.evidence, grants.family_request, grants.referral;
drop function grants.plan_follow_ups, grants.guard_follow_up, grants.guard_evidence, grants.guard_family_request, grants.tell_referral, grants.guard_referral;
drop trigger guard_closed_agency on identity.session; drop trigger guard_closed_agency on identity.api_token;
drop trigger guard_partner on identity.user_role; drop trigger guard_agency_of_person on identity.user_account;
alter table identity.user_account drop column agency_id;
drop table identity.agency;
drop function identity.guard_agency, identity.guard_agency_of_person, identity.guard_partner, identity.guard_closed_agency,
  identity.agency_acting, identity.close_to_partners;
`,
);
