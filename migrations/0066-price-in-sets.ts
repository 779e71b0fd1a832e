import { sqlMigration } from './sql-migration.ts';

/**
 * Asks of a batch what was asked line by line, or of every explanation, where there is mostly nothing to ask. The rules are the
 * same: decision 0067.
 */
export const PriceInSets = sqlMigration(
  'PriceInSets1790000000066',
  `
-- Without a setting of its own it is put into the query that asks, and costs nothing.
create or replace function payments.rail_of(instrument_kind text) returns text language sql immutable parallel safe as $$
  select case instrument_kind when 'prepaid-card' then 'prepaid-card' when 'voucher' then 'voucher' else 'bacs' end $$;

create or replace function payments.guard_line_insert() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id, authority_id from added) a
             left join payments.run r on r.id = a.run_id and r.authority_id = a.authority_id
             where r.state is distinct from 'pricing') then
    raise exception 'lines are only written while their run is being priced'
      using errcode = 'MS001', constraint = 'guard_lines_are_written_while_pricing';
  end if;
  -- The same day an account is paid by Faster Payments; nothing else is.
  if exists (select from added a join payments.run r on r.id = a.run_id left join families.instrument i on i.id = a.instrument_id
             where a.status = 'payable'
               and (i.state is distinct from 'approved' or i.family_id <> a.family_id or i.authority_id <> a.authority_id
                    or a.rail <> case when r.kind in ('emergency', 'put-right') and payments.rail_of(i.kind) = 'bacs' then 'faster-payments'
                                      else payments.rail_of(i.kind) end)) then
    raise exception 'a line would pay an account that is not this family''s approved account, or by another rail'
      using errcode = 'MS001', constraint = 'guard_line_pays_the_familys_account';
  end if;
  return null;
end $$;
drop function payments.rail_on;

-- Which lines a fall touches at all is found first: their explanations are read, and no others.
create or replace function subsistence.guard_lines_keep() returns trigger language plpgsql
  set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  with touched as materialized (
    select a.source_id, f.id, a.explanation -> 'lines' as lines, greatest(f.falls_on, a.covers_from) as from_day, f.kept_weekly
      from added a
      join subsistence.fall f on f.plan_id = a.source_id and f.authority_id = a.authority_id and f.state <> 'replaced'
     where a.status = 'payable'
       and greatest(f.falls_on, a.covers_from) < least(a.covers_to, case f.state when 'in_effect' then f.takes_effect_on else 'infinity'::date end))
  select t.source_id, t.id into odd from touched t
   where not exists (select from json_array_elements(t.lines) e where e ->> 'component' = 'override')
     and t.kept_weekly is distinct from
         (select sum((e ->> 'weekly')::numeric) from json_array_elements(t.lines) e
           where e ->> 'basis' = 'kept-until-told ' || t.id and (e ->> 'from')::date <= t.from_day) limit 1;
  if found then
    raise exception 'the line for plan % leaves out what fall % keeps', odd.source_id, odd.id
      using errcode = 'MS001', constraint = 'guard_line_keeps_what_was_promised';
  end if;
  return null;
end $$;

-- A promise that no move and no holiday makes has nothing to be asked.
drop trigger guard_promise on subsistence.promised_date;
create trigger guard_promise before update on subsistence.promised_date for each row execute function subsistence.guard_promise();
create trigger guard_promise_made before insert on subsistence.promised_date for each row
  when (num_nonnulls(new.made_by_move, new.made_by_holiday) > 0) execute function subsistence.guard_promise();
`,
  '',
);
