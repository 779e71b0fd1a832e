import { sqlMigration } from './sql-migration.ts';

/** Writes on each payment order which fund pays it, so that posting reads the narrow orders and not the wide lines again. */
export const GiveOrdersTheirFund = sqlMigration(
  'GiveOrdersTheirFund1790000000019',
  `
alter table payments.payment_order add column fund_id bigint;
-- Orders that are there already get the fund of their line. Only a migration may, and only here.
alter table payments.payment_order no force row level security, disable trigger guard_append_only;
alter table payments.line no force row level security;
update payments.payment_order o set fund_id = l.fund_id from payments.line l where l.id = o.id;
alter table payments.payment_order force row level security, enable trigger guard_append_only;
alter table payments.line force row level security;
alter table payments.payment_order alter column fund_id set not null;

-- Joins of sets are hashed ("enable_nestloop"): row by row, on a plan kept from when the tables were empty, 20,000 orders
-- took 10 seconds.
create or replace function payments.guard_orders() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  posted record;
  odd record;
begin
  for posted in select run_id, authority_id, count(*) as n, sum(amount) as total from added group by 1, 2 loop
    if not exists (select from payments.run r where r.id = posted.run_id and r.authority_id = posted.authority_id
                      and r.state = 'releasing' and r.line_count = posted.n and r.total = posted.total) then
      raise exception 'run % is posted whole, once, in the approved number and total, or not at all', posted.run_id
        using errcode = 'MS001', constraint = 'guard_run_is_posted_whole';
    end if;
    select a.id into odd from added a
      left join payments.line l on l.id = a.id and l.status = 'payable' and l.run_id = posted.run_id
     where a.run_id = posted.run_id
       and (l.id is null or l.amount <> a.amount or l.family_id <> a.family_id or l.instrument_id <> a.instrument_id
            or l.fund_id <> a.fund_id or l.authority_id <> a.authority_id) limit 1;
    if found then
      raise exception 'payment order % is not the payable line of that number', odd.id
        using errcode = 'MS001', constraint = 'guard_order_is_its_line';
    end if;
  end loop;
  return null;
end $$;
`,
  `alter table payments.payment_order drop column fund_id;`,
);
