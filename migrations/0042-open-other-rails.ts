import { sqlMigration } from './sql-migration.ts';

/**
 * Pays families without a bank account by prepaid card or voucher, lets two people send a lost file again by another rail,
 * and keeps what banks say of details that are wrong.
 */
export const OpenOtherRails = sqlMigration(
  'OpenOtherRails1790000000042',
  `
alter table families.instrument drop constraint ck_instrument_kind_is_known,
  add constraint ck_instrument_kind_is_known check (kind in ('bank', 'third-party', 'prepaid-card', 'voucher'));
create index ix_instrument_by_other_rails on families.instrument (id) where kind in ('prepaid-card', 'voucher');
create function families.guard_instrument_kind() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'bank details are never edited: propose new ones'
    using errcode = 'MS001', constraint = 'guard_bank_details_are_immutable';
end $$;
create trigger guard_instrument_kind before update on families.instrument
  for each row when (new.kind is distinct from old.kind) execute function families.guard_instrument_kind();

-- How a council's provider wants its file; without a row, as the rail writes it by itself.
create table payments.rail_profile (
  id bigint not null default nextval('kernel.document_number') constraint pk_rail_profile primary key,
  authority_id smallint not null,
  rail text not null constraint ck_profile_rail_has_templates check (rail in ('prepaid-card', 'voucher', 'faster-payments')),
  provider text not null constraint ck_profile_names_its_provider check (length(btrim(provider)) between 1 and 60),
  template jsonb not null constraint ck_profile_has_columns check (coalesce(jsonb_array_length(template -> 'columns'), 0) between 1 and 60)
);
create index ix_rail_profile on payments.rail_profile (authority_id, rail, id desc);

-- What one cash-out voucher may come to, and how long it can be cashed.
create table payments.voucher_terms (
  authority_id smallint constraint pk_voucher_terms primary key,
  most kernel.gbp not null default 100 constraint ck_voucher_is_of_something check (most > 0),
  valid_days smallint not null default 90 constraint ck_voucher_is_valid_some_days check (valid_days between 7 and 366)
);
create table payments.voucher (
  id bigint not null default nextval('kernel.document_number') constraint pk_voucher primary key,
  authority_id smallint not null,
  paid_id bigint not null,
  file_id bigint not null,
  family_id bigint not null,
  instrument_id bigint not null,
  amount kernel.gbp not null constraint ck_voucher_pays_something check (amount > 0),
  expires_on date not null,
  state text not null default 'issued',
  redeemed_on date,
  constraint fk_voucher_in_a_file foreign key (authority_id, file_id) references payments.export_file (authority_id, id),
  constraint ck_redeemed_voucher_says_when check ((state = 'redeemed') = (redeemed_on is not null))
);
create index ix_voucher_issued on payments.voucher (authority_id, expires_on, id) where state = 'issued';
create index ix_voucher_by_payment on payments.voucher (paid_id);
insert into audit.state_edge values
  ('voucher', '', 'issue', 'issued'),
  ('voucher', 'issued', 'redeem', 'redeemed'),
  ('voucher', 'issued', 'expire', 'expired');
create trigger guard_states before insert or update of state on payments.voucher
  for each row execute function audit.follow_states('voucher');
alter table payments.returned_payment add constraint fk_return_of_a_voucher foreign key (voucher_id) references payments.voucher (id);

create function payments.guard_voucher() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.amount > coalesce((select t.most from payments.voucher_terms t where t.authority_id = new.authority_id), 100) then
      raise exception 'a voucher of % is above what one may come to', new.amount
        using errcode = 'MS001', constraint = 'guard_voucher_is_within_its_cap';
    end if;
    return new;
  end if;
  if (new.id, new.authority_id, new.paid_id, new.file_id, new.family_id, new.instrument_id, new.amount, new.expires_on,
      coalesce(old.redeemed_on, new.redeemed_on))
     is distinct from
     (old.id, old.authority_id, old.paid_id, old.file_id, old.family_id, old.instrument_id, old.amount, old.expires_on, new.redeemed_on) then
    raise exception 'voucher % stands as issued', new.id using errcode = 'MS001', constraint = 'guard_voucher_stands';
  end if;
  if new.state = 'expired' and kernel.today() <= new.expires_on then
    raise exception 'voucher % can be cashed until %', new.id, new.expires_on
      using errcode = 'MS001', constraint = 'guard_voucher_expires_after_its_day';
  end if;
  return new;
end $$;
create trigger guard_voucher before insert or update on payments.voucher for each row execute function payments.guard_voucher();

-- The vouchers of a payment come to the payment, once.
create function payments.guard_vouchers() returns trigger language plpgsql set search_path = '' as $$
declare
  paid record;
  vouchers numeric := (select sum(v.amount) from payments.voucher v where v.paid_id = new.paid_id);
begin
  select p.* into paid from (
    select o.amount, o.family_id, o.instrument_id from payments.payment_order o where o.id = new.paid_id and o.rail = 'voucher'
    union all
    select x.amount, x.family_id, x.instrument_id from payments.reissue x where x.id = new.paid_id and x.rail = 'voucher') p;
  if (paid.amount, paid.family_id, paid.instrument_id) is distinct from (vouchers, new.family_id, new.instrument_id)
     or not exists (select from payments.export_file f where f.id = new.file_id and f.rail = 'voucher') then
    raise exception 'the vouchers of payment % do not come to it', new.paid_id
      using errcode = 'MS001', constraint = 'guard_vouchers_come_to_their_payment';
  end if;
  return null;
end $$;
create constraint trigger guard_vouchers_come_to_their_payment after insert on payments.voucher deferrable initially deferred
  for each row execute function payments.guard_vouchers();
-- An expired voucher's money is back when the work is done.
create function payments.guard_expired_voucher() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from payments.returned_payment r where r.voucher_id = new.id) then
    raise exception 'the money of voucher % is not back', new.id using errcode = 'MS001', constraint = 'guard_expired_voucher_comes_back';
  end if;
  return null;
end $$;
create constraint trigger guard_expired_voucher_comes_back after update on payments.voucher deferrable initially deferred
  for each row when (new.state = 'expired' and old.state <> 'expired') execute function payments.guard_expired_voucher();

-- That a file the bank does not have goes again, by the same rail or another: one proposes, another agrees.
create table payments.rescue (
  id bigint not null default nextval('kernel.document_number') constraint pk_rescue primary key,
  authority_id smallint not null,
  file_id bigint not null,
  rail text not null,
  reason text not null constraint ck_rescue_has_a_reason check (length(btrim(reason)) between 1 and 500),
  state text not null default 'proposed',
  proposed_by bigint not null,
  proposed_on date not null default kernel.today(),
  decided_by bigint,
  decided_on date,
  constraint fk_rescue_of_a_file foreign key (authority_id, file_id) references payments.export_file (authority_id, id),
  constraint fk_rescue_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_rescue_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id),
  constraint ck_rescue_needs_two_people check (decided_by <> proposed_by),
  constraint ck_decided_rescue_says_by_whom check ((state = 'proposed') = (decided_by is null and decided_on is null))
);
create unique index uq_rescue_one_proposal_a_file on payments.rescue (file_id) where state = 'proposed';
create unique index uq_rescue_agreed_once on payments.rescue (file_id) where state = 'agreed';
insert into audit.state_edge values
  ('rescue', '', 'propose', 'proposed'),
  ('rescue', 'proposed', 'agree', 'agreed'),
  ('rescue', 'proposed', 'refuse', 'refused');
create trigger guard_states before insert or update of state on payments.rescue
  for each row execute function audit.follow_states('rescue');
create function payments.guard_rescue() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.id, new.authority_id, new.file_id, new.rail, new.reason, new.proposed_by, new.proposed_on)
     is distinct from (old.id, old.authority_id, old.file_id, old.rail, old.reason, old.proposed_by, old.proposed_on)
     or (old.state <> 'proposed' and (new.decided_by, new.decided_on) is distinct from (old.decided_by, old.decided_on)) then
    raise exception 'rescue % says what it said', new.id using errcode = 'MS001', constraint = 'guard_rescue_is_immutable';
  end if;
  return new;
end $$;
create trigger guard_rescue before update on payments.rescue for each row execute function payments.guard_rescue();
create function payments.guard_rescue_file() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from payments.rescue r where r.file_id = new.replaces_id and r.state = 'agreed' and r.rail = new.rail) then
    raise exception 'two people agree before a file goes in place of file %', new.replaces_id
      using errcode = 'MS001', constraint = 'guard_rescue_is_agreed_by_two';
  end if;
  if (new.rail in ('prepaid-card', 'voucher') or exists (select from payments.export_file f
        where f.id = new.replaces_id and f.rail in ('prepaid-card', 'voucher')))
     and new.rail <> (select f.rail from payments.export_file f where f.id = new.replaces_id) then
    raise exception 'these payments do not go by %', new.rail
      using errcode = 'MS001', constraint = 'guard_rescue_goes_by_a_rail_it_can';
  end if;
  return new;
end $$;
create trigger guard_rescue_file before insert on payments.export_file
  for each row when (new.purpose = 'rescue') execute function payments.guard_rescue_file();

-- A reissue goes by a rail its details can be paid by.
create function payments.guard_reissue_rail() returns trigger language plpgsql set search_path = '' as $$
begin
  if payments.rail_of((select i.kind from families.instrument i where i.id = new.instrument_id))
     <> (case when new.rail in ('prepaid-card', 'voucher') then new.rail else 'bacs' end) then
    raise exception 'these details cannot be paid by %', new.rail
      using errcode = 'MS001', constraint = 'guard_reissue_goes_by_a_rail_it_can';
  end if;
  return new;
end $$;
create trigger guard_reissue_rail before insert on payments.reissue for each row execute function payments.guard_reissue_rail();

-- The money arrived, and the bank says that the details were not right: kept until the family's details are put right.
create table payments.wrong_details (
  id bigint not null default nextval('kernel.document_number') constraint pk_wrong_details primary key,
  authority_id smallint not null,
  report_id bigint not null,
  line_no int not null,
  paid_id bigint not null,
  family_id bigint not null,
  instrument_id bigint not null,
  code text not null constraint ck_wrong_details_code_is_known check (code in ('0', '3')),
  proposed_instrument_id bigint,
  arrived_on date not null default kernel.today(),
  due_on date not null,
  constraint uq_wrong_details_once_a_line unique (report_id, line_no),
  constraint fk_wrong_details_of_a_report foreign key (authority_id, report_id) references payments.bank_report (authority_id, id)
);
create index ix_wrong_details_by_family on payments.wrong_details (family_id, id);

select kernel.keep_in_council(t::regclass) from unnest(array['payments.rail_profile', 'payments.voucher_terms', 'payments.voucher',
  'payments.rescue', 'payments.wrong_details']) t;
select kernel.append_only(t::regclass) from unnest(array['payments.rail_profile', 'payments.wrong_details']) t;
select kernel.never_delete(t::regclass) from unnest(array['payments.voucher_terms', 'payments.voucher', 'payments.rescue']) t;
grant select, insert on payments.rail_profile, payments.voucher, payments.rescue, payments.wrong_details to mainstay_app;
grant select, insert, update on payments.voucher_terms to mainstay_app;
grant update (state, redeemed_on) on payments.voucher to mainstay_app;
grant update (state, decided_by, decided_on) on payments.rescue to mainstay_app;
`,
  `
drop trigger guard_reissue_rail on payments.reissue;
drop trigger guard_rescue_file on payments.export_file;
alter table payments.returned_payment drop constraint fk_return_of_a_voucher;
drop table payments.wrong_details, payments.rescue, payments.voucher, payments.voucher_terms, payments.rail_profile;
drop function payments.guard_reissue_rail, payments.guard_rescue_file, payments.guard_rescue, payments.guard_expired_voucher,
  payments.guard_vouchers, payments.guard_voucher;
drop trigger guard_instrument_kind on families.instrument;
drop function families.guard_instrument_kind;
drop index families.ix_instrument_by_other_rails;
delete from audit.state_edge where machine in ('voucher', 'rescue');
`,
);
