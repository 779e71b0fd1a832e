import { sqlMigration } from './sql-migration.ts';

/**
 * Works out in the database what a week comes to, so that whether a change lowers it is nobody's word; and gives every
 * pay day that was kept to a person.
 *
 * What a week is worth is said twice, in `entitlement` and here, and a property test holds the two together (decision 0061).
 */
export const HoldTheProgramToItsWord = sqlMigration(
  'HoldTheProgramToItsWord1790000000060',
  `
-- Who is born on 29 February has their birthday on 1 March in other years (decision 0004).
create function subsistence.birthday(born date, years int) returns date language sql immutable parallel safe set search_path = '' as $$
  select make_date(extract(year from born)::int + years, extract(month from born)::int, 1) + (extract(day from born)::int - 1) $$;

-- Everybody of a household with the days they count on; a baby that is expected is nobody yet.
create function subsistence.counting(facts jsonb) returns table (nr bigint, id text, born date, due date, birth_recorded date,
    counts_from date, counts_to date, is_expected boolean)
  language sql immutable parallel safe set search_path = '' as $$
  select e.nr, m.id, m.born, m.due, m."birthRecordedOn",
         greatest((facts ->> 'supportFrom')::date, m.joined, m.born),
         least((facts ->> 'supportTo')::date, m."left", 'infinity'::date),
         m.relationship = 'child' and m.born is null and m.due is not null
    from jsonb_array_elements(facts -> 'members') with ordinality e(j, nr)
    cross join lateral jsonb_to_record(e.j) m(id text, relationship text, born date, due date, "birthRecordedOn" date,
      joined date, "left" date) $$;

-- The rate components that count on a day, each person's.
create function subsistence.components_on(facts jsonb, day date) returns table (component text)
  language sql immutable parallel safe set search_path = '' as $$
  with member as (select * from subsistence.counting(facts))
  select c.component from member m cross join lateral (values
      ('person', not m.is_expected),
      ('under-1', day >= m.born and day < subsistence.birthday(m.born, 1)),
      ('age-1-to-3', day >= subsistence.birthday(m.born, 1) and day < subsistence.birthday(m.born, 4)),
      ('pregnant', day >= m.due - 280
         and day < coalesce(m.birth_recorded, (select min(b.born) from member b where b.born between m.due - 140 and m.due + 35), 'infinity')
         and (not m.is_expected or m.nr = (select min(s.nr) from member s where s.due = m.due having bool_and(s.is_expected))))
    ) c(component, holds)
   where c.holds and day >= m.counts_from and day < m.counts_to $$;

-- What a day is worth, as a weekly amount: the rates or an override, top-ups, and what is kept until a family was told.
create function subsistence.weekly_on(facts jsonb, day date) returns numeric language sql immutable parallel safe set search_path = '' as $$
  with override as (
    select (o.j ->> 'weekly')::numeric as weekly from jsonb_array_elements(facts -> 'overrides') with ordinality o(j, nr)
     where coalesce((o.j ->> 'from')::date, '-infinity') <= day order by o.nr desc limit 1),
  kept as (
    select l.component, l.weekly from jsonb_array_elements(facts -> 'kept') k(j)
     cross join lateral jsonb_to_recordset(k.j -> 'lines') l(component text, weekly numeric)
     where day >= (k.j ->> 'from')::date and day < coalesce((k.j ->> 'to')::date, 'infinity'))
  select case when day < (facts ->> 'supportFrom')::date or day >= coalesce((facts ->> 'supportTo')::date, 'infinity') then 0 else
    coalesce((select weekly from override),
      coalesce((select sum((select r.weekly from jsonb_to_recordset(facts -> 'rates') r(component text, weekly numeric, "from" date)
                             where r.component = c.component and r."from" <= day order by r."from" desc limit 1))
                  from subsistence.components_on(facts, day) c), 0)
      + coalesce((select sum(weekly) from kept where component <> 'top-up'), 0))
    + coalesce((select sum(weekly) from kept where component = 'top-up'), 0)
    + coalesce((select sum(t.weekly) from jsonb_to_recordset(facts -> 'topUps') t("memberId" text, weekly numeric, "from" date, "to" date)
                 where day >= coalesce(t."from", '-infinity') and day < coalesce(t."to", 'infinity')
                   and (t."memberId" is null or exists (select from subsistence.counting(facts) m
                          where m.id = t."memberId" and day >= m.counts_from and day < m.counts_to))), 0)
  end $$;

-- What the seven days from a day come to, rounded once: a seventh of a penny never lands on a half.
create function subsistence.week_from(facts jsonb, day date) returns kernel.gbp language sql immutable parallel safe set search_path = '' as $$
  select round(sum(subsistence.weekly_on(facts, day + n)) / 7, 2)::kernel.gbp from generate_series(0, 6) n $$;

-- Everything a plan's amounts depend on, as it stands but for one change.
create function subsistence.facts_of(plan bigint, but_change bigint default null) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object('supportFrom', p.support_from, 'supportTo', p.support_to,
    'overrides', (select coalesce(jsonb_agg(jsonb_build_object('from', o.day, 'weekly', o.weekly) order by o.nr), '[]')
       from (select null::date as day, p.override_weekly as weekly, 0::bigint as nr where p.override_weekly is not null
             union all select c.from_day, c.weekly, c.effect_no from subsistence.plan_change c
                        where c.plan_id = p.id and c.state = 'approved' and c.kind = 'override' and c.id is distinct from but_change) o),
    'members', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id::text, 'relationship', m.relationship, 'born', m.born, 'due', m.due,
         'birthRecordedOn', m.birth_recorded_on, 'joined', m.joined_on, 'left', m.left_on) order by m.id), '[]')
       from families.member m where m.authority_id = p.authority_id and m.family_id = p.family_id),
    'topUps', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id::text, 'memberId', t.member_id::text, 'weekly', t.weekly,
         'from', t.from_day, 'to', t.to_day) order by t.id), '[]')
       from subsistence.top_up t where t.plan_id = p.id and t.from_change is distinct from coalesce(but_change, 0)),
    'kept', (select coalesce(jsonb_agg(jsonb_build_object('from', f.falls_on, 'lines', f.lines,
         'to', case f.state when 'in_effect' then f.takes_effect_on end,
         'isNew', f.written_in = pg_catalog.pg_current_xact_id()) order by f.id), '[]')
       from subsistence.fall f where f.plan_id = p.id and f.state <> 'replaced'),
    'rates', (select coalesce(jsonb_agg(jsonb_build_object('component', r.component, 'weekly', r.weekly, 'from', r.effective_from)), '[]')
       from subsistence.rate r where r.authority_id = p.authority_id and r.rate_table = p.rate_table))
    from subsistence.plan p where p.id = plan $$;

-- The same once a change is in effect.
create function subsistence.facts_with(facts jsonb, c subsistence.plan_change) returns jsonb language sql immutable set search_path = '' as $$
  select case c.kind
    when 'end' then facts || jsonb_build_object('supportTo', c.from_day)
    when 'top-up' then jsonb_set(facts, '{topUps}', facts -> 'topUps' || jsonb_build_array(
      jsonb_build_object('memberId', c.member_id::text, 'weekly', c.weekly, 'from', c.from_day, 'to', c.to_day)))
    when 'end-top-up' then jsonb_set(facts, '{topUps}', (select coalesce(jsonb_agg(
        case when (t.j ->> 'id')::bigint = c.top_up_id then t.j || jsonb_build_object('to', c.from_day) else t.j end), '[]')
      from jsonb_array_elements(facts -> 'topUps') t(j)))
    when 'override' then jsonb_set(facts, '{overrides}', facts -> 'overrides' || jsonb_build_array(
      jsonb_build_object('from', c.from_day, 'weekly', c.weekly)))
    else facts end $$;

-- A change says what a week comes to without it and with it, as the database finds it; what lowers a week waits.
create function subsistence.guard_plan_change_week() returns trigger language plpgsql set search_path = '' as $$
declare
  facts jsonb := subsistence.facts_of(new.plan_id, new.id);
  day date := coalesce(new.from_day, greatest(kernel.today(), (facts ->> 'supportFrom')::date));
  before kernel.gbp := subsistence.week_from(facts, day);
  after kernel.gbp := subsistence.week_from(subsistence.facts_with(facts, new), day);
begin
  if (tg_op = 'INSERT' or new.notice_id is distinct from old.notice_id or (new.weekly_before, new.weekly_after) is distinct from
        (old.weekly_before, old.weekly_after)) and (new.weekly_before, new.weekly_after) is distinct from (before, after) then
    raise exception 'a week from % comes to % without change % and to % with it', day, before, new.id, after
      using errcode = 'MS001', constraint = 'guard_plan_change_says_what_a_week_comes_to';
  end if;
  if tg_op = 'UPDATE' and new.state = 'approved' and after < before then
    raise exception 'change % lowers a week from % to %, and waits for nothing', new.id, before, after
      using errcode = 'MS001', constraint = 'guard_change_that_lowers_a_week_waits';
  end if;
  return null;
end $$;
create trigger guard_plan_change_week after insert or update of notice_id, weekly_before, weekly_after on subsistence.plan_change
  for each row execute function subsistence.guard_plan_change_week();
create trigger guard_plan_change_week_in_effect after update of state on subsistence.plan_change
  for each row when (new.state = 'approved' and old.state <> 'approved' and not new.waits)
  execute function subsistence.guard_plan_change_week();

-- Every day on which something of a household begins or ends.
create function subsistence.days_of_change(facts jsonb) returns setof date language sql immutable set search_path = '' as $$
  select d.day from subsistence.counting(facts) m cross join lateral (values (m.born), (subsistence.birthday(m.born, 1)),
      (subsistence.birthday(m.born, 4)), (m.due - 280), (m.birth_recorded), (m.counts_from), (m.counts_to)) d(day)
  union select (r.j ->> e.name)::date from unnest(array['overrides', 'topUps', 'kept', 'rates']) part(name)
    cross join lateral jsonb_array_elements(facts -> part.name) r(j) cross join unnest(array['from', 'to']) e(name) $$;

-- A change of a household that makes an unpaid day worth less holds what is lost: a fall of the same step keeps it.
create function subsistence.guard_lower_household() returns trigger language plpgsql set search_path = '' as $$
declare plan record; before jsonb; after jsonb; lower_on date;
begin
  for plan in select p.id, subsistence.facts_of(p.id) as facts,
                     coalesce((select max(l.covers_to) from payments.line l join payments.run r on r.id = l.run_id
                                where l.source_id = p.id and l.status = 'payable' and r.state in ('posted', 'exported')), p.paid_up_to) as unpaid
                from subsistence.plan p
               where p.authority_id = new.authority_id and p.family_id = new.family_id and p.state = 'approved'
                 and (p.support_to is null or p.support_to > kernel.today()) loop
    after := jsonb_set(plan.facts, '{kept}', (select coalesce(jsonb_agg(k.j), '[]') from jsonb_array_elements(plan.facts -> 'kept') k(j)
                                               where not (k.j ->> 'isNew')::boolean));
    before := jsonb_set(after, '{members}', (select jsonb_agg(case when m.j ->> 'id' = old.id::text then jsonb_build_object('id', old.id::text,
        'relationship', old.relationship, 'born', old.born, 'due', old.due, 'birthRecordedOn', old.birth_recorded_on,
        'joined', old.joined_on, 'left', old.left_on) else m.j end order by m.nr)
      from jsonb_array_elements(after -> 'members') with ordinality m(j, nr)));
    select min(d.day) into lower_on
      from (select plan.unpaid as day union select subsistence.days_of_change(before) union select subsistence.days_of_change(after)) d
     where d.day >= plan.unpaid and d.day < plan.unpaid + 366
       and subsistence.weekly_on(after, d.day) < subsistence.weekly_on(before, d.day);
    if lower_on is not null and subsistence.weekly_on(plan.facts, lower_on) < subsistence.weekly_on(before, lower_on) then
      raise exception 'plan % is worth less from % on, and nothing keeps it until the family was told', plan.id, lower_on
        using errcode = 'MS001', constraint = 'guard_lower_household_is_kept';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger guard_lower_household_is_kept after update on families.member
  deferrable initially deferred for each row
  when ((new.relationship, new.born, new.due, new.birth_recorded_on, new.joined_on, new.left_on)
        is distinct from (old.relationship, old.born, old.due, old.birth_recorded_on, old.joined_on, old.left_on))
  execute function subsistence.guard_lower_household();

-- Who keeps the day it has although a move was meant for it, and who sees to that.
create table subsistence.kept_day (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  move_id bigint not null,
  plan_id bigint not null,
  -- Absent where the family was left out from the start.
  change_id bigint,
  because text not null constraint ck_kept_day_because_is_known check
    (because in ('cannot-be-reached', 'not-in-time', 'nothing-changes', 'nothing-promised', 'not-told')),
  asks_somebody boolean not null generated always as (because in ('cannot-be-reached', 'not-in-time', 'not-told')) stored,
  kept_on date not null default kernel.today(),
  settled_on date,
  settled_by bigint,
  settled_words text,
  constraint pk_kept_day primary key (authority_id, id),
  constraint uq_kept_day_once_a_move unique (move_id, plan_id),
  constraint fk_kept_day_of_a_move foreign key (authority_id, move_id) references subsistence.pay_day_move (authority_id, id),
  constraint fk_kept_day_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_kept_day_of_a_change foreign key (authority_id, change_id, plan_id) references subsistence.pay_day_change (authority_id, id, plan_id),
  constraint fk_kept_day_settled_by_a_user foreign key (authority_id, settled_by) references identity.user_account (authority_id, id),
  constraint ck_kept_day_untold_has_its_change check ((change_id is not null) = (because = 'not-told')),
  constraint ck_settled_kept_day_says_everything check (num_nonnulls(settled_on, settled_by, settled_words) in (0, 3)
    and coalesce(length(btrim(settled_words)) > 0, true))
);
create index ix_kept_day_to_settle on subsistence.kept_day (authority_id, id) where asks_somebody and settled_on is null;
create index ix_kept_day_of_plan on subsistence.kept_day (plan_id);

-- Days kept before somebody had to see to them.
do $$ declare council smallint; begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    insert into subsistence.kept_day (authority_id, move_id, plan_id, change_id, because)
    select c.authority_id, c.move_id, c.plan_id, c.id, 'not-told' from subsistence.pay_day_change c where c.state = 'kept';
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;

create function subsistence.guard_kept_day() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    new.kept_on := kernel.today();
    if new.settled_on is not null then
      raise exception 'nobody has seen to it yet' using errcode = 'MS001', constraint = 'guard_kept_day_is_settled_once_by_who_acts';
    end if;
    if new.because = 'not-told' and not exists (select from subsistence.pay_day_change c where c.id = new.change_id and c.move_id = new.move_id
         and c.authority_id = new.authority_id and c.state = 'kept') then
      raise exception 'change % kept no day', new.change_id using errcode = 'MS001', constraint = 'guard_kept_day_is_of_a_kept_change';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - '{settled_on,settled_by,settled_words,asks_somebody}'::text[])
       is distinct from (to_jsonb(old) - '{settled_on,settled_by,settled_words,asks_somebody}'::text[])
     or old.settled_on is not null or not old.asks_somebody
     or new.settled_on is distinct from kernel.today() or new.settled_by is distinct from kernel.current_actor() then
    raise exception 'a kept day is settled once, today, by who acts'
      using errcode = 'MS001', constraint = 'guard_kept_day_is_settled_once_by_who_acts';
  end if;
  return new;
end $$;
create trigger guard_kept_day before insert or update on subsistence.kept_day for each row execute function subsistence.guard_kept_day();

-- Looked at when the transaction ends: a day that is kept is somebody's task, and who may have read of another is told.
create function subsistence.guard_kept_pay_day() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state = 'kept' and not exists (select from subsistence.kept_day k where k.authority_id = new.authority_id and k.change_id = new.id) then
    raise exception 'nobody sees to the family of change %', new.id
      using errcode = 'MS001', constraint = 'guard_kept_pay_day_is_somebodys_task';
  end if;
  if notices.may_be_read(new.authority_id, new.notice_id)
     and exists (select from subsistence.promised_date d where d.plan_id = new.plan_id and d.stands and d.pay_date >= kernel.today())
     and not exists (select from notices.notice n where n.authority_id = new.authority_id and n.takes_back = new.notice_id) then
    raise exception 'the family may have read of change %: it is told that its day stays', new.id
      using errcode = 'MS001', constraint = 'guard_kept_pay_day_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_kept_pay_day_is_somebodys_task after update of state on subsistence.pay_day_change
  deferrable initially deferred for each row when (old.state = 'waiting' and new.state in ('kept', 'withdrawn'))
  execute function subsistence.guard_kept_pay_day();

-- A move counts whom it moves and whom it leaves out, one by one.
create function subsistence.guard_move_names_everybody() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.kept <> (select count(*) from subsistence.kept_day k where k.authority_id = new.authority_id and k.move_id = new.id and k.change_id is null)
     or new.chosen - new.kept <> (select count(*) from subsistence.pay_day_change c where c.authority_id = new.authority_id and c.move_id = new.id) then
    raise exception 'move % does not say who of % families is moved and who is left out', new.id, new.chosen
      using errcode = 'MS001', constraint = 'guard_move_names_everybody';
  end if;
  return null;
end $$;
create constraint trigger guard_move_names_everybody after insert on subsistence.pay_day_move
  deferrable initially deferred for each row execute function subsistence.guard_move_names_everybody();

select kernel.keep_in_council('subsistence.kept_day'), kernel.never_delete('subsistence.kept_day'), identity.close_to_partners('subsistence.kept_day');
grant select, insert, update (settled_on, settled_by, settled_words) on subsistence.kept_day to mainstay_app;
`,
  `
drop trigger guard_move_names_everybody on subsistence.pay_day_move;
drop trigger guard_kept_pay_day_is_somebodys_task on subsistence.pay_day_change;
drop table subsistence.kept_day cascade;
drop trigger guard_lower_household_is_kept on families.member;
drop trigger guard_plan_change_week on subsistence.plan_change;
drop trigger guard_plan_change_week_in_effect on subsistence.plan_change;
drop function subsistence.guard_move_names_everybody, subsistence.guard_kept_pay_day, subsistence.guard_kept_day, subsistence.guard_lower_household,
  subsistence.days_of_change, subsistence.guard_plan_change_week, subsistence.facts_with, subsistence.facts_of, subsistence.week_from,
  subsistence.weekly_on, subsistence.components_on, subsistence.counting, subsistence.birthday;
`,
);
