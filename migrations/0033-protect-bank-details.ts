import { sqlMigration } from './sql-migration.ts';

/** What an attempt that goes no safe way is known by in its guard, and what is said besides since old contacts are told. */
const AWAY = `'not families.may_be_told_by(new.family_id, new.channel)'`;
const OR_OLD = `' and not notices.goes_to_old_contact(new)'`;

/**
 * Keeps what the banks said of an account: whether its number can exist, and whether the name is that of its holder.
 *
 * Tells a family of another account where it was reached before, too: a thief changes the telephone first.
 */
export const ProtectBankDetails = sqlMigration(
  'ProtectBankDetails1790000000033',
  `
alter table families.instrument
  -- A number that cannot exist is kept nowhere.
  add column modulus text not null default 'not-checked'
    constraint ck_bank_details_can_exist check (modulus in ('valid', 'not-checked')),
  add column name_check text not null default 'not-asked',
  add column name_check_answer text not null default 'not-asked',
  add column name_check_reason text
    constraint ck_name_check_reason_is_short check (length(btrim(name_check_reason)) between 1 and 300),
  add constraint ck_name_check_is_what_was_answered check ((name_check_answer, name_check) in
    (('not-asked', 'not-asked'), ('match', 'match'), ('no-answer', 'unavailable'),
     ('MBAM', 'close-match'), ('BANM', 'close-match'), ('PANM', 'close-match'), ('BAMM', 'close-match'), ('PAMM', 'close-match'),
     ('ANNM', 'no-match'), ('AC01', 'no-match'), ('IVCR', 'no-match'), ('CASS', 'no-match'),
     ('ACNS', 'unavailable'), ('OPTO', 'unavailable'), ('SCNS', 'unavailable'))),
  add constraint ck_name_that_does_not_match_has_a_reason check (name_check <> 'no-match' or name_check_reason is not null);

create function families.guard_checks_stand() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.modulus, new.name_check, new.name_check_answer, new.name_check_reason)
     is distinct from (old.modulus, old.name_check, old.name_check_answer, old.name_check_reason) then
    raise exception 'what the banks said stands as it was proposed'
      using errcode = 'MS001', constraint = 'guard_checks_of_bank_details_stand';
  end if;
  return new;
end $$;
create trigger guard_checks_stand before update on families.instrument
  for each row execute function families.guard_checks_stand();

-- Where a family was written to until it gave another number or address. Written by the change itself, whoever makes it.
create table families.former_contact (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  family_id bigint not null,
  channel text not null,
  destination text not null,
  was_safe boolean not null,
  is_discreet boolean not null,
  left_on date not null default kernel.today(),
  left_by bigint,
  -- Somebody says that others may read there now: nothing is sent to it.
  unsafe_by bigint,
  unsafe_on date,
  constraint pk_former_contact primary key (authority_id, id),
  constraint fk_former_contact_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_former_contact_unsafe_by_a_user foreign key (authority_id, unsafe_by) references identity.user_account (authority_id, id),
  constraint ck_former_contact_is_one_messages_go_to check (channel in ('sms', 'email')),
  constraint ck_unsafe_old_contact_says_who_and_when check ((unsafe_by is null) = (unsafe_on is null))
);
create index ix_former_contact_by_family on families.former_contact (family_id, left_on);
create function families.keep_former_contact() returns trigger language plpgsql security definer set search_path = '' as $$
declare council text := current_setting('mainstay.authority', true);
begin
  -- Whoever maintains the database stands in no council: what they change is kept all the same.
  perform set_config('mainstay.authority', new.authority_id::text, true);
  insert into families.former_contact (authority_id, family_id, channel, destination, was_safe, is_discreet, left_by)
    select new.authority_id, new.id, c.channel, c.destination, old.contact <> 'no' and c.channel = any (old.safe_channels),
           old.contact = 'discreet', kernel.current_actor()
      from (values ('sms', old.mobile, new.mobile), ('email', old.email, new.email)) c(channel, destination, now)
     where c.destination is not null and c.destination is distinct from c.now;
  perform set_config('mainstay.authority', coalesce(council, ''), true);
  return null;
end $$;
create trigger guard_former_contact_is_kept after update on families.family for each row
  when (old.mobile is distinct from new.mobile or old.email is distinct from new.email)
  execute function families.keep_former_contact();
create function families.guard_former_contact() returns trigger language plpgsql set search_path = '' as $$
begin
  if (to_jsonb(new) - '{unsafe_by,unsafe_on}'::text[]) is distinct from (to_jsonb(old) - '{unsafe_by,unsafe_on}'::text[])
     or old.unsafe_by is not null or new.unsafe_by is distinct from kernel.current_actor() or new.unsafe_on is distinct from kernel.today() then
    raise exception 'an old contact stands as it was; who acts may call it unsafe, once'
      using errcode = 'MS001', constraint = 'guard_old_contact_stands';
  end if;
  return new;
end $$;
create trigger guard_former_contact before update on families.former_contact
  for each row execute function families.guard_former_contact();

-- Whether a family may still be told something at a place it left: it was safe, and nobody says otherwise since.
create function families.may_be_told_at(c families.former_contact) returns boolean language sql stable set search_path = '' as $$
  select c.was_safe and exists (select from families.family f where f.authority_id = c.authority_id and f.id = c.family_id
             and f.contact <> 'no' and c.destination is distinct from (case c.channel when 'sms' then f.mobile else f.email end))
     and not exists (select from families.former_contact u where u.authority_id = c.authority_id and u.family_id = c.family_id
             and u.channel = c.channel and u.destination = c.destination and u.unsafe_by is not null) $$;
-- Where a family was reached at some time in the cool-off before its new details were proposed, or since: nobody proposes ahead.
create function families.contacts_left_before(i families.instrument) returns setof families.former_contact
  language sql stable set search_path = '' as $$
  select c.* from families.former_contact c join identity.authority a on a.authority_id = c.authority_id
   where c.authority_id = i.authority_id and c.family_id = i.family_id and c.left_on >= least(i.proposed_on, kernel.today()) - a.cool_off_days $$;
-- Of those, where it is to be told of them: each place once.
create function families.old_contacts_to_tell(i families.instrument) returns setof families.former_contact
  language sql stable set search_path = '' as $$
  select distinct on (c.channel, c.destination) c.* from families.contacts_left_before(i) c where families.may_be_told_at(c)
   order by c.channel, c.destination, c.id $$;

create table notices.old_contact_notice (
  notice_id bigint not null,
  authority_id smallint not null,
  instrument_id bigint not null,
  former_contact_id bigint not null,
  constraint pk_old_contact_notice primary key (authority_id, notice_id),
  constraint uq_old_contact_is_told_once unique (authority_id, instrument_id, former_contact_id),
  constraint fk_old_contact_notice_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  constraint fk_old_contact_notice_of_bank_details foreign key (instrument_id) references families.instrument (id),
  constraint fk_old_contact_notice_to_an_old_contact foreign key (authority_id, former_contact_id)
    references families.former_contact (authority_id, id)
);
create function notices.guard_old_contact_told() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from families.instrument o where o.family_id = new.family_id and o.id <> new.id and o.state = 'approved')
     and exists (select from families.old_contacts_to_tell(new) c where not exists
       (select from notices.old_contact_notice t join notices.notice n on n.authority_id = t.authority_id and n.id = t.notice_id
         where t.authority_id = new.authority_id and t.instrument_id = new.id and t.former_contact_id = c.id
           and n.family_id = new.family_id and n.kind = 'method' and n.state in ('serving', 'call_needed', 'received'))) then
    raise exception 'nobody tells the family where it was reached before that its money goes to another account'
      using errcode = 'MS001', constraint = 'guard_old_contact_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_old_contact_is_told after update of state on families.instrument
  deferrable initially deferred for each row when (new.state = 'approved' and old.state <> 'approved')
  execute function notices.guard_old_contact_told();

-- Whether a message goes where its notice is meant for: an old contact that may still be told.
create function notices.goes_to_old_contact(a notices.attempt) returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.old_contact_notice t
      join families.former_contact c on c.authority_id = t.authority_id and c.id = t.former_contact_id
     where t.authority_id = a.authority_id and t.notice_id = a.notice_id and c.family_id = a.family_id
       and c.channel = a.channel and c.destination = a.destination and families.may_be_told_at(c)
       and (a.is_discreet or not c.is_discreet)) $$;
-- A message about another account that waits goes on to where it was written to, if the family was moved away from there since.
create function notices.was_written_before_the_change(a notices.attempt) returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.notice n
      join families.former_contact c on c.authority_id = n.authority_id and c.family_id = n.family_id and c.left_on >= n.drafted_on
     where n.authority_id = a.authority_id and n.id = a.notice_id and n.kind = 'method'
       and c.channel = a.channel and c.destination = a.destination and families.may_be_told_at(c)
       and (a.is_discreet or not c.is_discreet)) $$;
create function notices.guard_old_contact_attempt() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.channel in ('call', 'visit') or not exists
     (select from notices.old_contact_notice t where t.authority_id = new.authority_id and t.notice_id = new.notice_id) then
    return new;
  end if;
  if not notices.goes_to_old_contact(new) then
    raise exception 'notice % is for where the family was reached before', new.notice_id
      using errcode = 'MS001', constraint = 'guard_notice_to_an_old_contact_goes_there';
  end if;
  if new.is_discreet and not (notices.says_nothing(new.subject) and (new.channel <> 'sms' or notices.says_nothing(new.body))) then
    raise exception 'a discreet message says nothing of why, at an old contact either'
      using errcode = 'MS001', constraint = 'guard_old_contact_is_told_discreetly';
  end if;
  return new;
end $$;
create trigger guard_old_contact_attempt before insert on notices.attempt
  for each row execute function notices.guard_old_contact_attempt();
do $$
begin
  execute replace(pg_get_functiondef('notices.guard_attempt()'::regprocedure), ${AWAY}, ${AWAY} || ${OR_OLD});
end $$;
alter function notices.still_goes_there rename to goes_to_the_family;
create function notices.still_goes_there(a notices.attempt) returns boolean language sql stable set search_path = '' as $$
  select case when exists (select from notices.old_contact_notice t where t.authority_id = a.authority_id and t.notice_id = a.notice_id)
              then notices.goes_to_old_contact(a)
              else notices.goes_to_the_family(a) or notices.was_written_before_the_change(a) end $$;

-- Whether a payment is the first to an account of a family that was paid before. Looked at by people, of a few payments: those
-- whose account is another than last time, and those of a plan that is new.
create function payments.is_same_account(family bigint, one bigint, other bigint) returns boolean language sql stable as $$
  select one = other or exists (select from families.instrument a join families.instrument b on b.fingerprint = a.fingerprint
    where a.id = one and b.id = other and a.family_id = family and b.family_id = family) $$;
create function payments.is_first_to_new_details(v payments.variance) returns boolean language sql stable as $$
  select exists (select from payments.line l where l.id = v.line_id and l.status = 'payable' and case
    when 'payee' = any (v.kinds) then not exists
      (select from payments.line p join payments.payment_order o on o.id = p.id
        where p.source_id = l.source_id and p.status = 'payable' and p.id < l.id
           and payments.is_same_account(l.family_id, p.instrument_id, l.instrument_id))
    when 'new' = any (v.kinds) then (select coalesce(not bool_or(payments.is_same_account(l.family_id, paid.instrument_id, l.instrument_id)), false)
      from payments.run r cross join lateral
        (select p.instrument_id from payments.line p join payments.payment_order o on o.id = p.id
          where p.run_id = r.id and p.family_id = l.family_id and p.status = 'payable') paid
     where r.authority_id = l.authority_id and r.id < l.run_id)
    else false end) $$;

select kernel.keep_in_council(t::regclass) from unnest(array['families.former_contact', 'notices.old_contact_notice']) t;
select kernel.never_delete('families.former_contact'), kernel.append_only('notices.old_contact_notice');
grant select, update (unsafe_by, unsafe_on) on families.former_contact to mainstay_app;
grant select, insert on notices.old_contact_notice to mainstay_app;
`,
  `
drop function payments.is_first_to_new_details, payments.is_same_account;
drop function notices.still_goes_there;
alter function notices.goes_to_the_family rename to still_goes_there;
do $$
begin
  execute replace(pg_get_functiondef('notices.guard_attempt()'::regprocedure), ${AWAY} || ${OR_OLD}, ${AWAY});
end $$;
drop trigger guard_old_contact_attempt on notices.attempt;
drop trigger guard_old_contact_is_told on families.instrument;
drop function notices.guard_old_contact_attempt, notices.guard_old_contact_told, notices.goes_to_old_contact,
  notices.was_written_before_the_change;
drop table notices.old_contact_notice;
drop trigger guard_former_contact_is_kept on families.family;
drop function families.keep_former_contact, families.old_contacts_to_tell, families.contacts_left_before,
  families.may_be_told_at;
drop table families.former_contact;
drop function families.guard_former_contact;
drop trigger guard_checks_stand on families.instrument;
drop function families.guard_checks_stand;
alter table families.instrument drop column modulus, drop column name_check, drop column name_check_answer,
  drop column name_check_reason;
`,
);
