import { sqlMigration } from './sql-migration.ts';

/**
 * Lets a council enter a bank holiday that was announced for one year only, and tells families of payments that come early.
 *
 * What a holiday does to a promise is narrow: the money may come earlier, on the last day that is worked, and never later.
 * What families were told of early days stands beside the promises: it counts from receipt, and an early payment never
 * waits for it.
 */
export const AnnounceBankHolidays = sqlMigration(
  'AnnounceBankHolidays1790000000028',
  `
-- A day off besides GOV.UK's list, as one council heard of it. It stays: taking one back would make money come later.
create table calendar.one_off_holiday (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  division text not null constraint ck_one_off_division_is_known
    check (division in ('england-and-wales', 'scotland', 'northern-ireland')),
  day date not null constraint ck_one_off_is_on_a_weekday check (extract(isodow from day) < 6),
  title text not null constraint ck_one_off_has_a_name check (length(btrim(title)) between 1 and 100),
  reason text not null constraint ck_one_off_has_a_reason check (length(btrim(reason)) > 0),
  added_by bigint not null constraint ck_one_off_is_added_by_who_acts check (added_by = kernel.current_actor()),
  added_at timestamptz not null default now(),
  added_on date not null default kernel.today(),
  constraint pk_one_off_holiday primary key (authority_id, id),
  constraint uq_one_off_once_a_day unique (authority_id, division, day),
  constraint ck_one_off_is_to_come check (day > added_on),
  constraint fk_one_off_added_by_a_user foreign key (authority_id, added_by) references identity.user_account (authority_id, id)
);
select kernel.keep_in_council('calendar.one_off_holiday'), kernel.append_only('calendar.one_off_holiday');
grant select, insert on calendar.one_off_holiday to mainstay_app;

create function calendar.is_day_off(division text, day date) returns boolean language sql stable set search_path = '' as $$
  select extract(isodow from $2) > 5
      or exists (select from calendar.bank_holiday h where h.division = $1 and h.day = $2)
      or exists (select from calendar.one_off_holiday o where o.division = $1 and o.day = $2) $$;

-- One going-over of the promises after a day became a holiday: by a council's own entry, or by GOV.UK's list.
create table subsistence.holiday_replan (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  one_off_id bigint,
  made_by bigint,
  made_at timestamptz not null default now(),
  made_on date not null default kernel.today(),
  promises int not null constraint ck_replan_moves_something check (promises > 0),
  families int not null,
  -- What families are told where there is less time than they are owed.
  apology text not null constraint ck_replan_has_an_apology check (length(btrim(apology)) > 0),
  constraint pk_holiday_replan primary key (authority_id, id),
  constraint fk_replan_of_a_one_off foreign key (authority_id, one_off_id) references calendar.one_off_holiday (authority_id, id),
  constraint fk_replan_made_by_a_user foreign key (authority_id, made_by) references identity.user_account (authority_id, id)
);

drop index subsistence.uq_promise_stands_once;
alter table subsistence.promised_date drop column stands;
alter table subsistence.promised_date
  add column made_by_holiday bigint,
  add column withdrawn_by_holiday bigint,
  add column stands boolean generated always as
    (withdrawn_by_change is null and withdrawn_by_move is null and withdrawn_by_holiday is null) stored,
  add constraint fk_promise_made_by_a_holiday foreign key (authority_id, made_by_holiday)
    references subsistence.holiday_replan (authority_id, id),
  add constraint fk_promise_withdrawn_by_a_holiday foreign key (authority_id, withdrawn_by_holiday)
    references subsistence.holiday_replan (authority_id, id);
create unique index uq_promise_stands_once on subsistence.promised_date (plan_id, pay_date) where stands;
create index ix_promise_of_a_plan on subsistence.promised_date (plan_id, pay_date);
create index ix_promise_by_arrival on subsistence.promised_date (authority_id, pay_date, arrives_on) where stands;
create index ix_promise_early on subsistence.promised_date (authority_id, pay_date, plan_id) where stands and arrives_on < pay_date;

-- Whether money can arrive: the council and the banks both work.
create function subsistence.is_worked(authority smallint, day date) returns boolean language sql stable set search_path = '' as $$
  select not calendar.is_day_off('england-and-wales', $2)
     and not calendar.is_day_off((select a.division from identity.authority a where a.authority_id = $1), $2) $$;

create or replace function subsistence.guard_promise() returns trigger language plpgsql set search_path = '' as $$
declare after subsistence.promised_date := old;
begin
  if tg_op = 'INSERT' then
    if new.made_by_move is not null and not exists (select from subsistence.pay_day_change c
         where c.id = new.made_by_move and c.plan_id = new.plan_id and c.state = 'in_force' and new.pay_date >= c.new_date) then
      raise exception 'no move in force promises % to plan %', new.pay_date, new.plan_id
        using errcode = 'MS001', constraint = 'guard_promise_is_made_by_its_move';
    end if;
    -- In place of one the holiday took back, earlier, and no earlier than the last day worked.
    if new.made_by_holiday is not null and (not exists (select from subsistence.promised_date o
         where o.plan_id = new.plan_id and o.pay_date = new.pay_date and o.withdrawn_by_holiday = new.made_by_holiday
           and o.arrives_on > new.arrives_on)
       or not subsistence.is_worked(new.authority_id, new.arrives_on)
       or exists (select from generate_series(new.arrives_on + 1, new.pay_date, interval '1 day') d
                   where subsistence.is_worked(new.authority_id, d::date))) then
      raise exception 'no holiday brings the money for % of plan % to %', new.pay_date, new.plan_id, new.arrives_on
        using errcode = 'MS001', constraint = 'guard_promise_is_made_by_its_holiday';
    end if;
    return new;
  end if;
  after.withdrawn_by_change := new.withdrawn_by_change;
  after.withdrawn_by_move := new.withdrawn_by_move;
  after.withdrawn_by_holiday := new.withdrawn_by_holiday;
  -- Generated after this: it follows from the three above.
  new.stands := old.stands;
  after.stands := old.stands;
  if new is not distinct from old then return new; end if;
  if new is distinct from after
     or num_nonnulls(old.withdrawn_by_change, old.withdrawn_by_move, old.withdrawn_by_holiday) > 0
     or num_nonnulls(new.withdrawn_by_change, new.withdrawn_by_move, new.withdrawn_by_holiday) <> 1
     or (new.withdrawn_by_change is not null and not exists
       (select from subsistence.plan_change c where c.id = new.withdrawn_by_change and c.plan_id = old.plan_id
          and c.kind = 'end' and c.state = 'approved' and c.from_day <= old.pay_date))
     or (new.withdrawn_by_move is not null and not exists
       (select from subsistence.pay_day_change c where c.id = new.withdrawn_by_move and c.plan_id = old.plan_id
          and c.state = 'in_force' and (c.old_date < old.pay_date or (c.old_date = old.pay_date and c.new_date <= c.old_date))))
     or (new.withdrawn_by_holiday is not null and subsistence.is_worked(old.authority_id, old.arrives_on)) then
    raise exception 'the promise of % to plan % stands', old.pay_date, old.plan_id
      using errcode = 'MS001', constraint = 'guard_promise_stands';
  end if;
  return new;
end $$;

-- Looked at when the transaction ends: the two cannot stand side by side before.
create function subsistence.guard_replanned_promise() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from subsistence.promised_date n where n.plan_id = new.plan_id and n.pay_date = new.pay_date
                   and n.made_by_holiday = new.withdrawn_by_holiday and n.arrives_on < new.arrives_on) then
    raise exception 'a holiday took back the promise of % to plan % and made no earlier one', new.pay_date, new.plan_id
      using errcode = 'MS001', constraint = 'guard_holiday_only_brings_money_earlier';
  end if;
  return null;
end $$;
create constraint trigger guard_holiday_only_brings_money_earlier after update on subsistence.promised_date
  deferrable initially deferred for each row
  when (old.withdrawn_by_holiday is null and new.withdrawn_by_holiday is not null)
  execute function subsistence.guard_replanned_promise();

-- A quarter's payment calendar, sent to every family: once, however often the clock knocks.
create table subsistence.calendar_issue (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  from_day date not null,
  to_day date not null,
  made_by bigint,
  made_at timestamptz not null default now(),
  made_on date not null default kernel.today(),
  families int not null,
  unreached int not null,
  constraint pk_calendar_issue primary key (authority_id, id),
  constraint uq_calendar_once_a_quarter unique (authority_id, from_day),
  constraint ck_calendar_is_of_a_quarter check (extract(day from from_day) = 1 and extract(month from from_day) in (1, 4, 7, 10)
    and to_day = (from_day + interval '3 months')::date),
  constraint fk_calendar_made_by_a_user foreign key (authority_id, made_by) references identity.user_account (authority_id, id)
);

create table subsistence.calendar_sent (
  authority_id smallint not null,
  issue_id bigint not null,
  plan_id bigint not null,
  notice_id bigint not null,
  received_on date,
  constraint pk_calendar_sent primary key (authority_id, issue_id, plan_id),
  constraint uq_calendar_sent_has_its_own_notice unique (authority_id, notice_id),
  constraint fk_calendar_sent_of_an_issue foreign key (authority_id, issue_id) references subsistence.calendar_issue (authority_id, id),
  constraint fk_calendar_sent_to_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_calendar_sent_is_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id)
);

-- That a family was told of one early payment: by a calendar, or by a notice about it alone.
create table subsistence.early_telling (
  authority_id smallint not null,
  plan_id bigint not null,
  pay_date date not null,
  arrives_on date not null,
  notice_id bigint not null,
  is_own boolean not null,
  -- The last day of receipt that leaves the days the council owes.
  needed_by date not null,
  received_on date,
  constraint pk_early_telling primary key (authority_id, plan_id, pay_date, arrives_on, notice_id),
  constraint ck_early_telling_is_of_an_early_payment check (arrives_on < pay_date),
  constraint ck_early_telling_leaves_seven_days check (needed_by <= arrives_on - 8),
  constraint fk_early_telling_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_early_telling_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id)
);
create unique index uq_early_payment_has_one_notice on subsistence.early_telling (authority_id, plan_id, pay_date, arrives_on) where is_own;
create index ix_early_telling_by_notice on subsistence.early_telling (authority_id, notice_id);

-- The day a notice of dates reached its family. A text message has no room for a calendar: it tells the next date only.
create function subsistence.told_of_dates_on(authority smallint, notice bigint) returns date language sql stable set search_path = '' as $$
  select n.received_on from notices.notice n join notices.attempt a on a.authority_id = n.authority_id and a.id = n.received_by
   where n.authority_id = $1 and n.id = $2 and (n.kind <> 'calendar' or a.channel <> 'sms') $$;
create function subsistence.is_on_its_way(authority smallint, notice bigint) returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.notice n where n.authority_id = $1 and n.id = $2 and n.state in ('drafted', 'serving')) $$;

create function subsistence.guard_early_telling() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from notices.notice n join subsistence.plan p on p.authority_id = n.authority_id and p.family_id = n.family_id
         where n.authority_id = new.authority_id and n.id = new.notice_id and p.id = new.plan_id
           and case when new.is_own then n.kind = 'early-payment' and n.facts -> 'payment' ->> 'arrivesOn' = new.arrives_on::text
                    else n.kind = 'calendar' and n.facts -> 'payments' @>
                      jsonb_build_array(jsonb_build_object('arrivesOn', new.arrives_on::text)) end) then
      raise exception 'notice % does not tell this family of %', new.notice_id, new.arrives_on
        using errcode = 'MS001', constraint = 'guard_early_telling_says_the_day';
    end if;
    if new.received_on is null then return new; end if;
  elsif (new.authority_id, new.plan_id, new.pay_date, new.arrives_on, new.notice_id, new.is_own, new.needed_by)
     is distinct from (old.authority_id, old.plan_id, old.pay_date, old.arrives_on, old.notice_id, old.is_own, old.needed_by) then
    raise exception 'what notice % told stands', old.notice_id
      using errcode = 'MS001', constraint = 'guard_early_telling_says_what_it_said';
  end if;
  if new.received_on is distinct from subsistence.told_of_dates_on(new.authority_id, new.notice_id) then
    raise exception 'nothing proves that notice % was received on %', new.notice_id, new.received_on
      using errcode = 'MS001', constraint = 'guard_early_telling_is_proved';
  end if;
  return new;
end $$;
create trigger guard_early_telling before insert or update on subsistence.early_telling
  for each row execute function subsistence.guard_early_telling();

create function subsistence.guard_calendar_sent() returns trigger language plpgsql set search_path = '' as $$
declare of_notice record;
begin
  select n.kind, n.family_id, n.received_on into of_notice from notices.notice n
   where n.authority_id = new.authority_id and n.id = new.notice_id;
  if of_notice.kind is distinct from 'calendar' or of_notice.family_id is distinct from
       (select p.family_id from subsistence.plan p where p.authority_id = new.authority_id and p.id = new.plan_id) then
    raise exception 'notice % is no calendar of this family', new.notice_id
      using errcode = 'MS001', constraint = 'guard_calendar_sent_is_the_familys';
  end if;
  if tg_op = 'UPDATE' and (new.authority_id, new.issue_id, new.plan_id, new.notice_id)
     is distinct from (old.authority_id, old.issue_id, old.plan_id, old.notice_id) then
    raise exception 'a calendar that was sent stands'
      using errcode = 'MS001', constraint = 'guard_calendar_sent_stands';
  end if;
  if new.received_on is not null and new.received_on is distinct from of_notice.received_on then
    raise exception 'nothing proves that calendar % was received on %', new.notice_id, new.received_on
      using errcode = 'MS001', constraint = 'guard_calendar_sent_is_proved';
  end if;
  return new;
end $$;
create trigger guard_calendar_sent before insert or update on subsistence.calendar_sent
  for each row execute function subsistence.guard_calendar_sent();

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['subsistence.holiday_replan', 'subsistence.calendar_issue']) t;
select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['subsistence.calendar_sent', 'subsistence.early_telling']) t;
grant select, insert on subsistence.holiday_replan, subsistence.calendar_issue, subsistence.calendar_sent, subsistence.early_telling
  to mainstay_app;
grant update (received_on) on subsistence.calendar_sent, subsistence.early_telling to mainstay_app;
`,
  `
drop table subsistence.early_telling, subsistence.calendar_sent, subsistence.calendar_issue cascade;
drop function subsistence.guard_early_telling, subsistence.guard_calendar_sent, subsistence.told_of_dates_on, subsistence.is_on_its_way;
drop trigger guard_holiday_only_brings_money_earlier on subsistence.promised_date;
drop function subsistence.guard_replanned_promise, subsistence.is_worked;
alter table subsistence.promised_date drop column stands, drop column made_by_holiday, drop column withdrawn_by_holiday;
alter table subsistence.promised_date add column stands boolean
  generated always as (withdrawn_by_change is null and withdrawn_by_move is null) stored;
drop table subsistence.holiday_replan cascade;
drop function calendar.is_day_off;
drop table calendar.one_off_holiday cascade;
`,
);
