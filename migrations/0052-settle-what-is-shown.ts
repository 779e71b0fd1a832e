import { sqlMigration } from './sql-migration.ts';

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
 * Lets a bank statement say what became of a file: the line is kept as its evidence. Gives the money of a payment that came
 * back and is not paid again to the fund it was of, so that nothing stays in "returned" for ever.
 */
export const SettleWhatIsShown = sqlMigration(
  'SettleWhatIsShown1790000000052',
  `${AMEND}
alter table payments.bank_file
  add column shown_by bigint constraint fk_bank_file_shown_by_a_line references payments.statement_line (id),
  drop constraint ck_answer_is_from_somebody_known,
  add constraint ck_answer_is_from_somebody_known check (answer_from in ('report', 'person', 'statement')),
  add constraint ck_a_statements_answer_names_its_line check (answer_from is distinct from 'statement' or shown_by is not null);
create index ix_bank_file_not_shown on payments.bank_file (id) where shown_by is null;
grant update (shown_by) on payments.bank_file to mainstay_app;

-- What a statement shows is all of the file, by a line that is matched to it; and what it shows is neither handed in nor refused.
create function payments.guard_shown_file() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.shown_by is distinct from old.shown_by and (old.shown_by is not null
     or not exists (select from payments.bank_claim c where c.source = 'file' and c.document_id = new.id and c.line_id = new.shown_by)
     or (select sum(c.amount) from payments.bank_claim c where c.source = 'file' and c.document_id = new.id)
        is distinct from (select f.total from payments.export_file f where f.id = new.id)) then
    raise exception 'file % is shown by lines that are matched to all of it, once', new.id
      using errcode = 'MS001', constraint = 'guard_file_is_shown_by_its_lines';
  end if;
  if new.state in ('submitting', 'rejected', 'not_arrived') and new.state <> old.state
     and exists (select from payments.bank_claim c where c.source = 'file' and c.document_id = new.id) then
    raise exception 'a statement shows money of file %: it is at the bank', new.id
      using errcode = 'MS001', constraint = 'guard_shown_file_is_at_the_bank';
  end if;
  return new;
end $$;
create trigger guard_shown_file before update on payments.bank_file for each row execute function payments.guard_shown_file();

insert into ledger.transfer_kind values
  (28, 'not-spent', 'a payment that came back is not made again: it is spent no longer', 'returned', 'spent'),
  (29, 'not-used', 'a payment that came back is not made again: its fund has the money again', 'used', 'available');

-- The payment order behind something that came back, however often it was paid again since.
create function payments.order_behind(back bigint) returns bigint language plpgsql stable set search_path = '' as $$
declare paid bigint := (select coalesce(r.order_id, r.reissue_id, r.voucher_id) from payments.returned_payment r where r.id = back);
begin
  while paid is not null and not exists (select from payments.payment_order o where o.id = paid) loop
    paid := coalesce((select v.paid_id from payments.voucher v where v.id = paid),
      (select coalesce(r.order_id, r.reissue_id, r.voucher_id) from payments.reissue x
         join payments.returned_payment r on r.id = x.return_id where x.id = paid));
  end loop;
  return paid;
end $$;
-- What of an order came back and is not paid again.
create function payments.closed_of_order(paid bigint) returns numeric language sql stable set search_path = '' as $$
  select coalesce(sum(r.amount), 0) from payments.payment_order o join payments.returned_payment r on r.family_id = o.family_id
   where o.id = paid and r.state = 'closed' and payments.order_behind(r.id) = o.id $$;

-- What is given back of an order is what of it was closed, to its own fund; and what is closed is given back.
select kernel.amend_function('payments.guard_return_transfers()', 'kind between 20 and 23', 'kind in (20, 21, 22, 23, 28, 29)');
select kernel.amend_function('payments.guard_return_transfers()', 'case t.kind
     when 20', 'case t.kind
     when 28 then not payments.is_given_back(t.document_id, 28, t.credit_account)
     when 29 then not payments.is_given_back(t.document_id, 29, t.debit_account)
     when 20');
select kernel.amend_function('payments.guard_return_transfers()', 't.leg <> 0 or case', '(t.leg <> 0 and t.kind < 28) or case');
create function payments.is_given_back(paid bigint, kind int, fund_account int) returns boolean language sql stable
  set search_path = '' as $$
  select exists (select from payments.payment_order o join ledger.account a on a.fund_id = o.fund_id and a.authority_id = o.authority_id
                  where o.id = paid and (is_given_back.fund_account is null or a.id = is_given_back.fund_account))
     and (select coalesce(sum(t.amount), 0) from ledger.transfer t where t.document_id = paid and t.kind = is_given_back.kind)
         = payments.closed_of_order(paid) $$;
create function payments.guard_closed_return() returns trigger language plpgsql security definer set search_path = '' as $$
declare paid bigint := payments.order_behind(new.id);
begin
  if not payments.is_given_back(paid, 28, null) or not payments.is_given_back(paid, 29, null) then
    raise exception 'the money of return % is not back in its fund', new.id
      using errcode = 'MS001', constraint = 'guard_closed_return_is_given_back';
  end if;
  return null;
end $$;

-- What was closed before is given back today.
do $do$
declare
  council smallint;
  given smallint;
begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    for given in 28..29 loop
      insert into ledger.transfer (document_id, debit_account, credit_account, effective_date, kind, leg, authority_id, amount)
        select b.paid, d.id, c.id, ledger.open_day(council, kernel.today()), k.code, b.leg, council, b.amount
          from (select payments.order_behind(r.id) as paid, r.amount,
                       (row_number() over (partition by payments.order_behind(r.id) order by r.id) - 1)::smallint as leg
                  from payments.returned_payment r where r.state = 'closed') b
          join payments.payment_order o on o.id = b.paid
          join ledger.transfer_kind k on k.code = given
          join ledger.account d on d.kind = k.debit_kind and (d.fund_id = o.fund_id or d.kind = 'returned')
          join ledger.account c on c.kind = k.credit_kind and c.fund_id = o.fund_id;
    end loop;
  end loop;
  perform set_config('mainstay.authority', '', true);
end $do$;
create constraint trigger guard_closed_return_is_given_back after update on payments.returned_payment deferrable initially deferred
  for each row when (new.state = 'closed' and old.state <> 'closed') execute function payments.guard_closed_return();
drop function kernel.amend_function;
`,
  `${AMEND}
drop trigger guard_closed_return_is_given_back on payments.returned_payment;
drop trigger guard_shown_file on payments.bank_file;
select kernel.amend_function('payments.guard_return_transfers()', 'when 28 then not payments.is_given_back(t.document_id, 28, t.credit_account)
     when 29 then not payments.is_given_back(t.document_id, 29, t.debit_account)
     when 20', 'when 20');
select kernel.amend_function('payments.guard_return_transfers()', 'kind in (20, 21, 22, 23, 28, 29)', 'kind between 20 and 23');
select kernel.amend_function('payments.guard_return_transfers()', '(t.leg <> 0 and t.kind < 28) or case', 't.leg <> 0 or case');
drop function payments.guard_closed_return, payments.is_given_back, payments.closed_of_order, payments.order_behind, payments.guard_shown_file;
delete from ledger.transfer_kind where code in (28, 29);
drop index payments.ix_bank_file_not_shown;
alter table payments.bank_file drop constraint ck_a_statements_answer_names_its_line, drop column shown_by,
  drop constraint ck_answer_is_from_somebody_known,
  add constraint ck_answer_is_from_somebody_known check (answer_from in ('report', 'person'));
drop function kernel.amend_function;
`,
);
