import { sqlMigration } from './sql-migration.ts';

/** What changes a function in the one place where it meant section 17 alone, whatever else it says by now. */
const AMEND = `
create function kernel.amend_function(which regprocedure, was text, becomes text) returns void language plpgsql as $$
declare
  text_was text := pg_get_functiondef(which);
  text_is text := replace(text_was, was, becomes);
begin
  if text_was = text_is then raise exception 'function % does not say "%"', which, was; end if;
  execute text_is;
end $$;`;

/**
 * Puts right the same day what a family was paid too little, or what never arrived: one payment in a run of its own, by the
 * usual three people, and never twice for the same thing.
 */
export const PutRightTheSameDay = sqlMigration(
  'PutRightTheSameDay1790000000051',
  `${AMEND}
create table subsistence.put_right (
  id bigint not null default nextval('kernel.document_number') constraint pk_put_right primary key,
  authority_id smallint not null,
  version int not null default 1,
  kind text not null constraint ck_put_right_kind_is_known check (kind in ('underpaid', 'not-arrived')),
  family_id bigint not null,
  plan_id bigint not null,
  -- The payment that never arrived.
  payment_id bigint,
  fund_id bigint not null,
  amount kernel.gbp not null constraint ck_put_right_pays_something check (amount > 0),
  reason text not null constraint ck_put_right_says_why check (length(btrim(reason)) > 0),
  -- How it was worked out: of what was underpaid, the arrears that are paid today.
  explanation jsonb not null,
  state text not null default 'open',
  recorded_by bigint not null,
  recorded_on date not null default kernel.today(),
  because text,
  constraint ck_put_right_names_its_payment check ((kind = 'not-arrived') = (payment_id is not null)),
  constraint ck_withdrawn_put_right_says_why check (state <> 'withdrawn' or coalesce(length(btrim(because)), 0) > 0),
  constraint fk_put_right_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_put_right_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_put_right_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id),
  constraint fk_put_right_recorded_by_a_user foreign key (authority_id, recorded_by) references identity.user_account (authority_id, id)
);
-- Never twice for the same payment; and what was underpaid is one thing at a time.
create unique index uq_put_right_once_a_payment on subsistence.put_right (payment_id) where state <> 'withdrawn';
create unique index uq_put_right_one_open_a_plan on subsistence.put_right (plan_id) where state = 'open' and kind = 'underpaid';
create index ix_put_right_by_family on subsistence.put_right (family_id);
create index ix_put_right_underpaid on subsistence.put_right (plan_id) where kind = 'underpaid' and state <> 'withdrawn';
select kernel.notes_changes('subsistence.put_right');
insert into audit.state_edge values
  ('put_right', '', 'record', 'open'),
  ('put_right', 'open', 'pay', 'paid'),
  ('put_right', 'open', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on subsistence.put_right
  for each row execute function audit.follow_states('put_right');

create function subsistence.guard_put_right() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from subsistence.plan p where p.id = new.plan_id and p.authority_id = new.authority_id
                      and p.family_id = new.family_id and p.fund_id = new.fund_id and p.state = 'approved') then
      raise exception 'that is not a plan of this family and fund' using errcode = 'MS001', constraint = 'guard_put_right_is_of_its_plan';
    end if;
    if new.kind = 'not-arrived' and not exists
       (select from payments.payment_order o join payments.line l on l.id = o.id join payments.run r on r.id = o.run_id
         where o.id = new.payment_id and o.authority_id = new.authority_id and l.source_id = new.plan_id and o.amount = new.amount
           and o.fund_id = new.fund_id and r.state = 'exported'
           -- What came back is paid again as a return, and not here.
           and not exists (select from payments.returned_payment b where b.order_id = o.id)) then
      raise exception 'payment % is not one of this plan that left and did not come back', new.payment_id
        using errcode = 'MS001', constraint = 'guard_put_right_is_of_a_payment';
    end if;
    if new.kind = 'underpaid' and new.amount * 700 is distinct from
       (select sum((c ->> 'sevenths')::numeric) from jsonb_array_elements(new.explanation -> 'backDated') c where c ->> 'kind' = 'arrears') then
      raise exception 'the amount is not what the explanation says' using errcode = 'MS001', constraint = 'guard_put_right_adds_up';
    end if;
    -- Days that an open run is about to pay, with their arrears, are not paid by this as well.
    if new.kind = 'underpaid' and exists (select from payments.line l join payments.run r on r.id = l.run_id
         where l.source_id = new.plan_id and l.status = 'payable' and r.state not in ('posted', 'exported', 'cancelled')) then
      raise exception 'a run is about to pay plan %', new.plan_id using errcode = 'MS001', constraint = 'guard_put_right_is_in_no_run';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - '{state,version,because,changed_in}'::text[]) is distinct from (to_jsonb(old) - '{state,version,because,changed_in}'::text[]) then
    raise exception 'put right % says what it said', new.id using errcode = 'MS001', constraint = 'guard_put_right_says_what_it_said';
  end if;
  if new.state = 'paid' and old.state <> 'paid' and not exists
     (select from payments.payment_order o join payments.line l on l.id = o.id where l.source_id = new.id and o.amount = new.amount) then
    raise exception 'put right % was not paid', new.id using errcode = 'MS001', constraint = 'guard_put_right_is_paid';
  end if;
  if new.state = 'withdrawn' and old.state <> 'withdrawn' and exists
     (select from payments.run r where r.for_document = new.id and r.state <> 'cancelled') then
    raise exception 'put right % is in a run', new.id using errcode = 'MS001', constraint = 'guard_put_right_is_not_on_its_way';
  end if;
  return new;
end $$;
create trigger guard_put_right before insert or update on subsistence.put_right for each row execute function subsistence.guard_put_right();

-- A run for one thing put right, on the day it is.
alter table payments.run
  drop constraint ck_run_kind_is_known, add constraint ck_run_kind_is_known check (kind in ('section-17', 'grants', 'emergency', 'put-right')),
  drop constraint ck_run_days_are_in_order, add constraint ck_run_days_are_in_order check (case when kind in ('emergency', 'put-right')
    then input_day = entry_day and processing_day = entry_day else input_day < processing_day and processing_day < entry_day end),
  drop constraint ck_emergency_run_is_for_one_award, add constraint ck_emergency_run_is_for_one_award
    check ((kind in ('emergency', 'put-right')) = (for_document is not null));
drop index payments.uq_run_once_a_pay_date;
create unique index uq_run_once_a_pay_date on payments.run (authority_id, kind, pay_date)
  where state <> 'cancelled' and kind not in ('emergency', 'put-right');
select kernel.amend_function('payments.guard_run()', 'case new.kind when ''section-17'' then ''section-17-run''',
  'case new.kind when ''section-17'' then ''section-17-run'' when ''put-right'' then ''section-17-run''');
select kernel.amend_function('grants.guard_lines()', '(r.kind <> ''section-17'')', '(r.kind not in (''section-17'', ''put-right''))');
select kernel.amend_function('grants.guard_lines()', 'and r.kind <> ''section-17''', 'and r.kind not in (''section-17'', ''put-right'')');
select kernel.amend_function('grants.guard_lines()', 'r.kind = ''section-17'' and p.kind', 'r.kind in (''section-17'', ''put-right'') and p.kind');
create or replace trigger guard_posted_grants before update on payments.run for each row
  when (new.kind not in ('section-17', 'put-right') and new.state = 'posted' and old.state <> 'posted') execute function grants.guard_posted_run();

create function subsistence.guard_put_right_lines() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  if not exists (select from payments.run r where r.kind = 'put-right' and r.id in (select distinct a.run_id from added a)) then return null; end if;
  perform 1 from subsistence.put_right p where p.id in (select a.source_id from added a where a.status = 'payable') order by p.id for update;
  select a.id into odd from added a join payments.run r on r.id = a.run_id and r.kind = 'put-right'
    left join subsistence.put_right p on p.id = a.source_id and p.authority_id = a.authority_id
   where a.status = 'payable' and (p.state is distinct from 'open' or p.id is distinct from r.for_document or p.family_id <> a.family_id
      or p.fund_id <> a.fund_id or p.amount <> a.amount or a.recovers is not null
      or exists (select from payments.line o where o.source_id = p.id and o.status = 'payable' and o.id <> a.id)) limit 1;
  if found then
    raise exception 'line % is not what is put right, once', odd.id using errcode = 'MS001', constraint = 'guard_line_is_what_is_put_right';
  end if;
  return null;
end $$;
create trigger guard_put_right_lines after insert on payments.line referencing new table as added
  for each statement execute function subsistence.guard_put_right_lines();
create trigger guard_put_right_lines_still after update on payments.line referencing new table as added
  for each statement execute function subsistence.guard_put_right_lines();

-- A payment that was put right and came back after all is not paid a second time: hung on the lower room's table.
create function subsistence.guard_reissue_was_not_put_right() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from payments.returned_payment b join subsistence.put_right p on p.payment_id = b.order_id and p.state <> 'withdrawn'
              where b.id = new.return_id) then
    raise exception 'that payment was put right before it came back: it is not paid again'
      using errcode = 'MS001', constraint = 'guard_put_right_is_not_paid_again';
  end if;
  return new;
end $$;
create trigger guard_put_right_is_not_paid_again before insert on payments.reissue
  for each row execute function subsistence.guard_reissue_was_not_put_right();
-- Spending of section 17, wherever spending is told apart; the days it pays for were counted by the payment it puts right.
create or replace view payments.v_paid with (security_invoker = true) as
  select o.authority_id, o.id, o.run_id, case r.kind when 'put-right' then 'section-17' else r.kind end as category, o.family_id, o.fund_id,
         l.source_id, o.amount::numeric as amount, case r.kind when 'put-right' then 0 else l.covers_to - l.covers_from end as days
    from payments.payment_order o
    join payments.line l on l.id = o.id
    join payments.run r on r.id = o.run_id;
create or replace view payments.v_reserved with (security_invoker = true) as
  select l.authority_id, l.id, l.run_id, case r.kind when 'put-right' then 'section-17' else r.kind end as category, l.family_id, l.fund_id,
         l.source_id, l.amount::numeric as amount, r.entry_day
    from payments.run r
    join payments.line l on l.run_id = r.id and l.status = 'payable'
   where r.state in ('approved', 'releasing');
drop function kernel.amend_function;

select kernel.keep_in_council('subsistence.put_right'), kernel.never_delete('subsistence.put_right'), identity.close_to_partners('subsistence.put_right');
grant select, insert on subsistence.put_right to mainstay_app;
grant update (state, version, because) on subsistence.put_right to mainstay_app;
`,
  `drop trigger guard_put_right_is_not_paid_again on payments.reissue;
drop trigger guard_put_right_lines on payments.line; drop trigger guard_put_right_lines_still on payments.line;
drop table subsistence.put_right cascade;
drop function subsistence.guard_put_right, subsistence.guard_put_right_lines, subsistence.guard_reissue_was_not_put_right;`,
);
