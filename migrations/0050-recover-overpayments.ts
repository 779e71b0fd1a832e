import { sqlMigration } from './sql-migration.ts';

/** The columns and rules of everything one person proposes and another decides: once, in person, as it was proposed. */
const FLOOR = `
  id bigint not null default nextval('kernel.document_number') constraint pk_recovery_floor primary key,
  authority_id smallint not null,
  -- What always stays of the days a payment covers: a part of what they are worth, and an amount a week; both hold.
  percent smallint not null constraint ck_floor_leaves_most_of_the_week check (percent between 50 and 100),
  weekly kernel.gbp not null default 0 constraint ck_floor_is_not_negative check (weekly >= 0),
  reason text not null constraint ck_recovery_floor_has_a_reason check (length(btrim(reason)) > 0),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' constraint ck_recovery_floor_state_is_known check (state in ('open', 'approved', 'refused')),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_recovery_floor_needs_two_people check (decided_by <> proposed_by),
  constraint ck_recovery_floor_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint uq_recovery_floor_of_council unique (authority_id, id),
  constraint fk_recovery_floor_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_recovery_floor_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)`;

/**
 * Recovers an overpayment as agreed with the family: told in time, taken by the run that prices, never below the floor and
 * never more than was overpaid, and in the ledger to the penny.
 */
