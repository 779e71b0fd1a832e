import { sqlMigration } from './sql-migration.ts';

const KINDS = `'support-plan', 'section-17-run', 'bank-details', 'grant-award', 'grant-emergency', 'grant-variation', 'grant-review',
  'payee', 'write-off', 'period-reopen', 'grants-run'`;

/**
 * Makes grants: an application with its items, the checks that gate its approval, the award, and instalments that are paid
 * through the same runs, payment orders and ledger as section 17.
 *
 * An award reserves its money instalment by instalment, under the number of its approval: each is then used by the payment
 * that pays it, or freed. A grants run reserves nothing of its own.
 */
export const CreateGrants = sqlMigration(
  'CreateGrants1790000000034',
  `
-- What is approved: an award, and a run of instalments ("grants-run").
alter table approvals.request drop constraint ck_request_kind_is_known,
  add constraint ck_request_kind_is_known check (kind in (${KINDS}));
alter table approvals.policy drop constraint ck_policy_kind_is_known,
  add constraint ck_policy_kind_is_known check (kind in (${KINDS}));
alter table identity.delegated_limit drop constraint ck_limit_kind_is_known,
  add constraint ck_limit_kind_is_known check (kind in (${KINDS}));
alter table identity.limit_proposal drop constraint ck_limit_proposal_kind_is_known,
  add constraint ck_limit_proposal_kind_is_known check (kind in (${KINDS}));
alter table approvals.freeze_period drop constraint ck_freeze_kinds_are_known, add constraint ck_freeze_kinds_are_known
  check (cardinality(kinds) > 0 and kinds <@ array[${KINDS}]);
insert into approvals.kind values ('grants-run', 'grants-run', false, true, 1, 2, 'administrator');

alter table payments.run drop constraint ck_run_kind_is_known, add constraint ck_run_kind_is_known
  check (kind in ('section-17', 'grants'));
-- The reservation a line is paid from, where that is not the approval of its run.
alter table payments.line add column reserved_by bigint, add column reserved_leg smallint,
  add constraint ck_line_names_its_whole_reservation check ((reserved_by is null) = (reserved_leg is null));
create unique index uq_line_instalment_paid_once on payments.line (source_id) where status = 'payable' and reserved_by is not null;

-- Changes two functions in the one place where they meant section 17 alone, whatever else they say by now.
create function kernel.amend_function(which regprocedure, was text, becomes text) returns void language plpgsql as $$
declare
  text_was text := pg_get_functiondef(which);
  text_is text := replace(text_was, was, becomes);
begin
  if text_was = text_is then raise exception 'function % does not say "%"', which, was; end if;
  execute text_is;
end $$;
select kernel.amend_function('payments.guard_run()', 'r.kind = ''section-17-run''', 'r.kind = new.kind || ''-run''');
select kernel.amend_function('payments.guard_other_transfers()', 'from added t
   where case t.kind', 'from added t
   -- What an award reserves, uses and frees is instalment by instalment: grants.guard_transfers.
   where not (t.kind in (2, 3, 5) and exists (select from approvals.request g where g.id = t.document_id and g.kind in (''grant-award'', ''grant-emergency'', ''grant-variation'')))
     and case t.kind');
select kernel.amend_function('subsistence.guard_lines()', 'where a.status = ''payable''',
  'where a.run_id in (select s.id from payments.run s where s.kind = ''section-17'') and a.status = ''payable''');

-- A payee that is not the family: a landlord, a shop, the Home Office. Sealed and approved by two people like a family's own
-- account, and never in its place: what is said of the family's own account is not said of these.
alter table families.instrument drop constraint ck_instrument_kind_is_known, add constraint ck_instrument_kind_is_known
    check (kind in ('bank', 'prepaid-card', 'voucher', 'third-party')),
  add column payee_name text,
  add constraint ck_third_party_has_a_name check ((kind = 'third-party') = (payee_name is not null)
    and (payee_name is null or length(btrim(payee_name)) between 1 and 100));
drop index families.uq_instrument_one_proposal_a_family;
create unique index uq_instrument_one_proposal_a_family on families.instrument (family_id) where state = 'proposed' and kind <> 'third-party';
drop index families.ix_instrument_by_family;
create index ix_instrument_by_family on families.instrument (family_id, usable_from desc) where state = 'approved' and kind <> 'third-party';
select kernel.amend_function('families.guard_cool_off()', 'and i.id <> new.id and i.state = ''approved''',
  'and i.id <> new.id and i.state = ''approved'' and i.kind <> ''third-party'' and new.kind <> ''third-party''');
select kernel.amend_function('families.guard_cool_off()', '(new.sealed, new.fingerprint, new.family_id, new.proposed_by, new.last_digits)',
  '(new.sealed, new.fingerprint, new.family_id, new.proposed_by, new.last_digits, new.kind, new.payee_name)');
select kernel.amend_function('families.guard_cool_off()', '(old.sealed, old.fingerprint, old.family_id, old.proposed_by, old.last_digits)',
  '(old.sealed, old.fingerprint, old.family_id, old.proposed_by, old.last_digits, old.kind, old.payee_name)');
select kernel.amend_function('notices.guard_old_contact_told()', 'and o.id <> new.id and o.state = ''approved''',
  'and o.id <> new.id and o.state = ''approved'' and o.kind <> ''third-party'' and new.kind <> ''third-party''');
select kernel.amend_function('notices.guard_bank_details_told()', 'and o.id <> new.id and o.state = ''approved''',
  'and o.id <> new.id and o.state = ''approved'' and o.kind <> ''third-party'' and new.kind <> ''third-party''');
drop function kernel.amend_function;

create schema grants;
grant usage on schema grants to mainstay_app;

-- What families are usually helped with, and what it usually costs: a guide, never a rule.
create table grants.catalogue_item (
  id bigint not null default nextval('kernel.document_number') constraint pk_catalogue_item primary key,
  authority_id smallint not null,
  version int not null default 1,
  code text not null constraint ck_catalogue_code_is_plain check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null constraint ck_catalogue_item_has_a_name check (length(btrim(name)) between 1 and 120),
  category text not null constraint ck_catalogue_category_is_plain check (category ~ '^[a-z][a-z-]{0,29}$'),
  guide_amount kernel.gbp constraint ck_guide_amount_is_positive check (guide_amount > 0),
  active boolean not null default true,
  constraint uq_catalogue_code unique (authority_id, code)
);

create table grants.application (
  id bigint not null default nextval('kernel.document_number') constraint pk_application primary key,
  authority_id smallint not null,
  version int not null default 1,
  family_id bigint not null,
  fund_id bigint not null,
  state text not null default 'draft',
  need text not null default '',
  child_need text not null default '',
  identity_seen text not null default '',
  conflict text constraint ck_conflict_is_answered_yes_or_no check (conflict in ('no', 'yes')),
  conflict_words text not null default '' constraint ck_declared_conflict_says_what check (conflict is distinct from 'yes' or length(btrim(conflict_words)) > 0),
  recommendation text not null default '' constraint ck_recommended_application_says_why
    check (state not in ('recommended', 'awarded', 'declined') or length(btrim(recommendation)) > 0),
  opened_by bigint,
  opened_on date not null default kernel.today(),
  submitted_on date,
  recommended_by bigint,
  approval_id bigint,
  decided_by bigint,
  decision_reason text not null default '' constraint ck_declined_application_says_why
    check (state not in ('declined', 'changes_asked') or length(btrim(decision_reason)) > 0),
  constraint uq_application_of_council unique (authority_id, id),
  constraint fk_application_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_application_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id),
  constraint fk_application_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_application_recommended_by_a_user foreign key (authority_id, recommended_by) references identity.user_account (authority_id, id),
  constraint fk_application_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create index ix_application_by_family on grants.application (authority_id, family_id, id);
create index ix_application_by_state on grants.application (authority_id, state, id);
insert into audit.state_edge values
  ('application', '', 'start', 'draft'),
  ('application', 'draft', 'submit', 'submitted'),
  ('application', 'submitted', 'amend', 'draft'),
  ('application', 'submitted', 'recommend', 'recommended'),
  ('application', 'recommended', 'amend', 'draft'),
  ('application', 'recommended', 'approve', 'awarded'),
  ('application', 'recommended', 'decline', 'declined'),
  ('application', 'recommended', 'ask_changes', 'changes_asked'),
  ('application', 'changes_asked', 'amend', 'draft'),
  ('application', 'draft', 'withdraw', 'withdrawn'),
  ('application', 'submitted', 'withdraw', 'withdrawn'),
  ('application', 'recommended', 'withdraw', 'withdrawn'),
  ('application', 'changes_asked', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on grants.application
  for each row execute function audit.follow_states('application');

-- What is asked for. "awarded" is the decision's: at most what was asked, nought for what is not given.
create table grants.item (
  id bigint not null default nextval('kernel.document_number') constraint pk_item primary key,
  authority_id smallint not null,
  application_id bigint not null,
  code text not null,
  category text not null constraint ck_item_category_is_plain check (category ~ '^[a-z][a-z-]{0,29}$'),
  description text not null constraint ck_item_has_a_description check (length(btrim(description)) > 0),
  amount kernel.gbp not null constraint ck_item_amount_is_positive check (amount > 0),
  removed boolean not null default false,
  awarded kernel.gbp constraint ck_item_is_awarded_at_most_what_was_asked check (awarded between 0 and amount),
  instrument_id bigint constraint fk_item_payee references families.instrument,
  first_due date,
  instalments smallint not null default 1 constraint ck_item_has_one_to_24_instalments check (instalments between 1 and 24),
  every_days smallint not null default 7 constraint ck_item_rhythm_is_known check (every_days in (7, 14, 28)),
  constraint fk_item_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id)
);
create index ix_item_by_application on grants.item (application_id, id);

-- Everybody who wrote on an application: none of them decides on it. Kept by the triggers below alone.
create table grants.touch (
  authority_id smallint not null,
  application_id bigint not null,
  user_id bigint not null,
  constraint pk_touch primary key (application_id, user_id)
);

create table grants.check_result (
  authority_id smallint not null,
  application_id bigint not null,
  kind text not null,
  outcome text not null constraint ck_check_outcome_is_known check (outcome in ('pass', 'fail', 'person')),
  reason text not null constraint ck_check_says_why check (length(btrim(reason)) > 0),
  resolved_by bigint,
  resolved_note text,
  resolved_at timestamptz,
  constraint pk_check_result primary key (application_id, kind),
  constraint fk_check_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_check_resolved_by_a_user foreign key (authority_id, resolved_by) references identity.user_account (authority_id, id),
  constraint ck_only_what_needs_a_person_is_resolved check (resolved_by is null or outcome = 'person'),
  constraint ck_resolved_check_has_a_note check ((resolved_by is null) = (resolved_note is null)
    and (resolved_note is null or length(btrim(resolved_note)) > 0))
);

create table grants.award (
  id bigint not null default nextval('kernel.document_number') constraint pk_award primary key,
  authority_id smallint not null,
  version int not null default 1,
  application_id bigint not null,
  family_id bigint not null,
  fund_id bigint not null,
  approval_id bigint not null,
  amount kernel.gbp not null constraint ck_award_is_positive check (amount > 0),
  approved_by bigint not null,
  awarded_on date not null default kernel.today(),
  state text not null default 'active',
  constraint uq_award_of_council unique (authority_id, id),
  constraint uq_award_once_an_application unique (application_id),
  constraint uq_award_once_an_approval unique (approval_id)
);
create index ix_award_by_family on grants.award (authority_id, family_id, awarded_on);
insert into audit.state_edge values
  ('award', '', 'award', 'active'),
  ('award', 'active', 'close', 'closed'),
  ('award', 'active', 'cancel', 'cancelled');
create trigger guard_states before insert or update of state on grants.award
  for each row execute function audit.follow_states('award');

-- One payment of one item on one day; "leg" is its part of the reservation.
create table grants.instalment (
  id bigint not null default nextval('kernel.document_number') constraint pk_instalment primary key,
  authority_id smallint not null,
  version int not null default 1,
  award_id bigint not null,
  item_id bigint not null constraint fk_instalment_of_an_item references grants.item,
  approval_id bigint not null,
  leg smallint not null,
  family_id bigint not null,
  fund_id bigint not null,
  instrument_id bigint constraint fk_instalment_payee references families.instrument,
  amount kernel.gbp not null constraint ck_instalment_is_positive check (amount > 0),
  due_on date not null,
  state text not null default 'due',
  constraint fk_instalment_of_an_award foreign key (authority_id, award_id) references grants.award (authority_id, id),
  constraint uq_instalment_once_a_leg unique (approval_id, leg)
);
create index ix_instalment_by_award on grants.instalment (award_id, id);
create index ix_instalment_due on grants.instalment (authority_id, due_on, id) where state = 'due';
insert into audit.state_edge values
  ('instalment', '', 'plan', 'due'),
  ('instalment', 'due', 'pay', 'paid'),
  ('instalment', 'due', 'cancel', 'cancelled');
create trigger guard_states before insert or update of state on grants.instalment
  for each row execute function audit.follow_states('instalment');

-- The checks there are. One that is missing is one that failed.
create function grants.check_kinds() returns text[] language sql immutable as $$
  select array['identity', 'payee', 'same-account', 'same-need', 'same-postcode', 'other-fund', 'cooling-off', 'fund-rules',
               'conflict', 'childs-need', 'safe-contact'] $$;

create function grants.guard_application() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from funds.fund f where f.id = new.fund_id and f.authority_id = new.authority_id and 'grant' = any (f.pays)) then
    raise exception 'fund % does not pay grants', new.fund_id using errcode = 'MS001', constraint = 'guard_application_fund_pays_grants';
  end if;
  if tg_op = 'UPDATE' and old.state not in ('draft', 'submitted', 'changes_asked')
     and (new.family_id, new.fund_id, new.need, new.child_need, new.identity_seen, new.conflict, new.conflict_words)
         is distinct from (old.family_id, old.fund_id, old.need, old.child_need, old.identity_seen, old.conflict, old.conflict_words) then
    raise exception 'application % was put forward as it stands: take it back to change it', new.id
      using errcode = 'MS001', constraint = 'guard_application_stands_as_recommended';
  end if;
  if tg_op = 'UPDATE' and new.family_id <> old.family_id then
    raise exception 'application % is of one family', new.id using errcode = 'MS001', constraint = 'guard_application_keeps_its_family';
  end if;
  if tg_op = 'UPDATE' and new.state <> old.state and new.state in ('awarded', 'declined', 'changes_asked') then
    if not exists (select from approvals.request r join approvals.decision d on d.request_id = r.id
         where r.id = new.approval_id and r.kind in ('grant-award', 'grant-emergency', 'grant-variation') and r.subject_id = new.id and d.decided_by = new.decided_by
           and r.proposed_by = new.recommended_by and r.state = d.outcome
           and d.outcome = case new.state when 'awarded' then 'approved' when 'declined' then 'declined' else 'sent_back' end) then
      raise exception 'application % has no such decision', new.id
        using errcode = 'MS001', constraint = 'guard_application_state_follows_decision';
    end if;
    if exists (select from grants.touch t where t.application_id = new.id and t.user_id = new.decided_by) then
      raise exception 'user % wrote on application %', new.decided_by, new.id
        using errcode = 'MS001', constraint = 'guard_decider_did_not_touch_the_application';
    end if;
  end if;
  return new;
end $$;
create trigger guard_application before insert or update on grants.application
  for each row execute function grants.guard_application();

create function grants.keep_touch() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if kernel.current_actor() is not null then
    insert into grants.touch (authority_id, application_id, user_id)
    values (new.authority_id, (case when tg_table_name = 'application' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'application_id' end)::bigint,
            kernel.current_actor()) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger guard_touch after insert or update on grants.application for each row
  when (new.state in ('draft', 'submitted', 'recommended')) execute function grants.keep_touch();
create trigger guard_touch after insert or update of code, category, description, amount, instrument_id, first_due, instalments, every_days, removed
  on grants.item for each row execute function grants.keep_touch();

create function grants.guard_item() returns trigger language plpgsql set search_path = '' as $$
declare
  stage text := (select a.state from grants.application a where a.id = new.application_id);
begin
  if tg_op = 'UPDATE' and new.awarded is distinct from old.awarded and to_jsonb(new) - 'awarded' = to_jsonb(old) - 'awarded' then
    if stage <> 'recommended' then
      raise exception 'what is awarded is decided once' using errcode = 'MS001', constraint = 'guard_item_is_awarded_with_the_decision';
    end if;
    return new;
  end if;
  if stage is distinct from 'draft' then
    raise exception 'the items of application % stand', new.application_id
      using errcode = 'MS001', constraint = 'guard_items_change_in_a_draft';
  end if;
  if new.instrument_id is not null and not exists (select from families.instrument i
       join grants.application a on a.id = new.application_id
      where i.id = new.instrument_id and i.family_id = a.family_id and i.authority_id = new.authority_id
        and i.kind = 'third-party') then
    raise exception 'that payee is another family''s' using errcode = 'MS001', constraint = 'guard_item_payee_is_the_familys';
  end if;
  return new;
end $$;
create trigger guard_item before insert or update on grants.item for each row execute function grants.guard_item();

create function grants.guard_award() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - '{state,version}'::text[] <> to_jsonb(old) - '{state,version}'::text[] then
      raise exception 'award % stands as decided', new.id using errcode = 'MS001', constraint = 'guard_award_stands_as_decided';
    end if;
    return new;
  end if;
  if not exists (select from grants.application a join approvals.request r on r.id = a.approval_id
       join approvals.decision d on d.request_id = r.id
      where a.id = new.application_id and a.authority_id = new.authority_id and a.state = 'awarded' and a.family_id = new.family_id
        and a.fund_id = new.fund_id and r.id = new.approval_id and r.kind in ('grant-award', 'grant-emergency', 'grant-variation') and r.subject_id = a.id and r.state = 'approved'
        and d.outcome = 'approved' and d.decided_by = new.approved_by and new.amount <= r.amount) then
    raise exception 'award % is not what was approved', new.id using errcode = 'MS001', constraint = 'guard_award_is_approved';
  end if;
  if exists (select from unnest(grants.check_kinds()) k where not exists (select from grants.check_result c
       where c.application_id = new.application_id and c.kind = k
         and (c.outcome = 'pass' or (c.outcome = 'person' and c.resolved_by is not null)))) then
    raise exception 'a check of application % failed, or waits for a person', new.application_id
      using errcode = 'MS001', constraint = 'guard_award_passed_its_checks';
  end if;
  return new;
end $$;
create trigger guard_award before insert or update on grants.award for each row execute function grants.guard_award();

create function grants.guard_instalment() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from grants.award a join grants.item i on i.id = new.item_id and i.application_id = a.application_id
         where a.id = new.award_id and a.state = 'active' and a.approval_id = new.approval_id and a.family_id = new.family_id
           and a.fund_id = new.fund_id and i.instrument_id is not distinct from new.instrument_id) then
      raise exception 'instalment % is not of its award', new.id using errcode = 'MS001', constraint = 'guard_instalment_is_of_its_award';
    end if;
    return new;
  end if;
  if to_jsonb(new) - '{state,version}'::text[] <> to_jsonb(old) - '{state,version}'::text[] then
    raise exception 'instalment % stands as awarded', new.id using errcode = 'MS001', constraint = 'guard_instalment_stands_as_awarded';
  end if;
  if new.state = 'cancelled' and old.state <> 'cancelled' and exists (select from payments.line l
       where l.source_id = new.id and l.reserved_by = new.approval_id and l.status = 'payable') then
    raise exception 'instalment % is on its way in a run', new.id using errcode = 'MS001', constraint = 'guard_instalment_on_its_way_stands';
  end if;
  if new.state = 'paid' and old.state <> 'paid' and not exists (select from payments.line l join payments.payment_order o on o.id = l.id
       where l.source_id = new.id and l.reserved_by = new.approval_id and l.status = 'payable' and o.amount = new.amount) then
    raise exception 'instalment % is not posted', new.id using errcode = 'MS001', constraint = 'guard_paid_instalment_is_posted';
  end if;
  return new;
end $$;
create trigger guard_instalment before insert or update on grants.instalment for each row execute function grants.guard_instalment();

-- Asked at the commit: an award is its instalments and its items, each reserved; one that is cancelled was freed.
create function grants.guard_reserved() returns trigger language plpgsql set search_path = '' as $$
declare
  award grants.award := (select a from grants.award a
    where a.id = (case when tg_table_name = 'award' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'award_id' end)::bigint);
begin
  if award.amount is distinct from (select sum(i.amount) from grants.instalment i where i.award_id = award.id)
     or award.amount is distinct from (select sum(t.awarded) from grants.item t where t.application_id = award.application_id)
     or exists (select from grants.item t where t.application_id = award.application_id and not t.removed and t.awarded is distinct from
          (select coalesce(sum(i.amount), 0) from grants.instalment i where i.item_id = t.id)) then
    raise exception 'award % is not its instalments', award.id using errcode = 'MS001', constraint = 'guard_award_is_its_instalments';
  end if;
  if exists (select from grants.instalment i
      where i.award_id = award.id and (not exists (select from ledger.transfer c where c.document_id = i.approval_id and c.kind = 2 and c.leg = i.leg)
         or (i.state = 'cancelled') <> exists (select from ledger.transfer f where f.document_id = i.approval_id and f.kind = 3 and f.leg = i.leg))) then
    raise exception 'award % is not reserved instalment by instalment', award.id
      using errcode = 'MS001', constraint = 'guard_award_is_in_the_ledger';
  end if;
  return null;
end $$;
create constraint trigger guard_award_is_its_instalments after insert or update on grants.award deferrable initially deferred
  for each row execute function grants.guard_reserved();
create constraint trigger guard_award_is_in_the_ledger after insert or update on grants.instalment deferrable initially deferred
  for each row execute function grants.guard_reserved();

-- What an award's reservations say, transfer by transfer: reserved once, then used by its own payment or freed.
create function grants.guard_transfers() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  if not exists (select from added where kind in (2, 3, 5)) then return null; end if;
  select t.document_id, t.kind into odd from added t
    join approvals.request r on r.id = t.document_id and r.kind in ('grant-award', 'grant-emergency', 'grant-variation')
    left join grants.instalment i on i.approval_id = t.document_id and i.leg = t.leg
   where t.kind in (2, 3, 5) and (i.id is null or i.amount <> t.amount or i.authority_id <> t.authority_id
      or not exists (select from ledger.account d where d.id = t.debit_account and d.fund_id = i.fund_id)
      or case t.kind
        when 2 then r.state <> 'approved'
        when 3 then i.state <> 'cancelled'
          or not exists (select from ledger.transfer c where c.document_id = t.document_id and c.kind = 2 and c.leg = t.leg)
          or exists (select from ledger.transfer u where u.document_id = t.document_id and u.kind = 5 and u.leg = t.leg)
        else i.state = 'cancelled'
          or not exists (select from ledger.transfer c where c.document_id = t.document_id and c.kind = 2 and c.leg = t.leg)
          or exists (select from ledger.transfer f where f.document_id = t.document_id and f.kind = 3 and f.leg = t.leg)
          or not exists (select from payments.line l join payments.payment_order o on o.id = l.id
               where l.source_id = i.id and l.reserved_by = t.document_id and l.reserved_leg = t.leg and l.status = 'payable'
                 and o.amount = t.amount) end) limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what its instalment says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_instalment';
  end if;
  return null;
end $$;
-- Named to come after the ledger's own guards: Postgres fires triggers by name.
create trigger guard_with_grant_documents after insert on ledger.transfer referencing new table as added
  for each statement execute function grants.guard_transfers();

-- The twin of subsistence's guard: a payable line of a grants run is its instalment, and nothing else is paid from a reservation.
create function grants.guard_lines() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  perform 1 from grants.instalment i where i.id in (select a.source_id from added a where a.reserved_by is not null and a.status = 'payable')
    order by i.id for share;
  select a.id, a.source_id into odd from added a
    join payments.run r on r.id = a.run_id
    left join grants.instalment i on i.id = a.source_id and i.authority_id = a.authority_id
    left join grants.award w on w.id = i.award_id
    left join families.instrument p on p.id = a.instrument_id
   where a.status = 'payable' and ((r.kind = 'grants') <> (a.reserved_by is not null) or (r.kind = 'section-17' and p.kind = 'third-party'))
      or a.status = 'payable' and r.kind = 'grants'
     and (i.state is distinct from 'due' or w.state is distinct from 'active' or i.amount <> a.amount or i.family_id <> a.family_id
          or i.fund_id <> a.fund_id or i.approval_id <> a.reserved_by or i.leg <> a.reserved_leg
          or i.due_on <> a.covers_from or a.covers_to <> a.covers_from + 1 or i.due_on > r.pay_date
          or p.state is distinct from 'approved' or coalesce(i.instrument_id, p.id) <> p.id
          or (i.instrument_id is null and p.kind = 'third-party')) limit 1;
  if found then
    raise exception 'line % is not an instalment that is due', odd.id using errcode = 'MS001', constraint = 'guard_line_is_its_instalment';
  end if;
  return null;
end $$;
create trigger guard_grant_lines_insert after insert on payments.line referencing new table as added
  for each statement execute function grants.guard_lines();
create trigger guard_grant_lines_update after update on payments.line referencing new table as added
  for each statement execute function grants.guard_lines();

create function grants.guard_posted_run() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from payments.line l where l.run_id = new.id and l.status = 'payable' and not exists
       (select from ledger.transfer u where u.document_id = l.reserved_by and u.kind = 5 and u.leg = l.reserved_leg and u.amount = l.amount)) then
    raise exception 'run % did not use what its awards reserved', new.id
      using errcode = 'MS001', constraint = 'guard_posted_grants_used_their_reservations';
  end if;
  return new;
end $$;
create trigger guard_posted_grants before update on payments.run for each row
  when (new.kind = 'grants' and new.state = 'posted' and old.state <> 'posted') execute function grants.guard_posted_run();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass) from unnest(array['grants.catalogue_item',
  'grants.application', 'grants.item', 'grants.check_result', 'grants.award', 'grants.instalment']) t;
select kernel.keep_in_council('grants.touch'), kernel.append_only('grants.touch');
grant select, insert, update on grants.catalogue_item, grants.application, grants.item, grants.check_result, grants.award, grants.instalment to mainstay_app;
grant select on grants.touch to mainstay_app;
`,
  `drop trigger guard_with_grant_documents on ledger.transfer; drop trigger guard_grant_lines_insert on payments.line;
   drop trigger guard_grant_lines_update on payments.line; drop trigger guard_posted_grants on payments.run;
   drop schema grants cascade; drop index payments.uq_line_instalment_paid_once;
   alter table payments.line drop column reserved_by, drop column reserved_leg;`,
);
