import { sqlMigration } from './sql-migration.ts';

/**
 * Makes changes of approved support plans: proposed by one person, approved by another, applied once and exactly.
 *
 * An approved plan still stands as approved. What lets a change through is the approved change itself: the guards build the
 * row as it would be afterwards, and refuse any other.
 */
export const CreatePlanChanges = sqlMigration(
  'CreatePlanChanges1790000000014',
  `
-- "Sent back" leaves the subject proposable again; "declined" ends it.
alter table approvals.decision drop constraint ck_decision_outcome_is_known;
alter table approvals.decision add constraint ck_decision_outcome_is_known check (outcome in ('approved', 'sent_back', 'declined'));
alter table approvals.decision drop constraint ck_decision_is_within_the_limit;
alter table approvals.decision add constraint ck_decision_is_within_the_limit check (outcome <> 'approved' or amount <= limit_amount);
create or replace function approvals.guard_request_state() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state in ('approved', 'sent_back', 'declined') and not exists
     (select from approvals.decision d where d.request_id = new.id and d.outcome = new.state) then
    raise exception 'request % cannot be % without a decision', new.id, new.state
      using errcode = 'MS001', constraint = 'guard_request_state_follows_decision';
  end if;
  if (new.fingerprint, new.amount, new.proposed_by, new.kind, new.subject_id)
     is distinct from (old.fingerprint, old.amount, old.proposed_by, old.kind, old.subject_id) then
    raise exception 'request % says what it said: send a new one', new.id
      using errcode = 'MS001', constraint = 'guard_request_is_immutable';
  end if;
  return new;
end $$;
create index ix_request_by_subject on approvals.request (authority_id, kind, subject_id, id);

insert into audit.state_edge values
  ('approval', 'open', 'decline', 'declined'),
  ('plan', 'proposed', 'ask_changes', 'changes_asked'),
  ('plan', 'proposed', 'withdraw', 'withdrawn'),
  ('plan', 'changes_asked', 'propose', 'proposed'),
  ('plan', 'changes_asked', 'withdraw', 'withdrawn'),
  ('plan_change', '', 'propose', 'proposed'),
  ('plan_change', 'proposed', 'approve', 'approved'),
  ('plan_change', 'proposed', 'decline', 'declined'),
  ('plan_change', 'proposed', 'ask_changes', 'changes_asked'),
  ('plan_change', 'proposed', 'withdraw', 'withdrawn'),
  ('plan_change', 'changes_asked', 'propose', 'proposed'),
  ('plan_change', 'changes_asked', 'withdraw', 'withdrawn');

create table subsistence.plan_change (
  id bigint not null default nextval('kernel.document_number') constraint pk_plan_change primary key,
  authority_id smallint not null,
  version int not null default 1,
  plan_id bigint not null,
  state text not null default 'proposed',
  kind text not null constraint ck_plan_change_kind_is_known check (kind in ('end', 'top-up', 'end-top-up', 'override', 'standard')),
  -- The first day it counts: of an end, the first day without support; of the end of a top-up, the first day without it.
  from_day date,
  to_day date constraint ck_plan_change_ends_after_it_starts check (to_day > from_day),
  -- Of an override, null goes back to the rates.
  weekly kernel.gbp constraint ck_plan_change_amount_is_positive check (weekly > 0),
  reason text not null constraint ck_plan_change_has_a_reason check (length(btrim(reason)) > 0),
  member_id bigint constraint fk_plan_change_of_a_member references families.member,
  top_up_id bigint constraint fk_plan_change_of_a_top_up references subsistence.top_up,
  standard text constraint ck_plan_change_standard_is_known check (standard in ('subsistence', 'welfare')),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  decided_by bigint,
  approval_id bigint,
  constraint ck_plan_change_says_what_its_kind_needs check (case kind
    when 'end' then from_day is not null and num_nonnulls(to_day, weekly, member_id, top_up_id, standard) = 0
    when 'top-up' then num_nonnulls(from_day, weekly) = 2 and num_nonnulls(top_up_id, standard) = 0
    when 'end-top-up' then num_nonnulls(from_day, top_up_id) = 2 and num_nonnulls(to_day, weekly, member_id, standard) = 0
    when 'override' then from_day is not null and num_nonnulls(to_day, member_id, top_up_id, standard) = 0
    when 'standard' then standard is not null and num_nonnulls(from_day, to_day, weekly, member_id, top_up_id) = 0
    else true end),
  constraint ck_plan_change_proposer_is_not_decider check (decided_by <> proposed_by),
  constraint uq_plan_change_of_council unique (authority_id, id),
  constraint fk_plan_change_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_plan_change_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_plan_change_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_plan_change_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create unique index uq_plan_change_one_open_a_plan on subsistence.plan_change (plan_id) where state in ('proposed', 'changes_asked');
create index ix_plan_change_by_plan on subsistence.plan_change (plan_id, id);
create index ix_plan_change_override on subsistence.plan_change (plan_id, id) where state = 'approved' and kind = 'override';
create index ix_plan_change_waiting on subsistence.plan_change (authority_id, id) where state = 'proposed';
create trigger guard_states before insert or update of state on subsistence.plan_change
  for each row execute function audit.follow_states('plan_change');

create function subsistence.guard_plan_change() returns trigger language plpgsql set search_path = '' as $$
declare its subsistence.plan;
begin
  if tg_op = 'INSERT' then
    select * into its from subsistence.plan p where p.id = new.plan_id and p.authority_id = new.authority_id;
    if found and (its.state <> 'approved' or new.from_day < its.support_from
       or (new.member_id is not null and not exists
             (select from families.member m where m.id = new.member_id and m.family_id = its.family_id))
       or (new.top_up_id is not null and not exists
             (select from subsistence.top_up t where t.id = new.top_up_id and t.plan_id = new.plan_id))) then
      raise exception 'the change does not fit plan %', new.plan_id
        using errcode = 'MS001', constraint = 'guard_plan_change_fits_its_plan';
    end if;
  elsif (new.plan_id, new.kind, new.from_day, new.to_day, new.weekly, new.reason, new.member_id, new.top_up_id, new.standard)
     is distinct from (old.plan_id, old.kind, old.from_day, old.to_day, old.weekly, old.reason, old.member_id, old.top_up_id, old.standard)
     or (old.state in ('approved', 'declined', 'withdrawn')
         and (new.proposed_by, new.proposed_at, new.decided_by, new.approval_id)
             is distinct from (old.proposed_by, old.proposed_at, old.decided_by, old.approval_id)) then
    raise exception 'change % says what it said: propose another', new.id
      using errcode = 'MS001', constraint = 'guard_plan_change_says_what_it_said';
  end if;
  if new.state = 'approved' and not exists
     (select from approvals.request r join approvals.decision d on d.request_id = r.id
       where r.id = new.approval_id and r.kind = 'support-plan' and r.subject_id = new.id and r.state = 'approved'
         and d.outcome = 'approved' and d.decided_by = new.decided_by and r.proposed_by = new.proposed_by) then
    raise exception 'change % has no approval', new.id using errcode = 'MS001', constraint = 'guard_plan_change_is_approved';
  end if;
  return new;
end $$;
create trigger guard_plan_change before insert or update on subsistence.plan_change
  for each row execute function subsistence.guard_plan_change();

-- What applied a change says which one it was: each once, the newer after the older.
alter table subsistence.plan add column last_change_id bigint;
alter table subsistence.plan add constraint fk_plan_last_change foreign key (authority_id, last_change_id)
  references subsistence.plan_change (authority_id, id);
alter table subsistence.plan drop constraint ex_plans_of_a_family_never_overlap;
alter table subsistence.plan add constraint ex_plans_of_a_family_never_overlap exclude using gist
  (authority_id with =, family_id with =, daterange(support_from, support_to) with &&) where (state in ('proposed', 'changes_asked', 'approved'));
alter table subsistence.top_up add column from_change bigint;
alter table subsistence.top_up add column ended_by_change bigint;
alter table subsistence.top_up add constraint uq_top_up_once_a_change unique (from_change);
alter table subsistence.top_up add constraint fk_top_up_from_a_change foreign key (authority_id, from_change)
  references subsistence.plan_change (authority_id, id);
alter table subsistence.top_up add constraint fk_top_up_ended_by_a_change foreign key (authority_id, ended_by_change)
  references subsistence.plan_change (authority_id, id);
alter table subsistence.promised_date add column withdrawn_by_change bigint;
alter table subsistence.promised_date add constraint fk_promise_withdrawn_by_a_change foreign key (authority_id, withdrawn_by_change)
  references subsistence.plan_change (authority_id, id);

-- An approved plan as an approved change leaves it; null when that change is none, or was applied before.
create function subsistence.plan_after_change(before subsistence.plan, change_id bigint) returns subsistence.plan
language plpgsql stable set search_path = '' as $$
declare c subsistence.plan_change;
begin
  select * into c from subsistence.plan_change p
   where p.id = change_id and p.plan_id = before.id and p.state = 'approved' and p.id > coalesce(before.last_change_id, 0);
  if not found then return null; end if;
  before.last_change_id := c.id;
  before.version := before.version + 1;
  if c.kind = 'end' then before.support_to := c.from_day; end if;
  if c.kind = 'standard' then before.standard := c.standard; before.standard_reason := c.reason; end if;
  return before;
end $$;

create or replace function subsistence.guard_plan() returns trigger language plpgsql set search_path = '' as $$
declare same subsistence.plan;
begin
  if not exists (select from funds.fund f where f.id = new.fund_id and f.authority_id = new.authority_id and 'section-17' = any (f.pays)) then
    raise exception 'fund % does not pay section 17 support', new.fund_id
      using errcode = 'MS001', constraint = 'guard_plan_fund_pays_section_17';
  end if;
  if new.state = 'approved' and not exists
     (select from approvals.request r join approvals.decision d on d.request_id = r.id
       where r.id = new.approval_id and r.kind = 'support-plan' and r.subject_id = new.id and r.state = 'approved'
         and d.outcome = 'approved' and d.decided_by = new.approved_by and r.proposed_by = new.proposed_by) then
    raise exception 'plan % has no approval', new.id using errcode = 'MS001', constraint = 'guard_plan_is_approved';
  end if;
  if tg_op = 'UPDATE' and old.state = 'approved' then
    same := old;
    -- Steps are guard_states' to refuse.
    same.state := new.state;
    same.version := new.version;
    if new is distinct from same and new is distinct from subsistence.plan_after_change(old, new.last_change_id) then
      raise exception 'plan % is approved as it stands', new.id using errcode = 'MS001', constraint = 'guard_approved_plan_is_fixed';
    end if;
  end if;
  return new;
end $$;

-- A top-up is part of what was approved: it comes with a plan that still waits, or exactly as an approved change says.
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
  if found and tg_op = 'UPDATE' and c.kind = 'end-top-up' and c.top_up_id = old.id and c.id > coalesce(old.ended_by_change, 0) then
    if (new.authority_id, new.member_id, new.weekly, new.reason, new.from_day, new.to_day, new.from_change)
       is not distinct from (old.authority_id, old.member_id, old.weekly, old.reason, old.from_day, c.from_day, old.from_change)
       and (new.id, new.plan_id) = (old.id, old.plan_id) then
      return new;
    end if;
  end if;
  raise exception 'plan % is approved as it stands: a top-up needs a new proposal', new.plan_id
    using errcode = 'MS001', constraint = 'guard_top_up_waits_for_approval';
end $$;

-- A promise is kept, unless the plan's support ends on its day or before: then the approved change says so.
create function subsistence.guard_promise() returns trigger language plpgsql set search_path = '' as $$
declare after subsistence.promised_date := old;
begin
  after.withdrawn_by_change := new.withdrawn_by_change;
  if new is distinct from after or (new is distinct from old and not exists
     (select from subsistence.plan_change c where c.id = new.withdrawn_by_change and c.plan_id = old.plan_id
        and c.kind = 'end' and c.state = 'approved' and c.from_day <= old.pay_date and old.withdrawn_by_change is null)) then
    raise exception 'the promise of % to plan % stands', old.pay_date, old.plan_id
      using errcode = 'MS001', constraint = 'guard_promise_stands';
  end if;
  return new;
end $$;
create trigger guard_promise before update on subsistence.promised_date for each row execute function subsistence.guard_promise();

select kernel.keep_in_council('subsistence.plan_change'), kernel.never_delete('subsistence.plan_change');
grant select, insert, update on subsistence.plan_change to mainstay_app;
`,
  `drop trigger guard_promise on subsistence.promised_date; drop function subsistence.guard_promise;
alter table subsistence.promised_date drop column withdrawn_by_change;
alter table subsistence.top_up drop column from_change, drop column ended_by_change;
alter table subsistence.plan drop column last_change_id;
drop table subsistence.plan_change; drop function subsistence.guard_plan_change;`,
);
