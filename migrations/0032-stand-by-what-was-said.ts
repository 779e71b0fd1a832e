import { sqlMigration } from './sql-migration.ts';

/**
 * Holds the notices to what they said: a change that does not happen is taken back in words, once, and only when that is so.
 */
export const StandByWhatWasSaid = sqlMigration(
  'StandByWhatWasSaid1790000000032',
  `
-- Whatever other kinds there are by now, this is one more.
do $$ begin
  execute (select 'alter table notices.notice drop constraint ck_notice_kind_is_known, add constraint ck_notice_kind_is_known '
                  || replace(pg_get_constraintdef(c.oid), '(ARRAY[', '(ARRAY[''change-kept''::text, ')
             from pg_constraint c where c.conname = 'ck_notice_kind_is_known' and c.conrelid = 'notices.notice'::regclass);
end $$;

-- The notice whose change does not happen, told by this one.
alter table notices.notice add column takes_back bigint;
alter table notices.notice add constraint fk_notice_takes_back_one_of_its_family foreign key (authority_id, takes_back, family_id)
  references notices.notice (authority_id, id, family_id);
create unique index uq_notice_is_taken_back_once on notices.notice (authority_id, takes_back);

create function notices.guard_taking_back() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    raise exception 'notice % takes back what it took back', new.id
      using errcode = 'MS001', constraint = 'guard_taking_back_stands';
  end if;
  if (new.kind in ('pay-day-kept', 'change-kept')) is distinct from (new.takes_back is not null) then
    raise exception 'a notice that something stays, and no other, says which notice it takes back'
      using errcode = 'MS001', constraint = 'guard_kept_notice_says_what_it_takes_back';
  end if;
  if new.takes_back is not null and not exists
     (select from notices.notice n where n.authority_id = new.authority_id and n.id = new.takes_back
         and n.state in ('withdrawn', 'received')
         and case new.kind when 'pay-day-kept' then n.kind = 'pay-day' else n.kind = new.facts ->> 'about' end) then
    raise exception 'notice % still stands, or is about something else', new.takes_back
      using errcode = 'MS001', constraint = 'guard_kept_notice_is_of_one_that_ended';
  end if;
  return new;
end $$;
create trigger guard_taking_back before insert on notices.notice for each row execute function notices.guard_taking_back();
create trigger guard_taking_back_stands before update on notices.notice for each row
  when (new.takes_back is distinct from old.takes_back) execute function notices.guard_taking_back();

-- Whether a family may have read a notice, or may read it yet.
create function notices.may_be_read(authority smallint, notice bigint) returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.attempt a where a.authority_id = $1 and a.notice_id = $2
                    and a.state in ('sending', 'accepted', 'delivered')) $$;

-- Looked at when the transaction ends: who may have read of a change that does not happen is told so.
create function notices.is_owed_a_word(authority smallint, notice bigint) returns boolean language sql stable set search_path = '' as $$
  select notices.may_be_read($1, $2)
     and exists (select from notices.notice n where n.authority_id = $1 and n.id = $2 and n.kind in ('amount', 'end', 'accommodation'))
     and not exists (select from notices.notice n where n.authority_id = $1 and n.takes_back = $2) $$;
create function subsistence.guard_kept_plan_change() returns trigger language plpgsql set search_path = '' as $$
begin
  if notices.is_owed_a_word(new.authority_id, new.notice_id) then
    raise exception 'the family may have read of change %: it is told that it does not happen', new.id
      using errcode = 'MS001', constraint = 'guard_kept_plan_change_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_kept_plan_change_is_told after update of state on subsistence.plan_change
  deferrable initially deferred for each row when (old.state = 'waiting' and new.state in ('kept', 'withdrawn') and new.notice_id is not null)
  execute function subsistence.guard_kept_plan_change();
-- The same of an amount that was to fall by itself, and does not: nobody told in time, or what it rested on was a mistake.
create function subsistence.guard_kept_fall() returns trigger language plpgsql set search_path = '' as $$
begin
  if notices.is_owed_a_word(new.authority_id, new.notice_id)
     and not exists (select from subsistence.fall f where f.replaces = new.id) then
    raise exception 'the family may have read of fall %, and nobody tells it that its amount stays', new.id
      using errcode = 'MS001', constraint = 'guard_kept_fall_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_kept_fall_is_told after update of state on subsistence.fall
  deferrable initially deferred for each row when (old.state = 'waiting' and new.state in ('kept', 'replaced'))
  execute function subsistence.guard_kept_fall();
create function notices.guard_called_off_move_home() returns trigger language plpgsql set search_path = '' as $$
begin
  if notices.is_owed_a_word(new.authority_id, new.notice_id) then
    raise exception 'the family may have read of move %: it is told that it does not happen', new.id
      using errcode = 'MS001', constraint = 'guard_called_off_move_home_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_called_off_move_home_is_told after update of state on notices.accommodation_move
  deferrable initially deferred for each row when (old.state = 'planned' and new.state = 'withdrawn')
  execute function notices.guard_called_off_move_home();

-- And the other way round: nobody is told that something stays while it is still to happen, or has.
create function subsistence.guard_what_stays_is_so() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from subsistence.plan_change c where c.authority_id = new.authority_id and c.notice_id = new.takes_back
                and c.state not in ('kept', 'withdrawn'))
     or exists (select from subsistence.pay_day_change c where c.authority_id = new.authority_id and c.notice_id = new.takes_back
                   and c.state not in ('kept', 'withdrawn'))
     or exists (select from notices.accommodation_move m where m.authority_id = new.authority_id and m.notice_id = new.takes_back
                   and m.state <> 'withdrawn')
     or exists (select from subsistence.fall f where f.authority_id = new.authority_id and f.notice_id = new.takes_back
                   and f.state not in ('kept', 'replaced')) then
    raise exception 'what notice % told of is still to happen, or has happened', new.takes_back
      using errcode = 'MS001', constraint = 'guard_what_is_told_to_stay_stays';
  end if;
  return null;
end $$;
create constraint trigger guard_what_is_told_to_stay_stays after insert on notices.notice
  deferrable initially deferred for each row when (new.takes_back is not null) execute function subsistence.guard_what_stays_is_so();

-- No code that opens a family's page stands in what we keep of a message: it is made when the message leaves, and kept as a digest.
alter table notices.attempt no force row level security, disable trigger user;
update notices.attempt set body = regexp_replace(body, '/f/[0-9A-Z]{12}(?![0-9A-Za-z])', '/f/XXXXXXXXXXXX', 'g')
 where body ~ '/f/[0-9A-Z]{12}(?![0-9A-Za-z])';
alter table notices.attempt force row level security, enable trigger user;
alter table notices.attempt add constraint ck_attempt_keeps_no_code check
  (replace(body, '/f/XXXXXXXXXXXX', '') !~ '/f/[0-9A-Z]{12}(?![0-9A-Za-z])');

-- A pause is of the account that caused it: another key, template or address begins without one.
create function notices.begin_unpaused() returns trigger language plpgsql set search_path = '' as $$
begin
  new.paused_until := null;
  new.pause_reason := null;
  return new;
end $$;
create trigger guard_pause_ends_with_its_account before update on notices.sender for each row
  when ((new.sealed_key, new.sms_template, new.email_template, new.base_url)
        is distinct from (old.sealed_key, old.sms_template, old.email_template, old.base_url))
  execute function notices.begin_unpaused();

-- A person's reason, where no row has a place for it: the audit trail keeps its number.
create table notices.reason_given (
  id bigint generated always as identity constraint pk_reason_given primary key,
  authority_id smallint not null,
  about text not null constraint ck_reason_given_about_is_known check (about in ('move-home', 'family-access', 'plan-change')),
  words text not null constraint ck_reason_given_says_something check (length(btrim(words)) > 0),
  given_by bigint constraint ck_reason_is_given_by_who_acts check (given_by is not distinct from kernel.current_actor()),
  given_at timestamptz not null default now(),
  constraint fk_reason_given_by_a_user foreign key (authority_id, given_by) references identity.user_account (authority_id, id)
);
select kernel.keep_in_council('notices.reason_given'), kernel.append_only('notices.reason_given');
grant select, insert on notices.reason_given to mainstay_app;

-- A letter printed here tells nobody by itself that it came back: a person does, on the day.
alter table notices.attempt add column came_back_on date, add column came_back_by bigint,
  add constraint ck_letter_came_back_says_who_and_when check ((came_back_on is null) = (came_back_by is null)),
  add constraint fk_letter_back_logged_by_a_user foreign key (authority_id, came_back_by) references identity.user_account (authority_id, id);
create function notices.guard_came_back() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.came_back_on is distinct from old.came_back_on or new.came_back_by is distinct from old.came_back_by then
    if old.came_back_on is not null or new.came_back_on is distinct from kernel.today()
       or new.came_back_by is distinct from kernel.current_actor() then
      raise exception 'attempt % came back on the day somebody says so, and stays so', new.id
        using errcode = 'MS001', constraint = 'guard_letter_back_is_logged_by_who_acts';
    end if;
    if old.state not in ('accepted', 'delivered') or new.print_batch_id is null
       or new.state <> (case old.state when 'accepted' then 'failed' else 'delivered' end) then
      raise exception 'attempt % is no letter that was posted here', new.id
        using errcode = 'MS001', constraint = 'guard_letter_back_was_posted_here';
    end if;
  end if;
  if old.print_batch_id is not null and old.state = 'accepted' and new.state = 'failed' and new.came_back_on is null then
    raise exception 'letter % was posted: it fails only by coming back', new.id
      using errcode = 'MS001', constraint = 'guard_posted_letter_fails_by_coming_back';
  end if;
  if old.came_back_on is not null and new.state = 'delivered' and old.state <> 'delivered' then
    raise exception 'letter % came back before it could count as received', new.id
      using errcode = 'MS001', constraint = 'guard_letter_back_was_not_received';
  end if;
  return new;
end $$;
create trigger guard_came_back before update on notices.attempt for each row
  when (old.print_batch_id is not null or new.came_back_on is not null) execute function notices.guard_came_back();

-- The board is counted without reading every notice there ever was.
create index ix_notice_not_in_time on notices.notice (authority_id, family_id)
  where (state = 'withdrawn' and withdrawn_on > needed_by)
     or (state = 'received' and received_on > needed_by and coalesce(facts -> 'urgent', 'null'::jsonb) = 'null'::jsonb);
`,
  `
drop index notices.ix_notice_not_in_time;
drop trigger guard_came_back on notices.attempt;
drop function notices.guard_came_back;
alter table notices.attempt drop column came_back_on, drop column came_back_by;
drop table notices.reason_given;
drop trigger guard_pause_ends_with_its_account on notices.sender;
drop function notices.begin_unpaused;
alter table notices.attempt drop constraint ck_attempt_keeps_no_code;
drop trigger guard_what_is_told_to_stay_stays on notices.notice;
drop trigger guard_called_off_move_home_is_told on notices.accommodation_move;
drop trigger guard_kept_plan_change_is_told on subsistence.plan_change;
drop trigger guard_kept_fall_is_told on subsistence.fall;
drop trigger guard_taking_back_stands on notices.notice;
drop trigger guard_taking_back on notices.notice;
drop function subsistence.guard_what_stays_is_so, subsistence.guard_kept_plan_change, subsistence.guard_kept_fall, notices.guard_called_off_move_home,
  notices.is_owed_a_word, notices.may_be_read, notices.guard_taking_back;
alter table notices.notice drop column takes_back;
`,
);
