import { sqlMigration } from './sql-migration.ts';

/**
 * Posts what the rules match in one round by day, not match by match, and asks each guard of large statements its question in
 * one look: decision 0055.
 */
export const MatchInRounds = sqlMigration(
  'MatchInRounds1790000000054',
  `
-- What the lines of a statement, or the matches of a round, come to on one day, one way. The guards below write it from the
-- very rows they look at, and nobody else can: what is posted of a statement or a round is one of these.
create table payments.bank_day_sum (
  document_id bigint not null,
  authority_id smallint not null,
  leg smallint not null,
  booked_on date not null,
  lines int not null,
  source text not null,
  direction text not null,
  amount kernel.gbp not null,
  constraint pk_bank_day_sum primary key (document_id, booked_on, direction)
);
select kernel.keep_in_council('payments.bank_day_sum'), kernel.append_only('payments.bank_day_sum'),
  identity.close_to_partners('payments.bank_day_sum');
grant select on payments.bank_day_sum to mainstay_app;

-- What the rules found together; a match by hand is a round of its own and has no number.
alter table payments.bank_match add column round_id bigint,
  add constraint ck_hand_match_is_of_no_round check (how <> 'by-hand' or round_id is null);
create index ix_bank_match_by_round on payments.bank_match using brin (round_id) with (pages_per_range = 16);
-- One index less to write: a number was unique twice.
alter table payments.bank_unmatch drop constraint fk_unmatch_of_a_match;
alter table payments.bank_match drop constraint uq_match_of_council, drop constraint pk_bank_match,
  add constraint pk_bank_match primary key (authority_id, id);
alter table payments.bank_unmatch add constraint fk_unmatch_of_a_match foreign key (authority_id, match_id)
  references payments.bank_match (authority_id, id);
-- A sealed file cannot be made smaller: Postgres need not try.
alter table payments.statement_file alter column sealed set storage external;

create or replace function payments.guard_statement_lines() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = off set enable_sort = off as $$
declare odd record;
begin
  begin
    insert into payments.bank_day_sum (document_id, authority_id, leg, booked_on, lines, source, direction, amount)
      select a.statement_id, a.authority_id, a.booked_on - s.from_day, a.booked_on, a.n, 'statement', a.direction, a.amount
        from (select statement_id, authority_id, booked_on, direction, count(*) as n, sum(amount) as amount from added group by 1, 2, 3, 4) a
        join payments.bank_statement s on s.id = a.statement_id and s.authority_id = a.authority_id
       where a.booked_on between s.from_day and s.to_day;
  exception when unique_violation then
    raise exception 'a statement is kept whole, once' using errcode = 'MS001', constraint = 'guard_statement_is_its_lines';
  end;
  -- Lines of no statement of this council, or of another day, are in no sum.
  select a.statement_id into odd from (select distinct statement_id, authority_id from added) a
    left join payments.bank_statement s on s.id = a.statement_id and s.authority_id = a.authority_id
    left join (select document_id, sum(lines) as lines, coalesce(sum(amount) filter (where direction = 'credit'), 0) as credits,
                      coalesce(sum(amount) filter (where direction = 'debit'), 0) as debits
                 from payments.bank_day_sum where document_id in (select statement_id from added) group by 1) d on d.document_id = s.id
   where s.id is null or d.document_id is null or (s.lines, s.credits, s.debits) <> (d.lines, d.credits, d.debits) limit 1;
  if found or (select count(*) from added) <> (select coalesce(sum(s.lines), 0) from payments.bank_statement s
                                                where s.id in (select statement_id from added)) then
    raise exception 'statement % is kept whole, once, with the lines that come to its sums', odd.statement_id
      using errcode = 'MS001', constraint = 'guard_statement_is_its_lines';
  end if;
  return null;
end $$;
create or replace function payments.guard_statement_is_whole() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select coalesce(sum(d.lines), 0) from payments.bank_day_sum d where d.document_id = new.id) <> new.lines then
    raise exception 'statement % has not its lines', new.id using errcode = 'MS001', constraint = 'guard_statement_is_whole';
  end if;
  return null;
end $$;

create or replace function payments.guard_matches() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = on set enable_sort = off set work_mem = '64MB' as $$
declare
  odd record;
  -- A few are looked up one by one; of many each table is read once, whatever Postgres knows of it.
  those text := '= any (array(select %1$s from added))';
begin
  -- One matches at a time; whoever waits here counts anew.
  perform pg_advisory_xact_lock(hashtext('payments.bank_match'), a.authority_id) from (select distinct authority_id from added) a;
  if exists (select from added a where a.matched_by is not null and a.matched_by is distinct from kernel.current_actor()) then
    raise exception 'a match by hand is in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_match_is_made_in_person';
  end if;
  if exists (select from payments.bank_day_sum d where d.document_id in (select a.round_id from added a)) then
    raise exception 'what the rules find in one round is kept together, once'
      using errcode = 'MS001', constraint = 'guard_round_is_kept_whole';
  end if;
  if (select count(*) > 500 from added) then
    perform set_config('enable_nestloop', 'off', true);
    those := 'in (select %1$s from added)';
  end if;
  execute format($q$
    with joined as materialized (
      select a.id, a.line_id, a.source, a.document_id, a.round_id, a.authority_id, a.amount::numeric as amount, l.booked_on, l.direction,
             l.amount::numeric as of_line, e.amount::numeric as of_expected
        from added a
        left join payments.statement_line l on l.id = a.line_id and l.authority_id = a.authority_id
        left join payments.expected_on_bank e on e.document_id = a.document_id and e.source = a.source and e.direction = l.direction
    ), days as (
      insert into payments.bank_day_sum (document_id, authority_id, leg, booked_on, lines, source, direction, amount)
        select round_id, authority_id, booked_on - min(booked_on) over (partition by round_id), booked_on, n, 'round', direction, amount
          from (select round_id, authority_id, booked_on, direction, count(*) as n, sum(amount) as amount
                  from joined where round_id is not null and direction is not null group by 1, 2, 3, 4) d
    ), others as materialized (
      select m.line_id, m.source, m.document_id, m.amount::numeric as amount
        from payments.bank_match m left join added a on a.id = m.id left join payments.bank_unmatch u on u.match_id = m.id
       where a.id is null and u.id is null and (m.line_id %1$s or m.document_id %2$s)
      union all
      select w.line_id, 'write-off', w.id, w.amount from payments.write_off w where w.state = 'approved' and w.line_id %1$s
    ), counted as materialized (
      select count(*) as n, count(distinct line_id) as lines, count(distinct document_id) as documents,
             bool_or(amount > of_line or amount > of_expected) as is_over, (select exists (select from others)) as has_others from joined
    )
    select (select id from joined where of_line is null or of_expected is null limit 1) as stranger, l.line_id as line, e.document_id as expected
      from counted k
      -- Where each line and each thing is matched once, and by nothing else, there is nothing to add up.
      left join lateral (
        select j.line_id from (select line_id, of_line, sum(amount) as amount from joined group by 1, 2) j
          left join (select line_id, sum(amount) as amount from others group by 1) o on o.line_id = j.line_id
         where (k.is_over or k.has_others or k.lines < k.n) and j.amount + coalesce(o.amount, 0) > j.of_line limit 1) l on true
      left join lateral (
        select j.document_id from (select document_id, source, of_expected, sum(amount) as amount from joined group by 1, 2, 3) j
          left join (select document_id, source, sum(amount) as amount from others group by 1, 2) o
            on o.document_id = j.document_id and o.source = j.source
         where (k.is_over or k.has_others or k.documents < k.n) and j.amount + coalesce(o.amount, 0) > j.of_expected limit 1) e on true $q$,
    format(those, 'line_id'), format(those, 'document_id')) into odd;
  if odd.stranger is not null then
    raise exception 'match % joins no line to what the bank was to show of that direction', odd.stranger
      using errcode = 'MS001', constraint = 'guard_match_joins_a_line_to_what_it_paid';
  end if;
  if odd.line is not null then
    raise exception 'more is matched or written off than line % has', odd.line
      using errcode = 'MS001', constraint = 'guard_line_is_matched_once';
  end if;
  if odd.expected is not null then
    raise exception 'more is matched to % than it came to', odd.expected
      using errcode = 'MS001', constraint = 'guard_expected_is_matched_once';
  end if;
  return null;
end $$;

-- What the bank's own postings must say: a day of a statement, or of a round; a match by hand, or one taken back; a write-off.
create or replace function payments.guard_bank_transfers() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = on as $$
declare odd record;
begin
  if not exists (select from added where kind between 41 and 50) then return null; end if;
  if (select count(*) > 500 from added) then perform set_config('enable_nestloop', 'off', true); end if;
  select t.document_id, t.kind into odd from added t
    left join payments.bank_day_sum d on d.document_id = t.document_id and d.leg = t.leg and d.authority_id = t.authority_id
      and d.amount = t.amount and d.source = case when t.kind in (41, 42) then 'statement' else 'round' end
      and d.direction = case when t.kind in (41, 43) then 'debit' else 'credit' end
    left join payments.bank_match m on m.id = t.document_id and m.authority_id = t.authority_id and m.amount = t.amount
      and m.round_id is null and t.kind in (43, 44)
    left join payments.statement_line l on l.id = m.line_id and l.direction = case t.kind when 43 then 'debit' else 'credit' end
   where t.kind in (41, 42, 43, 44) and d.document_id is null and l.id is null limit 1;
  if not found then
    select t.document_id, t.kind into odd from added t
      left join payments.bank_unmatch u on u.id = t.document_id and u.authority_id = t.authority_id
      left join payments.bank_match m on m.id = u.match_id and m.amount = t.amount
      left join payments.statement_line l on l.id = m.line_id and l.direction = case t.kind when 45 then 'debit' else 'credit' end
     where t.kind in (45, 46) and l.id is null limit 1;
  end if;
  if not found then
    select t.document_id, t.kind into odd from added t
      left join payments.write_off w on w.id = t.document_id and w.authority_id = t.authority_id and w.amount = t.amount
        and w.state = 'approved' and (w.category = 'council-money') = (t.kind in (49, 50))
      left join payments.statement_line l on l.id = w.line_id and l.direction = case when t.kind in (47, 49) then 'debit' else 'credit' end
     where t.kind between 47 and 50 and l.id is null limit 1;
  end if;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
`,
  `
alter table payments.statement_file alter column sealed set storage extended;
create or replace function payments.guard_statement_lines() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  select a.statement_id into odd from (
      select statement_id, authority_id, count(*) as n, min(booked_on) as first, max(booked_on) as last,
             coalesce(sum(amount) filter (where direction = 'credit'), 0) as credits,
             coalesce(sum(amount) filter (where direction = 'debit'), 0) as debits
        from added group by 1, 2) a
    left join payments.bank_statement s on s.id = a.statement_id and s.authority_id = a.authority_id
   where s.id is null or (s.lines, s.credits, s.debits) <> (a.n, a.credits, a.debits) or a.first < s.from_day or a.last > s.to_day
      or (select count(*) from payments.statement_line l where l.statement_id = a.statement_id) <> a.n limit 1;
  if found then
    raise exception 'statement % is kept whole, once, with the lines that come to its sums', odd.statement_id
      using errcode = 'MS001', constraint = 'guard_statement_is_its_lines';
  end if;
  return null;
end $$;
create or replace function payments.guard_statement_is_whole() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select count(*) from payments.statement_line l where l.statement_id = new.id) <> new.lines then
    raise exception 'statement % has not its lines', new.id using errcode = 'MS001', constraint = 'guard_statement_is_whole';
  end if;
  return null;
end $$;
create or replace function payments.guard_matches() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  -- One matches at a time; whoever waits here counts anew.
  perform pg_advisory_xact_lock(hashtext('payments.bank_match'), a.authority_id) from (select distinct authority_id from added) a;
  if exists (select from added a where a.matched_by is not null and a.matched_by is distinct from kernel.current_actor()) then
    raise exception 'a match by hand is in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_match_is_made_in_person';
  end if;
  select a.id into odd from added a
    left join payments.statement_line l on l.id = a.line_id and l.authority_id = a.authority_id
    left join payments.expected_on_bank e on e.document_id = a.document_id and e.source = a.source and e.direction = l.direction
   where l.id is null or e.document_id is null limit 1;
  if found then
    raise exception 'match % joins no line to what the bank was to show of that direction', odd.id
      using errcode = 'MS001', constraint = 'guard_match_joins_a_line_to_what_it_paid';
  end if;
  if exists (select from (select distinct line_id from added) a join payments.bank_claim c on c.line_id = a.line_id
               join payments.statement_line l on l.id = a.line_id group by l.id, l.amount having sum(c.amount) > l.amount) then
    raise exception 'more is matched or written off than the line has'
      using errcode = 'MS001', constraint = 'guard_line_is_matched_once';
  end if;
  if exists (select from (select distinct source, document_id from added) a
               join payments.bank_claim c on c.document_id = a.document_id and c.source = a.source
               join payments.expected_on_bank e on e.document_id = a.document_id and e.source = a.source
              group by e.source, e.document_id, e.amount having sum(c.amount) > e.amount) then
    raise exception 'more is matched to this than it came to'
      using errcode = 'MS001', constraint = 'guard_expected_is_matched_once';
  end if;
  return null;
end $$;
create or replace function payments.guard_bank_transfers() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  if not exists (select from added where kind between 41 and 50) then return null; end if;
  select t.document_id, t.kind into odd from added t
   where t.kind in (41, 42) and t.amount is distinct from
     (select sum(l.amount) from payments.bank_statement s join payments.statement_line l on l.statement_id = s.id
       where s.id = t.document_id and s.authority_id = t.authority_id and l.booked_on = s.from_day + t.leg
         and l.direction = case t.kind when 41 then 'debit' else 'credit' end) limit 1;
  if not found then
    select t.document_id, t.kind into odd from added t
      left join payments.bank_match m on m.id = t.document_id and m.authority_id = t.authority_id and m.amount = t.amount
      left join payments.statement_line l on l.id = m.line_id and l.direction = case t.kind when 43 then 'debit' else 'credit' end
     where t.kind in (43, 44) and l.id is null limit 1;
  end if;
  if not found then
    select t.document_id, t.kind into odd from added t
      left join payments.bank_unmatch u on u.id = t.document_id and u.authority_id = t.authority_id
      left join payments.bank_match m on m.id = u.match_id and m.amount = t.amount
      left join payments.statement_line l on l.id = m.line_id and l.direction = case t.kind when 45 then 'debit' else 'credit' end
     where t.kind in (45, 46) and l.id is null limit 1;
  end if;
  if not found then
    select t.document_id, t.kind into odd from added t
      left join payments.write_off w on w.id = t.document_id and w.authority_id = t.authority_id and w.amount = t.amount
        and w.state = 'approved' and (w.category = 'council-money') = (t.kind in (49, 50))
      left join payments.statement_line l on l.id = w.line_id and l.direction = case when t.kind in (47, 49) then 'debit' else 'credit' end
     where t.kind between 47 and 50 and l.id is null limit 1;
  end if;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
alter table payments.bank_unmatch drop constraint fk_unmatch_of_a_match;
alter table payments.bank_match drop constraint pk_bank_match, add constraint pk_bank_match primary key (id),
  add constraint uq_match_of_council unique (authority_id, id);
alter table payments.bank_unmatch add constraint fk_unmatch_of_a_match foreign key (authority_id, match_id)
  references payments.bank_match (authority_id, id);
alter table payments.bank_match drop column round_id;
drop table payments.bank_day_sum;
`,
);
