import { sqlMigration } from './sql-migration.ts';

/**
 * Gives every other change the notice a move of a pay day has: amounts, ends of support, bank details, accommodation.
 *
 * An end and a lower amount wait until their notice was received in time. A rise does not wait: it is told at once.
 */
export const TellOfEveryChange = sqlMigration(
  'TellOfEveryChange1790000000026',
  `
alter table subsistence.plan_change
  add column notice_id bigint,
  -- Whether it may take effect only once its notice was received in time.
  add column waits boolean not null default false,
  -- What a week comes to on its first day, without it and with it.
  add column weekly_before kernel.gbp,
  add column weekly_after kernel.gbp,
  -- An emergency: the family is told too late, with an apology, and whoever approves it answers for that.
  add column urgent_reason text constraint ck_urgent_plan_change_has_a_reason check (length(btrim(urgent_reason)) > 0),
  add column apology text,
  -- In what order changes took effect: one that waited may come after a later one.
  add column effect_no bigint,
  add column kept_because text;

-- What was open before notices were: each gets one, so that it can be put forward again. Each council's rows are its own.
alter table subsistence.plan_change disable trigger user;
do $$
declare council smallint; c record; notice bigint;
begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    update subsistence.plan_change set effect_no = id where state = 'approved';
    for c in select pc.id, pc.kind, p.family_id from subsistence.plan_change pc join subsistence.plan p on p.id = pc.plan_id
              where pc.state in ('proposed', 'changes_asked') order by pc.id loop
      insert into notices.notice (authority_id, family_id, kind, facts)
      values (council, c.family_id, case c.kind when 'end' then 'end' when 'standard' then 'decision' else 'amount' end,
              jsonb_build_object('kind', case c.kind when 'end' then 'end' when 'standard' then 'decision' else 'amount' end))
      returning id into notice;
      update subsistence.plan_change set notice_id = notice, waits = kind in ('end', 'end-top-up'), weekly_before = 0, weekly_after = 0
       where id = c.id;
    end loop;
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;
alter table subsistence.plan_change enable trigger user;

alter table subsistence.plan_change
  add constraint uq_plan_change_has_its_own_notice unique (authority_id, notice_id),
  add constraint fk_plan_change_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  -- What was settled before notices were has none.
  add constraint ck_plan_change_has_its_notice check (num_nonnulls(notice_id, weekly_before, weekly_after) = 3) not valid,
  add constraint ck_end_or_lower_amount_waits check
    (waits or (kind not in ('end', 'end-top-up') and coalesce(weekly_after >= weekly_before, true))) not valid,
  add constraint ck_urgent_plan_change_says_everything check ((urgent_reason is null) = (apology is null)
    and (urgent_reason is null or (waits and length(btrim(apology)) > 0))),
  add constraint ck_plan_change_in_effect_is_numbered check (state <> 'approved' or effect_no is not null),
  add constraint ck_kept_plan_change_says_why check (state <> 'kept' or coalesce(length(btrim(kept_because)), 0) > 0);
create index ix_plan_change_in_notice on subsistence.plan_change (authority_id, id) where state in ('waiting', 'kept');
create index ix_plan_change_urgent on subsistence.plan_change (authority_id, id) where urgent_reason is not null;

insert into audit.state_edge values
  ('plan_change', 'proposed', 'wait', 'waiting'),
  ('plan_change', 'waiting', 'take_effect', 'approved'),
  ('plan_change', 'waiting', 'keep', 'kept'),
  ('plan_change', 'waiting', 'withdraw', 'withdrawn'),
  ('plan_change', 'kept', 'withdraw', 'withdrawn');

create or replace function subsistence.guard_plan_change() returns trigger language plpgsql set search_path = '' as $$
declare its subsistence.plan;
begin
  select * into its from subsistence.plan p where p.id = new.plan_id and p.authority_id = new.authority_id;
  if tg_op = 'INSERT' then
    if found and (its.state <> 'approved' or new.from_day < its.support_from
       or (new.member_id is not null and not exists
             (select from families.member m where m.id = new.member_id and m.family_id = its.family_id))
       or (new.top_up_id is not null and not exists
             (select from subsistence.top_up t where t.id = new.top_up_id and t.plan_id = new.plan_id))) then
      raise exception 'the change does not fit plan %', new.plan_id
        using errcode = 'MS001', constraint = 'guard_plan_change_fits_its_plan';
    end if;
  elsif (new.plan_id, new.kind, new.from_day, new.to_day, new.weekly, new.reason, new.member_id, new.top_up_id, new.standard,
         new.urgent_reason, new.apology)
     is distinct from (old.plan_id, old.kind, old.from_day, old.to_day, old.weekly, old.reason, old.member_id, old.top_up_id, old.standard,
         old.urgent_reason, old.apology)
     or (old.effect_no is not null and new.effect_no is distinct from old.effect_no)
     -- Proposed again, it is told of as things stand then.
     or (old.state not in ('proposed', 'changes_asked') and (new.notice_id, new.waits, new.weekly_before, new.weekly_after)
             is distinct from (old.notice_id, old.waits, old.weekly_before, old.weekly_after))
     or (old.state in ('waiting', 'approved', 'kept', 'declined', 'withdrawn')
         and (new.proposed_by, new.proposed_at, new.decided_by, new.approval_id)
             is distinct from (old.proposed_by, old.proposed_at, old.decided_by, old.approval_id)) then
    raise exception 'change % says what it said: propose another', new.id
      using errcode = 'MS001', constraint = 'guard_plan_change_says_what_it_said';
  end if;
  if its.id is not null and new.notice_id is not null and (tg_op = 'INSERT' or new.notice_id is distinct from old.notice_id) and not exists
     (select from notices.notice n
       where n.id = new.notice_id and n.authority_id = new.authority_id and n.family_id = its.family_id and n.state = 'drafted'
         and n.kind = case new.kind when 'end' then 'end' when 'standard' then 'decision' else 'amount' end
         and (not new.waits or n.affects_on <= new.from_day)) then
    raise exception 'the notice of this change is not of its family, kind and first day'
      using errcode = 'MS001', constraint = 'guard_plan_change_is_of_its_notice';
  end if;
  if new.state in ('waiting', 'approved') and not exists
     (select from approvals.request r join approvals.decision d on d.request_id = r.id
       where r.id = new.approval_id and r.kind = 'support-plan' and r.subject_id = new.id and r.state = 'approved'
         and d.outcome = 'approved' and d.decided_by = new.decided_by and r.proposed_by = new.proposed_by) then
    raise exception 'change % has no approval', new.id using errcode = 'MS001', constraint = 'guard_plan_change_is_approved';
  end if;
  if tg_op = 'UPDATE' and new.state = 'approved' and old.state <> 'approved' and new.waits
     and new.urgent_reason is null and not subsistence.told_in_time(new.authority_id, new.notice_id) then
    raise exception 'the family was not told of change % in time', new.id
      using errcode = 'MS001', constraint = 'guard_plan_change_waits_for_its_notice';
  end if;
  return new;
end $$;

-- An approved plan as an approved change leaves it; null when that change is none, or took effect before another that did.
create or replace function subsistence.plan_after_change(before subsistence.plan, change_id bigint) returns subsistence.plan
language plpgsql stable set search_path = '' as $$
declare c subsistence.plan_change;
begin
  select * into c from subsistence.plan_change p
   where p.id = change_id and p.plan_id = before.id and p.state = 'approved'
     and p.effect_no > coalesce((select l.effect_no from subsistence.plan_change l where l.id = before.last_change_id), 0);
  if not found then return null; end if;
  before.last_change_id := c.id;
  before.version := before.version + 1;
  if c.kind = 'end' then before.support_to := c.from_day; end if;
  if c.kind = 'standard' then before.standard := c.standard; before.standard_reason := c.reason; end if;
  return before;
end $$;

create or replace function subsistence.guard_top_up() returns trigger language plpgsql set search_path = '' as $$
declare c subsistence.plan_change;
begin
  if new.from_change is null and new.ended_by_change is null and (tg_op = 'INSERT' or old.plan_id = new.plan_id)
     and exists (select from subsistence.plan p where p.id = new.plan_id and p.state = 'proposed') then
    return new;
  end if;
  select * into c from subsistence.plan_change p
   where p.id = case tg_op when 'INSERT' then new.from_change else new.ended_by_change end
     and p.plan_id = new.plan_id and p.state = 'approved';
  if found and tg_op = 'INSERT' and c.kind = 'top-up' and new.ended_by_change is null
     and (new.member_id, new.weekly, new.reason, new.from_day, new.to_day)
         is not distinct from (c.member_id, c.weekly, c.reason, c.from_day, c.to_day) then
    return new;
  end if;
  if found and tg_op = 'UPDATE' and c.kind = 'end-top-up' and c.top_up_id = old.id
     and c.effect_no > coalesce((select e.effect_no from subsistence.plan_change e where e.id = old.ended_by_change), 0) then
    if (new.authority_id, new.member_id, new.weekly, new.reason, new.from_day, new.to_day, new.from_change)
       is not distinct from (old.authority_id, old.member_id, old.weekly, old.reason, old.from_day, c.from_day, old.from_change)
       and (new.id, new.plan_id) = (old.id, old.plan_id) then
      return new;
    end if;
  end if;
  raise exception 'plan % is approved as it stands: a top-up needs a new proposal', new.plan_id
    using errcode = 'MS001', constraint = 'guard_top_up_waits_for_approval';
end $$;

-- New bank details in place of others: the family is told in the same step, so that a stranger's change is noticed.
create table notices.method_notice (
  instrument_id bigint not null,
  authority_id smallint not null,
  notice_id bigint not null,
  constraint pk_method_notice primary key (authority_id, instrument_id),
  constraint uq_method_notice_is_of_one_change unique (authority_id, notice_id),
  constraint fk_method_notice_of_bank_details foreign key (instrument_id) references families.instrument (id),
  constraint fk_method_notice_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id)
);
create function notices.guard_bank_details_told() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from families.instrument o where o.family_id = new.family_id and o.id <> new.id and o.state = 'approved')
     and not exists (select from notices.method_notice m join notices.notice n on n.authority_id = m.authority_id and n.id = m.notice_id
       where m.instrument_id = new.id and m.authority_id = new.authority_id and n.family_id = new.family_id and n.kind = 'method'
         and n.state in ('serving', 'call_needed', 'received')) then
    raise exception 'nobody tells the family that its money goes to another account'
      using errcode = 'MS001', constraint = 'guard_new_bank_details_are_told';
  end if;
  return null;
end $$;
create constraint trigger guard_new_bank_details_are_told after update of state on families.instrument
  deferrable initially deferred for each row when (new.state = 'approved' and old.state <> 'approved')
  execute function notices.guard_bank_details_told();

-- A family that is to live somewhere else.
create table notices.accommodation_move (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  notice_id bigint not null,
  state text not null default 'planned',
  moves_on date not null,
  address_line_1 text not null constraint ck_move_home_has_a_first_line check (length(btrim(address_line_1)) > 0),
  address_line_2 text,
  town text not null constraint ck_move_home_has_a_town check (length(btrim(town)) > 0),
  postcode text not null constraint ck_move_home_has_a_postcode check (postcode ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$'),
  -- Has the family money to travel? Nobody plans a move without an answer.
  travel text not null constraint ck_move_home_answers_about_travel check (travel in ('has-money', 'arranged', 'not-needed')),
  travel_says text,
  reason text not null constraint ck_move_home_has_a_reason check (length(btrim(reason)) > 0),
  urgent_reason text constraint ck_urgent_move_home_has_a_reason check (length(btrim(urgent_reason)) > 0),
  apology text,
  urgent_by bigint,
  planned_by bigint not null,
  planned_on date not null default kernel.today(),
  constraint pk_accommodation_move primary key (authority_id, id),
  constraint uq_move_home_has_its_own_notice unique (authority_id, notice_id),
  constraint fk_move_home_has_a_notice foreign key (authority_id, notice_id, family_id) references notices.notice (authority_id, id, family_id),
  constraint fk_move_home_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_move_home_planned_by_a_user foreign key (authority_id, planned_by) references identity.user_account (authority_id, id),
  constraint fk_urgent_move_home_by_a_user foreign key (authority_id, urgent_by) references identity.user_account (authority_id, id),
  constraint ck_move_home_travel_says_what check (travel = 'has-money' or coalesce(length(btrim(travel_says)), 0) > 0),
  constraint ck_urgent_move_home_says_everything check ((urgent_reason is null) = (apology is null)
    and (apology is null or length(btrim(apology)) > 0) and (urgent_by is null or urgent_reason is not null)),
  constraint ck_urgent_move_home_needs_two_people check (urgent_by <> planned_by)
);
create unique index uq_move_home_one_open_a_family on notices.accommodation_move (family_id) where state = 'planned';
create index ix_move_home_due on notices.accommodation_move (authority_id, moves_on, id) where state = 'planned';
create index ix_move_home_by_family on notices.accommodation_move (family_id, id);
create index ix_move_home_urgent on notices.accommodation_move (authority_id, id) where urgent_by is not null;
insert into audit.state_edge values
  ('accommodation_move', '', 'plan', 'planned'),
  ('accommodation_move', 'planned', 'move', 'moved'),
  ('accommodation_move', 'planned', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on notices.accommodation_move
  for each row execute function audit.follow_states('accommodation_move');

create function notices.guard_accommodation_move() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.urgent_by is not null then
      raise exception 'nobody has allowed this move yet'
        using errcode = 'MS001', constraint = 'guard_urgent_move_home_is_allowed_by_who_acts';
    end if;
    if not exists (select from notices.notice n where n.id = new.notice_id and n.authority_id = new.authority_id
                      and n.kind = 'accommodation' and n.state = 'drafted'
                      and n.affects_on <= new.moves_on) then
      raise exception 'the notice of this move is not of its kind and day'
        using errcode = 'MS001', constraint = 'guard_move_home_is_of_its_notice';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - '{state,version,urgent_by}'::text[]) is distinct from (to_jsonb(old) - '{state,version,urgent_by}'::text[]) then
    raise exception 'move % says what it said: plan another', new.id
      using errcode = 'MS001', constraint = 'guard_move_home_says_what_it_said';
  end if;
  if new.urgent_by is distinct from old.urgent_by and (old.urgent_by is not null or new.urgent_by is distinct from kernel.current_actor()) then
    raise exception 'an urgent move is allowed by who acts, once'
      using errcode = 'MS001', constraint = 'guard_urgent_move_home_is_allowed_by_who_acts';
  end if;
  if new.state = 'moved' and old.state <> 'moved' and (new.moves_on > kernel.today() or (new.urgent_by is null and not exists
       (select from notices.notice n where n.id = new.notice_id and n.authority_id = new.authority_id
           and n.state = 'received' and n.received_on <= n.needed_by))) then
    raise exception 'the family was not told of move % in time, or its day has not come', new.id
      using errcode = 'MS001', constraint = 'guard_move_home_waits_for_its_notice';
  end if;
  return new;
end $$;
create trigger guard_accommodation_move before insert or update on notices.accommodation_move
  for each row execute function notices.guard_accommodation_move();

select kernel.keep_in_council(t::regclass) from unnest(array['notices.method_notice', 'notices.accommodation_move']) t;
select kernel.append_only('notices.method_notice'), kernel.never_delete('notices.accommodation_move');
grant select, insert on notices.method_notice to mainstay_app;
grant select, insert, update on notices.accommodation_move to mainstay_app;
`,
  `drop table notices.accommodation_move, notices.method_notice cascade;
alter table subsistence.plan_change drop column notice_id, drop column waits, drop column weekly_before, drop column weekly_after,
  drop column urgent_reason, drop column apology, drop column effect_no, drop column kept_because;`,
);
