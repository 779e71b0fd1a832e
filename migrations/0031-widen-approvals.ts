import { sqlMigration } from './sql-migration.ts';

const KINDS = `'support-plan', 'section-17-run', 'bank-details', 'grant-award', 'grant-emergency', 'grant-variation', 'grant-review',
  'payee', 'write-off', 'period-reopen'`;

/** Says which kinds of things a table knows. */
const knows = (table: string, name: string): string => `
alter table ${table} drop constraint if exists ${name};
alter table ${table} add constraint ${name} check (kind in (${KINDS}));`;

/** A limit may also say how much one family may be given in some months, whoever approved it. */
const familyLimit = (table: string, name: string): string => `
alter table ${table} add column family_amount kernel.gbp, add column family_months smallint,
  add constraint ${name} check ((family_amount is null) = (family_months is null)
    and coalesce(family_amount, 0) >= 0 and coalesce(family_months, 1) between 1 and 36);`;

/**
 * Makes approvals the one engine of every room: kinds, steps frozen when a request is submitted, limits for one family,
 * conflicts of interest, stand-ins, periods when approvals are closed, reminders.
 *
 * The new guards of decisions are statement-level: a thousand plans are approved in one statement.
 */
export const WidenApprovals = sqlMigration(
  'WidenApprovals1790000000031',
  `
${knows('identity.delegated_limit', 'ck_limit_kind_is_known')}
${knows('identity.limit_proposal', 'ck_limit_proposal_kind_is_known')}
${knows('approvals.request', 'ck_request_kind_is_known')}
${familyLimit('identity.delegated_limit', 'ck_limit_for_a_family_is_whole')}
${familyLimit('identity.limit_proposal', 'ck_limit_proposal_for_a_family_is_whole')}
create or replace function identity.guard_limit() returns trigger language plpgsql set search_path = '' as $$
begin
  if kernel.current_actor() is null and new.proposal_id is null then return null; end if;
  if not exists (select from identity.limit_proposal p where p.id = new.proposal_id and p.state = 'approved'
                    and (p.role, p.kind, p.amount, p.effective_from, p.reason, p.proposed_by, p.decided_by)
                      = (new.role, new.kind, new.amount, new.effective_from, new.reason, new.set_by, new.confirmed_by)
                    and (p.family_amount, p.family_months) is not distinct from (new.family_amount, new.family_months)) then
    raise exception 'a limit is as one person proposed it and another confirmed it'
      using errcode = 'MS001', constraint = 'guard_limit_is_as_two_people_agreed';
  end if;
  return null;
end $$;

-- What is known of each kind. Everybody's: it changes with the release.
create table approvals.kind (
  kind text not null constraint pk_approval_kind primary key,
  -- Kinds whose amounts count together for one family.
  counts_as text not null,
  declares_conflict boolean not null,
  open_in_freeze boolean not null,
  target_days smallint not null constraint ck_kind_has_a_target check (target_days > 0),
  escalate_days smallint not null constraint ck_kind_escalates_after_its_target check (escalate_days > target_days),
  escalates_to text not null constraint ck_kind_escalates_to_a_role check (escalates_to in ('manager', 'finance', 'administrator'))
);
insert into approvals.kind values
  ('support-plan', 'support-plan', false, false, 2, 4, 'administrator'),
  ('section-17-run', 'section-17-run', false, true, 1, 2, 'administrator'),
  ('bank-details', 'bank-details', false, true, 2, 4, 'administrator'),
  ('grant-award', 'grant', true, false, 3, 5, 'administrator'),
  ('grant-emergency', 'grant', true, true, 1, 2, 'administrator'),
  ('grant-variation', 'grant', true, false, 3, 5, 'administrator'),
  ('grant-review', 'grant', true, false, 5, 10, 'administrator'),
  ('payee', 'payee', false, false, 2, 4, 'administrator'),
  ('write-off', 'write-off', false, false, 5, 10, 'administrator'),
  ('period-reopen', 'period-reopen', false, false, 2, 4, 'administrator');
grant select on approvals.kind to mainstay_app;

alter table approvals.request
  add column family_id bigint,
  add column touched bigint[] not null default '{}'
    constraint ck_request_names_who_touched_it check (array_position(touched, null) is null),
  add constraint fk_request_about_a_family foreign key (authority_id, family_id) references families.family (authority_id, id);
create index ix_request_waiting on approvals.request (authority_id, proposed_at) where state = 'open';
create index ix_request_by_family on approvals.request (family_id) where family_id is not null;
-- Whoever put it forward in another's name could decide it as themselves.
create function approvals.guard_proposer() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from added a where a.proposed_by is distinct from kernel.current_actor()) then
    raise exception 'a request is made in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_request_is_made_in_person';
  end if;
  return null;
end $$;
create trigger guard_proposer after insert on approvals.request
  referencing new table as added for each statement execute function approvals.guard_proposer();
create or replace function approvals.guard_request_state() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state in ('approved', 'sent_back', 'declined') and not exists
     (select from approvals.decision d where d.request_id = new.id and d.outcome = new.state) then
    raise exception 'request % cannot be % without a decision', new.id, new.state
      using errcode = 'MS001', constraint = 'guard_request_state_follows_decision';
  end if;
  if (new.fingerprint, new.amount, new.proposed_by, new.kind, new.subject_id, new.family_id, new.touched)
     is distinct from (old.fingerprint, old.amount, old.proposed_by, old.kind, old.subject_id, old.family_id, old.touched) then
    raise exception 'request % says what it said: send a new one', new.id
      using errcode = 'MS001', constraint = 'guard_request_is_immutable';
  end if;
  return new;
end $$;

-- From which amount how many people sign, each in which role. In force once a second person agreed.
create table approvals.policy (
  id bigint not null default nextval('kernel.document_number') constraint pk_policy primary key,
  authority_id smallint not null,
  kind text not null constraint ck_policy_kind_is_known check (kind in (${KINDS})),
  from_amount kernel.gbp not null constraint ck_policy_amount_is_not_negative check (from_amount >= 0),
  -- One role for each signature; 'any' is any role with a limit.
  signers text[] not null constraint ck_policy_asks_for_one_to_five_signatures
    check (cardinality(signers) between 1 and 5 and signers <@ array['any', 'manager', 'finance', 'administrator']),
  effective_from date not null,
  reason text not null constraint ck_policy_has_a_reason check (length(btrim(reason)) > 0),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' constraint ck_policy_state_is_known check (state in ('open', 'approved', 'refused')),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_policy_needs_two_people check (decided_by <> proposed_by),
  constraint ck_policy_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint fk_policy_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_policy_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create unique index uq_policy_one_open on approvals.policy (authority_id, kind, from_amount) where state = 'open';
select kernel.two_people('approvals.policy');

-- What a request needs, laid down as it is submitted. Without a step one signature is enough.
create table approvals.step (
  request_id bigint not null,
  authority_id smallint not null,
  step smallint not null,
  role text not null,
  constraint pk_step primary key (request_id, step),
  constraint fk_step_of_a_request foreign key (authority_id, request_id) references approvals.request (authority_id, id)
);
create function approvals.guard_step() returns trigger language plpgsql set search_path = '' as $$
begin
  -- Written by lay_down_steps alone, inside the statement that submits the request.
  if pg_trigger_depth() < 2 then
    raise exception 'the steps of a request are those it was submitted with'
      using errcode = 'MS001', constraint = 'guard_steps_are_frozen_when_submitted';
  end if;
  return new;
end $$;
create trigger guard_step before insert on approvals.step for each row execute function approvals.guard_step();
create function approvals.lay_down_steps() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into approvals.step (request_id, authority_id, step, role)
  select a.id, a.authority_id, s.step, s.role from added a
   cross join lateral (select p.signers from approvals.policy p
                        where p.kind = a.kind and p.state = 'approved' and p.from_amount <= a.amount and p.effective_from <= kernel.today()
                        order by p.from_amount desc, p.effective_from desc, p.id desc limit 1) p
   cross join lateral unnest(p.signers) with ordinality s(role, step);
  return null;
end $$;
create trigger guard_steps_are_laid_down after insert on approvals.request
  referencing new table as added for each statement execute function approvals.lay_down_steps();

-- Somebody who signs in another's place for some days, within that person's limits.
create table approvals.stand_in (
  id bigint not null default nextval('kernel.document_number') constraint pk_stand_in primary key,
  authority_id smallint not null,
  person_id bigint not null,
  stand_in_id bigint not null constraint ck_nobody_stands_in_for_themselves check (stand_in_id <> person_id),
  first_day date not null,
  last_day date not null,
  reason text not null constraint ck_stand_in_has_a_reason check (length(btrim(reason)) > 0),
  named_at timestamptz not null default now(),
  ended_on date,
  ended_by bigint,
  constraint ck_stand_in_is_for_some_days check (last_day >= first_day and last_day - first_day < 92),
  constraint ck_stand_in_says_who_ended_it check ((ended_on is null) = (ended_by is null)),
  constraint fk_stand_in_for_a_user foreign key (authority_id, person_id) references identity.user_account (authority_id, id),
  constraint fk_stand_in_is_a_user foreign key (authority_id, stand_in_id) references identity.user_account (authority_id, id),
  constraint fk_stand_in_ended_by_a_user foreign key (authority_id, ended_by) references identity.user_account (authority_id, id),
  constraint uq_stand_in_with_its_people unique (authority_id, id, person_id, stand_in_id),
  constraint ex_one_stand_in_at_a_time exclude using gist
    (authority_id with =, person_id with =, daterange(first_day, last_day, '[]') with &&) where (ended_on is null)
);
create function approvals.may_act(who bigint) returns boolean language sql stable set search_path = '' as $$
  select exists (select from identity.user_role r join identity.user_account u on u.id = r.user_id and u.active
                  where r.user_id = who and r.removed_at is null and r.role in ('manager', 'finance')) $$;
create function approvals.guard_stand_in() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_on is not null or new.ended_on is distinct from kernel.today() or new.ended_by is distinct from kernel.current_actor()
       or not coalesce(new.ended_by in (new.person_id, new.stand_in_id) or identity.is_administrator(new.ended_by), false)
       or to_jsonb(new) - '{ended_on,ended_by}'::text[] <> to_jsonb(old) - '{ended_on,ended_by}'::text[] then
      raise exception 'a stand-in stands as named, and is ended once, today, in person'
        using errcode = 'MS001', constraint = 'guard_stand_in_stands_as_named';
    end if;
    return new;
  end if;
  if new.person_id is distinct from kernel.current_actor() or new.first_day < kernel.today() then
    raise exception 'everybody names their own stand-in, from today on'
      using errcode = 'MS001', constraint = 'guard_stand_in_is_named_in_person';
  end if;
  if not approvals.may_act(new.stand_in_id) then
    raise exception 'user % holds no role that decides', new.stand_in_id
      using errcode = 'MS001', constraint = 'guard_stand_in_may_act';
  end if;
  if exists (select from approvals.stand_in s where s.ended_on is null
                and (s.person_id = new.stand_in_id or s.stand_in_id = new.person_id)
                and daterange(s.first_day, s.last_day, '[]') && daterange(new.first_day, new.last_day, '[]')) then
    raise exception 'a stand-in has no stand-in'
      using errcode = 'MS001', constraint = 'guard_no_chain_of_stand_ins';
  end if;
  return new;
end $$;
create trigger guard_stand_in before insert or update on approvals.stand_in for each row execute function approvals.guard_stand_in();

-- Said by each decider about themselves. Whoever said there is one does not decide, whatever they say later.
create table approvals.conflict_of_interest (
  request_id bigint not null,
  authority_id smallint not null,
  person_id bigint not null,
  declared text not null constraint ck_conflict_is_declared_plainly check (declared in ('none', 'conflict')),
  about text not null default '' constraint ck_conflict_says_what_it_is check (declared = 'none' or length(btrim(about)) > 0),
  declared_at timestamptz not null default now(),
  constraint pk_conflict_of_interest primary key (request_id, person_id, declared),
  constraint fk_conflict_about_a_request foreign key (authority_id, request_id) references approvals.request (authority_id, id),
  constraint fk_conflict_of_a_user foreign key (authority_id, person_id) references identity.user_account (authority_id, id)
);
create function approvals.guard_conflict() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.person_id is distinct from kernel.current_actor() then
    raise exception 'everybody declares their own interests'
      using errcode = 'MS001', constraint = 'guard_conflict_is_declared_in_person';
  end if;
  return new;
end $$;
create trigger guard_conflict before insert on approvals.conflict_of_interest
  for each row execute function approvals.guard_conflict();

-- Days on which approvals of some kinds are closed.
create table approvals.freeze_period (
  id bigint not null default nextval('kernel.document_number') constraint pk_freeze primary key,
  authority_id smallint not null,
  first_day date not null,
  last_day date not null,
  kinds text[] not null constraint ck_freeze_kinds_are_known check (cardinality(kinds) > 0 and kinds <@ array[${KINDS}]),
  reason text not null constraint ck_freeze_has_a_reason check (length(btrim(reason)) > 0),
  set_by bigint not null,
  set_at timestamptz not null default now(),
  lifted_at timestamptz,
  lifted_by bigint,
  lifted_because text,
  constraint ck_freeze_is_for_some_days check (last_day >= first_day and last_day - first_day < 92),
  constraint ck_freeze_says_who_lifted_it_and_why check ((lifted_at is null) = (lifted_by is null)
    and (lifted_at is null or coalesce(length(btrim(lifted_because)), 0) > 0)),
  constraint fk_freeze_set_by_a_user foreign key (authority_id, set_by) references identity.user_account (authority_id, id),
  constraint fk_freeze_lifted_by_a_user foreign key (authority_id, lifted_by) references identity.user_account (authority_id, id)
);
create function approvals.guard_freeze() returns trigger language plpgsql set search_path = '' as $$
declare who bigint := case when tg_op = 'INSERT' then new.set_by else new.lifted_by end;
begin
  if who is distinct from kernel.current_actor() or not coalesce(identity.is_administrator(who), false) then
    raise exception 'an administrator closes approvals for a time, and opens them again, in person'
      using errcode = 'MS001', constraint = 'guard_freeze_is_set_by_an_administrator';
  end if;
  if tg_op = 'UPDATE' and (old.lifted_at is not null
     or to_jsonb(new) - '{lifted_at,lifted_by,lifted_because}'::text[] <> to_jsonb(old) - '{lifted_at,lifted_by,lifted_because}'::text[]) then
    raise exception 'a period stands as it was set, and is lifted once'
      using errcode = 'MS001', constraint = 'guard_freeze_stands_as_set';
  end if;
  return new;
end $$;
create trigger guard_freeze before insert or update on approvals.freeze_period for each row execute function approvals.guard_freeze();

-- What the clock noted about a request that waits: once a reminder, once an escalation.
create table approvals.reminder (
  request_id bigint not null,
  authority_id smallint not null,
  what text not null constraint ck_reminder_is_of_a_known_sort check (what in ('reminder', 'escalation')),
  to_role text constraint ck_escalation_says_to_whom check ((what = 'escalation') = (to_role is not null)),
  noted_on date not null default kernel.today(),
  constraint pk_reminder primary key (request_id, what),
  constraint fk_reminder_about_a_request foreign key (authority_id, request_id) references approvals.request (authority_id, id)
);

-- Every signature but none of a request without steps, whose one decision says it all.
create table approvals.signature (
  request_id bigint not null,
  authority_id smallint not null,
  step smallint not null,
  kind text not null,
  outcome text not null default 'approved' constraint ck_signature_approves check (outcome = 'approved'),
  reason text not null,
  decided_by bigint not null,
  decided_at timestamptz not null default now(),
  proposed_by bigint not null,
  amount kernel.gbp not null,
  fingerprint bytea not null,
  decided_role text not null,
  limit_id bigint not null,
  limit_amount kernel.gbp not null constraint ck_signature_is_within_the_limit check (amount <= limit_amount),
  decided_on date,
  stand_in_id bigint,
  stands_in_for bigint,
  in_name_of bigint generated always as (coalesce(stands_in_for, decided_by)) stored,
  constraint pk_signature primary key (request_id, step),
  constraint ck_signature_stands_in_for_somebody check ((stand_in_id is null) = (stands_in_for is null)),
  constraint ck_nobody_signs_their_own_proposal check (decided_by <> proposed_by and coalesce(stands_in_for <> proposed_by, true)),
  constraint uq_signature_once_in_a_name unique (request_id, in_name_of),
  constraint fk_signature_by_a_stand_in foreign key (authority_id, stand_in_id, stands_in_for, decided_by)
    references approvals.stand_in (authority_id, id, person_id, stand_in_id),
  constraint fk_signer_holds_the_role foreign key (authority_id, in_name_of, decided_role)
    references identity.user_role (authority_id, user_id, role),
  constraint uq_signature_once_a_person unique (request_id, decided_by),
  constraint fk_signature_of_a_step foreign key (request_id, step) references approvals.step (request_id, step),
  constraint fk_signature_on_exactly_what_was_proposed foreign key (authority_id, request_id, kind, proposed_by, amount, fingerprint)
    references approvals.request (authority_id, id, kind, proposed_by, amount, fingerprint),
  constraint fk_signature_limit_is_on_record foreign key (authority_id, limit_id, decided_role, limit_amount)
    references identity.delegated_limit (authority_id, id, role, amount)
);
alter table approvals.decision
  drop constraint ck_nobody_decides_their_own_proposal,
  drop constraint fk_decider_holds_the_role,
  add column decided_on date,
  add column stand_in_id bigint,
  add column stands_in_for bigint,
  add column in_name_of bigint generated always as (coalesce(stands_in_for, decided_by)) stored,
  add constraint ck_decision_stands_in_for_somebody check ((stand_in_id is null) = (stands_in_for is null)),
  add constraint ck_nobody_decides_their_own_proposal check (decided_by <> proposed_by and coalesce(stands_in_for <> proposed_by, true)),
  add constraint fk_decision_by_a_stand_in foreign key (authority_id, stand_in_id, stands_in_for, decided_by)
    references approvals.stand_in (authority_id, id, person_id, stand_in_id),
  add constraint fk_decider_holds_the_role foreign key (authority_id, in_name_of, decided_role)
    references identity.user_role (authority_id, user_id, role);

create or replace function approvals.guard_decision() returns trigger language plpgsql set search_path = '' as $$
begin
  -- The day of the command, whatever was said: limits for a family count by it.
  new.decided_on := kernel.today();
  -- By its number alone: asked for an open one, the planner walks all open requests.
  if (select r.state from approvals.request r where r.id = new.request_id) is distinct from 'open' then
    raise exception 'request % is not waiting for a decision', new.request_id
      using errcode = 'MS001', constraint = 'guard_decision_on_an_open_request';
  end if;
  if not exists (select from identity.user_role u where u.user_id = coalesce(new.stands_in_for, new.decided_by)
                    and u.role = new.decided_role and u.removed_at is null) then
    raise exception 'user % is no longer a %', coalesce(new.stands_in_for, new.decided_by), new.decided_role
      using errcode = 'MS001', constraint = 'guard_decider_still_holds_the_role';
  end if;
  if not exists (select from identity.delegated_limit l where l.id = new.limit_id and l.kind = new.kind
       and l.effective_from <= kernel.today()
       and not exists (select from identity.delegated_limit n where n.role = l.role and n.kind = l.kind
                          and n.effective_from > l.effective_from and n.effective_from <= kernel.today())) then
    raise exception 'limit % is not the one now in force for %', new.limit_id, new.kind
      using errcode = 'MS001', constraint = 'guard_decision_limit_is_for_this_kind';
  end if;
  return new;
end $$;
create trigger guard_decision before insert on approvals.signature for each row execute function approvals.guard_decision();

-- Who may not decide, though role and limit would let them.
create function approvals.guard_decider() returns trigger language plpgsql set search_path = '' as $$
declare bad bigint;
begin
  select a.request_id into bad from added a join approvals.request r on r.id = a.request_id
   where r.touched <> '{}' and (a.decided_by = any (r.touched) or a.in_name_of = any (r.touched)) limit 1;
  if found then
    raise exception 'whoever worked on what request % is about does not decide it', bad
      using errcode = 'MS001', constraint = 'guard_decider_has_not_touched_it';
  end if;
  select a.request_id into bad from added a join approvals.conflict_of_interest c
      on c.request_id = a.request_id and c.person_id in (a.decided_by, a.in_name_of) and c.declared = 'conflict' limit 1;
  if found then
    raise exception 'a conflict of interest is declared about request %', bad
      using errcode = 'MS001', constraint = 'guard_conflict_keeps_out';
  end if;
  select a.request_id into bad from added a join approvals.kind k on k.kind = a.kind and k.declares_conflict
   where not exists (select from approvals.conflict_of_interest c
                      where c.request_id = a.request_id and c.person_id = a.decided_by and c.declared = 'none') limit 1;
  if found then
    raise exception 'whoever decides request % says first that they have no interest in it', bad
      using errcode = 'MS001', constraint = 'guard_conflict_is_declared_first';
  end if;
  select a.stand_in_id into bad from added a join approvals.stand_in s on s.id = a.stand_in_id
   where kernel.today() not between s.first_day and s.last_day or s.ended_on is not null limit 1;
  if found then
    raise exception 'stand-in % is not in force today', bad using errcode = 'MS001', constraint = 'guard_stand_in_is_in_force';
  end if;
  select a.stand_in_id into bad from added a where a.stand_in_id is not null
     and not (approvals.may_act(a.decided_by) and exists (select from identity.user_account u where u.id = a.in_name_of and u.active)) limit 1;
  if found then
    raise exception 'stand-in % may not act, or stands in for nobody who may', bad
      using errcode = 'MS001', constraint = 'guard_stand_in_still_may_act';
  end if;
  if exists (select from added a where a.decided_by is distinct from kernel.current_actor()) then
    raise exception 'a decision is made in the name of whoever makes it'
      using errcode = 'MS001', constraint = 'guard_decision_is_made_in_person';
  end if;
  return null;
end $$;

-- When an approval is not possible, whoever gives it: a closed period, or a family that was given its most.
create function approvals.guard_approval() returns trigger language plpgsql set search_path = '' as $$
declare bad record;
begin
  select a.request_id, f.last_day into bad from added a join approvals.kind k on k.kind = a.kind and not k.open_in_freeze
    join approvals.freeze_period f on a.kind = any (f.kinds) and kernel.today() between f.first_day and f.last_day and f.lifted_at is null
   where a.outcome = 'approved' limit 1;
  if found then
    raise exception 'approvals of this kind are closed up to and including %', bad.last_day
      using errcode = 'MS001', constraint = 'guard_approvals_are_closed_in_a_freeze';
  end if;
  -- One family at a time: two approvals at once each see the other.
  perform pg_advisory_xact_lock(hashtext('approvals.family'), hashint8(f.family_id))
     from (select distinct r.family_id from added a join approvals.request r on r.id = a.request_id and r.family_id is not null
            where a.outcome = 'approved' order by 1) f;
  select a.request_id, l.family_amount into bad from added a join approvals.request r on r.id = a.request_id
    join identity.delegated_limit l on l.id = a.limit_id
   where a.outcome = 'approved' and r.family_id is not null and l.family_amount is not null
     and a.amount + approvals.given_to_family(r.family_id, r.kind, l.family_months, r.id) > l.family_amount limit 1;
  if found then
    raise exception 'request % would give the family more than % in the period of the limit', bad.request_id, bad.family_amount
      using errcode = 'MS001', constraint = 'guard_family_is_given_within_the_limit';
  end if;
  return null;
end $$;
-- What was approved for a family by anybody in the last months, of all kinds that count together, besides one request.
create function approvals.given_to_family(family bigint, of_kind text, months smallint, besides bigint)
  returns kernel.gbp language sql volatile set search_path = '' as $$
  select coalesce(sum(r.amount), 0) from approvals.request r join approvals.decision d on d.request_id = r.id and d.outcome = 'approved'
    join approvals.kind k on k.kind = r.kind join approvals.kind mine on mine.kind = of_kind and mine.counts_as = k.counts_as
   where r.family_id = family and r.id <> besides and r.state in ('open', 'approved')
     and d.decided_on > (kernel.today() - make_interval(months => months))::date $$;

-- An approval is the last of its signatures.
create function approvals.guard_steps() returns trigger language plpgsql set search_path = '' as $$
declare bad bigint;
begin
  select a.request_id into bad from added a join approvals.step s on s.request_id = a.request_id
   where a.outcome = 'approved' and not exists
     (select from approvals.signature g where g.request_id = s.request_id and g.step = s.step) limit 1;
  if found then
    raise exception 'request % has not every signature it needs', bad
      using errcode = 'MS001', constraint = 'guard_every_step_is_signed';
  end if;
  select a.request_id into bad from added a
   where a.outcome = 'approved' and exists (select from approvals.step s where s.request_id = a.request_id) and not exists
     (select from approvals.signature g where g.request_id = a.request_id and (g.decided_by, g.in_name_of) = (a.decided_by, a.in_name_of)) limit 1;
  if found then
    raise exception 'request % is decided by one of those who signed it', bad
      using errcode = 'MS001', constraint = 'guard_decider_signed_a_step';
  end if;
  return null;
end $$;
create function approvals.guard_signature() returns trigger language plpgsql set search_path = '' as $$
declare bad bigint;
begin
  select a.request_id into bad from added a join approvals.step s on s.request_id = a.request_id and s.step = a.step
   where s.role not in ('any', a.decided_role) limit 1;
  if found then
    raise exception 'a step of request % is signed in another role', bad
      using errcode = 'MS001', constraint = 'guard_step_is_signed_in_its_role';
  end if;
  return null;
end $$;
create trigger guard_approval after insert on approvals.decision
  referencing new table as added for each statement execute function approvals.guard_approval();
create trigger guard_approval after insert on approvals.signature
  referencing new table as added for each statement execute function approvals.guard_approval();
create trigger guard_decider after insert on approvals.decision
  referencing new table as added for each statement execute function approvals.guard_decider();
create trigger guard_decider after insert on approvals.signature
  referencing new table as added for each statement execute function approvals.guard_decider();
create trigger guard_signature after insert on approvals.signature
  referencing new table as added for each statement execute function approvals.guard_signature();
create trigger guard_steps after insert on approvals.decision
  referencing new table as added for each statement execute function approvals.guard_steps();

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass) from unnest(array['approvals.step', 'approvals.signature',
  'approvals.conflict_of_interest', 'approvals.reminder']) t;
select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['approvals.policy', 'approvals.stand_in', 'approvals.freeze_period']) t;
grant select on approvals.step to mainstay_app;
grant select, insert on approvals.signature, approvals.conflict_of_interest, approvals.reminder, approvals.policy, approvals.stand_in,
  approvals.freeze_period to mainstay_app;
grant update (state, decided_by, decided_at, decided_because) on approvals.policy to mainstay_app;
grant update (ended_on, ended_by) on approvals.stand_in to mainstay_app;
grant update (lifted_at, lifted_by, lifted_because) on approvals.freeze_period to mainstay_app;
`,
  `
drop trigger guard_approval on approvals.decision;
drop trigger guard_decider on approvals.decision;
drop trigger guard_steps on approvals.decision;
drop trigger guard_steps_are_laid_down on approvals.request;
drop trigger guard_proposer on approvals.request;
alter table approvals.decision drop column decided_on, drop column in_name_of, drop column stand_in_id, drop column stands_in_for;
drop table approvals.signature, approvals.reminder, approvals.freeze_period, approvals.conflict_of_interest, approvals.stand_in,
  approvals.step, approvals.policy, approvals.kind;
drop function approvals.guard_signature, approvals.guard_steps, approvals.given_to_family, approvals.guard_approval,
  approvals.guard_decider, approvals.guard_freeze, approvals.guard_conflict, approvals.guard_stand_in, approvals.may_act,
  approvals.lay_down_steps, approvals.guard_step, approvals.guard_proposer;
drop index approvals.ix_request_waiting;
alter table approvals.request drop column family_id, drop column touched;
alter table identity.limit_proposal drop column family_amount, drop column family_months;
alter table identity.delegated_limit drop column family_amount, drop column family_months;
`,
);
