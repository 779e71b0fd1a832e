import { sqlMigration } from './sql-migration.ts';

/** Makes rates, support plans, top-ups, promised dates, pricing batches and overpayments. */
export const CreateSubsistence = sqlMigration(
  'CreateSubsistence1790000000010',
  `
create schema subsistence;
grant usage on schema subsistence to mainstay_app;

create table subsistence.rate (
  id bigint not null default nextval('kernel.document_number') constraint pk_rate primary key,
  authority_id smallint not null,
  rate_table text not null constraint ck_rate_table_is_plain check (rate_table ~ '^[a-z][a-z0-9-]{0,30}$'),
  component text not null constraint ck_rate_component_is_known check (component in ('person', 'pregnant', 'under-1', 'age-1-to-3')),
  weekly kernel.gbp not null constraint ck_rate_is_not_negative check (weekly >= 0),
  effective_from date not null,
  rationale text not null constraint ck_rate_has_a_rationale check (length(btrim(rationale)) > 0),
  proposed_by bigint not null,
  approved_by bigint not null,
  constraint ck_rate_needs_two_people check (approved_by <> proposed_by),
  constraint uq_rate_once_a_day unique (authority_id, rate_table, component, effective_from),
  constraint fk_rate_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_rate_approved_by_a_user foreign key (authority_id, approved_by) references identity.user_account (authority_id, id)
);

create table subsistence.plan (
  id bigint not null default nextval('kernel.document_number') constraint pk_plan primary key,
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  fund_id bigint not null,
  rate_table text not null default 'guide',
  state text not null default 'proposed',
  standard text not null constraint ck_plan_standard_is_known check (standard in ('subsistence', 'welfare')),
  standard_reason text,
  override_weekly kernel.gbp constraint ck_override_is_positive check (override_weekly > 0),
  override_reason text,
  frequency_days smallint not null constraint ck_plan_frequency_is_known check (frequency_days in (7, 14, 28)),
  pay_day smallint not null constraint ck_plan_pay_day_is_a_weekday check (pay_day between 1 and 5),
  support_from date not null,
  support_to date,
  paid_up_to date not null,
  proposed_by bigint not null,
  approved_by bigint,
  approval_id bigint,
  constraint ck_plan_ends_after_it_starts check (support_to > support_from),
  constraint ck_plan_is_paid_from_its_start check (paid_up_to >= support_from and (support_to is null or paid_up_to <= support_to)),
  constraint ck_welfare_standard_says_why check (standard <> 'welfare' or coalesce(length(btrim(standard_reason)), 0) > 0),
  constraint ck_override_says_why check ((override_weekly is null) = (override_reason is null) and (override_reason is null or length(btrim(override_reason)) > 0)),
  constraint ck_plan_proposer_is_not_approver check (approved_by <> proposed_by),
  constraint ck_approved_plan_says_by_whom check (state <> 'approved' or (approved_by is not null and approval_id is not null)),
  constraint uq_plan_of_council unique (authority_id, id),
  constraint fk_plan_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_plan_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_plan_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id),
  constraint fk_plan_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_plan_approved_by_a_user foreign key (authority_id, approved_by) references identity.user_account (authority_id, id),
  constraint ex_plans_of_a_family_never_overlap exclude using gist
    (authority_id with =, family_id with =, daterange(support_from, support_to) with &&) where (state in ('proposed', 'approved'))
);
create index ix_plan_due on subsistence.plan (authority_id, pay_day, id) where state = 'approved';
insert into audit.state_edge values
  ('plan', '', 'propose', 'proposed'),
  ('plan', 'proposed', 'approve', 'approved'),
  ('plan', 'proposed', 'decline', 'declined');
create trigger guard_states before insert or update of state on subsistence.plan
  for each row execute function audit.follow_states('plan');

create function subsistence.guard_plan() returns trigger language plpgsql set search_path = '' as $$
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
  if tg_op = 'UPDATE' and old.state = 'approved'
     and (new.family_id, new.fund_id, new.standard, new.standard_reason, new.override_reason, new.approved_by, new.approval_id,
          new.override_weekly, new.frequency_days, new.pay_day, new.support_from,
          new.support_to, new.paid_up_to, new.rate_table)
         is distinct from
         (old.family_id, old.fund_id, old.standard, old.standard_reason, old.override_reason, old.approved_by, old.approval_id,
          old.override_weekly, old.frequency_days, old.pay_day, old.support_from,
          old.support_to, old.paid_up_to, old.rate_table) then
    raise exception 'plan % is approved as it stands', new.id using errcode = 'MS001', constraint = 'guard_approved_plan_is_fixed';
  end if;
  return new;
end $$;
create trigger guard_plan before insert or update on subsistence.plan for each row execute function subsistence.guard_plan();

create table subsistence.top_up (
  id bigint not null default nextval('kernel.document_number') constraint pk_top_up primary key,
  plan_id bigint not null,
  member_id bigint constraint fk_top_up_of_a_member references families.member,
  authority_id smallint not null,
  weekly kernel.gbp not null constraint ck_top_up_is_positive check (weekly > 0),
  reason text not null constraint ck_top_up_has_a_reason check (length(btrim(reason)) > 0),
  from_day date,
  to_day date,
  constraint fk_top_up_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint ck_top_up_ends_after_it_starts check (to_day > from_day)
);
create index ix_top_up_by_plan on subsistence.top_up (plan_id);

-- A top-up is part of what was approved: it comes with a plan that still waits for its second person.
create function subsistence.guard_top_up() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from subsistence.plan p where p.id = new.plan_id and p.state = 'proposed') then
    raise exception 'plan % is approved as it stands: a top-up needs a new proposal', new.plan_id
      using errcode = 'MS001', constraint = 'guard_top_up_waits_for_approval';
  end if;
  return new;
end $$;
create trigger guard_top_up after insert or update on subsistence.top_up for each row execute function subsistence.guard_top_up();

create table subsistence.promised_date (
  plan_id bigint not null,
  pay_date date not null,
  arrives_on date not null,
  authority_id smallint not null,
  constraint fk_promise_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint pk_promised_date primary key (plan_id, pay_date),
  constraint ck_promise_is_never_after_its_pay_day check (arrives_on <= pay_date)
);
create index ix_promised_date_by_day on subsistence.promised_date (authority_id, pay_date);

create table subsistence.price_batch (
  run_id bigint not null,
  round int not null,
  batch int not null,
  authority_id smallint not null,
  from_plan bigint not null,
  to_plan bigint not null,
  done_at timestamptz,
  constraint fk_batch_of_a_run foreign key (authority_id, run_id) references payments.run (authority_id, id),
  constraint pk_price_batch primary key (run_id, round, batch)
);

create table subsistence.overpayment (
  id bigint not null default nextval('kernel.document_number') constraint pk_overpayment primary key,
  authority_id smallint not null,
  plan_id bigint not null,
  line_id bigint not null constraint fk_overpayment_of_a_line references payments.line,
  kind text not null constraint ck_overpayment_kind_is_known check (kind in ('found', 'withdrawn')),
  amount kernel.gbp not null constraint ck_overpayment_is_positive check (amount > 0),
  outcome text constraint ck_overpayment_outcome_is_known check (outcome in ('not_recovered', 'recovery_agreed')),
  reason text,
  decided_by bigint,
  constraint fk_overpayment_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint uq_overpayment_once_a_line unique (line_id, kind),
  constraint ck_withdrawn_overpayment_needs_no_decision check (kind = 'found' or outcome is null),
  constraint ck_overpayment_is_decided_by_a_person check
    (outcome is null or (decided_by is not null and coalesce(length(btrim(reason)), 0) > 0)),
  constraint fk_overpayment_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);

create function subsistence.guard_overpayment() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.outcome is not null
     or (old.plan_id, old.line_id, old.kind, old.amount) is distinct from (new.plan_id, new.line_id, new.kind, new.amount) then
    raise exception 'overpayment % was decided, or is what it is', old.id
      using errcode = 'MS001', constraint = 'guard_overpayment_is_decided_once';
  end if;
  return new;
end $$;
create trigger guard_overpayment before update on subsistence.overpayment for each row execute function subsistence.guard_overpayment();

-- What every import did: the file by its hash, so that the same file is not taken twice by mistake.
create table subsistence.family_import (
  id bigint not null default nextval('kernel.document_number') constraint pk_family_import primary key,
  authority_id smallint not null,
  file_sha256 bytea not null,
  families int not null,
  members int not null,
  imported_by bigint,
  imported_at timestamptz not null default now(),
  constraint uq_import_file_once unique (authority_id, file_sha256)
);

-- A payable line belongs to an approved plan, inside its support, and begins exactly where the last paid line ended.
create function subsistence.guard_lines() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  select a.source_id, a.covers_from into odd from added a
    left join subsistence.plan p on p.id = a.source_id and p.authority_id = a.authority_id
    left join lateral (
      select l.covers_to, r.state from payments.line l join payments.run r on r.id = l.run_id
       where l.source_id = a.source_id and l.status = 'payable' and l.id <> a.id order by l.covers_from desc limit 1) last on true
   where a.status = 'payable'
     and (p.state is distinct from 'approved' or p.family_id <> a.family_id or p.fund_id <> a.fund_id
          or a.covers_to > p.support_to or a.covers_from <> coalesce(last.covers_to, p.paid_up_to)
          or last.state not in ('posted', 'exported')) limit 1;
  if found then
    raise exception 'the line for plan % from % does not follow what was paid, or the plan is not approved', odd.source_id, odd.covers_from
      using errcode = 'MS001', constraint = 'guard_line_follows_its_plan';
  end if;
  return null;
end $$;
create trigger guard_lines_insert after insert on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines();
create trigger guard_lines_update after update on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['subsistence.plan', 'subsistence.top_up', 'subsistence.promised_date', 'subsistence.price_batch', 'subsistence.overpayment',
    'subsistence.family_import']) t;
select kernel.keep_in_council('subsistence.rate'), kernel.append_only('subsistence.rate');
grant select, insert, update on subsistence.plan, subsistence.top_up, subsistence.promised_date, subsistence.price_batch, subsistence.overpayment to mainstay_app;
grant select, insert on subsistence.rate, subsistence.family_import to mainstay_app;
`,
  `drop schema subsistence cascade;`,
);
