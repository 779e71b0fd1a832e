import { sqlMigration } from './sql-migration.ts';

/**
 * Holds an amount that falls by itself until its family was told: somebody leaves, a pregnancy ends, a child has a
 * birthday, the rates go down. Nobody decides these, so no plan change carries their notice; a fall does.
 */
export const HoldFallsUntilTold = sqlMigration(
  'HoldFallsUntilTold1790000000030',
  `
create table subsistence.fall (
  id bigint not null default nextval('kernel.document_number') constraint pk_fall primary key,
  authority_id smallint not null,
  version int not null default 1,
  plan_id bigint not null constraint fk_fall_of_a_plan references subsistence.plan (id),
  cause text not null constraint ck_fall_cause_is_known check (cause in
    ('left', 'pregnancy-ended', 'birth-corrected', 'birthday', 'rates')),
  member_id bigint,
  -- The first day that is worth less, and the first day the family is told it gets less.
  falls_on date not null,
  takes_effect_on date not null,
  -- What goes on being paid until then: [{component, memberId, topUpId?, weekly}].
  lines jsonb not null constraint ck_fall_says_what_is_kept check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) > 0),
  kept_weekly kernel.gbp not null,
  weekly_before kernel.gbp not null,
  weekly_after kernel.gbp not null,
  notice_id bigint not null,
  state text not null default 'waiting',
  kept_because text,
  replaces bigint constraint fk_fall_replaces_a_fall references subsistence.fall (id),
  written_in xid8 not null default pg_current_xact_id(),
  recorded_on date not null default kernel.today(),
  recorded_by bigint,
  constraint uq_fall_has_its_own_notice unique (authority_id, notice_id),
  constraint fk_fall_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  constraint fk_fall_recorded_by_a_user foreign key (authority_id, recorded_by) references identity.user_account (authority_id, id),
  constraint ck_fall_lowers_the_week check (weekly_after < weekly_before),
  constraint ck_fall_keeps_the_difference check (kept_weekly = weekly_before - weekly_after),
  constraint ck_fall_takes_effect_no_sooner check (takes_effect_on >= falls_on),
  constraint ck_kept_fall_says_why check (state <> 'kept' or coalesce(length(btrim(kept_because)), 0) > 0)
);
create unique index uq_fall_once_a_cause on subsistence.fall (plan_id, falls_on, cause, coalesce(member_id, 0)) where state <> 'replaced';
create index ix_fall_by_plan on subsistence.fall (plan_id) where state <> 'replaced';
create index ix_fall_in_notice on subsistence.fall (authority_id, id) where state in ('waiting', 'kept');
insert into audit.state_edge values
  ('fall', '', 'hold', 'waiting'),
  ('fall', 'waiting', 'take_effect', 'in_effect'),
  ('fall', 'waiting', 'keep', 'kept'),
  ('fall', 'waiting', 'replace', 'replaced'),
  ('fall', 'kept', 'replace', 'replaced'),
  ('fall', 'in_effect', 'replace', 'replaced');
create trigger guard_states before insert or update of state on subsistence.fall
  for each row execute function audit.follow_states('fall');

-- What a change of a household does to a plan: nothing lower, or a fall that is held.
create table subsistence.household_answer (
  authority_id smallint not null,
  plan_id bigint not null constraint fk_household_answer_of_a_plan references subsistence.plan (id),
  member_id bigint not null,
  member_version int not null,
  weekly_before kernel.gbp not null,
  weekly_after kernel.gbp not null,
  fall_id bigint constraint fk_household_answer_has_a_fall references subsistence.fall (id),
  written_in xid8 not null default pg_current_xact_id(),
  constraint pk_household_answer primary key (plan_id, member_id, member_version),
  constraint ck_lower_household_is_held check (fall_id is not null or weekly_after >= weekly_before)
);

create function subsistence.guard_fall() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from subsistence.plan p
         join notices.notice n on n.authority_id = p.authority_id and n.family_id = p.family_id
        where p.id = new.plan_id and p.authority_id = new.authority_id and p.state = 'approved' and n.id = new.notice_id
          and n.kind = 'amount' and n.state = 'drafted' and n.affects_on <= new.takes_effect_on
          and n.notice_days >= (select a.notice_days from identity.authority a where a.authority_id = new.authority_id)) then
      raise exception 'the notice of this fall is not of its family and first day'
        using errcode = 'MS001', constraint = 'guard_fall_has_its_notice';
    end if;
    if new.kept_weekly is distinct from (select sum((e ->> 'weekly')::numeric) from jsonb_array_elements(new.lines) e) then
      raise exception 'what is kept is not what the lines say' using errcode = 'MS001', constraint = 'guard_fall_lines_add_up';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - '{state,version,kept_because}'::text[]) is distinct from (to_jsonb(old) - '{state,version,kept_because}'::text[]) then
    raise exception 'fall % says what it said', new.id using errcode = 'MS001', constraint = 'guard_fall_says_what_it_said';
  end if;
  if new.state = 'in_effect' and old.state <> 'in_effect' and not subsistence.told_in_time(new.authority_id, new.notice_id) then
    raise exception 'the family was not told of fall % in time', new.id
      using errcode = 'MS001', constraint = 'guard_fall_waits_for_its_notice';
  end if;
  return new;
end $$;
create trigger guard_fall before insert or update on subsistence.fall for each row execute function subsistence.guard_fall();

-- A fall is let go only for another in its place, or because the household was answered for again in the same step.
create function subsistence.guard_fall_is_replaced() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from subsistence.fall f where f.plan_id = new.plan_id and f.replaces = new.id)
     and not exists (select from subsistence.household_answer a
                      where a.plan_id = new.plan_id and a.member_id = new.member_id and a.written_in = pg_catalog.pg_current_xact_id()) then
    raise exception 'nothing stands in the place of fall %', new.id
      using errcode = 'MS001', constraint = 'guard_replaced_fall_has_another';
  end if;
  return null;
end $$;
create constraint trigger guard_replaced_fall_has_another after update of state on subsistence.fall
  deferrable initially deferred for each row when (new.state = 'replaced' and old.state <> 'replaced')
  execute function subsistence.guard_fall_is_replaced();

-- A household that is paid for changes only with an answer: hung on the lower room's table (decision 0002).
create function subsistence.guard_household_change() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from subsistence.plan p where p.authority_id = new.authority_id and p.family_id = new.family_id and p.state = 'approved'
               and (p.support_to is null or p.support_to > kernel.today())
               and not exists (select from subsistence.household_answer a
                                where a.plan_id = p.id and a.member_id = new.id
                                  and a.member_version = (select m.version from families.member m where m.id = new.id))) then
    raise exception 'nobody worked out what this change of the household does to its payments'
      using errcode = 'MS001', constraint = 'guard_household_change_is_answered';
  end if;
  return null;
end $$;
create constraint trigger guard_household_change_is_answered after update on families.member
  deferrable initially deferred for each row
  when ((new.born, new.due, new.birth_recorded_on, new.joined_on, new.left_on)
        is distinct from (old.born, old.due, old.birth_recorded_on, old.joined_on, old.left_on))
  execute function subsistence.guard_household_change();

-- While a fall is held, every payment of its days carries what was promised; in days of an override, nothing fell.
create function subsistence.guard_lines_keep() returns trigger language plpgsql
  set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  select a.source_id, f.id into odd from added a
    join subsistence.fall f on f.plan_id = a.source_id and f.authority_id = a.authority_id and f.state <> 'replaced'
   where a.status = 'payable'
     and greatest(f.falls_on, a.covers_from) < least(a.covers_to, case f.state when 'in_effect' then f.takes_effect_on else 'infinity'::date end)
     and not exists (select from json_array_elements(a.explanation -> 'lines') e where e ->> 'component' = 'override')
     and f.kept_weekly is distinct from
         (select sum((e ->> 'weekly')::numeric) from json_array_elements(a.explanation -> 'lines') e
           where e ->> 'basis' = 'kept-until-told ' || f.id and (e ->> 'from')::date <= greatest(f.falls_on, a.covers_from)) limit 1;
  if found then
    raise exception 'the line for plan % leaves out what fall % keeps', odd.source_id, odd.id
      using errcode = 'MS001', constraint = 'guard_line_keeps_what_was_promised';
  end if;
  return null;
end $$;
create trigger guard_lines_keep after insert on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines_keep();
create trigger guard_lines_keep_still after update on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines_keep();

-- Lower rates begin far enough ahead for families to be told.
create function subsistence.guard_lower_rate() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.effective_from <= kernel.today() + (select a.notice_days from identity.authority a where a.authority_id = new.authority_id)
     and new.weekly < (select r.weekly from subsistence.rate r
                        where r.authority_id = new.authority_id and r.rate_table = new.rate_table and r.component = new.component
                          and r.effective_from < new.effective_from order by r.effective_from desc limit 1) then
    raise exception 'lower rates begin after the days of notice' using errcode = 'MS001', constraint = 'guard_lower_rates_are_ahead';
  end if;
  return new;
end $$;
create trigger guard_lower_rate before insert on subsistence.rate for each row when (new.weekly >= 0) execute function subsistence.guard_lower_rate();

select kernel.keep_in_council(t::regclass) from unnest(array['subsistence.fall', 'subsistence.household_answer']) t;
select kernel.never_delete('subsistence.fall'), kernel.append_only('subsistence.household_answer');
grant select, insert on subsistence.fall, subsistence.household_answer to mainstay_app;
grant update (state, version, kept_because) on subsistence.fall to mainstay_app;
`,
  `drop trigger guard_household_change_is_answered on families.member;
drop trigger guard_lines_keep on payments.line;
drop trigger guard_lines_keep_still on payments.line;
drop trigger guard_lower_rate on subsistence.rate;
drop table subsistence.household_answer, subsistence.fall cascade;
drop function subsistence.guard_fall, subsistence.guard_fall_is_replaced, subsistence.guard_household_change, subsistence.guard_lines_keep,
  subsistence.guard_lower_rate;`,
);
