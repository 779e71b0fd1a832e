import { sqlMigration } from './sql-migration.ts';

/**
 * Closes ways by which a promise could have been broken although every step was allowed by itself: a move of a day whose
 * money is on its way, an old move that takes back younger promises, evidence dated back, a way that is no longer safe.
 */
export const HoldToThePromise = sqlMigration(
  'HoldToThePromise1790000000029',
  `
-- Why a family keeps its day although it was told of another; null when nothing speaks against the move.
-- Whoever submits a run waits for this, and this for them: the run is then out of date, or the day is kept.
create function subsistence.keeps_day_because(plan bigint, old_day date, new_day date) returns text
  language plpgsql volatile set search_path = '' as $$
declare run record;
begin
  if least(old_day, new_day) <= kernel.today() then return 'past'; end if;
  if not exists (select from subsistence.promised_date d where d.plan_id = plan and d.pay_date = old_day and d.stands) then
    return 'not-promised';
  end if;
  for run in select r.state from payments.run r
              where r.pay_date >= least(old_day, new_day)
                and exists (select from payments.line l where l.run_id = r.id and l.source_id = plan and l.status = 'payable')
              order by r.id for share loop
    if run.state in ('in_approval', 'approved', 'releasing', 'posted', 'exported') then return 'on-its-way'; end if;
  end loop;
  return null;
end $$;

-- Whether a notice tells of exactly this new day.
create function subsistence.tells_of_move(authority smallint, notice bigint, new_day date, pay_day smallint, frequency smallint)
  returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.notice n where n.authority_id = $1 and n.id = $2
                    and (n.facts ->> 'newDay')::int = $4 and (n.facts ->> 'frequencyDays')::int = $5
                    -- By arrival: a holiday may bring the money some days earlier.
                    and (n.facts ->> 'newDate')::date between $3 - 14 and $3) $$;

create function subsistence.guard_move_keeps_promises() returns trigger language plpgsql set search_path = '' as $$
declare because text;
begin
  if (tg_op = 'INSERT' or (new.state = 'in_force' and old.state <> 'in_force'))
     and not subsistence.tells_of_move(new.authority_id, new.notice_id, new.new_date, new.pay_day, new.frequency_days) then
    raise exception 'the notice of change % tells of another day', new.id
      using errcode = 'MS001', constraint = 'guard_pay_day_change_is_what_was_told';
  end if;
  if tg_op = 'UPDATE' and new.state = 'in_force' and old.state <> 'in_force' then
    because := subsistence.keeps_day_because(new.plan_id, new.old_date, new.new_date);
    if because is not null then
      raise exception 'plan % keeps its day: the money of % is %', new.plan_id, new.old_date, because
        using errcode = 'MS001', constraint = 'guard_moved_day_is_still_open';
    end if;
  end if;
  return new;
end $$;
-- By its name after the guards there were before.
create trigger guard_pay_day_change_keeps_promises before insert or update on subsistence.pay_day_change
  for each row execute function subsistence.guard_move_keeps_promises();

-- Looked at when the transaction ends: old promises are taken back only with the new one in their place.
create function subsistence.guard_move_makes_its_promise() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from subsistence.promised_date d where d.plan_id = new.plan_id and d.pay_date = new.new_date and d.made_by_move = new.id)
     and not exists (select from subsistence.plan p where p.id = new.plan_id and p.support_to <= new.new_date) then
    raise exception 'change % promised nothing on %', new.id, new.new_date
      using errcode = 'MS001', constraint = 'guard_move_promises_its_day';
  end if;
  return null;
end $$;
create constraint trigger guard_move_promises_its_day after update of state on subsistence.pay_day_change
  deferrable initially deferred for each row when (new.state = 'in_force' and old.state <> 'in_force')
  execute function subsistence.guard_move_makes_its_promise();

-- A move takes back what was promised before it, never what was promised since. Both are numbered by one count.
create function subsistence.guard_younger_promise() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from subsistence.pay_day_change c where c.authority_id = new.authority_id and c.id = new.withdrawn_by_move
                and c.effect_no < new.id) then
    raise exception 'the promise of % to plan % is younger than that move', new.pay_date, new.plan_id
      using errcode = 'MS001', constraint = 'guard_younger_promise_stands';
  end if;
  return new;
end $$;
create trigger guard_younger_promise before update on subsistence.promised_date
  for each row when (old.withdrawn_by_move is null and new.withdrawn_by_move is not null)
  execute function subsistence.guard_younger_promise();

-- Evidence is of the day it is written down: nobody drafts or hears in the past, whatever they say, nor sends.
create function notices.drafted_today() returns trigger language plpgsql set search_path = '' as $$
begin
  new.drafted_on := kernel.today();
  return new;
end $$;
create trigger guard_drafted_today before insert on notices.notice for each row execute function notices.drafted_today();
create function notices.heard_today() returns trigger language plpgsql set search_path = '' as $$
begin
  new.heard_on := kernel.today();
  return new;
end $$;
create trigger guard_heard_today before insert on notices.heard for each row execute function notices.heard_today();
create function notices.guard_sent_today() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.sent_on is distinct from kernel.today() then
    raise exception 'attempt % is sent on the day somebody says so', new.id
      using errcode = 'MS001', constraint = 'guard_attempt_is_sent_today';
  end if;
  return new;
end $$;
create trigger guard_sent_today before update on notices.attempt for each row
  when (old.sent_on is null and new.sent_on is not null) execute function notices.guard_sent_today();

-- No post is quicker: second class takes five working days after printing, economy seven.
create function notices.guard_letter_takes_its_days() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.arrives_latest < (select n.drafted_on from notices.notice n where n.authority_id = new.authority_id and n.id = new.notice_id)
       + (case new.postage when 'first' then 1 when 'second' then 7 else 9 end) then
    raise exception 'letter % would be quicker than the post', new.id
      using errcode = 'MS001', constraint = 'guard_letter_takes_its_days';
  end if;
  return new;
end $$;
create trigger guard_letter_takes_its_days before update on notices.attempt for each row
  when (new.arrives_latest is distinct from old.arrives_latest) execute function notices.guard_letter_takes_its_days();

-- Whether a message that waits would still reach its family by a way that is safe, at the place it has now.
create function notices.still_goes_there(a notices.attempt) returns boolean language sql stable set search_path = '' as $$
  select families.may_be_told_by(a.family_id, a.channel) and exists
    (select from families.family f where f.authority_id = a.authority_id and f.id = a.family_id
        and (a.is_discreet or f.contact <> 'discreet')
        and case a.channel when 'sms' then a.destination = f.mobile
                           when 'email' then a.destination = f.email
                           else a.destination like '%' || f.address_line_1 || E'\\n%' || f.postcode end) $$;
create function notices.guard_way_is_still_safe() returns trigger language plpgsql set search_path = '' as $$
begin
  if not notices.still_goes_there(new) then
    raise exception 'family % is not to be told there any more', new.family_id
      using errcode = 'MS001', constraint = 'guard_way_is_still_safe';
  end if;
  return new;
end $$;
create trigger guard_way_is_still_safe before update on notices.attempt for each row
  when (old.state = 'queued' and new.state = 'sending') execute function notices.guard_way_is_still_safe();

-- A phone or an inbox that is no longer the family's, or no longer safe, has old messages in it: their codes open nothing.
create function notices.close_pages() returns trigger language plpgsql set search_path = '' as $$
begin
  update notices.family_link set revoked_at = now() where family_id = new.id and revoked_at is null;
  update notices.family_feed set revoked_at = now() where family_id = new.id and revoked_at is null;
  return null;
end $$;
create trigger guard_closed_pages after update on families.family for each row
  when ((old.mobile is not null and new.mobile is distinct from old.mobile)
     or (old.email is not null and new.email is distinct from old.email)
     or (new.contact = 'no' and old.contact <> 'no')
     or not old.safe_channels <@ new.safe_channels)
  execute function notices.close_pages();
`,
  `
drop trigger guard_closed_pages on families.family;
drop function notices.close_pages;
drop trigger guard_way_is_still_safe on notices.attempt;
drop trigger guard_letter_takes_its_days on notices.attempt;
drop trigger guard_sent_today on notices.attempt;
drop trigger guard_drafted_today on notices.notice;
drop trigger guard_heard_today on notices.heard;
drop function notices.guard_way_is_still_safe, notices.still_goes_there, notices.guard_letter_takes_its_days, notices.guard_sent_today,
  notices.drafted_today, notices.heard_today;
drop trigger guard_younger_promise on subsistence.promised_date;
drop trigger guard_move_promises_its_day on subsistence.pay_day_change;
drop trigger guard_pay_day_change_keeps_promises on subsistence.pay_day_change;
drop function subsistence.guard_younger_promise, subsistence.guard_move_makes_its_promise, subsistence.guard_move_keeps_promises,
  subsistence.tells_of_move, subsistence.keeps_day_because;
`,
);
