import { sqlMigration } from './sql-migration.ts';

/**
 * Keeps bank statements and their lines, matches each line to what it paid, once to the penny, and lets two people write off
 * the rest. What a statement says is in the ledger the moment it is kept; what it was for follows with each match.
 */
export const KeepBankStatements = sqlMigration(
  'KeepBankStatements1790000000036',
  `
-- Three accounts more for every council; whatever kinds there are by now stay.
do $$
declare
  known text[];
  council smallint;
begin
  select array_agg(distinct w.word[1]) into known from pg_constraint c
    cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([a-z-]+)''', 'g') w(word)
   where c.conname = 'ck_account_kind_is_known';
  execute format('alter table ledger.account drop constraint ck_account_kind_is_known,
    add constraint ck_account_kind_is_known check (kind = any (%L::text[]))', known || array['suspense', 'written-off', 'council']);
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    insert into ledger.account (authority_id, code, kind)
      select council, kind, kind from unnest(array['suspense', 'written-off', 'council']) kind
      on conflict on constraint uq_account_code do nothing;
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;
insert into ledger.transfer_kind values
  (41, 'bank-out', 'a statement says that money left the account', 'suspense', 'bank'),
  (42, 'bank-in', 'a statement says that money came in', 'bank', 'suspense'),
  (43, 'settle', 'money that left is matched to what sent it', 'clearing', 'suspense'),
  (44, 'receive', 'money that came in is matched to what brought it', 'suspense', 'clearing'),
  (45, 'unsettle', 'a match of money that left is taken back', 'suspense', 'clearing'),
  (46, 'unreceive', 'a match of money that came in is taken back', 'clearing', 'suspense'),
  (47, 'write-off-out', 'money that left is written off', 'written-off', 'suspense'),
  (48, 'write-off-in', 'money that came in is written off', 'suspense', 'written-off'),
  (49, 'council-out', 'money that left went to the council itself', 'council', 'suspense'),
  (50, 'council-in', 'money that came in is from the council itself', 'suspense', 'council');

create table payments.statement_file (
  id bigint not null default nextval('kernel.document_number') constraint pk_statement_file primary key,
  authority_id smallint not null,
  name text not null constraint ck_statement_file_has_a_name check (length(btrim(name)) between 1 and 200),
  format text not null constraint ck_statement_format_is_known check (format in ('camt.053', 'mt940', 'csv')),
  bytes int not null constraint ck_statement_file_is_not_empty check (bytes > 0),
  sha256 bytea not null constraint ck_statement_file_sha256 check (length(sha256) = 32),
  sealed bytea not null constraint ck_statement_file_is_sealed check (get_byte(sealed, 0) = 1),
  imported_by bigint not null,
  imported_on date not null default kernel.today(),
  imported_at timestamptz not null default clock_timestamp(),
  constraint uq_statement_file_of_council unique (authority_id, id),
  constraint uq_statement_file_once unique (authority_id, sha256),
  constraint fk_statement_file_imported_by_a_user foreign key (authority_id, imported_by)
    references identity.user_account (authority_id, id)
);
create table payments.bank_statement (
  id bigint not null default nextval('kernel.document_number') constraint pk_bank_statement primary key,
  authority_id smallint not null,
  file_id bigint not null,
  account text not null constraint ck_statement_account_is_fourteen_digits check (account ~ '^[0-9]{14}$'),
  reference text not null constraint ck_statement_has_a_reference check (length(btrim(reference)) between 1 and 140),
  sequence int,
  from_day date not null,
  to_day date not null,
  opening kernel.gbp not null,
  credits kernel.gbp not null constraint ck_statement_credits_are_not_below_nought check (credits >= 0),
  debits kernel.gbp not null constraint ck_statement_debits_are_not_below_nought check (debits >= 0),
  closing kernel.gbp not null,
  lines int not null constraint ck_statement_counts_its_lines check (lines >= 0),
  constraint ck_statement_adds_up check (opening + credits - debits = closing),
  constraint ck_statement_days_are_in_order check (from_day <= to_day),
  constraint uq_statement_of_council unique (authority_id, id),
  constraint uq_statement_once unique (authority_id, account, reference),
  constraint uq_statement_says_something_new unique (authority_id, account, from_day, to_day, opening, closing, lines),
  constraint fk_statement_of_a_file foreign key (authority_id, file_id) references payments.statement_file (authority_id, id)
);
create table payments.statement_line (
  id bigint not null default nextval('kernel.document_number') constraint pk_statement_line primary key,
  statement_id bigint not null,
  n int not null,
  booked_on date not null,
  authority_id smallint not null,
  direction text not null constraint ck_line_direction_is_known check (direction in ('debit', 'credit')),
  amount kernel.gbp not null constraint ck_statement_line_is_above_nought check (amount > 0),
  reference text not null constraint ck_line_reference_is_short check (length(reference) <= 140),
  details text not null constraint ck_line_details_are_short check (length(details) <= 300),
  constraint uq_line_has_its_place unique (statement_id, n)
);

create function payments.guard_statement() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('payments.bank_statement'), new.authority_id);
  if not exists (select from payments.originator o where o.sort_code || o.account_number = new.account
                 union all
                 select from payments.originator_proposal p where p.state = 'approved' and p.sort_code || p.account_number = new.account) then
    raise exception 'the statement is of an account the council does not pay from'
      using errcode = 'MS001', constraint = 'guard_statement_is_of_our_account';
  end if;
  -- Days at the edges may be shared: a statement may open on the day the one before closed.
  if exists (select from payments.bank_statement s where s.account = new.account and s.authority_id = new.authority_id
                and s.from_day < new.to_day and new.from_day < s.to_day) then
    raise exception 'some of these days are in another statement'
      using errcode = 'MS001', constraint = 'guard_statement_days_are_new';
  end if;
  return new;
end $$;
create trigger guard_statement before insert on payments.bank_statement for each row execute function payments.guard_statement();

-- All lines come in one statement of SQL: a bank statement is kept whole, with lines that are its days and come to its sums.
create function payments.guard_statement_lines() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
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
create trigger guard_statement_lines after insert on payments.statement_line referencing new table as added
  for each statement execute function payments.guard_statement_lines();
create function payments.guard_statement_is_whole() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select count(*) from payments.statement_line l where l.statement_id = new.id) <> new.lines then
    raise exception 'statement % has not its lines', new.id using errcode = 'MS001', constraint = 'guard_statement_is_whole';
  end if;
  return null;
end $$;
create constraint trigger guard_statement_is_whole after insert on payments.bank_statement deferrable initially deferred
  for each row execute function payments.guard_statement_is_whole();

-- What the bank is to show, for whoever matches: files that left. Whatever else money leaves or comes back by is added here.
create view payments.expected_on_bank with (security_invoker = true) as
  select f.authority_id, 'file'::text as source, f.id as document_id, 'debit'::text as direction, f.total as amount,
         f.input_day as day_from, r.entry_day as day_due, array[f.serial, f.run_id::text] as keys, f.name as label, f.run_id
    from payments.export_file f join payments.run r on r.id = f.run_id;
grant select on payments.expected_on_bank to mainstay_app;

create table payments.bank_match (
  id bigint not null default nextval('kernel.document_number') constraint pk_bank_match primary key,
  line_id bigint not null,
  document_id bigint not null,
  matched_by bigint,
  matched_on date not null default kernel.today(),
  authority_id smallint not null,
  amount kernel.gbp not null constraint ck_match_is_above_nought check (amount > 0),
  source text not null,
  how text not null constraint ck_match_says_how check (how in ('reference', 'amount-and-day', 'total-of-a-day', 'parts', 'by-hand')),
  note text not null default '',
  constraint uq_match_of_council unique (authority_id, id),
  constraint ck_hand_match_is_somebodys_with_a_note check
    ((how = 'by-hand') = (matched_by is not null) and (how <> 'by-hand' or length(btrim(note)) between 1 and 500))
);
create index ix_bank_match_by_line on payments.bank_match (line_id);
create index ix_bank_match_by_document on payments.bank_match (document_id);
create table payments.bank_unmatch (
  id bigint not null default nextval('kernel.document_number') constraint pk_bank_unmatch primary key,
  authority_id smallint not null,
  match_id bigint not null constraint uq_match_is_taken_back_once unique,
  reason text not null constraint ck_unmatch_has_a_reason check (length(btrim(reason)) between 1 and 500),
  unmatched_by bigint,
  unmatched_on date not null default kernel.today(),
  constraint fk_unmatch_of_a_match foreign key (authority_id, match_id) references payments.bank_match (authority_id, id)
);

-- What of a line cannot be matched, decided by two people: a charge, the council's own money, or what nobody can explain.
create table payments.write_off (
  id bigint not null default nextval('kernel.document_number') constraint pk_write_off primary key,
  authority_id smallint not null,
  line_id bigint not null,
  amount kernel.gbp not null constraint ck_write_off_is_above_nought check (amount > 0),
  category text not null constraint ck_write_off_category_is_known check (category in ('bank-charge', 'council-money', 'unexplained')),
  reason text not null constraint ck_write_off_has_a_reason check (length(btrim(reason)) between 1 and 500),
  state text not null default 'open' constraint ck_write_off_state_is_known check (state in ('open', 'approved', 'refused')),
  proposed_by bigint not null,
  proposed_at timestamptz not null default clock_timestamp(),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_write_off_needs_two_people check (decided_by <> proposed_by),
  constraint ck_write_off_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint fk_write_off_of_a_line foreign key (line_id) references payments.statement_line (id),
  constraint fk_write_off_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_write_off_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create unique index uq_write_off_one_open on payments.write_off (line_id) where state = 'open';
create index ix_write_off_by_line on payments.write_off (line_id);
select kernel.two_people('payments.write_off');

-- What has a claim on a line, or on what the bank was to show: matches that stand, and what was written off.
create view payments.bank_claim with (security_invoker = true) as
  select m.authority_id, m.line_id, m.source, m.document_id, m.amount from payments.bank_match m
   where not exists (select from payments.bank_unmatch u where u.match_id = m.id)
  union all
  select w.authority_id, w.line_id, 'write-off', w.id, w.amount from payments.write_off w where w.state = 'approved';
grant select on payments.bank_claim to mainstay_app;

create function payments.guard_matches() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
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
create trigger guard_matches after insert on payments.bank_match referencing new table as added
  for each statement execute function payments.guard_matches();
create function payments.guard_write_off() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('payments.bank_match'), new.authority_id);
  if new.state <> 'refused' and new.amount
      + (select coalesce(sum(c.amount), 0) from payments.bank_claim c
          where c.line_id = new.line_id and (c.source, c.document_id) is distinct from ('write-off', new.id))
      > (select l.amount from payments.statement_line l where l.id = new.line_id) then
    raise exception 'more is matched or written off than the line has'
      using errcode = 'MS001', constraint = 'guard_line_is_matched_once';
  end if;
  return null;
end $$;
create trigger guard_write_off_fits after insert or update on payments.write_off for each row execute function payments.guard_write_off();
create function payments.guard_unmatch() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.unmatched_by is distinct from kernel.current_actor()
     and (new.unmatched_by is not null or exists (select from payments.bank_match m where m.id = new.match_id and m.how = 'by-hand')) then
    raise exception 'what a person matched is taken back in the name of whoever does it'
      using errcode = 'MS001', constraint = 'guard_unmatch_is_made_in_person';
  end if;
  return new;
end $$;
create trigger guard_unmatch before insert on payments.bank_unmatch for each row execute function payments.guard_unmatch();

-- What the bank's own postings must say: the day's lines of a statement; a match, or a match taken back; a write-off.
create function payments.guard_bank_transfers() returns trigger language plpgsql security definer
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
-- Named to come after the ledger's own guards: Postgres fires triggers by name.
create trigger guard_with_bank_documents after insert on ledger.transfer referencing new table as added
  for each statement execute function payments.guard_bank_transfers();

-- Who looks after what does not tie. The last word counts; the words before stay.
create table payments.bank_exception_owner (
  id bigint not null default nextval('kernel.document_number') constraint pk_bank_exception_owner primary key,
  authority_id smallint not null,
  kind text not null constraint ck_bank_exception_kind_is_known check (kind in ('line', 'expected', 'gap')),
  subject_id bigint not null,
  owner_id bigint not null,
  note text not null default '' constraint ck_bank_exception_note_is_short check (length(note) <= 500),
  said_by bigint,
  said_at timestamptz not null default clock_timestamp(),
  constraint fk_bank_exception_owned_by_a_user foreign key (authority_id, owner_id) references identity.user_account (authority_id, id)
);
create index ix_bank_exception_owner on payments.bank_exception_owner (kind, subject_id, id);

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['payments.statement_file', 'payments.bank_statement', 'payments.statement_line', 'payments.bank_match',
    'payments.bank_unmatch', 'payments.bank_exception_owner']) t;
select kernel.keep_in_council('payments.write_off'), kernel.never_delete('payments.write_off');
grant select, insert on payments.statement_file, payments.bank_statement, payments.statement_line, payments.bank_match,
  payments.bank_unmatch, payments.bank_exception_owner, payments.write_off to mainstay_app;
grant update (state, decided_by, decided_at, decided_because) on payments.write_off to mainstay_app;
`,
  `
drop trigger guard_with_bank_documents on ledger.transfer;
drop view payments.bank_claim, payments.expected_on_bank;
drop table payments.bank_exception_owner, payments.write_off, payments.bank_unmatch, payments.bank_match, payments.statement_line,
  payments.bank_statement, payments.statement_file;
drop function payments.guard_bank_transfers, payments.guard_unmatch, payments.guard_write_off, payments.guard_matches,
  payments.guard_statement_is_whole, payments.guard_statement_lines, payments.guard_statement;
delete from ledger.transfer_kind where code between 41 and 50;
`,
);