export const RecoverOverpayments = sqlMigration(
  'RecoverOverpayments1790000000050',
  `
-- One account more for every council; whatever kinds there are by now stay.
do $$
declare
  known text[];
  council smallint;
begin
  -- Written as a list or as one array, by whoever was last: every word but those of the check itself.
  select array_agg(distinct w.word[1]) into known from pg_constraint c
    cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '[a-z]+(?:-[a-z]+)*', 'g') w(word)
   where c.conname = 'ck_account_kind_is_known' and w.word[1] not in ('kind', 'text');
  execute format('alter table ledger.account drop constraint ck_account_kind_is_known,
    add constraint ck_account_kind_is_known check (kind = any (%L::text[]))', known || array['overpaid']);
end $$;
-- What families owe back is never paid back twice: the account itself refuses.
create function ledger.limit_overpaid() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update ledger.balance set debit_limited = true where account_id = new.id;
  return new;
end $$;
-- By its name after the guard that opens the balance.
create trigger guard_overpaid_is_limited after insert on ledger.account for each row when (new.kind = 'overpaid')
  execute function ledger.limit_overpaid();
do $$
declare council smallint;
begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    insert into ledger.account (authority_id, code, kind) values (council, 'overpaid', 'overpaid')
      on conflict on constraint uq_account_code do nothing;
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;
insert into ledger.transfer_kind values
  (60, 'owed-back', 'a family agreed to pay back what it was paid too much', 'recoverable', 'overpaid'),
  (61, 'paid-back', 'a payment was smaller by what the family pays back', 'overpaid', 'recoverable'),
  (62, 'not-owed-back', 'the rest of an overpayment is not recovered', 'overpaid', 'recoverable');

-- What a payment is smaller by, and the overpayment that pays back. Nearly all lines have neither.
alter table payments.line add column recovers bigint, add column recovered kernel.gbp
    constraint ck_line_recovers_something check (recovered > 0),
  add constraint ck_recovered_line_names_its_overpayment check ((recovers is null) = (recovered is null));
create index ix_line_recovering on payments.line (recovers) where recovers is not null;
create index ix_line_recovering_by_run on payments.line (run_id) where recovers is not null;

create table subsistence.recovery_floor (${FLOOR}
);
create unique index uq_recovery_floor_one_open on subsistence.recovery_floor (authority_id) where state = 'open';
select kernel.two_people('subsistence.recovery_floor');

create table subsistence.recovery (
  id bigint not null default nextval('kernel.document_number') constraint pk_recovery primary key,
  authority_id smallint not null,
  version int not null default 1,
  overpayment_id bigint not null constraint fk_recovery_of_an_overpayment references subsistence.overpayment (id),
  family_id bigint not null,
  plan_id bigint not null,
  weekly kernel.gbp not null constraint ck_recovery_takes_something check (weekly > 0),
  starts_on date not null,
  -- The week without and with it, and the last payment that is smaller, as the family was told.
  weekly_before kernel.gbp not null,
  weekly_after kernel.gbp not null,
  last_on date not null,
  agreed_on date not null,
  agreed_with text not null constraint ck_recovery_says_who_agreed check (length(btrim(agreed_with)) > 0),
  explained_in text not null constraint ck_recovery_says_in_which_language check (length(btrim(explained_in)) > 0),
  evidence text not null constraint ck_recovery_has_evidence check (length(btrim(evidence)) > 0),
  floor_id bigint not null,
  notice_id bigint not null,
  state text not null default 'proposed',
  proposed_by bigint not null,
  proposed_on date not null default kernel.today(),
  decided_by bigint,
  approval_id bigint,
  ended_by bigint,
  because text,
  constraint uq_recovery_has_its_own_notice unique (authority_id, notice_id),
  constraint fk_recovery_has_a_notice foreign key (authority_id, notice_id) references notices.notice (authority_id, id),
  constraint fk_recovery_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_recovery_of_a_plan foreign key (authority_id, plan_id) references subsistence.plan (authority_id, id),
  constraint fk_recovery_has_a_floor foreign key (authority_id, floor_id) references subsistence.recovery_floor (authority_id, id),
  constraint fk_recovery_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_recovery_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_recovery_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id),
  constraint fk_recovery_ended_by_a_user foreign key (authority_id, ended_by) references identity.user_account (authority_id, id),
  constraint ck_recovery_proposer_is_not_decider check (decided_by <> proposed_by),
  constraint ck_recovery_lowers_the_week check (weekly_after < weekly_before and weekly_after > 0),
  constraint ck_recovery_is_agreed_before_it_is_proposed check (agreed_on <= proposed_on),
  constraint ck_recovery_ends_after_it_starts check (last_on >= starts_on),
  constraint ck_decided_recovery_says_by_whom check (state not in ('waiting', 'in_effect', 'done') or num_nonnulls(decided_by, approval_id) = 2),
  constraint ck_ended_recovery_says_why check (state not in ('kept', 'paused', 'withdrawn', 'declined') or coalesce(length(btrim(because)), 0) > 0)
);
-- A family pays back one overpayment at a time.
create unique index uq_recovery_one_at_a_time on subsistence.recovery (authority_id, family_id)
  where state in ('proposed', 'waiting', 'in_effect');
create index ix_recovery_in_effect on subsistence.recovery (family_id) where state = 'in_effect';
create index ix_recovery_of_an_overpayment on subsistence.recovery (overpayment_id);
select kernel.notes_changes('subsistence.recovery'), kernel.notes_changes('subsistence.recovery_floor');
insert into audit.state_edge values
  ('recovery', '', 'propose', 'proposed'),
  ('recovery', 'proposed', 'approve', 'waiting'),
  ('recovery', 'proposed', 'decline', 'declined'),
  ('recovery', 'proposed', 'withdraw', 'withdrawn'),
  ('recovery', 'waiting', 'take_effect', 'in_effect'),
  ('recovery', 'waiting', 'keep', 'kept'),
  ('recovery', 'waiting', 'withdraw', 'withdrawn'),
  ('recovery', 'in_effect', 'pause', 'paused'),
  ('recovery', 'in_effect', 'finish', 'done');
create trigger guard_states before insert or update of state on subsistence.recovery
  for each row execute function audit.follow_states('recovery');

-- The rest of an overpayment that nobody recovers any more.
create table subsistence.given_up (
  overpayment_id bigint not null constraint pk_given_up primary key
    constraint fk_given_up_of_an_overpayment references subsistence.overpayment (id),
  authority_id smallint not null,
  amount kernel.gbp not null constraint ck_given_up_is_positive check (amount > 0),
  reason text not null constraint ck_given_up_has_a_reason check (length(btrim(reason)) > 0),
  given_up_by bigint not null,
  given_up_on date not null default kernel.today(),
  constraint fk_given_up_by_a_user foreign key (authority_id, given_up_by) references identity.user_account (authority_id, id)
);

-- What is not paid back yet, lines under way counted as paid back; nothing once it was given up.
create function subsistence.left_to_recover(overpayment bigint) returns numeric language sql stable set search_path = '' as $$
  select case when exists (select from subsistence.given_up g where g.overpayment_id = o.id) then 0
              else o.amount - coalesce((select sum(l.recovered) from payments.line l where l.recovers = o.id and l.status = 'payable'), 0) end
    from subsistence.overpayment o where o.id = $1 $$;
create function subsistence.floor_in_force(council smallint) returns bigint language sql stable set search_path = '' as $$
  select f.id from subsistence.recovery_floor f where f.authority_id = council and f.state = 'approved' order by f.decided_at desc, f.id desc limit 1 $$;

create function subsistence.guard_recovery() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from subsistence.overpayment o
         join subsistence.plan found_on on found_on.id = o.plan_id and found_on.family_id = new.family_id
         join subsistence.plan p on p.id = new.plan_id and p.family_id = new.family_id and p.state = 'approved'
        where o.id = new.overpayment_id and o.authority_id = new.authority_id and o.kind = 'found'
          and coalesce(o.outcome, 'recovery_agreed') = 'recovery_agreed' and subsistence.left_to_recover(o.id) > 0) then
      raise exception 'nothing is left to recover of overpayment %, or it is another family''s', new.overpayment_id
        using errcode = 'MS001', constraint = 'guard_recovery_fits_its_overpayment';
    end if;
    if not exists (select from notices.notice n
        where n.id = new.notice_id and n.authority_id = new.authority_id and n.family_id = new.family_id
          and n.kind = 'amount' and n.state = 'drafted' and n.affects_on <= new.starts_on
          and n.notice_days >= (select a.notice_days from identity.authority a where a.authority_id = new.authority_id)) then
      raise exception 'the notice of this recovery is not of its family and first day'
        using errcode = 'MS001', constraint = 'guard_recovery_has_its_notice';
    end if;
    if new.floor_id is distinct from subsistence.floor_in_force(new.authority_id) then
      raise exception 'a recovery is agreed under the floor two people set'
        using errcode = 'MS001', constraint = 'guard_recovery_is_under_the_floor_in_force';
    end if;
    return new;
  end if;
  if (to_jsonb(new) - '{state,version,because,ended_by,decided_by,approval_id,changed_in}'::text[])
     is distinct from (to_jsonb(old) - '{state,version,because,ended_by,decided_by,approval_id,changed_in}'::text[])
     or (old.decided_by is not null and (new.decided_by, new.approval_id) is distinct from (old.decided_by, old.approval_id)) then
    raise exception 'recovery % says what was agreed: agree another', new.id
      using errcode = 'MS001', constraint = 'guard_recovery_says_what_was_agreed';
  end if;
  if new.state in ('waiting', 'in_effect') and not exists
     (select from approvals.request r join approvals.decision d on d.request_id = r.id
       where r.id = new.approval_id and r.kind = 'support-plan' and r.subject_id = new.id and r.state = 'approved'
         and d.outcome = 'approved' and d.decided_by = new.decided_by and r.proposed_by = new.proposed_by) then
    raise exception 'recovery % has no approval', new.id using errcode = 'MS001', constraint = 'guard_recovery_is_approved';
  end if;
  if new.state = 'in_effect' and old.state <> 'in_effect' and not subsistence.told_in_time(new.authority_id, new.notice_id) then
    raise exception 'the family was not told of recovery % in time', new.id
      using errcode = 'MS001', constraint = 'guard_recovery_waits_for_its_notice';
  end if;
  if new.state = 'done' and old.state <> 'done' and subsistence.left_to_recover(new.overpayment_id) <> 0 then
    raise exception 'recovery % is not over: something is left', new.id
      using errcode = 'MS001', constraint = 'guard_recovery_is_over_when_nothing_is_left';
  end if;
  return new;
end $$;
create trigger guard_recovery before insert or update on subsistence.recovery for each row execute function subsistence.guard_recovery();

-- An overpayment is recovered only as agreed with the family, and approved.
create function subsistence.guard_recovery_agreed() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.outcome = 'recovery_agreed' and not exists
     (select from subsistence.recovery r where r.overpayment_id = new.id and r.decided_by = new.decided_by and r.state = 'waiting') then
    raise exception 'nobody agreed with the family that overpayment % is recovered', new.id
      using errcode = 'MS001', constraint = 'guard_recovered_overpayment_is_agreed';
  end if;
  if new.outcome = 'not_recovered' and exists
     (select from subsistence.recovery r where r.overpayment_id = new.id and r.state = 'proposed') then
    raise exception 'a recovery of overpayment % waits for its second person', new.id
      using errcode = 'MS001', constraint = 'guard_recovery_waits_undecided';
  end if;
  return new;
end $$;
create trigger guard_recovery_agreed before update on subsistence.overpayment for each row
  when (old.outcome is null and new.outcome is not null) execute function subsistence.guard_recovery_agreed();

create function subsistence.guard_given_up() returns trigger language plpgsql set search_path = '' as $$
begin
  perform 1 from subsistence.overpayment o where o.id = new.overpayment_id for update;
  if new.amount is distinct from subsistence.left_to_recover(new.overpayment_id)
     or not exists (select from subsistence.overpayment o where o.id = new.overpayment_id and o.authority_id = new.authority_id
                       and o.outcome = 'recovery_agreed') then
    raise exception 'that is not what is left of overpayment %', new.overpayment_id
      using errcode = 'MS001', constraint = 'guard_given_up_is_what_is_left';
  end if;
  if exists (select from subsistence.recovery r where r.overpayment_id = new.overpayment_id and r.state in ('proposed', 'waiting', 'in_effect')) then
    raise exception 'overpayment % is being recovered', new.overpayment_id
      using errcode = 'MS001', constraint = 'guard_given_up_is_not_being_recovered';
  end if;
  return new;
end $$;
create trigger guard_given_up before insert on subsistence.given_up for each row execute function subsistence.guard_given_up();

-- A payment is smaller only by what was agreed, never below the floor, and all together never by more than was overpaid.
-- A statement in which no line recovers anything costs one look at that column.
create function subsistence.guard_lines_recover() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where recovers is not null) then return null; end if;
  -- One at a time for each overpayment, so that two runs side by side see each other.
  perform 1 from subsistence.overpayment o
    where o.id in (select a.recovers from added a where a.recovers is not null and a.status = 'payable') order by o.id for update;
  select a.id, a.recovers into odd from added a
    left join subsistence.recovery r on r.overpayment_id = a.recovers and r.state = 'in_effect' and r.authority_id = a.authority_id
   where a.recovers is not null and a.status = 'payable'
     and (r.id is null or r.family_id <> a.family_id
          or a.recovered > r.weekly * greatest(0, a.covers_to - greatest(a.covers_from, r.starts_on)) / 7) limit 1;
  if found then
    raise exception 'line % keeps back what nobody agreed with the family', odd.id
      using errcode = 'MS001', constraint = 'guard_line_recovers_what_was_agreed';
  end if;
  select a.id into odd from added a
    left join subsistence.recovery_floor f on f.id = subsistence.floor_in_force(a.authority_id)
   where a.recovers is not null and a.status = 'payable'
     and (f.id is null or a.amount < (a.amount + a.recovered) * f.percent / 100
          or a.amount < f.weekly * (a.covers_to - a.covers_from) / 7) limit 1;
  if found then
    raise exception 'line % would leave the family less than the floor', odd.id
      using errcode = 'MS001', constraint = 'guard_recovery_leaves_the_floor';
  end if;
  select a.recovers into odd from added a
   where a.recovers is not null and a.status = 'payable' and subsistence.left_to_recover(a.recovers) < 0 limit 1;
  if found then
    raise exception 'more would be kept back than overpayment % came to', odd.recovers
      using errcode = 'MS001', constraint = 'guard_recovery_takes_no_more_than_was_overpaid';
  end if;
  return null;
end $$;
create trigger guard_lines_recover after insert on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines_recover();
create trigger guard_lines_recover_still after update on payments.line referencing new table as added
  for each statement execute function subsistence.guard_lines_recover();
-- What was kept back stands with its line.
create function payments.guard_recovered_stands() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'a line is never edited: price the run again' using errcode = 'MS001', constraint = 'guard_recovered_stands';
end $$;
create trigger guard_recovered_stands before update of recovers, recovered on payments.line for each row
  when ((new.recovers, new.recovered) is distinct from (old.recovers, old.recovered)) execute function payments.guard_recovered_stands();

-- Transfers of these kinds are what their documents say, and each document has its transfer when the work is done.
create function subsistence.guard_recovery_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where kind between 60 and 62) then return null; end if;
  select t.document_id, t.kind into odd from added t
   where t.kind between 60 and 62 and (t.leg <> 0 or case t.kind
     when 60 then not exists (select from subsistence.overpayment o where o.id = t.document_id and o.amount = t.amount
                                 and o.outcome = 'recovery_agreed' and o.authority_id = t.authority_id)
     when 61 then not exists (select from payments.line l join payments.payment_order o on o.id = l.id
                               where l.id = t.document_id and l.recovered = t.amount and l.status = 'payable' and l.authority_id = t.authority_id)
     else not exists (select from subsistence.given_up g where g.overpayment_id = t.document_id and g.amount = t.amount
                         and g.authority_id = t.authority_id) end) limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
create trigger guard_with_recoveries after insert on ledger.transfer referencing new table as added
  for each statement execute function subsistence.guard_recovery_transfers();
create function subsistence.guard_recovery_in_the_ledger() returns trigger language plpgsql security definer set search_path = '' as $$
declare document bigint := coalesce(to_jsonb(new) ->> 'overpayment_id', to_jsonb(new) ->> 'id')::bigint;
begin
  if not exists (select from ledger.transfer t where t.document_id = document and t.kind = tg_argv[0]::smallint) then
    raise exception '% % is not in the ledger', tg_table_name, document using errcode = 'MS001', constraint = tg_name;
  end if;
  return null;
end $$;
create constraint trigger guard_owed_back_is_in_the_ledger after update on subsistence.overpayment deferrable initially deferred
  for each row when (new.outcome = 'recovery_agreed' and old.outcome is null) execute function subsistence.guard_recovery_in_the_ledger('60');
create constraint trigger guard_given_up_is_in_the_ledger after insert on subsistence.given_up deferrable initially deferred
  for each row execute function subsistence.guard_recovery_in_the_ledger('62');
create function payments.guard_posted_recoveries() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from payments.line l where l.run_id = new.id and l.recovers is not null and l.status = 'payable' and not exists
       (select from ledger.transfer t where t.document_id = l.id and t.kind = 61 and t.amount = l.recovered)) then
    raise exception 'run % keeps back what is not in the ledger', new.id
      using errcode = 'MS001', constraint = 'guard_posted_run_paid_back_what_it_kept';
  end if;
  return new;
end $$;
create trigger guard_posted_recoveries before update on payments.run for each row
  when (new.state = 'posted' and old.state <> 'posted') execute function payments.guard_posted_recoveries();

select kernel.keep_in_council(t::regclass) from unnest(array['subsistence.recovery', 'subsistence.recovery_floor', 'subsistence.given_up']) t;
select kernel.never_delete('subsistence.recovery'), kernel.never_delete('subsistence.recovery_floor'), kernel.append_only('subsistence.given_up');
select identity.close_to_partners(t::regclass) from unnest(array['subsistence.recovery', 'subsistence.recovery_floor', 'subsistence.given_up']) t;
grant select, insert on subsistence.recovery, subsistence.recovery_floor, subsistence.given_up to mainstay_app;
grant update (state, version, because, ended_by, decided_by, approval_id) on subsistence.recovery to mainstay_app;
grant update (state, decided_by, decided_at, decided_because) on subsistence.recovery_floor to mainstay_app;
`,
  `drop trigger guard_lines_recover on payments.line; drop trigger guard_lines_recover_still on payments.line;
drop trigger guard_recovered_stands on payments.line; drop trigger guard_with_recoveries on ledger.transfer;
drop trigger guard_posted_recoveries on payments.run; drop trigger guard_recovery_agreed on subsistence.overpayment;
drop trigger guard_owed_back_is_in_the_ledger on subsistence.overpayment;
drop table subsistence.given_up, subsistence.recovery, subsistence.recovery_floor cascade;
drop function subsistence.guard_recovery, subsistence.guard_recovery_agreed, subsistence.guard_given_up, subsistence.guard_lines_recover,
  subsistence.guard_recovery_transfers, subsistence.guard_recovery_in_the_ledger, subsistence.left_to_recover, subsistence.floor_in_force,
  payments.guard_recovered_stands, payments.guard_posted_recoveries;
alter table payments.line drop column recovers, drop column recovered;
drop trigger guard_overpaid_is_limited on ledger.account; drop function ledger.limit_overpaid;`,
);
