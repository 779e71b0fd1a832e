import { sqlMigration } from './sql-migration.ts';

/**
 * Takes money back into its fund when a family or payee gives it back: all of a payment or a part. It is expected on the bank
 * like anything else, matched with the line that shows it, and taken off what was spent.
 *
 * Its transfers are posted under the number of the payment, with a leg for each time, so that every figure of spending opens to them.
 */
export const TakeMoneyBack = sqlMigration(
  'TakeMoneyBack1790000000057',
  `
insert into ledger.transfer_kind values
  (24, 'give-back', 'a family or payee gives money of a payment back', 'clearing', 'spent'),
  (25, 'put-back', 'money that was given back can be spent again', 'used', 'available'),
  (26, 'not-given-back', 'money that was to be given back did not come', 'spent', 'clearing'),
  (27, 'use-again', 'what did not come back is not there to be spent', 'available', 'used');

-- What of a payment reached whoever it was for: nothing before its file is written; what came back counts until it is paid again.
create function payments.reached(which bigint) returns numeric language sql stable set search_path = '' as $$
  with recursive returned as (
    select r.id, r.state, r.amount from payments.returned_payment r
     where r.order_id = which or r.voucher_id in (select v.id from payments.voucher v where v.paid_id = which)
    union all
    select r.id, r.state, r.amount from returned b join payments.reissue x on x.return_id = b.id
      join payments.returned_payment r on r.reissue_id = x.id or r.voucher_id in (select v.id from payments.voucher v where v.paid_id = x.id))
  select coalesce((select o.amount - (select coalesce(sum(b.amount), 0) from returned b where b.state <> 'reissued')
    from payments.payment_order o join payments.run r on r.id = o.run_id and r.state = 'exported' where o.id = which), 0) $$;

create table payments.given_back (
  id bigint not null default nextval('kernel.document_number') constraint pk_given_back primary key,
  authority_id smallint not null,
  version int not null default 1,
  state text not null default 'expected',
  order_id bigint not null,
  leg smallint not null,
  amount kernel.gbp not null constraint ck_given_back_is_positive check (amount > 0),
  given_by text not null constraint ck_giver_is_known check (given_by in ('family', 'payee', 'other')),
  way text not null constraint ck_way_back_is_known check (way in ('transfer', 'cheque', 'cash')),
  reason text not null constraint ck_given_back_says_why check (length(btrim(reason)) between 1 and 500),
  expected_on date not null,
  recorded_by bigint not null,
  recorded_on date not null default kernel.today(),
  withdrawn_by bigint,
  withdrawn_because text,
  constraint uq_given_back_once_a_leg unique (order_id, leg),
  constraint uq_given_back_of_council unique (authority_id, id),
  constraint fk_given_back_of_an_order foreign key (order_id) references payments.payment_order (id),
  constraint fk_given_back_recorded_by_a_user foreign key (authority_id, recorded_by) references identity.user_account (authority_id, id),
  constraint fk_given_back_withdrawn_by_a_user foreign key (authority_id, withdrawn_by) references identity.user_account (authority_id, id),
  constraint ck_given_back_is_expected_about_now check (abs(expected_on - recorded_on) <= 92),
  constraint ck_withdrawn_money_says_by_whom_and_why check ((state = 'withdrawn') = (withdrawn_by is not null)
    and (withdrawn_by is null) = (withdrawn_because is null) and coalesce(length(btrim(withdrawn_because)) between 1 and 500, true))
);
insert into audit.state_edge values
  ('given_back', '', 'expect', 'expected'),
  ('given_back', 'expected', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on payments.given_back
  for each row execute function audit.follow_states('given_back');

create function payments.guard_given_back() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.recorded_by is distinct from kernel.current_actor() then
      raise exception 'money given back is written down in the name of whoever does it'
        using errcode = 'MS001', constraint = 'guard_given_back_is_written_in_person';
    end if;
    -- One at a time for a payment: two at once each see the other.
    perform pg_advisory_xact_lock(hashtext('payments.given_back'), hashint8(new.order_id));
    if new.amount + (select coalesce(sum(g.amount), 0) from payments.given_back g where g.order_id = new.order_id and g.state = 'expected')
       > payments.reached(new.order_id) then
      raise exception 'payment % did not reach anybody with that much', new.order_id
        using errcode = 'MS001', constraint = 'guard_given_back_is_at_most_what_was_paid';
    end if;
    return new;
  end if;
  if to_jsonb(new) - '{state,version,withdrawn_by,withdrawn_because}'::text[] <> to_jsonb(old) - '{state,version,withdrawn_by,withdrawn_because}'::text[]
     or old.state = 'withdrawn' then
    raise exception 'money given back stands as written' using errcode = 'MS001', constraint = 'guard_given_back_stands_as_written';
  end if;
  if new.state = 'withdrawn' then
    if new.withdrawn_by is distinct from kernel.current_actor() then
      raise exception 'it is taken back in the name of whoever does it'
        using errcode = 'MS001', constraint = 'guard_given_back_is_written_in_person';
    end if;
    perform pg_advisory_xact_lock(hashtext('payments.bank_match'), new.authority_id);
    if exists (select from payments.bank_claim c where c.source = 'given-back' and c.document_id = new.id) then
      raise exception 'money % came: the bank shows it' , new.id
        using errcode = 'MS001', constraint = 'guard_money_that_came_is_not_withdrawn';
    end if;
  end if;
  return new;
end $$;
create trigger guard_given_back before insert or update on payments.given_back
  for each row execute function payments.guard_given_back();

-- Asked at the commit: what was given back is in the ledger, and so is what did not come.
create function payments.guard_given_back_posted() returns trigger language plpgsql set search_path = '' as $$
declare kinds smallint[] := array(select t.kind from ledger.transfer t
  where t.document_id = new.order_id and t.leg = new.leg and t.kind between 24 and 27 and t.amount = new.amount order by 1);
begin
  if kinds <> (case new.state when 'expected' then array[24, 25]::smallint[] else array[24, 25, 26, 27]::smallint[] end)
     and (select g.state from payments.given_back g where g.id = new.id) = new.state then
    raise exception 'money % is not in the ledger as it stands', new.id
      using errcode = 'MS001', constraint = 'guard_given_back_is_in_the_ledger';
  end if;
  return null;
end $$;
create constraint trigger guard_given_back_is_in_the_ledger after insert or update on payments.given_back
  deferrable initially deferred for each row execute function payments.guard_given_back_posted();

create function payments.guard_given_back_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where kind between 24 and 27) then return null; end if;
  select t.document_id, t.kind into odd from added t
   where t.kind between 24 and 27 and not exists (
     select from payments.given_back g join payments.payment_order o on o.id = g.order_id
       join ledger.account a on a.id in (t.debit_account, t.credit_account) and a.fund_id = o.fund_id
      where g.order_id = t.document_id and g.leg = t.leg and g.amount = t.amount and g.authority_id = t.authority_id
        and g.state = case when t.kind < 26 then 'expected' else 'withdrawn' end) limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
create trigger guard_with_what_is_given_back after insert on ledger.transfer referencing new table as added
  for each statement execute function payments.guard_given_back_transfers();

-- Another branch, as 0043 has it and one more.
create or replace view payments.expected_on_bank with (security_invoker = true) as
  select f.authority_id, 'file'::text as source, f.id as document_id, 'debit'::text as direction, f.total as amount,
         f.input_day as day_from, coalesce(f.entry_day, r.entry_day) as day_due,
         array_remove(array[f.serial, f.run_id::text], null) as keys, f.name as label, f.run_id
    from payments.export_file f left join payments.run r on r.id = f.run_id
    left join payments.bank_file b on b.id = f.id
   where b.state is distinct from 'rejected' and b.state is distinct from 'not_arrived'
  union all
  select p.authority_id, 'return', p.id, 'credit', p.amount, p.arrived_on - 7, p.arrived_on,
         array[coalesce(p.order_id, p.reissue_id, p.voucher_id)::text],
         'Payment ' || coalesce(p.order_id, p.reissue_id, p.voucher_id) || ' that came back', null::bigint
    from payments.returned_payment p
  union all
  select g.authority_id, 'given-back', g.id, 'credit', g.amount, g.expected_on - 7, g.expected_on,
         array[g.id::text, g.order_id::text], 'Money given back of payment ' || g.order_id, null::bigint
    from payments.given_back g where g.state = 'expected';

-- What was given back of payments, for reporting.
create view payments.v_given_back with (security_invoker = true) as
  select g.authority_id, g.order_id, g.amount::numeric as amount, g.recorded_on from payments.given_back g where g.state = 'expected';

select kernel.keep_in_council('payments.given_back'), kernel.never_delete('payments.given_back');
grant select, insert on payments.given_back to mainstay_app;
grant update (state, version, withdrawn_by, withdrawn_because) on payments.given_back to mainstay_app;
grant select on payments.v_given_back to mainstay_app;

-- A number that says nothing of a family, for what is published of an award.
alter table grants.award add column public_id uuid not null default gen_random_uuid(),
  add constraint uq_award_public_id unique (public_id);
create view grants.v_award with (security_invoker = true) as
  select w.authority_id, w.id, w.public_id, w.fund_id, w.family_id, w.awarded_on, w.state, a.emergency_reason is not null as is_emergency,
         (select coalesce(sum(i.amount), 0) from grants.instalment i where i.award_id = w.id and i.state <> 'cancelled')::numeric as amount,
         array(select distinct t.category from grants.item t where t.application_id = w.application_id and t.awarded > 0 order by 1) as categories,
         array(select i.id from grants.instalment i where i.award_id = w.id and i.state = 'paid') as paid,
         (select max(h.at) from audit.state_change h where h.machine = 'award' and h.subject_id = w.id) as changed_at
    from grants.award w join grants.application a on a.id = w.application_id;
grant select on grants.v_award to mainstay_app;
`,
  '',
);
