import { sqlMigration } from './sql-migration.ts';

/**
 * Follows a bank file through its life at the bank, takes in what banks report, and brings back the money of payments
 * that did not reach their family, so that they can be paid again.
 */
export const FollowFilesAndReturns = sqlMigration(
  'FollowFilesAndReturns1790000000037',
  `
insert into ledger.transfer_kind values
  (20, 'return', 'a payment did not reach its family: its money comes back', 'clearing', 'returned'),
  (21, 'reissue', 'money that came back is owed to its family again', 'returned', 'payable'),
  (22, 'not-taken', 'the bank did not take a file: its money is owed again', 'clearing', 'payable'),
  (23, 'send-again', 'a file of reissued payments, or one in place of another, leaves for the bank', 'payable', 'clearing');

-- What came back is never paid out more than once: the account itself refuses.
create or replace function ledger.open_balance() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into ledger.balance (account_id, authority_id, debit_limited)
  values (new.id, new.authority_id, new.kind in ('available', 'committed', 'payable', 'returned'));
  return new;
end $$;
alter table ledger.balance no force row level security;
alter table ledger.account no force row level security;
update ledger.balance b set debit_limited = true from ledger.account a where a.id = b.account_id and a.kind = 'returned';
alter table ledger.account force row level security;
alter table ledger.balance force row level security;

-- By which rail a payment goes follows from what it is paid to. Every payment there is goes by Bacs.
alter table payments.line add column rail text not null default 'bacs';
alter table payments.payment_order add column rail text not null default 'bacs';
create function payments.rail_of(instrument_kind text) returns text language sql immutable parallel safe set search_path = '' as $$
  select case instrument_kind when 'prepaid-card' then 'prepaid-card' when 'voucher' then 'voucher' else 'bacs' end $$;

create or replace function payments.guard_line_insert() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id, authority_id from added) a
             left join payments.run r on r.id = a.run_id and r.authority_id = a.authority_id
             where r.state is distinct from 'pricing') then
    raise exception 'lines are only written while their run is being priced'
      using errcode = 'MS001', constraint = 'guard_lines_are_written_while_pricing';
  end if;
  if exists (select from added a left join families.instrument i on i.id = a.instrument_id
             where a.status = 'payable'
               and (i.state is distinct from 'approved' or i.family_id <> a.family_id or i.authority_id <> a.authority_id
                    or payments.rail_of(i.kind) <> a.rail)) then
    raise exception 'a line would pay an account that is not this family''s approved account, or by another rail'
      using errcode = 'MS001', constraint = 'guard_line_pays_the_familys_account';
  end if;
  return null;
end $$;

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
            or l.fund_id <> a.fund_id or l.rail <> a.rail or l.authority_id <> a.authority_id) limit 1;
    if found then
      raise exception 'payment order % is not the payable line of that number', odd.id
        using errcode = 'MS001', constraint = 'guard_order_is_its_line';
    end if;
  end loop;
  return null;
end $$;

-- A file is of a run; or of payments that came back; or it goes in place of a file the bank did not take.
alter table payments.export_file
  add column purpose text not null default 'run' constraint ck_export_purpose_is_known check (purpose in ('run', 'reissue', 'rescue')),
  add column replaces_id bigint,
  add column entry_day date,
  alter column run_id drop not null,
  drop constraint uq_export_once_a_run_and_rail,
  drop constraint ck_rail_is_known,
  add constraint ck_rail_is_known check (rail in ('bacs', 'prepaid-card', 'voucher', 'faster-payments', 'pain001')),
  add constraint uq_export_of_council unique (authority_id, id),
  add constraint uq_file_is_replaced_once unique (replaces_id),
  add constraint fk_file_replaces_a_file foreign key (authority_id, replaces_id) references payments.export_file (authority_id, id),
  add constraint ck_file_says_what_it_is_of check (case purpose
    when 'run' then run_id is not null and replaces_id is null
    when 'rescue' then replaces_id is not null
    else run_id is null and replaces_id is null end);
create unique index uq_export_once_a_run_and_rail on payments.export_file (run_id, rail) where purpose = 'run';

-- The file that carries its payments now: the last of those that went in each other's place.
create function payments.file_in_place_of(file bigint) returns bigint language sql stable set search_path = '' as $$
  with recursive placed as (
    select file as id, 0 as step
    union all
    select f.id, p.step + 1 from placed p join payments.export_file f on f.replaces_id = p.id)
  select id from placed order by step desc limit 1 $$;

-- What a bank tells: taken in whole, once. Its text is sealed: it names accounts.
create table payments.bank_report (
  id bigint not null default nextval('kernel.document_number') constraint pk_bank_report primary key,
  authority_id smallint not null,
  kind text not null constraint ck_report_kind_is_known check (kind in ('input', 'arucs', 'awacs')),
  sha256 bytea not null constraint ck_report_sha256 check (length(sha256) = 32),
  sealed bytea not null constraint ck_report_is_sealed check (get_byte(sealed, 0) = 1),
  items int not null constraint ck_report_says_something check (items > 0),
  total kernel.gbp not null,
  imported_by bigint not null,
  imported_on date not null default kernel.today(),
  imported_at timestamptz not null default now(),
  constraint uq_report_of_council unique (authority_id, id),
  constraint uq_report_once unique (authority_id, sha256),
  constraint fk_report_is_imported_by_a_user foreign key (authority_id, imported_by) references identity.user_account (authority_id, id)
);

-- Where a file is in its life at the bank. The row is made with the file; the story is in audit.state_change.
create table payments.bank_file (
  id bigint not null constraint pk_bank_file primary key,
  authority_id smallint not null,
  version int not null default 1,
  state text not null default 'exported',
  begun_by bigint,
  begun_on date,
  bank_reference text,
  submitted_on date,
  answer_from text constraint ck_answer_is_from_somebody_known check (answer_from in ('report', 'person')),
  answer_report_id bigint,
  answered_by bigint,
  answer_reason text,
  answered_on date,
  settled_on date,
  constraint uq_bank_file_of_council unique (authority_id, id),
  constraint fk_bank_file_is_its_export foreign key (authority_id, id) references payments.export_file (authority_id, id),
  constraint fk_bank_file_begun_by_a_user foreign key (authority_id, begun_by) references identity.user_account (authority_id, id),
  constraint fk_bank_file_answered_by_a_user foreign key (authority_id, answered_by) references identity.user_account (authority_id, id),
  constraint fk_bank_file_answer_report foreign key (authority_id, answer_report_id) references payments.bank_report (authority_id, id),
  constraint ck_file_at_the_bank_has_an_intent check (state = 'exported' or (begun_by is not null and begun_on is not null)),
  constraint ck_submitted_file_has_the_banks_reference check
    (state <> 'submitted' or (coalesce(length(btrim(bank_reference)), 0) between 1 and 60 and submitted_on is not null)),
  constraint ck_answered_file_says_who_answered check
    (state not in ('accepted', 'rejected', 'not_arrived', 'settled') or (answer_from is not null and answered_on is not null)),
  constraint ck_a_reports_answer_names_the_report check (answer_from is distinct from 'report' or answer_report_id is not null),
  constraint ck_a_persons_answer_says_who_and_why check
    (answer_from is distinct from 'person' or (answered_by is not null and coalesce(length(btrim(answer_reason)), 0) between 1 and 500)),
  constraint ck_not_arrived_is_a_persons_word check (state <> 'not_arrived' or answer_from = 'person'),
  constraint ck_settled_file_says_when check (state <> 'settled' or settled_on is not null)
);
create index ix_bank_file_open on payments.bank_file (authority_id, id) where state in ('exported', 'submitting', 'submitted', 'unknown', 'accepted');
insert into audit.state_edge values
  ('bank_file', '', 'make', 'exported'),
  ('bank_file', 'exported', 'begin', 'submitting'),
  ('bank_file', 'submitting', 'hand_in', 'submitted'),
  ('bank_file', 'submitting', 'lose', 'unknown'),
  ('bank_file', 'submitted', 'lose', 'unknown'),
  ('bank_file', 'submitting', 'accept', 'accepted'),
  ('bank_file', 'submitted', 'accept', 'accepted'),
  ('bank_file', 'unknown', 'accept', 'accepted'),
  ('bank_file', 'submitting', 'reject', 'rejected'),
  ('bank_file', 'submitted', 'reject', 'rejected'),
  ('bank_file', 'unknown', 'reject', 'rejected'),
  ('bank_file', 'unknown', 'not_arrive', 'not_arrived'),
  ('bank_file', 'accepted', 'settle', 'settled');
create trigger guard_states before insert or update of state on payments.bank_file
  for each row execute function audit.follow_states('bank_file');

create function payments.open_bank_file() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into payments.bank_file (id, authority_id) values (new.id, new.authority_id);
  return null;
end $$;
create trigger guard_open_bank_file after insert on payments.export_file for each row execute function payments.open_bank_file();

create function payments.guard_bank_file() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.id, new.authority_id, coalesce(old.begun_by, new.begun_by), coalesce(old.begun_on, new.begun_on),
      coalesce(old.bank_reference, new.bank_reference), coalesce(old.submitted_on, new.submitted_on),
      coalesce(old.settled_on, new.settled_on))
     is distinct from
     (old.id, old.authority_id, new.begun_by, new.begun_on, new.bank_reference, new.submitted_on, new.settled_on)
     or (old.answer_from is not null and
         (new.answer_from, new.answer_report_id, new.answered_by, new.answer_reason, new.answered_on)
         is distinct from (old.answer_from, old.answer_report_id, old.answered_by, old.answer_reason, old.answered_on)) then
    raise exception 'what was said of file % stands', new.id using errcode = 'MS001', constraint = 'guard_file_story_stands';
  end if;
  if new.state = 'settled' and new.settled_on < (select coalesce(f.entry_day, r.entry_day) from payments.export_file f
       left join payments.run r on r.id = f.run_id where f.id = new.id) then
    raise exception 'file % does not settle before its entry day', new.id
      using errcode = 'MS001', constraint = 'guard_file_settles_on_its_day';
  end if;
  return new;
end $$;
create trigger guard_bank_file before update on payments.bank_file for each row execute function payments.guard_bank_file();

-- A payment that came back. It is paid again once, or closed with a reason.
create table payments.returned_payment (
  id bigint not null default nextval('kernel.document_number') constraint pk_returned_payment primary key,
  authority_id smallint not null,
  version int not null default 1,
  state text not null default 'open',
  report_id bigint,
  line_no int,
  order_id bigint constraint uq_return_once_an_order unique,
  reissue_id bigint constraint uq_return_once_a_reissue unique,
  voucher_id bigint constraint uq_return_once_a_voucher unique,
  file_id bigint not null,
  family_id bigint not null,
  instrument_id bigint not null,
  amount kernel.gbp not null constraint ck_return_is_of_something check (amount > 0),
  code text not null constraint ck_return_code_is_known check (code in ('0', '2', '3', '5', 'B', 'C', 'expired')),
  arrived_on date not null default kernel.today(),
  due_on date not null,
  notice_id bigint,
  closed_by bigint,
  closed_because text,
  constraint uq_return_of_council unique (authority_id, id),
  constraint fk_return_of_a_report foreign key (authority_id, report_id) references payments.bank_report (authority_id, id),
  constraint fk_return_of_an_order foreign key (order_id) references payments.payment_order (id),
  constraint fk_return_of_a_file foreign key (authority_id, file_id) references payments.export_file (authority_id, id),
  constraint fk_return_told_by_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  constraint fk_return_closed_by_a_user foreign key (authority_id, closed_by) references identity.user_account (authority_id, id),
  constraint ck_return_is_of_one_payment check (num_nonnulls(order_id, reissue_id, voucher_id) = 1),
  constraint ck_return_has_its_report check ((code = 'expired') = (report_id is null) and (code = 'expired') = (voucher_id is not null)),
  constraint ck_return_is_due_after_it_came check (due_on > arrived_on),
  constraint ck_closed_return_says_by_whom_and_why check
    (state <> 'closed' or (closed_by is not null and coalesce(length(btrim(closed_because)), 0) between 1 and 500))
);
create index ix_return_open on payments.returned_payment (authority_id, due_on, id) where state = 'open';
create index ix_return_by_family on payments.returned_payment (family_id, id);
insert into audit.state_edge values
  ('returned_payment', '', 'come_back', 'open'),
  ('returned_payment', 'open', 'reissue', 'reissued'),
  ('returned_payment', 'open', 'close', 'closed');
create trigger guard_states before insert or update of state on payments.returned_payment
  for each row execute function audit.follow_states('returned_payment');

-- Asked when the work is done: its family is told, unless the account holder is reported dead.
create function payments.guard_return_is_told() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from payments.returned_payment r join notices.notice n on n.authority_id = r.authority_id and n.id = r.notice_id
                  where r.id = new.id and n.family_id = r.family_id and n.kind = 'payment-returned') then
    raise exception 'the family of return % is not told', new.id using errcode = 'MS001', constraint = 'guard_return_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_return_is_told after insert on payments.returned_payment deferrable initially deferred
  for each row when (new.code <> '2') execute function payments.guard_return_is_told();

-- That the details a payment came back from are right after all: two people say so.
create table payments.details_confirmation (
  authority_id smallint not null,
  return_id bigint not null,
  confirmed_by bigint not null,
  reason text not null constraint ck_confirmation_says_how check (length(btrim(reason)) between 1 and 500),
  confirmed_at timestamptz not null default now(),
  constraint pk_details_confirmation primary key (return_id, confirmed_by),
  constraint fk_confirmation_of_a_return foreign key (authority_id, return_id) references payments.returned_payment (authority_id, id),
  constraint fk_confirmation_by_a_user foreign key (authority_id, confirmed_by) references identity.user_account (authority_id, id)
);
create function payments.guard_confirmation() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.confirmed_by is distinct from kernel.current_actor() then
    raise exception 'nobody confirms for another' using errcode = 'MS001', constraint = 'guard_nobody_confirms_for_another';
  end if;
  if not exists (select from payments.returned_payment r where r.id = new.return_id and r.state = 'open') then
    raise exception 'return % is not open', new.return_id using errcode = 'MS001', constraint = 'guard_confirmed_return_is_open';
  end if;
  return new;
end $$;
create trigger guard_confirmation before insert on payments.details_confirmation
  for each row execute function payments.guard_confirmation();

-- A payment made again, under its own number and so its own reference.
create table payments.reissue (
  id bigint not null default nextval('kernel.document_number') constraint pk_reissue primary key,
  authority_id smallint not null,
  return_id bigint not null constraint uq_reissue_once_a_return unique,
  file_id bigint not null,
  family_id bigint not null,
  instrument_id bigint not null,
  rail text not null,
  amount kernel.gbp not null,
  is_urgent boolean not null default false,
  requested_by bigint not null,
  requested_on date not null default kernel.today(),
  constraint fk_reissue_of_a_return foreign key (authority_id, return_id) references payments.returned_payment (authority_id, id),
  constraint fk_reissue_in_a_file foreign key (authority_id, file_id) references payments.export_file (authority_id, id),
  constraint fk_reissue_requested_by_a_user foreign key (authority_id, requested_by) references identity.user_account (authority_id, id)
);
alter table payments.returned_payment add constraint fk_return_of_a_reissue foreign key (reissue_id) references payments.reissue (id);
create index ix_reissue_by_file on payments.reissue (file_id);

create function payments.guard_return() returns trigger language plpgsql set search_path = '' as $$
declare
  paid record;
  root bigint := new.file_id;
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.authority_id, new.report_id, new.line_no, new.order_id, new.reissue_id, new.voucher_id, new.file_id, new.family_id, new.instrument_id,
        new.amount, new.code, new.arrived_on, new.due_on, coalesce(old.notice_id, new.notice_id))
       is distinct from
       (old.id, old.authority_id, old.report_id, old.line_no, old.order_id, old.reissue_id, old.voucher_id, old.file_id, old.family_id, old.instrument_id,
        old.amount, old.code, old.arrived_on, old.due_on, new.notice_id) then
      raise exception 'return % stands as it came', new.id using errcode = 'MS001', constraint = 'guard_return_stands';
    end if;
    if new.state = 'reissued' and not exists (select from payments.reissue x where x.return_id = new.id) then
      raise exception 'return % was not paid again', new.id using errcode = 'MS001', constraint = 'guard_reissued_return_is_paid_again';
    end if;
    return new;
  end if;
  while exists (select from payments.export_file f where f.id = root and f.replaces_id is not null) loop
    root := (select f.replaces_id from payments.export_file f where f.id = root);
  end loop;
  select p.* into paid from (
    select o.id, o.amount, o.family_id, o.instrument_id, o.authority_id from payments.payment_order o
      join payments.export_file f on f.run_id = o.run_id and f.rail = o.rail and f.purpose = 'run' and f.id = root
     where o.id = new.order_id
    union all
    select x.id, x.amount, x.family_id, x.instrument_id, x.authority_id from payments.reissue x
     where x.id = new.reissue_id and x.file_id = root
    union all
    select v.id, v.amount, v.family_id, v.instrument_id, v.authority_id from payments.voucher v
     where v.id = new.voucher_id and v.file_id = root and v.state = 'expired') p;
  if paid.id is null or (paid.amount, paid.family_id, paid.instrument_id, paid.authority_id)
       is distinct from (new.amount, new.family_id, new.instrument_id, new.authority_id) then
    raise exception 'what comes back is a payment of that file, to the penny'
      using errcode = 'MS001', constraint = 'guard_return_is_of_a_payment';
  end if;
  if not exists (select from payments.bank_file b where b.id = new.file_id and b.state in ('accepted', 'settled'))
     or exists (select from payments.export_file f where f.replaces_id = new.file_id) then
    raise exception 'nothing comes back from a file the bank does not have'
      using errcode = 'MS001', constraint = 'guard_return_is_of_a_file_at_the_bank';
  end if;
  return new;
end $$;
create trigger guard_return before insert or update on payments.returned_payment for each row execute function payments.guard_return();

-- Paid again only to details that are right: others than it came back from, in force today; or the same, said right by
-- two other people. Where the payee is reported dead, two people always say so.
create function payments.guard_reissue() returns trigger language plpgsql set search_path = '' as $$
declare
  back payments.returned_payment;
  present bigint;
  says int;
begin
  select * into back from payments.returned_payment r where r.id = new.return_id for update;
  if back.state <> 'open' or (new.amount, new.family_id, new.authority_id) is distinct from (back.amount, back.family_id, back.authority_id) then
    raise exception 'return % is paid again whole, once, to its family', new.return_id
      using errcode = 'MS001', constraint = 'guard_reissue_is_its_return';
  end if;
  select i.id into present from families.instrument i
   where i.family_id = new.family_id and i.state = 'approved' and i.usable_from <= kernel.today()
   order by i.usable_from desc, i.id desc limit 1;
  select count(*) into says from payments.details_confirmation c where c.return_id = new.return_id and c.confirmed_by <> new.requested_by;
  if new.instrument_id is distinct from present or ((present = back.instrument_id or back.code = '2') and says < 2) then
    raise exception 'the details of return % are not known to be right', new.return_id
      using errcode = 'MS001', constraint = 'guard_reissue_has_right_details';
  end if;
  if not exists (select from payments.export_file f where f.id = new.file_id and f.purpose = 'reissue' and f.rail = new.rail) then
    raise exception 'a reissue goes in a file of reissues' using errcode = 'MS001', constraint = 'guard_reissue_is_in_its_file';
  end if;
  return new;
end $$;
create trigger guard_reissue before insert on payments.reissue for each row execute function payments.guard_reissue();

-- A file equals its part of what was posted, of what came back, or of the file it replaces.
create or replace function payments.guard_export() returns trigger language plpgsql set search_path = '' as $$
declare old_file payments.export_file;
begin
  if new.purpose = 'run' and not exists
     (select from payments.run r where r.id = new.run_id and r.state = 'posted'
         and (new.items, new.total) = (select count(*), sum(o.amount) from payments.payment_order o
                                        where o.run_id = r.id and o.rail = new.rail)) then
    raise exception 'the file of run % does not equal what was posted', new.run_id
      using errcode = 'MS001', constraint = 'guard_export_equals_the_ledger';
  end if;
  if new.purpose = 'rescue' then
    select * into old_file from payments.export_file f where f.id = new.replaces_id;
    if (new.items, new.total, new.run_id) is distinct from (old_file.items, old_file.total, old_file.run_id) then
      raise exception 'file % pays what file % did', new.id, new.replaces_id
        using errcode = 'MS001', constraint = 'guard_export_equals_the_ledger';
    end if;
    if not exists (select from payments.bank_file b where b.id = new.replaces_id and b.state in ('rejected', 'not_arrived')) then
      raise exception 'file % may be at the bank: nothing goes in its place', new.replaces_id
        using errcode = 'MS001', constraint = 'guard_only_a_lost_file_is_replaced';
    end if;
  end if;
  return new;
end $$;

create function payments.guard_reissue_file() returns trigger language plpgsql set search_path = '' as $$
declare file bigint := case tg_table_name when 'reissue' then (to_jsonb(new) ->> 'file_id')::bigint else new.id end;
begin
  if not exists (select from payments.export_file f where f.id = file
       and (f.items, f.total) = (select count(*), sum(x.amount) from payments.reissue x where x.file_id = f.id)) then
    raise exception 'file % does not equal its reissued payments', file
      using errcode = 'MS001', constraint = 'guard_export_equals_its_reissues';
  end if;
  return null;
end $$;
create constraint trigger guard_export_equals_its_reissues after insert on payments.export_file deferrable initially deferred
  for each row when (new.purpose = 'reissue') execute function payments.guard_reissue_file();
create constraint trigger guard_export_equals_its_reissues after insert on payments.reissue deferrable initially deferred
  for each row execute function payments.guard_reissue_file();

-- Transfers of these kinds are what their documents say, and each document has its transfer when the work is done.
create function payments.guard_return_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where kind between 20 and 23) then return null; end if;
  select t.document_id, t.kind into odd from added t
   where t.kind between 20 and 23 and (t.leg <> 0 or case t.kind
     when 20 then not exists (select from payments.returned_payment r where r.id = t.document_id and r.amount = t.amount and r.authority_id = t.authority_id)
     when 21 then not exists (select from payments.reissue x where x.id = t.document_id and x.amount = t.amount and x.authority_id = t.authority_id)
     when 22 then not exists (select from payments.bank_file b join payments.export_file f on f.id = b.id
                               where b.id = t.document_id and b.state in ('rejected', 'not_arrived') and f.total = t.amount and b.authority_id = t.authority_id)
     else not exists (select from payments.export_file f where f.id = t.document_id and f.purpose <> 'run' and f.total = t.amount
                         and f.authority_id = t.authority_id) end) limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
create trigger guard_with_returns after insert on ledger.transfer referencing new table as added
  for each statement execute function payments.guard_return_transfers();
create function payments.guard_has_its_transfer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from ledger.transfer t where t.document_id = new.id and t.kind = tg_argv[0]::smallint) then
    raise exception '% % is not in the ledger', tg_table_name, new.id using errcode = 'MS001', constraint = tg_name;
  end if;
  return null;
end $$;
create constraint trigger guard_return_is_in_the_ledger after insert on payments.returned_payment deferrable initially deferred
  for each row execute function payments.guard_has_its_transfer('20');
create constraint trigger guard_reissue_is_in_the_ledger after insert on payments.reissue deferrable initially deferred
  for each row execute function payments.guard_has_its_transfer('21');
create constraint trigger guard_file_not_taken_is_in_the_ledger after update on payments.bank_file deferrable initially deferred
  for each row when (new.state in ('rejected', 'not_arrived')) execute function payments.guard_has_its_transfer('22');
create constraint trigger guard_file_sent_again_is_in_the_ledger after insert on payments.export_file deferrable initially deferred
  for each row when (new.purpose <> 'run') execute function payments.guard_has_its_transfer('23');

-- A family is told that its payment did not arrive.
do $do$
declare said text := (select pg_get_constraintdef(c.oid) from pg_constraint c where c.conname = 'ck_notice_kind_is_known');
begin
  execute 'alter table notices.notice drop constraint ck_notice_kind_is_known, add constraint ck_notice_kind_is_known '
    || replace(said, '''remittance''::text', '''remittance''::text, ''payment-returned''::text');
end $do$;

-- What a report says that fits nothing here: named, and somebody's to explain.
create table payments.report_exception (
  id bigint not null default nextval('kernel.document_number') constraint pk_report_exception primary key,
  authority_id smallint not null,
  report_id bigint not null,
  line_no int not null,
  what text not null constraint ck_exception_is_known check (what in ('no-such-payment', 'no-such-file', 'file-already-answered', 'not-at-the-bank')),
  reference text not null,
  amount kernel.gbp,
  state text not null default 'open',
  explained_by bigint,
  explanation text,
  constraint uq_exception_once_a_line unique (report_id, line_no),
  constraint fk_exception_of_a_report foreign key (authority_id, report_id) references payments.bank_report (authority_id, id),
  constraint fk_exception_explained_by_a_user foreign key (authority_id, explained_by) references identity.user_account (authority_id, id),
  constraint ck_explained_exception_says_how check
    (state <> 'explained' or (explained_by is not null and coalesce(length(btrim(explanation)), 0) between 1 and 500))
);
insert into audit.state_edge values
  ('report_exception', '', 'find', 'open'),
  ('report_exception', 'open', 'explain', 'explained');
create trigger guard_states before insert or update of state on payments.report_exception
  for each row execute function audit.follow_states('report_exception');

-- Files that are there already begin their life here.
alter table payments.export_file no force row level security;
alter table payments.bank_file disable trigger guard_states;
insert into payments.bank_file (id, authority_id) select id, authority_id from payments.export_file;
alter table payments.bank_file enable trigger guard_states;
alter table payments.export_file force row level security;

select kernel.keep_in_council(t::regclass) from unnest(array['payments.bank_report', 'payments.bank_file', 'payments.returned_payment',
  'payments.details_confirmation', 'payments.reissue', 'payments.report_exception']) t;
select kernel.append_only(t::regclass) from unnest(array['payments.bank_report', 'payments.details_confirmation', 'payments.reissue']) t;
select kernel.never_delete(t::regclass) from unnest(array['payments.bank_file', 'payments.returned_payment', 'payments.report_exception']) t;
grant select, insert on payments.bank_report, payments.returned_payment, payments.details_confirmation, payments.reissue,
  payments.report_exception to mainstay_app;
grant select on payments.bank_file to mainstay_app;
grant update (state, version, begun_by, begun_on, bank_reference, submitted_on, answer_from, answer_report_id, answered_by, answer_reason,
  answered_on, settled_on) on payments.bank_file to mainstay_app;
grant update (state, version, notice_id, closed_by, closed_because) on payments.returned_payment to mainstay_app;
grant update (state, explained_by, explanation) on payments.report_exception to mainstay_app;
`,
  `
drop trigger guard_export_equals_its_reissues on payments.export_file;
drop trigger guard_file_sent_again_is_in_the_ledger on payments.export_file;
drop trigger guard_open_bank_file on payments.export_file;
drop trigger guard_with_returns on ledger.transfer;
drop table payments.report_exception, payments.details_confirmation, payments.bank_file cascade;
alter table payments.returned_payment drop constraint fk_return_of_a_reissue;
drop table payments.reissue, payments.returned_payment, payments.bank_report;
drop function payments.guard_has_its_transfer, payments.guard_return_transfers, payments.guard_reissue_file, payments.guard_reissue,
  payments.guard_return, payments.guard_return_is_told, payments.guard_confirmation,
  payments.file_in_place_of, payments.guard_bank_file, payments.open_bank_file;
drop index payments.uq_export_once_a_run_and_rail;
alter table payments.export_file drop column purpose, drop column replaces_id, drop column entry_day, alter column run_id set not null,
  drop constraint uq_export_of_council, add constraint uq_export_once_a_run_and_rail unique (run_id, rail);
delete from audit.state_edge where machine in ('bank_file', 'returned_payment', 'report_exception');
delete from ledger.transfer_kind where code between 20 and 23;
`,
);
