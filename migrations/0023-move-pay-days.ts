import { sqlMigration } from './sql-migration.ts';

/**
 * Makes moves of pay days, and lets no change of a family's money take effect before its notice was received in time.
 *
 * A change row holds its notice: without one it cannot be written. A plan stays as approved; where its money goes next is
 * its own pay day and, from their days on, the moves that took effect.
 */
export const MovePayDays = sqlMigration(
  'MovePayDays1790000000023',
  `
-- Decided once for one family, a group or everyone.
create table subsistence.pay_day_move (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  state text not null default 'proposed',
  pay_day smallint not null constraint ck_move_is_to_a_weekday check (pay_day between 1 and 5),
  frequency_days smallint constraint ck_move_frequency_is_known check (frequency_days in (7, 14, 28)),
  from_day date not null,
  reason text not null constraint ck_move_has_a_reason check (length(btrim(reason)) > 0),
  -- An emergency: without the notice families are owed. Somebody answers for it by name.
  urgent_reason text constraint ck_urgent_move_has_a_reason check (length(btrim(urgent_reason)) > 0),
  urgent_bridging text constraint ck_urgent_bridging_is_known check (urgent_bridging in ('paid', 'not-needed')),
  apology text,
  chosen int not null default 0,
  kept int not null default 0,
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  proposed_on date not null default kernel.today(),
  decided_by bigint,
  approval_id bigint,
  constraint pk_pay_day_move primary key (authority_id, id),
  constraint ck_urgent_move_says_everything check ((urgent_reason is null and urgent_bridging is null and apology is null)
    or (urgent_reason is not null and urgent_bridging is not null and coalesce(length(btrim(apology)), 0) > 0)),
  constraint ck_move_proposer_is_not_decider check (decided_by <> proposed_by),
  constraint fk_move_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_move_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id),
  constraint fk_move_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id)
);
create index ix_pay_day_move_waiting on subsistence.pay_day_move (authority_id, id) where state = 'proposed';

-- One family's part of a move.
create table subsistence.pay_day_change (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  move_id bigint not null,
  plan_id bigint not null,
  notice_id bigint not null,
  state text not null default 'proposed',
  -- The first pay date that differs, and the one that comes in its place, in the same week.
  old_date date not null,
  new_date date not null,
  pay_day smallint not null,
  frequency_days smallint not null constraint ck_pay_day_change_frequency_is_known check (frequency_days in (7, 14, 28)),
  effect_no bigint,
  kept_because text,
  constraint pk_pay_day_change primary key (authority_id, id),
  constraint uq_pay_day_change_of_a_plan unique (authority_id, id, plan_id),
  constraint uq_pay_day_change_has_its_own_notice unique (authority_id, notice_id),
  constraint fk_pay_day_change_of_a_move foreign key (authority_id, move_id) references subsistence.pay_day_move (authority_id, id),
  constraint fk_pay_day_change_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_pay_day_change_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  constraint ck_new_date_is_in_the_week_of_the_old check (new_date - (extract(isodow from new_date)::int) = old_date - (extract(isodow from old_date)::int)),
  constraint ck_new_date_is_on_the_new_pay_day check (extract(isodow from new_date)::int = pay_day and pay_day between 1 and 5),
  constraint ck_pay_day_change_in_force_is_numbered check (state <> 'in_force' or effect_no is not null),
  constraint ck_kept_pay_day_says_why check (state <> 'kept' or coalesce(length(btrim(kept_because)), 0) > 0)
);
create unique index uq_pay_day_change_one_open_a_plan on subsistence.pay_day_change (plan_id) where state in ('proposed', 'waiting');
create index ix_pay_day_change_by_move on subsistence.pay_day_change (move_id, state, id);
create index ix_pay_day_change_in_force on subsistence.pay_day_change (plan_id, effect_no) where state = 'in_force';
create index ix_pay_day_change_waiting on subsistence.pay_day_change (authority_id, id) where state = 'waiting';
select kernel.notes_changes('subsistence.pay_day_change');

insert into audit.state_edge values
  ('pay_day_move', '', 'propose', 'proposed'),
  ('pay_day_move', 'proposed', 'approve', 'approved'),
  ('pay_day_move', 'proposed', 'decline', 'declined'),
  ('pay_day_move', 'proposed', 'withdraw', 'withdrawn'),
  ('pay_day_change', '', 'propose', 'proposed'),
  ('pay_day_change', 'proposed', 'approve', 'waiting'),
  ('pay_day_change', 'proposed', 'withdraw', 'withdrawn'),
  ('pay_day_change', 'waiting', 'take_effect', 'in_force'),
  ('pay_day_change', 'waiting', 'keep', 'kept'),
  ('pay_day_change', 'waiting', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on subsistence.pay_day_move
  for each row execute function audit.follow_states('pay_day_move');
create trigger guard_states before insert or update of state on subsistence.pay_day_change
  for each row execute function audit.follow_states('pay_day_change');

create function subsistence.guard_pay_day_move() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and ((new.pay_day, new.frequency_days, new.from_day, new.reason, new.urgent_reason, new.urgent_bridging, new.apology, new.proposed_by)
     is distinct from (old.pay_day, old.frequency_days, old.from_day, old.reason, old.urgent_reason, old.urgent_bridging, old.apology, old.proposed_by)
     or (old.state <> 'proposed' and (new.decided_by, new.approval_id) is distinct from (old.decided_by, old.approval_id))) then
    raise exception 'move % says what it said: propose another', new.id
      using errcode = 'MS001', constraint = 'guard_move_says_what_it_said';
  end if;
  -- Without a second person only where the council's policy says so, and never in an emergency.
  if new.state = 'approved' and not (
       (new.decided_by is null and new.approval_id is null and new.urgent_reason is null and exists
         (select from identity.authority a where a.authority_id = new.authority_id and not a.pay_day_change_needs_approval))
       or exists (select from approvals.request r join approvals.decision d on d.request_id = r.id
         where r.id = new.approval_id and r.kind = 'support-plan' and r.subject_id = new.id and r.state = 'approved'
           and d.outcome = 'approved' and d.decided_by = new.decided_by and r.proposed_by = new.proposed_by)) then
    raise exception 'move % has no approval', new.id using errcode = 'MS001', constraint = 'guard_move_is_approved';
  end if;
  return new;
end $$;
create trigger guard_pay_day_move before insert or update on subsistence.pay_day_move
  for each row execute function subsistence.guard_pay_day_move();

-- Whether a notice lets a change through: received early enough before the first day that differs.
create function subsistence.told_in_time(authority smallint, notice bigint) returns boolean language sql stable set search_path = '' as $$
  select exists (select from notices.notice n where n.authority_id = authority and n.id = notice
                   and n.state = 'received' and n.received_on <= n.needed_by) $$;

create function subsistence.guard_pay_day_change() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from subsistence.plan p
         join notices.notice n on n.authority_id = p.authority_id and n.family_id = p.family_id
        where p.id = new.plan_id and p.authority_id = new.authority_id and p.state = 'approved' and n.id = new.notice_id
          and n.kind = 'pay-day' and n.state = 'drafted' and n.affects_on <= least(new.old_date, new.new_date)) then
      raise exception 'the notice of this change is not of its family and first day'
        using errcode = 'MS001', constraint = 'guard_pay_day_change_has_its_notice';
    end if;
    if not exists (select from subsistence.promised_date d where d.plan_id = new.plan_id and d.pay_date = new.old_date and d.stands) then
      raise exception 'plan % was not promised %', new.plan_id, new.old_date
        using errcode = 'MS001', constraint = 'guard_pay_day_change_is_of_a_promise';
    end if;
    return new;
  end if;
  if (new.move_id, new.plan_id, new.notice_id, new.old_date, new.new_date, new.pay_day, new.frequency_days)
     is distinct from (old.move_id, old.plan_id, old.notice_id, old.old_date, old.new_date, old.pay_day, old.frequency_days)
     or (old.effect_no is not null and new.effect_no is distinct from old.effect_no) then
    raise exception 'change % of a pay day says what it said', new.id
      using errcode = 'MS001', constraint = 'guard_pay_day_change_says_what_it_said';
  end if;
  if new.state in ('waiting', 'in_force') and not exists (select from subsistence.pay_day_move m
       where m.id = new.move_id and m.authority_id = new.authority_id and m.state = 'approved') then
    raise exception 'the move of change % is not approved', new.id
      using errcode = 'MS001', constraint = 'guard_pay_day_change_is_approved';
  end if;
  if old.state <> 'in_force' and new.state = 'in_force' and not subsistence.told_in_time(new.authority_id, new.notice_id)
     and not exists (select from subsistence.pay_day_move m
       where m.id = new.move_id and m.authority_id = new.authority_id and m.urgent_reason is not null and m.decided_by is not null) then
    raise exception 'the family was not told of change % in time', new.id
      using errcode = 'MS001', constraint = 'guard_pay_day_change_waits_for_its_notice';
  end if;
  return new;
end $$;
create trigger guard_pay_day_change before insert or update on subsistence.pay_day_change
  for each row execute function subsistence.guard_pay_day_change();

-- A promise may be taken back by a move that took effect, and made again by a later one: dates are unique among those that stand.
alter table subsistence.promised_date drop constraint pk_promised_date;
alter table subsistence.promised_date add column id bigint not null default nextval('kernel.document_number') constraint pk_promised_date primary key;
alter table subsistence.promised_date add column made_by_move bigint;
alter table subsistence.promised_date add column withdrawn_by_move bigint;
alter table subsistence.promised_date add column stands boolean
  generated always as (withdrawn_by_change is null and withdrawn_by_move is null) stored;
create unique index uq_promise_stands_once on subsistence.promised_date (plan_id, pay_date) where stands;
alter table subsistence.promised_date add constraint fk_promise_made_by_a_move foreign key (authority_id, made_by_move, plan_id)
  references subsistence.pay_day_change (authority_id, id, plan_id);
alter table subsistence.promised_date add constraint fk_promise_withdrawn_by_a_move foreign key (authority_id, withdrawn_by_move, plan_id)
  references subsistence.pay_day_change (authority_id, id, plan_id);

-- A promise is kept, unless an approved end or a move in force takes it back.
create or replace function subsistence.guard_promise() returns trigger language plpgsql set search_path = '' as $$
declare after subsistence.promised_date := old;
begin
  if tg_op = 'INSERT' then
    if new.made_by_move is not null and not exists (select from subsistence.pay_day_change c
         where c.id = new.made_by_move and c.plan_id = new.plan_id and c.state = 'in_force' and new.pay_date >= c.new_date) then
      raise exception 'no move in force promises % to plan %', new.pay_date, new.plan_id
        using errcode = 'MS001', constraint = 'guard_promise_is_made_by_its_move';
    end if;
    return new;
  end if;
  after.withdrawn_by_change := new.withdrawn_by_change;
  after.withdrawn_by_move := new.withdrawn_by_move;
  -- Generated after this: it follows from the two above.
  new.stands := old.stands;
  after.stands := old.stands;
  if new is not distinct from old then return new; end if;
  if new is distinct from after
     or num_nonnulls(old.withdrawn_by_change, old.withdrawn_by_move) > 0
     or num_nonnulls(new.withdrawn_by_change, new.withdrawn_by_move) <> 1
     or (new.withdrawn_by_change is not null and not exists
       (select from subsistence.plan_change c where c.id = new.withdrawn_by_change and c.plan_id = old.plan_id
          and c.kind = 'end' and c.state = 'approved' and c.from_day <= old.pay_date))
     or (new.withdrawn_by_move is not null and not exists
       (select from subsistence.pay_day_change c where c.id = new.withdrawn_by_move and c.plan_id = old.plan_id
          and c.state = 'in_force' and (c.old_date < old.pay_date or (c.old_date = old.pay_date and c.new_date <= c.old_date)))) then
    raise exception 'the promise of % to plan % stands', old.pay_date, old.plan_id
      using errcode = 'MS001', constraint = 'guard_promise_stands';
  end if;
  return new;
end $$;
drop trigger guard_promise on subsistence.promised_date;
create trigger guard_promise before insert or update on subsistence.promised_date for each row execute function subsistence.guard_promise();

-- The pay day a plan has on a day: its own, or that of the last move in force that has begun.
create function subsistence.frequency_on(plan bigint, own smallint, day date) returns smallint language sql stable set search_path = '' as $$
  select coalesce((select c.frequency_days from subsistence.pay_day_change c
                    where c.plan_id = plan and c.state = 'in_force' and c.new_date <= day order by c.effect_no desc limit 1), own) $$;
create function subsistence.pay_day_on(plan bigint, own smallint, day date) returns smallint language sql stable set search_path = '' as $$
  select coalesce((select c.pay_day from subsistence.pay_day_change c
                    where c.plan_id = plan and c.state = 'in_force' and c.new_date <= day order by c.effect_no desc limit 1), own) $$;

-- Nobody is paid on a day that is not theirs: a line stands in a run of the plan's pay day.
create or replace function subsistence.guard_lines() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  select a.source_id, a.covers_from into odd from added a
    left join subsistence.plan p on p.id = a.source_id and p.authority_id = a.authority_id
    left join lateral (
      select l.covers_to, l.correction, l.run_id from payments.line l
       where l.source_id = a.source_id and l.status = 'payable' and l.id <> a.id
       order by l.covers_from desc, l.correction desc limit 1) last on true
   where a.status = 'payable'
     and (p.state is distinct from 'approved' or p.family_id <> a.family_id or p.fund_id <> a.fund_id
          or a.covers_from <> coalesce(last.covers_to, p.paid_up_to)
          or (last.run_id is not null and last.run_id <> all (array(select r.id from payments.run r where r.state in ('posted', 'exported'))))
          or case when a.correction = 0 then a.covers_to > p.support_to
                  else p.support_to is null or p.support_to > a.covers_from or a.correction <> coalesce(last.correction, 0) + 1 end)
   limit 1;
  if found then
    raise exception 'the line for plan % from % does not follow what was paid, or the plan is not approved', odd.source_id, odd.covers_from
      using errcode = 'MS001', constraint = 'guard_line_follows_its_plan';
  end if;
  select a.source_id, r.pay_date into odd from added a
    join payments.run r on r.id = a.run_id
    join subsistence.plan p on p.id = a.source_id
   where a.status = 'payable' and extract(isodow from r.pay_date)::int <>
     case when exists (select from subsistence.pay_day_change c where c.plan_id = p.id and c.state = 'in_force')
          then subsistence.pay_day_on(p.id, p.pay_day, r.pay_date) else p.pay_day end limit 1;
  if found then
    raise exception 'plan % is not paid on %', odd.source_id, odd.pay_date
      using errcode = 'MS001', constraint = 'guard_line_is_paid_on_its_pay_day';
  end if;
  return null;
end $$;

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['subsistence.pay_day_move', 'subsistence.pay_day_change']) t;
grant select, insert, update on subsistence.pay_day_move, subsistence.pay_day_change to mainstay_app;
`,
  `drop table subsistence.pay_day_change cascade; drop table subsistence.pay_day_move cascade;`,
);
