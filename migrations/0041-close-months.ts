import { sqlMigration } from './sql-migration.ts';

/**
 * Closes months: nothing is posted into a closed one, what comes late is posted in the open one with a link, and two people
 * open it again. Hands the postings on to the council's general ledger in numbered batches, none of them twice.
 */
export const CloseMonths = sqlMigration(
  'CloseMonths1790000000041',
  `
create table ledger.month_close (
  id bigint not null default nextval('kernel.document_number') constraint pk_month_close primary key,
  authority_id smallint not null,
  month date not null constraint ck_month_is_named_by_its_first_day check (extract(day from month) = 1),
  closed_by bigint not null,
  closed_on date not null default kernel.today(),
  closed_at timestamptz not null default clock_timestamp(),
  note text not null default '' constraint ck_month_close_note_is_short check (length(note) <= 500),
  constraint uq_month_close_of_council unique (authority_id, id),
  constraint ck_month_is_over_when_it_closes check (closed_on >= month + interval '1 month'),
  constraint fk_month_closed_by_a_user foreign key (authority_id, closed_by) references identity.user_account (authority_id, id)
);
create table ledger.month_reopening (
  id bigint not null default nextval('kernel.document_number') constraint pk_month_reopening primary key,
  authority_id smallint not null,
  close_id bigint not null,
  reason text not null constraint ck_month_reopening_has_a_reason check (length(btrim(reason)) between 1 and 500),
  state text not null default 'open' constraint ck_month_reopening_state_is_known check (state in ('open', 'approved', 'refused')),
  proposed_by bigint not null,
  proposed_at timestamptz not null default clock_timestamp(),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_month_reopening_needs_two_people check (decided_by <> proposed_by),
  constraint ck_month_reopening_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint fk_month_reopening_of_a_close foreign key (authority_id, close_id) references ledger.month_close (authority_id, id),
  constraint fk_month_reopening_proposed_by_a_user foreign key (authority_id, proposed_by)
    references identity.user_account (authority_id, id),
  constraint fk_month_reopening_decided_by_a_user foreign key (authority_id, decided_by)
    references identity.user_account (authority_id, id)
);
create unique index uq_month_reopening_once on ledger.month_reopening (close_id) where state <> 'refused';
select kernel.two_people('ledger.month_reopening');

-- Whether nothing may be posted on a day any more.
create function ledger.is_closed(authority smallint, day date) returns boolean language sql stable set search_path = '' as $$
  select exists (select from ledger.month_close c
    where c.authority_id = authority and c.month = date_trunc('month', day)::date
      and not exists (select from ledger.month_reopening r where r.close_id = c.id and r.state = 'approved')) $$;
-- The day itself while its month is open; else today, or the beginning of the first month after it that is open.
create function ledger.open_day(authority smallint, day date) returns date language plpgsql stable set search_path = '' as $$
declare open date := day;
begin
  if not ledger.is_closed(authority, day) then return day; end if;
  if kernel.today() > day and not ledger.is_closed(authority, kernel.today()) then return kernel.today(); end if;
  while ledger.is_closed(authority, open) loop
    open := (date_trunc('month', open) + interval '1 month')::date;
  end loop;
  return open;
end $$;

create function ledger.guard_month_close() returns trigger language plpgsql set search_path = '' as $$
declare left_over numeric;
begin
  -- Whoever posts holds this lock with others; whoever closes holds it alone.
  perform pg_advisory_xact_lock(hashtext('ledger.month'), new.authority_id);
  if new.closed_by is distinct from kernel.current_actor() then
    raise exception 'a month is closed in the name of whoever does it'
      using errcode = 'MS001', constraint = 'guard_month_is_closed_in_person';
  end if;
  if ledger.is_closed(new.authority_id, new.month) then
    raise exception 'the month is closed already' using errcode = '23505', constraint = 'guard_month_is_closed_once';
  end if;
  select coalesce(sum(r.debits - r.credits), 0) into left_over from ledger.day_rollup r join ledger.account a on a.id = r.account_id
   where a.kind = 'suspense' and r.day < new.month + interval '1 month';
  if left_over <> 0 then
    raise exception '% is in suspense at the end of the month', left_over
      using errcode = 'MS001', constraint = 'guard_month_closes_with_nothing_in_suspense';
  end if;
  return new;
end $$;
create trigger guard_month_close before insert on ledger.month_close for each row execute function ledger.guard_month_close();

create function ledger.guard_closed_months() returns trigger language plpgsql security definer set search_path = '' as $$
declare posted record;
begin
  for posted in select distinct authority_id, effective_date from added loop
    perform pg_advisory_xact_lock_shared(hashtext('ledger.month'), posted.authority_id);
    if ledger.is_closed(posted.authority_id, posted.effective_date) then
      raise exception 'the month of % is closed: post in the open one', posted.effective_date
        using errcode = 'MS001', constraint = 'guard_closed_month_stands';
    end if;
  end loop;
  return null;
end $$;
create trigger guard_closed_months after insert on ledger.transfer referencing new table as added
  for each statement execute function ledger.guard_closed_months();

-- What belongs to a closed month and was posted in the open one.
create table ledger.posted_later (
  document_id bigint not null,
  kind smallint not null,
  leg smallint not null,
  authority_id smallint not null,
  meant_for date not null,
  constraint pk_posted_later primary key (document_id, kind, leg),
  constraint fk_posted_later_is_a_transfer foreign key (document_id, kind, leg) references ledger.transfer (document_id, kind, leg)
);
create function ledger.guard_posted_later() returns trigger language plpgsql set search_path = '' as $$
begin
  if not ledger.is_closed(new.authority_id, new.meant_for)
     or not exists (select from ledger.transfer t where (t.document_id, t.kind, t.leg) = (new.document_id, new.kind, new.leg)
                       and t.authority_id = new.authority_id and t.effective_date > new.meant_for) then
    raise exception 'only what belongs to a closed month is posted later'
      using errcode = 'MS001', constraint = 'guard_later_posting_is_of_a_closed_month';
  end if;
  return null;
end $$;
-- Asked when all of the statement is written: the transfer and its link come together.
create constraint trigger guard_later_posting_is_of_a_closed_month after insert on ledger.posted_later deferrable initially immediate
  for each row execute function ledger.guard_posted_later();

-- What accounts are called in the council's general ledger. The last word counts for what is exported from then on.
create table ledger.journal_code (
  id bigint not null default nextval('kernel.document_number') constraint pk_journal_code primary key,
  authority_id smallint not null,
  account_id int not null constraint fk_journal_code_of_an_account references ledger.account,
  cost_centre text not null constraint ck_cost_centre_is_a_code check (cost_centre ~ '^[A-Z0-9][A-Z0-9/-]{0,19}$'),
  subjective text not null constraint ck_subjective_is_a_code check (subjective ~ '^[A-Z0-9][A-Z0-9/-]{0,19}$'),
  set_by bigint not null,
  set_at timestamptz not null default clock_timestamp(),
  constraint uq_journal_code_of_council unique (authority_id, id),
  constraint fk_journal_code_set_by_a_user foreign key (authority_id, set_by) references identity.user_account (authority_id, id)
);
create index ix_journal_code_by_account on ledger.journal_code (account_id, id);
create table ledger.journal_batch (
  id bigint not null default nextval('kernel.document_number') constraint pk_journal_batch primary key,
  authority_id smallint not null,
  number int not null,
  up_to date not null,
  postings int not null constraint ck_journal_batch_has_something check (postings > 0),
  total kernel.gbp not null,
  sha256 bytea not null constraint ck_journal_batch_sha256 check (length(sha256) = 32),
  made_by bigint not null,
  made_on date not null default kernel.today(),
  made_at timestamptz not null default clock_timestamp(),
  constraint uq_journal_batch_of_council unique (authority_id, id),
  constraint uq_journal_batch_number unique (authority_id, number),
  constraint fk_journal_batch_made_by_a_user foreign key (authority_id, made_by) references identity.user_account (authority_id, id)
);
create table ledger.journal_line (
  document_id bigint not null,
  batch_id bigint not null,
  debit_code bigint not null,
  credit_code bigint not null,
  n int not null,
  kind smallint not null,
  leg smallint not null,
  authority_id smallint not null,
  constraint pk_journal_line primary key (document_id, kind, leg),
  constraint uq_journal_line_has_its_place unique (batch_id, n),
  constraint fk_journal_line_is_a_transfer foreign key (document_id, kind, leg) references ledger.transfer (document_id, kind, leg)
);
create function ledger.guard_journal_batch() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('ledger.journal_batch'), new.authority_id);
  if new.made_by is distinct from kernel.current_actor() then
    raise exception 'a journal is made in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_journal_is_made_in_person';
  end if;
  if new.number <> (select coalesce(max(b.number), 0) + 1 from ledger.journal_batch b where b.authority_id = new.authority_id) then
    raise exception 'batch % does not follow the last one', new.number
      using errcode = 'MS001', constraint = 'guard_journal_batch_follows_the_last';
  end if;
  return new;
end $$;
create trigger guard_journal_batch before insert on ledger.journal_batch for each row execute function ledger.guard_journal_batch();
-- A batch is kept whole: all its lines at once, each in time, each side under the code of its account, and they come to its total.
create function ledger.guard_journal_lines() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
declare odd record;
begin
  select a.batch_id into odd from (
      select l.batch_id, l.authority_id, count(*) as n, sum(t.amount) as total, max(t.effective_date) as last
        from added l join ledger.transfer t on (t.document_id, t.kind, t.leg) = (l.document_id, l.kind, l.leg) and t.authority_id = l.authority_id
        join ledger.journal_code d on d.id = l.debit_code and d.account_id = t.debit_account
        join ledger.journal_code c on c.id = l.credit_code and c.account_id = t.credit_account group by 1, 2) a
    full join (select batch_id, count(*) as n from added group by 1) every on every.batch_id = a.batch_id
    left join ledger.journal_batch b on b.id = a.batch_id and b.authority_id = a.authority_id
   where b.id is null or a.n <> every.n or (b.postings, b.total) <> (a.n, a.total) or a.last > b.up_to
      or (select count(*) from ledger.journal_line l where l.batch_id = a.batch_id) <> a.n limit 1;
  if found then
    raise exception 'a journal batch is kept whole, with the postings that come to its total'
      using errcode = 'MS001', constraint = 'guard_journal_batch_is_its_lines';
  end if;
  return null;
end $$;
create trigger guard_journal_lines after insert on ledger.journal_line referencing new table as added
  for each statement execute function ledger.guard_journal_lines();
create function ledger.guard_journal_batch_is_whole() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select count(*) from ledger.journal_line l where l.batch_id = new.id) <> new.postings then
    raise exception 'batch % has not its lines', new.number using errcode = 'MS001', constraint = 'guard_journal_batch_is_whole';
  end if;
  return null;
end $$;
create constraint trigger guard_journal_batch_is_whole after insert on ledger.journal_batch deferrable initially deferred
  for each row execute function ledger.guard_journal_batch_is_whole();

-- What of the bank's business keeps a month open: returns nobody has dealt with, files nobody knows the end of. Whatever
-- keeps such things adds them here.
create view payments.open_bank_business with (security_invoker = true) as
  select f.authority_id, 'return'::text as kind, f.id as document_id, f.input_day as since from payments.export_file f where false;
grant select on payments.open_bank_business to mainstay_app;

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['ledger.month_close', 'ledger.posted_later', 'ledger.journal_code', 'ledger.journal_batch', 'ledger.journal_line']) t;
select kernel.keep_in_council('ledger.month_reopening'), kernel.never_delete('ledger.month_reopening');
grant select, insert on ledger.month_close, ledger.month_reopening, ledger.posted_later, ledger.journal_code, ledger.journal_batch,
  ledger.journal_line to mainstay_app;
grant update (state, decided_by, decided_at, decided_because) on ledger.month_reopening to mainstay_app;
`,
  `
drop view payments.open_bank_business;
drop trigger guard_closed_months on ledger.transfer;
drop table ledger.journal_line, ledger.journal_batch, ledger.journal_code, ledger.posted_later, ledger.month_reopening, ledger.month_close;
drop function ledger.guard_journal_batch_is_whole, ledger.guard_journal_lines, ledger.guard_journal_batch, ledger.guard_posted_later,
  ledger.guard_closed_months, ledger.guard_month_close, ledger.open_day, ledger.is_closed;
`,
);
