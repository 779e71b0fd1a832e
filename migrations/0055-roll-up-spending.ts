import { sqlMigration } from './sql-migration.ts';

/**
 * Keeps sums of what was paid, by family, purpose and day and by month, rolled up run by run after posting; what is not rolled
 * up yet is published beside them, so that both together are every transfer: decision 0056.
 */
export const RollUpSpending = sqlMigration(
  'RollUpSpending1790000000055',
  `
-- A family's payments of one purpose on one day, of one run: thin, so that weeks of a whole council are added up at once.
create table payments.spend_day (
  run_id bigint not null,
  fund_id bigint not null,
  family_id bigint not null,
  source_id bigint not null,
  day date not null,
  authority_id smallint not null,
  payments int not null,
  days int not null,
  category text not null,
  amount kernel.gbp not null,
  constraint pk_spend_day primary key (run_id, family_id, source_id, fund_id, day)
);
create index ix_spend_day on payments.spend_day using brin (day) with (pages_per_range = 16, autosummarize = on);
-- The same of a calendar month, of all runs: what a year is added up from.
create table payments.spend_month (
  fund_id bigint not null,
  family_id bigint not null,
  source_id bigint not null,
  month date not null,
  authority_id smallint not null,
  payments int not null,
  days int not null,
  category text not null,
  amount kernel.gbp not null,
  constraint pk_spend_month primary key (month, family_id, source_id, fund_id, category)
);
-- Which runs are in them. Writing a run here adds it up; nobody else writes the sums.
create table payments.rolled_run (
  run_id bigint not null constraint pk_rolled_run primary key,
  authority_id smallint not null,
  payments int not null default 0,
  total kernel.gbp not null default 0,
  rolled_at timestamptz not null default now(),
  constraint fk_rolled_run_of_a_run foreign key (run_id) references payments.run (id)
);

create function payments.roll_up_run() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = off set work_mem = '64MB' as $$
begin
  -- One run at a time in a council: two would wait for each other's months.
  perform pg_advisory_xact_lock(hashtext('payments.rolled_run'), new.authority_id);
  if not exists (select from payments.run r where r.id = new.run_id and r.authority_id = new.authority_id and r.state in ('posted', 'exported')) then
    raise exception 'run % is not posted', new.run_id using errcode = 'MS001', constraint = 'guard_rolled_run_is_posted';
  end if;
  insert into payments.spend_day (run_id, fund_id, family_id, source_id, day, authority_id, payments, days, category, amount)
    select new.run_id, a.fund_id, o.family_id, l.source_id, t.effective_date, new.authority_id, count(*), sum(l.covers_to - l.covers_from),
           r.kind, sum(t.amount)
      from ledger.transfer t
      join ledger.account a on a.id = t.debit_account
      join payments.payment_order o on o.id = t.document_id
      join payments.line l on l.id = o.id and l.run_id = new.run_id
      join payments.run r on r.id = new.run_id
     where t.run_id = new.run_id and t.kind = 4
     group by 2, 3, 4, 5, 9;
  insert into payments.spend_month as m (fund_id, family_id, source_id, month, authority_id, payments, days, category, amount)
    select fund_id, family_id, source_id, date_trunc('month', day::timestamp)::date, authority_id, sum(payments), sum(days), category, sum(amount)
      from payments.spend_day where run_id = new.run_id group by 1, 2, 3, 4, 5, 8 order by 4, 2
    on conflict on constraint pk_spend_month do update
      set payments = m.payments + excluded.payments, days = m.days + excluded.days, amount = m.amount + excluded.amount;
  select coalesce(sum(d.payments), 0), coalesce(sum(d.amount), 0) into new.payments, new.total
    from payments.spend_day d where d.run_id = new.run_id;
  -- The seal says how many were posted, and what they come to.
  if not exists (select from ledger.seal s where s.run_id = new.run_id and s.n = new.payments and s.total = new.total) then
    raise exception 'run % is rolled up whole, once', new.run_id using errcode = 'MS001', constraint = 'guard_rolled_run_is_whole';
  end if;
  return new;
end $$;
create trigger guard_roll_up_run before insert on payments.rolled_run for each row execute function payments.roll_up_run();

-- What is posted and in no sum yet: the newest run, for a moment.
create view payments.v_spend_unrolled with (security_invoker = true) as
  -- Which runs comes first: mostly there is none, and nothing else is read.
  with posted as materialized (
    select r.id, r.kind from payments.run r
     where r.state in ('posted', 'exported') and not exists (select from payments.rolled_run x where x.run_id = r.id)
  ), paid as materialized (
    select t.authority_id, t.run_id, t.document_id, t.debit_account, t.effective_date, t.amount from ledger.transfer t
     where t.kind = 4 and t.run_id = any (array(select id from posted)))
  select t.authority_id, a.fund_id, o.family_id, l.source_id, t.effective_date as day, case r.kind when 'put-right' then 'section-17' when 'emergency' then 'grants' else r.kind end as category,
         case r.kind when 'put-right' then 0 else l.covers_to - l.covers_from end as days, t.amount::numeric as amount
    from paid t
    join posted r on r.id = t.run_id
    join ledger.account a on a.id = t.debit_account
    join payments.payment_order o on o.id = t.document_id
    join payments.line l on l.id = o.id;
-- The sums keep the kind of run as it was; what it is counted as is said here, as in v_paid.
create view payments.v_spend_day with (security_invoker = true) as
  select authority_id, fund_id, family_id, source_id, day, case category when 'put-right' then 'section-17' when 'emergency' then 'grants' else category end as category, payments,
         case category when 'put-right' then 0 else days end as days, amount::numeric as amount from payments.spend_day;
create view payments.v_spend_month with (security_invoker = true) as
  select authority_id, fund_id, family_id, source_id, month, case category when 'put-right' then 'section-17' when 'emergency' then 'grants' else category end as category, payments,
         case category when 'put-right' then 0 else days end as days, amount::numeric as amount from payments.spend_month;
-- What spends, or gives back what was spent, and is no payment: few, found by their own index.
create view ledger.v_spent_besides with (security_invoker = true) as
  select t.authority_id, a.fund_id, t.document_id, k.name as kind, t.leg, t.effective_date,
         (case when k.debit_kind = 'spent' then t.amount else -t.amount end)::numeric as amount
    from ledger.transfer t
    join ledger.transfer_kind k on k.code = t.kind and 'spent' in (k.debit_kind, k.credit_kind)
    join ledger.account a on a.id = case when k.debit_kind = 'spent' then t.debit_account else t.credit_account end
   where t.kind <> 4;

select kernel.keep_in_council(t::regclass), identity.close_to_partners(t)
  from unnest(array['payments.spend_day', 'payments.spend_month', 'payments.rolled_run']) t;
select kernel.append_only('payments.spend_day'), kernel.append_only('payments.rolled_run'), kernel.never_delete('payments.spend_month');
grant select on payments.spend_day, payments.spend_month, payments.rolled_run, payments.v_spend_unrolled, payments.v_spend_day,
  payments.v_spend_month, ledger.v_spent_besides to mainstay_app;
grant insert (run_id, authority_id) on payments.rolled_run to mainstay_app;

-- What was posted before there were sums.
do $$
declare council smallint;
begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    insert into payments.rolled_run (run_id, authority_id)
      select id, council from payments.run where state in ('posted', 'exported') order by id;
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;
`,
  `
drop view ledger.v_spent_besides, payments.v_spend_month, payments.v_spend_day, payments.v_spend_unrolled;
drop table payments.rolled_run, payments.spend_month, payments.spend_day;
drop function payments.roll_up_run;
`,
);
