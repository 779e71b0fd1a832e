import { sqlMigration } from './sql-migration.ts';

/**
 * Makes the ledger: transfers that are balanced by structure, balances and day roll-ups that a statement trigger keeps,
 * and the chain of seals.
 */
export const CreateLedger = sqlMigration(
  'CreateLedger1790000000005',
  `
create schema ledger;
grant usage on schema ledger to mainstay_app;

create table ledger.account (
  id int generated always as identity constraint pk_account primary key,
  authority_id smallint not null,
  code text not null,
  kind text not null constraint ck_account_kind_is_known check (kind in
    ('budget', 'available', 'committed', 'used', 'spent', 'payable', 'clearing', 'bank', 'returned', 'recoverable')),
  fund_id bigint,
  closed_at timestamptz,
  constraint uq_account_code unique (authority_id, code)
);
create table ledger.balance (
  account_id int constraint pk_balance primary key constraint fk_balance_of_an_account references ledger.account,
  authority_id smallint not null,
  debits numeric not null default 0,
  credits numeric not null default 0,
  debit_limited boolean not null,
  constraint ck_account_is_never_overdrawn check (not debit_limited or debits <= credits)
);
create table ledger.day_rollup (
  account_id int not null constraint fk_rollup_of_an_account references ledger.account,
  day date not null,
  authority_id smallint not null,
  debits numeric not null default 0,
  credits numeric not null default 0,
  n bigint not null default 0,
  constraint pk_day_rollup primary key (account_id, day)
);

create table ledger.transfer_kind (
  code smallint constraint pk_transfer_kind primary key,
  name text not null constraint uq_transfer_kind_name unique,
  meaning text not null,
  debit_kind text not null,
  credit_kind text not null
);
insert into ledger.transfer_kind values
  (1, 'budget-set', 'money is put into a fund', 'budget', 'available'),
  (2, 'commit', 'an approved run or award reserves money of a fund', 'available', 'committed'),
  (3, 'free', 'a reservation is given back', 'committed', 'available'),
  (4, 'pay', 'a payment order is owed to a payee and spent from a fund', 'spent', 'payable'),
  (5, 'use', 'a reservation becomes spending', 'committed', 'used'),
  (6, 'send', 'a file of payment orders leaves for the bank', 'payable', 'clearing');
grant select on ledger.transfer_kind to mainstay_app;

-- Columns ordered by width: a payment costs two narrow rows.
create table ledger.transfer (
  document_id bigint not null,
  run_id bigint,
  posted_at timestamptz not null default now(),
  debit_account int not null,
  credit_account int not null,
  effective_date date not null,
  kind smallint not null,
  leg smallint not null default 0,
  authority_id smallint not null,
  amount kernel.gbp not null constraint ck_transfer_amount_is_positive check (amount > 0),
  constraint pk_transfer primary key (document_id, kind, leg),
  constraint ck_transfer_moves_between_two_accounts check (debit_account <> credit_account)
);
create index ix_transfer_by_run on ledger.transfer using brin (run_id) with (pages_per_range = 16);
-- Two sides of each transfer, for whoever reads a journal.
create view ledger.entry with (security_invoker = true) as
  select authority_id, document_id, run_id, kind, leg, debit_account as account_id, amount, effective_date, posted_at from ledger.transfer
  union all
  select authority_id, document_id, run_id, kind, leg, credit_account, -amount, effective_date, posted_at from ledger.transfer;

create table ledger.seal (
  authority_id smallint not null,
  seq bigint not null,
  run_id bigint not null,
  n int not null,
  total kernel.gbp not null,
  prev_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  constraint pk_seal primary key (authority_id, seq),
  constraint uq_seal_once_a_run unique (run_id)
);

-- One digest of a run's payments in document order, for sealing and for proving.
create function ledger.run_digest(run bigint) returns table (n int, total numeric, digest bytea) language sql stable
  set search_path = '' as $$
  select count(*)::int, coalesce(sum(amount), 0),
         sha256(convert_to(coalesce(string_agg(document_id || ':' || debit_account || ':' || credit_account || ':' || amount || ':' || effective_date,
           ',' order by document_id), ''), 'UTF8'))
    from ledger.transfer where run_id = run and kind = 4 $$;

create function ledger.open_balance() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into ledger.balance (account_id, authority_id, debit_limited)
  values (new.id, new.authority_id, new.kind in ('available', 'committed', 'payable'));
  return new;
end $$;
create trigger guard_open_balance after insert on ledger.account for each row execute function ledger.open_balance();

-- Transfers alike but for document and amount, summed.
create type ledger.movement as (debit_account int, credit_account int, day date, kind smallint, authority_id smallint, total numeric, n bigint);

-- One statement, however many transfers: a trigger for each row was 143 times the cost at 100,000.
create function ledger.guard_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  moved ledger.movement[];
  stranger record;
begin
  -- One pass over the transfers, planned anew for as many as there are; all the rest is about a handful of sums.
  execute $q$ select array_agg(m::ledger.movement) from (
    select debit_account, credit_account, effective_date, kind, authority_id, sum(amount), count(*) from added group by 1, 2, 3, 4, 5) m $q$
    into moved;
  select a.account_id, a.authority_id into stranger
    from (select debit_account as account_id, authority_id from unnest(moved) union select credit_account, authority_id from unnest(moved)) a
    left join ledger.account k on k.id = a.account_id and k.authority_id = a.authority_id and k.closed_at is null
   where k.id is null limit 1;
  if found then
    raise exception 'account % is not an open account of council %', stranger.account_id, stranger.authority_id
      using errcode = '23503', constraint = 'guard_transfer_accounts_are_known';
  end if;
  if exists (select from unnest(moved) m left join ledger.transfer_kind k on k.code = m.kind where k.code is null) then
    raise exception 'a transfer has an unknown kind' using errcode = '23503', constraint = 'guard_transfer_kind_is_known';
  end if;
  -- A kind of transfer goes from one kind of account to another, and money of a fund stays with that fund.
  if exists (select from unnest(moved) m join ledger.transfer_kind k on k.code = m.kind
               join ledger.account d on d.id = m.debit_account join ledger.account c on c.id = m.credit_account
              where d.kind <> k.debit_kind or c.kind <> k.credit_kind
                 or (d.fund_id is not null and c.fund_id is not null and d.fund_id <> c.fund_id)) then
    raise exception 'a transfer of this kind does not go between these accounts'
      using errcode = 'MS001', constraint = 'guard_transfer_goes_where_its_kind_goes';
  end if;

  -- In one order for everyone, so that two postings wait for each other instead of deadlocking.
  perform 1 from ledger.balance b
    where b.account_id in (select debit_account from unnest(moved) union select credit_account from unnest(moved))
    order by b.account_id for update;
  with sides as materialized (
    select account_id, day, authority_id, sum(debits) as debits, sum(credits) as credits, sum(n)::bigint as n from (
      select debit_account as account_id, day, authority_id, total as debits, 0::numeric as credits, n from unnest(moved)
      union all
      select credit_account, day, authority_id, 0, total, n from unnest(moved)) both_sides
    group by 1, 2, 3
  ), balanced as (
    update ledger.balance b set debits = b.debits + m.debits, credits = b.credits + m.credits
      from (select account_id, sum(debits) as debits, sum(credits) as credits from sides group by 1) m
     where b.account_id = m.account_id
  )
  insert into ledger.day_rollup as r (account_id, day, authority_id, debits, credits, n)
    select account_id, day, authority_id, debits, credits, n from sides order by 1, 2
    on conflict on constraint pk_day_rollup do update
      set debits = r.debits + excluded.debits, credits = r.credits + excluded.credits, n = r.n + excluded.n;
  return null;
end $$;
create trigger guard_transfers after insert on ledger.transfer referencing new table as added
  for each statement execute function ledger.guard_transfers();

-- The seal is worked out here, from the transfers themselves: nobody can seal what is not there.
create function ledger.chain_seal() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  last ledger.seal;
  digest bytea;
begin
  perform pg_advisory_xact_lock(hashtext('ledger.seal'), new.authority_id);
  select * into last from ledger.seal where authority_id = new.authority_id order by seq desc limit 1;
  select d.n, d.total, d.digest into new.n, new.total, digest from ledger.run_digest(new.run_id) d;
  if new.n = 0 then
    raise exception 'run % has no payments to seal', new.run_id using errcode = 'MS001', constraint = 'guard_seal_is_of_a_posted_run';
  end if;
  new.seq := coalesce(last.seq, 0) + 1;
  new.prev_hash := coalesce(last.hash, sha256(''));
  new.hash := sha256(new.prev_hash || digest);
  return new;
end $$;
create trigger guard_chain_seal before insert on ledger.seal for each row execute function ledger.chain_seal();

select kernel.keep_in_council(t::regclass)
  from unnest(array['ledger.account', 'ledger.balance', 'ledger.day_rollup', 'ledger.transfer', 'ledger.seal']) t;
select kernel.append_only(t::regclass) from unnest(array['ledger.transfer', 'ledger.seal']) t;
select kernel.never_delete(t::regclass) from unnest(array['ledger.account', 'ledger.balance', 'ledger.day_rollup']) t;
grant select, insert on ledger.account, ledger.transfer, ledger.seal to mainstay_app;
grant select on ledger.balance, ledger.day_rollup, ledger.entry to mainstay_app;
`,
  `drop schema ledger cascade;`,
);
