import { sqlMigration } from './sql-migration.ts';

/** Makes runs, their lines, holds, payment orders, bank files and the pay calendar, with the guards between them. */
export const CreatePayments = sqlMigration(
  'CreatePayments1790000000009',
  `
create schema payments;
grant usage on schema payments to mainstay_app;

-- Who the council is to the bank.
create table payments.originator (
  authority_id smallint constraint pk_originator primary key,
  service_user_number text not null constraint ck_service_user_number_is_six_digits check (service_user_number ~ '^[0-9]{6}$'),
  sort_code text not null constraint ck_originator_sort_code_is_six_digits check (sort_code ~ '^[0-9]{6}$'),
  account_number text not null constraint ck_originator_account_is_eight_digits check (account_number ~ '^[0-9]{8}$'),
  account_name text not null,
  last_serial int not null default 0 constraint ck_last_serial_is_six_digits check (last_serial between 0 and 999999),
  reference_prefix text not null constraint ck_reference_prefix_is_neutral check
    (reference_prefix ~ '^[A-Z0-9]{1,6}$' and reference_prefix !~ '(NRPF|S17|SEC|CHILD|ASYL)')
);

create table payments.run (
  id bigint not null default nextval('kernel.document_number') constraint pk_run primary key,
  authority_id smallint not null,
  version int not null default 1,
  kind text not null constraint ck_run_kind_is_known check (kind in ('section-17')),
  state text not null,
  pay_date date not null,
  entry_day date not null,
  processing_day date not null,
  input_day date not null,
  is_late boolean not null default false,
  opened_by bigint,
  opened_at timestamptz not null default now(),
  pricing_round int not null default 0,
  batches_total int not null default 0,
  batches_done int not null default 0,
  line_count int not null default 0,
  held_count int not null default 0,
  total kernel.gbp not null default 0,
  fingerprint bytea,
  approval_id bigint,
  proposed_by bigint,
  approved_by bigint,
  released_by bigint,
  posted_on date,
  cancelled_reason text,
  constraint uq_run_of_council unique (authority_id, id),
  constraint ck_run_days_are_in_order check (input_day < processing_day and processing_day < entry_day),
  constraint ck_run_proposer_is_not_approver check (proposed_by <> approved_by),
  constraint ck_run_approver_is_not_releaser check (approved_by <> released_by),
  constraint ck_run_proposer_is_not_releaser check (proposed_by <> released_by),
  constraint ck_released_run_has_three_people check
    (state not in ('releasing', 'posted', 'exported')
     or (proposed_by is not null and approved_by is not null and released_by is not null and approval_id is not null)),
  constraint ck_cancelled_run_has_a_reason check (state <> 'cancelled' or coalesce(length(btrim(cancelled_reason)), 0) > 0),
  constraint fk_run_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_run_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_run_approved_by_a_user foreign key (authority_id, approved_by) references identity.user_account (authority_id, id),
  constraint fk_run_released_by_a_user foreign key (authority_id, released_by) references identity.user_account (authority_id, id)
);
create unique index uq_run_once_a_pay_date on payments.run (authority_id, kind, pay_date) where state <> 'cancelled';
insert into audit.state_edge values
  ('run', '', 'open', 'planned'),
  ('run', 'planned', 'price', 'pricing'),
  ('run', 'pricing', 'finish_pricing', 'priced'),
  ('run', 'priced', 'price', 'pricing'),
  ('run', 'priced', 'submit', 'in_approval'),
  ('run', 'in_approval', 'approve', 'approved'),
  ('run', 'in_approval', 'send_back', 'priced'),
  ('run', 'in_approval', 'amend', 'priced'),
  ('run', 'approved', 'amend', 'priced'),
  ('run', 'approved', 'release', 'releasing'),
  ('run', 'releasing', 'post', 'posted'),
  ('run', 'posted', 'export', 'exported'),
  ('run', 'planned', 'cancel', 'cancelled'),
  ('run', 'pricing', 'cancel', 'cancelled'),
  ('run', 'priced', 'cancel', 'cancelled'),
  ('run', 'in_approval', 'cancel', 'cancelled'),
  ('run', 'approved', 'cancel', 'cancelled');
create trigger guard_states before insert or update of state on payments.run
  for each row execute function audit.follow_states('run');

-- The approver on the run is the one who signed exactly these lines.
create function payments.guard_run() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state in ('approved', 'releasing', 'posted', 'exported') and not exists
     (select from approvals.request r join approvals.decision d on d.request_id = r.id
       where r.id = new.approval_id and r.state = 'approved' and d.outcome = 'approved' and r.kind = 'section-17-run'
         and r.subject_id = new.id and r.fingerprint = new.fingerprint and r.amount = new.total
         and d.decided_by = new.approved_by and r.proposed_by = new.proposed_by) then
    raise exception 'run % has no approval of exactly these lines', new.id
      using errcode = 'MS001', constraint = 'guard_run_is_approved_as_it_stands';
  end if;
  if new.state in ('posted', 'exported') and not exists
     (select from ledger.seal s where s.run_id = new.id and s.n = new.line_count and s.total = new.total) then
    raise exception 'run % is not in the ledger whole and sealed', new.id
      using errcode = 'MS001', constraint = 'guard_posted_run_is_sealed';
  end if;
  if new.state = 'exported' and not exists (select from payments.export_file f where f.run_id = new.id) then
    raise exception 'run % has no file', new.id using errcode = 'MS001', constraint = 'guard_exported_run_has_its_file';
  end if;
  if tg_op = 'UPDATE' and (old.pay_date, old.kind, old.authority_id) is distinct from (new.pay_date, new.kind, new.authority_id) then
    raise exception 'run % keeps its pay date', new.id using errcode = 'MS001', constraint = 'guard_run_keeps_its_pay_date';
  end if;
  if tg_op = 'UPDATE' and old.state in ('releasing', 'posted', 'exported')
     and (old.line_count, old.held_count, old.total, old.fingerprint, old.approval_id, old.proposed_by, old.approved_by, old.released_by,
          old.entry_day, old.processing_day, old.input_day, old.is_late, coalesce(old.posted_on, new.posted_on))
         is distinct from
         (new.line_count, new.held_count, new.total, new.fingerprint, new.approval_id, new.proposed_by, new.approved_by, new.released_by,
          new.entry_day, new.processing_day, new.input_day, new.is_late, new.posted_on) then
    raise exception 'run % has been released: it stands as it is', new.id
      using errcode = 'MS001', constraint = 'guard_released_run_is_fixed';
  end if;
  return new;
end $$;
create trigger guard_run before insert or update on payments.run for each row execute function payments.guard_run();

create table payments.line (
  id bigint not null default nextval('kernel.document_number') constraint pk_line primary key,
  run_id bigint not null,
  source_id bigint not null,
  family_id bigint not null,
  instrument_id bigint,
  fund_id bigint not null,
  owed_sevenths bigint not null,
  overpaid_sevenths bigint not null default 0 constraint ck_overpayment_is_not_negative check (overpaid_sevenths >= 0),
  withdrawn_sevenths bigint not null default 0 constraint ck_withdrawal_is_not_negative check (withdrawn_sevenths >= 0),
  covers_from date not null,
  covers_to date not null,
  authority_id smallint not null,
  carry_sevenths smallint not null constraint ck_carry_is_under_half_a_penny check (carry_sevenths between -3 and 3),
  status text not null constraint ck_line_status_is_known check (status in ('payable', 'held', 'void')),
  hold_code text,
  amount kernel.gbp not null constraint ck_line_amount_is_not_negative check (amount >= 0),
  input_fingerprint bytea not null constraint ck_line_fingerprint_is_sha256 check (length(input_fingerprint) = 32),
  standing text not null default '',
  explanation json not null,
  constraint ck_line_covers_some_days check (covers_to > covers_from),
  constraint ck_payable_line_pays_something check (status <> 'payable' or (amount > 0 and instrument_id is not null and hold_code is null)),
  constraint ck_held_line_says_why check (status <> 'held' or hold_code is not null)
);
-- Paid once: two payable lines can never begin on the same day of the same plan, in any run.
create unique index uq_line_paid_once on payments.line (source_id, covers_from) where status = 'payable';
create unique index uq_line_once_a_run on payments.line (run_id, source_id) where status <> 'void';

create function payments.guard_line_insert() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id, authority_id from added) a
             left join payments.run r on r.id = a.run_id and r.authority_id = a.authority_id
             where r.state is distinct from 'pricing') then
    raise exception 'lines are only written while their run is being priced'
      using errcode = 'MS001', constraint = 'guard_lines_are_written_while_pricing';
  end if;
  if exists (select from added a left join families.instrument i on i.id = a.instrument_id
             where a.status = 'payable'
               and (i.state is distinct from 'approved' or i.family_id <> a.family_id or i.authority_id <> a.authority_id)) then
    raise exception 'a line would pay an account that is not this family''s approved account'
      using errcode = 'MS001', constraint = 'guard_line_pays_the_familys_account';
  end if;
  return null;
end $$;
create trigger guard_line_insert after insert on payments.line referencing new table as added
  for each statement execute function payments.guard_line_insert();

create function payments.guard_line_update() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id from changed) c join payments.run r on r.id = c.run_id
             where r.state not in ('pricing', 'priced', 'cancelled')) then
    raise exception 'the lines of this run are fixed: amend the run first'
      using errcode = 'MS001', constraint = 'guard_lines_are_fixed_once_sent_for_approval';
  end if;
  -- As sets: a join of the two was planned row against row, and cancelling a run of 20,000 took minutes.
  if exists (select from before where status = 'void') or exists (
       select id, run_id, source_id, family_id, instrument_id, fund_id, owed_sevenths, overpaid_sevenths, withdrawn_sevenths,
              covers_from, covers_to, authority_id, carry_sevenths, amount, input_fingerprint, standing from changed
       except
       select id, run_id, source_id, family_id, instrument_id, fund_id, owed_sevenths, overpaid_sevenths, withdrawn_sevenths,
              covers_from, covers_to, authority_id, carry_sevenths, amount, input_fingerprint, standing from before) then
    raise exception 'a line is never edited: price the run again'
      using errcode = 'MS001', constraint = 'guard_line_is_immutable';
  end if;
  return null;
end $$;
create trigger guard_line_update after update on payments.line referencing old table as before new table as changed
  for each statement execute function payments.guard_line_update();

-- Holds as records: who held or released which line, and why.
create table payments.hold (
  id bigint not null default nextval('kernel.document_number') constraint pk_hold primary key,
  authority_id smallint not null,
  run_id bigint not null,
  source_id bigint not null,
  category text not null constraint ck_hold_category_is_known check (category in
    ('contact-lost', 'bank-details-doubtful', 'left-the-area', 'safeguarding', 'assessment-due', 'other')),
  reason text not null constraint ck_hold_has_a_reason check (length(btrim(reason)) > 0),
  held_by bigint,
  held_at timestamptz not null default now(),
  released_by bigint,
  released_at timestamptz,
  release_reason text,
  constraint fk_hold_of_a_run foreign key (authority_id, run_id) references payments.run (authority_id, id),
  constraint ck_release_has_a_reason check (released_at is null or coalesce(length(btrim(release_reason)), 0) > 0)
);
create unique index uq_hold_once on payments.hold (run_id, source_id) where released_at is null;

-- A payment order is its line, once the run is posted: the same number.
create table payments.payment_order (
  id bigint not null constraint pk_payment_order primary key,
  run_id bigint not null,
  family_id bigint not null,
  instrument_id bigint not null,
  authority_id smallint not null,
  amount kernel.gbp not null constraint ck_order_pays_something check (amount > 0)
);

-- Joins of sets are hashed ("enable_nestloop"): row by row, on a plan kept from when the tables were empty, 20,000 orders
-- took 10 seconds.
create function payments.guard_orders() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
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
            or l.authority_id <> a.authority_id) limit 1;
    if found then
      raise exception 'payment order % is not the payable line of that number', odd.id
        using errcode = 'MS001', constraint = 'guard_order_is_its_line';
    end if;
  end loop;
  return null;
end $$;
create trigger guard_orders after insert on payments.payment_order referencing new table as added
  for each statement execute function payments.guard_orders();

-- A foreign key cannot say "the same amount"; this can.
create function payments.guard_pay_transfers() returns trigger language plpgsql security definer
  set search_path = '' set enable_nestloop = off as $$
declare
  posted record;
  odd record;
begin
  for posted in select distinct run_id from added where kind = 4 loop
    select t.document_id into odd from added t
      left join payments.payment_order o on o.id = t.document_id and o.run_id = posted.run_id
     where t.kind = 4 and t.run_id is not distinct from posted.run_id
       and (o.id is null or o.amount <> t.amount or o.authority_id <> t.authority_id) limit 1;
    if found then
      raise exception 'transfer for % is not a payment order of that amount', odd.document_id
        using errcode = 'MS001', constraint = 'guard_transfer_is_its_order';
    end if;
  end loop;
  return null;
end $$;
create trigger guard_pay_transfers after insert on ledger.transfer referencing new table as added
  for each statement execute function payments.guard_pay_transfers();

create table payments.export_file (
  id bigint not null default nextval('kernel.document_number') constraint pk_export_file primary key,
  authority_id smallint not null,
  run_id bigint not null,
  rail text not null constraint ck_rail_is_known check (rail in ('bacs')),
  serial text not null constraint ck_serial_is_six_digits check (serial ~ '^[0-9]{6}$' and serial <> '000000'),
  input_day date not null,
  name text not null,
  items int not null,
  total kernel.gbp not null,
  sha256 bytea not null constraint ck_export_sha256 check (length(sha256) = 32),
  sealed bytea not null constraint ck_export_is_sealed check (get_byte(sealed, 0) = 1),
  made_at timestamptz not null default now(),
  constraint fk_export_of_a_run foreign key (authority_id, run_id) references payments.run (authority_id, id),
  constraint uq_export_once_a_run_and_rail unique (run_id, rail),
  constraint uq_serial_once_a_day unique (authority_id, rail, input_day, serial)
);
create function payments.guard_export() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from payments.run r
                  where r.id = new.run_id and r.state = 'posted' and r.line_count = new.items and r.total = new.total
                    and new.total = (select sum(o.amount) from payments.payment_order o where o.run_id = r.id)) then
    raise exception 'the file of run % does not equal what was posted', new.run_id
      using errcode = 'MS001', constraint = 'guard_export_equals_the_ledger';
  end if;
  return new;
end $$;
create trigger guard_export before insert on payments.export_file for each row execute function payments.guard_export();
create index ix_order_by_run on payments.payment_order using brin (run_id);

-- Every other kind of transfer belongs to a document that says the same.
create function payments.guard_other_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where kind <> 4) then return null; end if;
  select t.document_id, t.kind into odd from added t
   where case t.kind
     when 1 then not exists (select from funds.budget b join ledger.account d on d.id = t.debit_account
                              where b.id = t.document_id and b.amount = t.amount and b.fund_id = d.fund_id)
     when 2 then not exists (select from approvals.request r where r.id = t.document_id and r.state = 'approved'
                              and r.amount = (select sum(c.amount) from added c where c.document_id = t.document_id and c.kind = 2))
     when 6 then not exists (select from payments.export_file f where f.id = t.document_id and f.total = t.amount and f.run_id = t.run_id)
     when 3 then not exists (select from ledger.transfer c where c.document_id = t.document_id and c.kind = 2 and c.leg = t.leg
                              and c.amount = t.amount and c.credit_account = t.debit_account)
              or exists (select from ledger.transfer u where u.document_id = t.document_id and u.kind = 5)
     when 5 then not exists (select from ledger.transfer c where c.document_id = t.document_id and c.kind = 2 and c.leg = t.leg
                              and c.amount = t.amount and c.credit_account = t.debit_account)
              or exists (select from ledger.transfer u where u.document_id = t.document_id and u.kind = 3)
     else false end limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
-- Named to come after the ledger's own guards: Postgres fires triggers by name.
create trigger guard_with_documents after insert on ledger.transfer referencing new table as added
  for each statement execute function payments.guard_other_transfers();

-- The pay calendar: what will open when. A missed tick leaves the row; the next tick claims it.
create table payments.pay_calendar (
  authority_id smallint not null,
  kind text not null,
  pay_date date not null,
  opens_on date not null,
  input_day date not null,
  processing_day date not null,
  entry_day date not null,
  run_id bigint,
  constraint fk_calendar_run foreign key (authority_id, run_id) references payments.run (authority_id, id),
  constraint pk_pay_calendar primary key (authority_id, kind, pay_date)
);

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['payments.originator', 'payments.run', 'payments.line', 'payments.hold', 'payments.pay_calendar']) t;
select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['payments.payment_order', 'payments.export_file']) t;
grant select, insert, update on payments.originator, payments.run, payments.hold, payments.pay_calendar to mainstay_app;
grant select, insert on payments.line, payments.payment_order, payments.export_file to mainstay_app;
grant update (status, hold_code) on payments.line to mainstay_app;
`,
  `drop schema payments cascade;`,
);
