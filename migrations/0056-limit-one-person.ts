import { sqlMigration } from './sql-migration.ts';

/**
 * Lets a limit be for one person alone, agreed by two others. It stands in place of their role's, up to its last day if it has
 * one. Every question after a limit goes through one function, and so does the guard of decisions.
 */
export const LimitOnePerson = sqlMigration(
  'LimitOnePerson1790000000056',
  `
-- Who a limit is for, and its last day. A whole role's has neither.
alter table identity.delegated_limit add column person_id bigint, add column last_day date,
  add constraint ck_only_a_persons_limit_ends check (last_day is null or person_id is not null),
  add constraint ck_limit_ends_after_it_begins check (last_day >= effective_from),
  add constraint fk_limit_for_a_user foreign key (authority_id, person_id) references identity.user_account (authority_id, id);
alter table identity.limit_proposal add column person_id bigint, add column last_day date,
  add constraint ck_only_a_persons_limit_proposal_ends check (last_day is null or person_id is not null),
  add constraint ck_limit_proposal_ends_after_it_begins check (last_day >= effective_from),
  add constraint fk_limit_proposal_for_a_user foreign key (authority_id, person_id) references identity.user_account (authority_id, id),
  add constraint ck_nobody_sets_their_own_limit check (coalesce(person_id <> proposed_by and coalesce(person_id <> decided_by, true), true));
alter table identity.delegated_limit drop constraint uq_limit_once_a_day,
  add constraint uq_limit_once_a_day unique nulls not distinct (authority_id, role, kind, person_id, effective_from);
drop index identity.uq_limit_proposal_one_open;
create unique index uq_limit_proposal_one_open on identity.limit_proposal (authority_id, role, kind, person_id)
  nulls not distinct where state = 'open';

-- The limit a person has today in a role: their own, the newest that began, unless it is over; or their role's.
create function identity.limit_in_force(person bigint, of_role text, of_kind text) returns setof identity.delegated_limit
  language sql stable set search_path = '' as $$
  select l.* from identity.delegated_limit l
   where l.role = of_role and l.kind = of_kind and l.effective_from <= kernel.today()
     and (l.person_id is null or l.person_id = person)
     and not exists (select from identity.delegated_limit n where n.role = of_role and n.kind = of_kind
           and n.effective_from <= kernel.today() and n.effective_from > l.effective_from and n.person_id is not distinct from l.person_id)
     and coalesce(l.last_day >= kernel.today(), true)
   order by l.person_id nulls last limit 1 $$;

create or replace function identity.guard_limit() returns trigger language plpgsql set search_path = '' as $$
begin
  if kernel.current_actor() is null and new.proposal_id is null and new.person_id is null then return null; end if;
  if not exists (select from identity.limit_proposal p where p.id = new.proposal_id and p.state = 'approved'
                    and (p.role, p.kind, p.amount, p.effective_from, p.reason, p.proposed_by, p.decided_by)
                      = (new.role, new.kind, new.amount, new.effective_from, new.reason, new.set_by, new.confirmed_by)
                    and (p.family_amount, p.family_months, p.person_id, p.last_day)
                      is not distinct from (new.family_amount, new.family_months, new.person_id, new.last_day)) then
    raise exception 'a limit is as one person proposed it and another confirmed it'
      using errcode = 'MS001', constraint = 'guard_limit_is_as_two_people_agreed';
  end if;
  if new.person_id is not null and not exists (select from identity.user_role r
       where r.user_id = new.person_id and r.role = new.role and r.removed_at is null) then
    raise exception 'person % is no %', new.person_id, new.role
      using errcode = 'MS001', constraint = 'guard_limit_is_for_a_role_held';
  end if;
  return null;
end $$;

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
  if not exists (select from identity.limit_in_force(coalesce(new.stands_in_for, new.decided_by), new.decided_role, new.kind) l
                  where l.id = new.limit_id) then
    raise exception 'limit % is not the one now in force for %', new.limit_id, new.kind
      using errcode = 'MS001', constraint = 'guard_decision_limit_is_for_this_kind';
  end if;
  return new;
end $$;
`,
  '',
);
