import { sqlMigration } from './sql-migration.ts';

/**
 * Lets a fund say what it may buy, for whom and how often, and holds every award to it. Makes top-ups of an award, and the
 * same-day route: a run for one award alone, by Faster Payments, with a second look within a working day.
 */
export const SetFundRules = sqlMigration(
  'SetFundRules1790000000040',
  `
alter table funds.fund
  add column version int not null default 1,
  add column programme text constraint ck_fund_programme_has_a_name check (length(btrim(programme)) between 1 and 80),
  -- Null: anything.
  add column buys text[] constraint ck_fund_buys_something check (cardinality(buys) > 0),
  add column award_cap kernel.gbp constraint ck_award_cap_is_positive check (award_cap > 0),
  add column family_cap kernel.gbp constraint ck_family_cap_is_positive check (family_cap > 0),
  -- Null: this fund pays nobody the same day.
  add column emergency_cap kernel.gbp constraint ck_emergency_cap_is_positive check (emergency_cap > 0),
  add column cooling_off_days smallint not null default 0 constraint ck_fund_cooling_off_is_sane check (cooling_off_days between 0 and 3660),
  -- Null: everybody's.
  add column spent_by text[] constraint ck_fund_is_spent_by_somebody check (cardinality(spent_by) > 0);

alter table grants.application
  add column tops_up bigint,
  add column emergency_reason text constraint ck_emergency_says_why check (length(btrim(emergency_reason)) > 0),
  add constraint ck_top_up_is_no_emergency check (tops_up is null or emergency_reason is null),
  add constraint fk_application_tops_up_an_award foreign key (authority_id, tops_up) references grants.award (authority_id, id);

create function grants.guard_application_kind() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.tops_up is not null and not exists (select from grants.award w
       where w.id = new.tops_up and w.family_id = new.family_id and w.fund_id = new.fund_id and w.state <> 'cancelled') then
    raise exception 'a top-up is of an award of the same family and fund'
      using errcode = 'MS001', constraint = 'guard_top_up_is_of_its_award';
  end if;
  if tg_op = 'UPDATE' and (new.tops_up is distinct from old.tops_up
      or (old.state not in ('draft', 'submitted', 'changes_asked') and new.emergency_reason is distinct from old.emergency_reason)) then
    raise exception 'application % was put forward as it stands: take it back to change it', new.id
      using errcode = 'MS001', constraint = 'guard_application_stands_as_recommended';
  end if;
  return new;
end $$;
create trigger guard_application_kind before insert or update on grants.application
  for each row execute function grants.guard_application_kind();

-- What a family holds of a fund since the financial year began, whatever was cancelled left out.
create function grants.awarded_this_year(family bigint, fund bigint) returns kernel.gbp language sql volatile set search_path = '' as $$
  select coalesce(sum(i.amount), 0) from grants.award w join grants.instalment i on i.award_id = w.id and i.state <> 'cancelled'
   where w.family_id = family and w.fund_id = fund
     and w.awarded_on >= make_date(extract(year from kernel.today() - interval '3 months')::int, 4, 1) $$;

create function grants.guard_award_rules() returns trigger language plpgsql set search_path = '' as $$
declare
  fund funds.fund;
  asked grants.application;
begin
  select * into strict fund from funds.fund f where f.id = new.fund_id;
  select * into strict asked from grants.application a where a.id = new.application_id;
  if not exists (select from approvals.request r where r.id = new.approval_id and r.kind = case
       when asked.emergency_reason is not null then 'grant-emergency' when asked.tops_up is not null then 'grant-variation'
       else 'grant-award' end) then
    raise exception 'award % was approved as something else', new.id using errcode = 'MS001', constraint = 'guard_award_is_approved_as_its_kind';
  end if;
  if fund.buys is not null and exists (select from grants.item i where i.application_id = new.application_id and not i.removed
       and i.awarded > 0 and i.category <> all (fund.buys)) then
    raise exception 'fund % may not buy this', fund.code using errcode = 'MS001', constraint = 'guard_fund_buys_only_its_purposes';
  end if;
  if asked.emergency_reason is not null and coalesce(new.amount > fund.emergency_cap, true) then
    raise exception 'fund % pays at most % the same day', fund.code, coalesce(fund.emergency_cap, 0)
      using errcode = 'MS001', constraint = 'guard_emergency_is_within_its_cap';
  end if;
  -- One family at a time: two awards at once each see the other.
  perform pg_advisory_xact_lock(hashtext('grants.family'), hashint8(new.family_id));
  if new.amount > fund.award_cap then
    raise exception 'fund % awards at most % at once', fund.code, fund.award_cap
      using errcode = 'MS001', constraint = 'guard_award_is_within_the_funds_cap';
  end if;
  if new.amount + grants.awarded_this_year(new.family_id, new.fund_id) > fund.family_cap then
    raise exception 'fund % awards a family at most % a year', fund.code, fund.family_cap
      using errcode = 'MS001', constraint = 'guard_family_is_within_the_funds_cap';
  end if;
  if fund.cooling_off_days > 0 and asked.tops_up is null and exists (select from grants.award w
       where w.family_id = new.family_id and w.fund_id = new.fund_id and w.state <> 'cancelled' and w.id <> new.id
         and w.awarded_on > new.awarded_on - fund.cooling_off_days) then
    raise exception 'fund % waits % days between two awards', fund.code, fund.cooling_off_days
      using errcode = 'MS001', constraint = 'guard_award_waits_the_cooling_off';
  end if;
  if fund.spent_by is not null and not exists (select from identity.user_account u join identity.team t on t.id = u.team_id
       where u.id = asked.recommended_by and t.name = any (fund.spent_by)) then
    raise exception 'fund % is spent by other teams', fund.code using errcode = 'MS001', constraint = 'guard_fund_is_spent_by_its_teams';
  end if;
  return new;
end $$;
-- Named to come after guard_award: what is not approved is not asked further.
create trigger guard_award_rules before insert on grants.award for each row execute function grants.guard_award_rules();

-- What was paid the same day is looked at again by another manager, within a working day.
create table grants.second_look (
  award_id bigint not null constraint pk_second_look primary key,
  authority_id smallint not null,
  due_on date not null,
  looked_by bigint,
  looked_on date,
  agreed boolean,
  note text constraint ck_second_look_says_what_it_found check (length(btrim(note)) > 0),
  constraint fk_second_look_at_an_award foreign key (authority_id, award_id) references grants.award (authority_id, id),
  constraint fk_second_look_by_a_user foreign key (authority_id, looked_by) references identity.user_account (authority_id, id),
  constraint ck_second_look_is_whole check (num_nonnulls(looked_by, looked_on, agreed, note) in (0, 4))
);
create index ix_second_look_waiting on grants.second_look (authority_id, due_on, award_id) where looked_by is null;
create function grants.guard_second_look() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (old.looked_by is not null or (new.award_id, new.due_on) is distinct from (old.award_id, old.due_on)) then
    raise exception 'the second look at award % stands', old.award_id using errcode = 'MS001', constraint = 'guard_second_look_stands';
  end if;
  if new.looked_by is not null and (new.looked_by is distinct from kernel.current_actor()
      or not exists (select from identity.user_role r where r.user_id = new.looked_by and r.role = 'manager' and r.removed_at is null)
      or exists (select from grants.award w where w.id = new.award_id and w.approved_by = new.looked_by)
      or exists (select from grants.award w join grants.touch t on t.application_id = w.application_id and t.user_id = new.looked_by
                  where w.id = new.award_id)) then
    raise exception 'award % is looked at again by another manager', new.award_id
      using errcode = 'MS001', constraint = 'guard_second_look_is_by_another_manager';
  end if;
  return new;
end $$;
create trigger guard_second_look before insert or update on grants.second_look
  for each row execute function grants.guard_second_look();
create function grants.guard_emergency() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from grants.application a where a.id = new.application_id and a.emergency_reason is not null)
     and not exists (select from grants.second_look l where l.award_id = new.id) then
    raise exception 'nobody looks again at award %', new.id using errcode = 'MS001', constraint = 'guard_emergency_gets_a_second_look';
  end if;
  return null;
end $$;
create constraint trigger guard_emergency_gets_a_second_look after insert on grants.award deferrable initially deferred
  for each row execute function grants.guard_emergency();

-- A run for one award alone, on the day it was approved.
alter table payments.run
  add column for_document bigint,
  drop constraint ck_run_kind_is_known, add constraint ck_run_kind_is_known check (kind in ('section-17', 'grants', 'emergency')),
  drop constraint ck_run_days_are_in_order, add constraint ck_run_days_are_in_order check (case when kind = 'emergency'
    then input_day = entry_day and processing_day = entry_day else input_day < processing_day and processing_day < entry_day end),
  add constraint ck_emergency_run_is_for_one_award check ((kind = 'emergency') = (for_document is not null));
drop index payments.uq_run_once_a_pay_date;
create unique index uq_run_once_a_pay_date on payments.run (authority_id, kind, pay_date) where state <> 'cancelled' and kind <> 'emergency';
create unique index uq_emergency_run_once_a_day on payments.run (for_document, pay_date) where state <> 'cancelled';

create function kernel.amend_function(which regprocedure, was text, becomes text) returns void language plpgsql as $$
declare
  text_was text := pg_get_functiondef(which);
  text_is text := replace(text_was, was, becomes);
begin
  if text_was = text_is then raise exception 'function % does not say "%"', which, was; end if;
  execute text_is;
end $$;
select kernel.amend_function('payments.guard_run()', 'r.kind = new.kind || ''-run''',
  'r.kind = case new.kind when ''section-17'' then ''section-17-run'' else ''grants-run'' end');
select kernel.amend_function('payments.guard_run()', '(old.pay_date, old.kind, old.authority_id) is distinct from (new.pay_date, new.kind, new.authority_id)',
  '(old.pay_date, old.kind, old.authority_id, old.for_document) is distinct from (new.pay_date, new.kind, new.authority_id, new.for_document)');
select kernel.amend_function('grants.guard_lines()', '(r.kind = ''grants'') <> (a.reserved_by is not null)', '(r.kind <> ''section-17'') <> (a.reserved_by is not null)');
select kernel.amend_function('grants.guard_lines()', 'and r.kind = ''grants''', 'and r.kind <> ''section-17''');
select kernel.amend_function('grants.guard_lines()', 'i.state is distinct from ''due''', 'a.reserved_by <> r.for_document or i.state is distinct from ''due''');
drop trigger guard_posted_grants on payments.run;
create trigger guard_posted_grants before update on payments.run for each row
  when (new.kind <> 'section-17' and new.state = 'posted' and old.state <> 'posted') execute function grants.guard_posted_run();
-- The same day an account is paid by Faster Payments; nothing else is.
select kernel.amend_function('payments.guard_line_insert()', 'payments.rail_of(i.kind) <> a.rail',
  'payments.rail_on(a.run_id, i.kind) <> a.rail');
create function payments.rail_on(run bigint, instrument_kind text) returns text language sql stable set search_path = '' as $$
  select case when payments.rail_of(instrument_kind) = 'bacs' and exists (select from payments.run r where r.id = run and r.kind = 'emergency')
    then 'faster-payments' else payments.rail_of(instrument_kind) end $$;
-- What comes back from a landlord is paid again to that landlord, and a family's to the family.
select kernel.amend_function('payments.guard_reissue()', 'and i.state = ''approved'' and i.usable_from <= kernel.today()',
  'and i.state = ''approved'' and i.usable_from <= kernel.today()
     and i.payee_name is not distinct from (select p.payee_name from families.instrument p where p.id = back.instrument_id)');
drop function kernel.amend_function;

select kernel.keep_in_council('grants.second_look'), kernel.never_delete('grants.second_look');
grant select, insert on grants.second_look to mainstay_app;
grant update (looked_by, looked_on, agreed, note) on grants.second_look to mainstay_app;
`,
  `drop table grants.second_look; alter table payments.run drop column for_document;
   alter table funds.fund drop column programme, drop column buys, drop column award_cap, drop column family_cap,
     drop column emergency_cap, drop column cooling_off_days, drop column spent_by, drop column version;`,
);
