import { sqlMigration } from './sql-migration.ts';

/**
 * Holds what takes effect to what its notice said, when several changes of one family meet; and counts no message as
 * received that arrived where the family said meanwhile it is not safely reached.
 */
export const GiveWhatWasTold = sqlMigration(
  'GiveWhatWasTold1790000000061',
  `
-- Two lower amounts that wait would each be told of as if the other were not: the second is proposed in place of the first.
create function subsistence.guard_one_waits() returns trigger language plpgsql set search_path = '' as $$
begin
  perform 1 from subsistence.plan p where p.id = new.plan_id for update;
  if exists (select from subsistence.plan_change c where c.plan_id = new.plan_id and c.id <> new.id and c.waits
                and c.state in ('proposed', 'changes_asked', 'waiting')) then
    raise exception 'another change of plan % waits for its notice', new.plan_id
      using errcode = 'MS001', constraint = 'guard_one_lower_amount_waits_at_a_time';
  end if;
  return null;
end $$;
create trigger guard_one_waits after insert or update of waits, state on subsistence.plan_change
  for each row when (new.waits and new.state in ('proposed', 'changes_asked', 'waiting')) execute function subsistence.guard_one_waits();

-- What waited takes effect only where the family then has at least what it was told.
create function subsistence.guard_change_gives() returns trigger language plpgsql set search_path = '' as $$
declare week kernel.gbp;
begin
  if new.from_day is null then return null; end if;
  week := subsistence.week_from(subsistence.facts_with(subsistence.facts_of(new.plan_id, new.id), new), new.from_day);
  if week < new.weekly_after then
    raise exception 'change % would leave % a week, and the family was told of %', new.id, week, new.weekly_after
      using errcode = 'MS001', constraint = 'guard_change_gives_what_was_told';
  end if;
  return null;
end $$;
create trigger guard_change_gives after update of state on subsistence.plan_change
  for each row when (old.state = 'waiting' and new.state = 'approved') execute function subsistence.guard_change_gives();
create function subsistence.guard_fall_gives() returns trigger language plpgsql set search_path = '' as $$
declare week numeric := subsistence.weekly_on(subsistence.facts_of(new.plan_id), new.takes_effect_on);
begin
  -- Whose support has ended by then, or whose amount somebody decided, loses nothing by this fall.
  if week < new.weekly_after and week > 0 and not exists (select from jsonb_array_elements(subsistence.facts_of(new.plan_id) -> 'overrides')) then
    raise exception 'fall % would leave % a week, and the family was told of %', new.id, week, new.weekly_after
      using errcode = 'MS001', constraint = 'guard_fall_gives_what_was_told';
  end if;
  return null;
end $$;
create trigger guard_fall_gives after update of state on subsistence.fall
  for each row when (old.state <> 'in_effect' and new.state = 'in_effect') execute function subsistence.guard_fall_gives();

-- A phone somebody else has, a home the family left: what arrives there after the family said so proves nothing.
create function notices.guard_safe_receipt() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from notices.notice n where n.authority_id = new.authority_id and n.id = new.notice_id and n.affects_on is not null)
     and not notices.still_goes_there(new) then
    raise exception 'attempt % arrived where family % is not safely reached any more', new.id, new.family_id
      using errcode = 'MS001', constraint = 'guard_receipt_is_where_the_family_is_safe';
  end if;
  return new;
end $$;
-- By its name after the guards there were before.
create trigger guard_safe_receipt before update on notices.attempt for each row
  when (new.state = 'delivered' and old.state <> 'delivered' and new.channel in ('sms', 'email', 'letter'))
  execute function notices.guard_safe_receipt();

-- Why something moved is a person's words about a family: a partner agency reads none of them.
create policy council_people_only on audit.state_change as restrictive for select
  using ((select identity.agency_acting()) <= 0);

-- A letter posted here fails by coming back, and where the family is reached elsewhere by now.
create or replace function notices.guard_came_back() returns trigger language plpgsql set search_path = '' as $$
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
  if old.print_batch_id is not null and old.state = 'accepted' and new.state = 'failed' and new.came_back_on is null
     and notices.still_goes_there(new) then
    raise exception 'letter % was posted: it fails only by coming back', new.id
      using errcode = 'MS001', constraint = 'guard_posted_letter_fails_by_coming_back';
  end if;
  if old.came_back_on is not null and new.state = 'delivered' and old.state <> 'delivered' then
    raise exception 'letter % came back before it could count as received', new.id
      using errcode = 'MS001', constraint = 'guard_letter_back_was_not_received';
  end if;
  return new;
end $$;
`,
  `
drop policy council_people_only on audit.state_change;
drop trigger guard_safe_receipt on notices.attempt;
drop trigger guard_fall_gives on subsistence.fall;
drop trigger guard_change_gives on subsistence.plan_change;
drop trigger guard_one_waits on subsistence.plan_change;
drop function notices.guard_safe_receipt, subsistence.guard_fall_gives, subsistence.guard_change_gives, subsistence.guard_one_waits;
`,
);
