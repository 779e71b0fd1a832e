import { sqlMigration } from './sql-migration.ts';

/**
 * Makes four-eyes approval over an opaque subject and a fingerprint of exactly what was seen.
 *
 * The rules are foreign keys and checks, so that raw SQL cannot get round them: the decider holds the role, the limit is
 * the one on record for that role, the amount is within it, and the decider is not the proposer.
 */
export const CreateApprovals = sqlMigration(
  'CreateApprovals1790000000006',
  `
create schema approvals;
grant usage on schema approvals to mainstay_app;

create table approvals.request (
  id bigint not null default nextval('kernel.document_number') constraint pk_request primary key,
  authority_id smallint not null,
  kind text not null constraint ck_request_kind_is_known check (kind in ('support-plan', 'section-17-run', 'bank-details')),
  subject_id bigint not null,
  fingerprint bytea not null constraint ck_request_fingerprint_is_sha256 check (length(fingerprint) = 32),
  amount kernel.gbp not null constraint ck_request_amount_is_not_negative check (amount >= 0),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open',
  constraint fk_request_is_proposed_by_a_user foreign key (authority_id, proposed_by)
    references identity.user_account (authority_id, id),
  constraint uq_request_of_council unique (authority_id, id),
  constraint uq_request_with_what_it_says unique (authority_id, id, kind, proposed_by, amount, fingerprint)
);
create unique index uq_request_open_once_a_subject on approvals.request (authority_id, kind, subject_id)
  where state in ('open', 'approved');

create table approvals.decision (
  request_id bigint not null constraint pk_decision primary key,
  authority_id smallint not null,
  kind text not null,
  outcome text not null constraint ck_decision_outcome_is_known check (outcome in ('approved', 'sent_back')),
  reason text not null constraint ck_decision_sent_back_has_a_reason check (outcome = 'approved' or length(btrim(reason)) > 0),
  decided_by bigint not null,
  decided_at timestamptz not null default now(),
  proposed_by bigint not null constraint ck_nobody_decides_their_own_proposal check (decided_by <> proposed_by),
  amount kernel.gbp not null,
  fingerprint bytea not null,
  decided_role text not null,
  limit_id bigint not null,
  limit_amount kernel.gbp not null,
  constraint ck_decision_is_within_the_limit check (outcome = 'sent_back' or amount <= limit_amount),
  constraint fk_decision_on_exactly_what_was_proposed foreign key (authority_id, request_id, kind, proposed_by, amount, fingerprint)
    references approvals.request (authority_id, id, kind, proposed_by, amount, fingerprint),
  constraint fk_decider_holds_the_role foreign key (authority_id, decided_by, decided_role)
    references identity.user_role (authority_id, user_id, role),
  constraint fk_limit_is_on_record foreign key (authority_id, limit_id, decided_role, limit_amount)
    references identity.delegated_limit (authority_id, id, role, amount)
);

create function approvals.guard_decision() returns trigger language plpgsql set search_path = '' as $$
begin
  -- By its number alone: asked for an open one, the planner walks all open requests.
  if (select r.state from approvals.request r where r.id = new.request_id) is distinct from 'open' then
    raise exception 'request % is not waiting for a decision', new.request_id
      using errcode = 'MS001', constraint = 'guard_decision_on_an_open_request';
  end if;
  if not exists (select from identity.user_role u
                  where u.user_id = new.decided_by and u.role = new.decided_role and u.removed_at is null) then
    raise exception 'user % is no longer a %', new.decided_by, new.decided_role
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
create trigger guard_decision before insert on approvals.decision for each row execute function approvals.guard_decision();

-- "approved" can only be the state of a request that has an approving decision.
create function approvals.guard_request_state() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state in ('approved', 'sent_back') and not exists
     (select from approvals.decision d where d.request_id = new.id and d.outcome = new.state) then
    raise exception 'request % cannot be % without a decision', new.id, new.state
      using errcode = 'MS001', constraint = 'guard_request_state_follows_decision';
  end if;
  if (new.fingerprint, new.amount, new.proposed_by, new.kind, new.subject_id)
     is distinct from (old.fingerprint, old.amount, old.proposed_by, old.kind, old.subject_id) then
    raise exception 'request % says what it said: send a new one', new.id
      using errcode = 'MS001', constraint = 'guard_request_is_immutable';
  end if;
  return new;
end $$;
create trigger guard_request_state before update on approvals.request for each row execute function approvals.guard_request_state();

insert into audit.state_edge values
  ('approval', '', 'propose', 'open'),
  ('approval', 'open', 'approve', 'approved'),
  ('approval', 'open', 'send_back', 'sent_back'),
  ('approval', 'open', 'void', 'void'),
  ('approval', 'approved', 'void', 'void');
create trigger guard_states before insert or update of state on approvals.request
  for each row execute function audit.follow_states('approval');

select kernel.keep_in_council('approvals.request'), kernel.keep_in_council('approvals.decision');
select kernel.never_delete('approvals.request'), kernel.append_only('approvals.decision');
grant select, insert on approvals.request, approvals.decision to mainstay_app;
grant update (state) on approvals.request to mainstay_app;
`,
  `drop schema approvals cascade;`,
);
