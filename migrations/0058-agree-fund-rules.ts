import { sqlMigration } from './sql-migration.ts';

/**
 * What a fund may buy takes two people: one proposes the rules, another puts them in force. And who else helps families is
 * looked up again: each time is on record. What is paid the same day is counted as the grant it is.
 */
export const AgreeFundRules = sqlMigration(
  'AgreeFundRules1790000000058',
  `
create table funds.rules_proposal (
  id bigint not null default nextval('kernel.document_number') constraint pk_rules_proposal primary key,
  authority_id smallint not null,
  fund_id bigint not null,
  -- The version of the fund as the proposer saw it; of another nothing is put in force.
  seen int not null,
  programme text,
  buys text[],
  award_cap kernel.gbp,
  family_cap kernel.gbp,
  emergency_cap kernel.gbp,
  cooling_off_days smallint not null,
  spent_by text[],
  reason text not null constraint ck_rules_proposal_has_a_reason check (length(btrim(reason)) between 1 and 500),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' constraint ck_rules_proposal_state_is_known check (state in ('open', 'approved', 'refused')),
  decided_by bigint,
  decided_at timestamptz,
  decided_because text not null default '',
  constraint ck_rules_proposal_needs_two_people check (decided_by <> proposed_by),
  constraint ck_rules_proposal_says_who_decided check ((state = 'open') = (decided_by is null)),
  constraint fk_rules_proposal_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id),
  constraint fk_rules_proposal_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_rules_proposal_decided_by_a_user foreign key (authority_id, decided_by) references identity.user_account (authority_id, id)
);
create unique index uq_rules_proposal_one_open on funds.rules_proposal (fund_id) where state = 'open';
select kernel.two_people('funds.rules_proposal');

create function funds.guard_rules() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.programme, new.buys, new.award_cap, new.family_cap, new.emergency_cap, new.cooling_off_days, new.spent_by)
     is not distinct from (old.programme, old.buys, old.award_cap, old.family_cap, old.emergency_cap, old.cooling_off_days, old.spent_by) then
    return new;
  end if;
  -- The operator sets them at set-up, before there is anybody to ask.
  if kernel.current_actor() is null then return new; end if;
  if not exists (select from funds.rules_proposal p
       where p.fund_id = new.id and p.state = 'approved' and p.seen = old.version and new.version = old.version + 1
         and p.decided_by = kernel.current_actor()
         and (p.programme, p.buys, p.award_cap, p.family_cap, p.emergency_cap, p.cooling_off_days, p.spent_by)
           is not distinct from (new.programme, new.buys, new.award_cap, new.family_cap, new.emergency_cap, new.cooling_off_days, new.spent_by)) then
    raise exception 'the rules of fund % are as one person proposed them and another agreed', new.code
      using errcode = 'MS001', constraint = 'guard_fund_rules_are_as_two_people_agreed';
  end if;
  return new;
end $$;
create trigger guard_rules before update on funds.fund for each row execute function funds.guard_rules();

-- When somebody looked up whether a signpost is still right.
create table grants.signpost_check (
  id bigint not null default nextval('kernel.document_number') constraint pk_signpost_check primary key,
  authority_id smallint not null,
  signpost_id bigint not null constraint fk_signpost_check_of_a_signpost references grants.signpost,
  checked_by bigint not null,
  checked_on date not null default kernel.today(),
  constraint fk_signpost_check_by_a_user foreign key (authority_id, checked_by) references identity.user_account (authority_id, id)
);
create index ix_signpost_check on grants.signpost_check (signpost_id, checked_on desc);
create function grants.guard_signpost_check() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.checked_by is distinct from kernel.current_actor() or new.checked_on <> kernel.today()
     or not exists (select from identity.user_role r where r.user_id = new.checked_by and r.removed_at is null
                       and r.role in ('administrator', 'manager', 'caseworker')) then
    raise exception 'whoever looked a signpost up says so, today' using errcode = 'MS001', constraint = 'guard_signpost_is_checked_in_person';
  end if;
  if not exists (select from grants.signpost s where s.id = new.signpost_id and s.authority_id = new.authority_id and s.ended_on is null) then
    raise exception 'signpost % is not on the list', new.signpost_id using errcode = 'MS001', constraint = 'guard_checked_signpost_is_on_the_list';
  end if;
  return new;
end $$;
create trigger guard_signpost_check before insert on grants.signpost_check for each row execute function grants.guard_signpost_check();

-- What is paid the same day is a grant like others: it counts as one, and its award holds its money until then, not its run.
create or replace view payments.v_paid with (security_invoker = true) as
  select o.authority_id, o.id, o.run_id, case r.kind when 'emergency' then 'grants' when 'put-right' then 'section-17' else r.kind end as category, o.family_id, o.fund_id,
         l.source_id, o.amount::numeric as amount, case r.kind when 'put-right' then 0 else l.covers_to - l.covers_from end as days
    from payments.payment_order o
    join payments.line l on l.id = o.id
    join payments.run r on r.id = o.run_id;
create or replace view payments.v_reserved with (security_invoker = true) as
  select l.authority_id, l.id, l.run_id, case r.kind when 'emergency' then 'grants' when 'put-right' then 'section-17' else r.kind end as category, l.family_id, l.fund_id,
         l.source_id, l.amount::numeric as amount, r.entry_day
    from payments.run r
    join payments.line l on l.run_id = r.id and l.status = 'payable'
   where r.state in ('approved', 'releasing');

-- What was put forward each time, so that whoever decides on one that changed since is told what changed.
create table grants.put_forward (
  application_id bigint not null,
  authority_id smallint not null,
  fingerprint bytea not null constraint ck_put_forward_has_its_fingerprint check (length(fingerprint) = 32),
  content jsonb not null constraint ck_put_forward_says_something check (jsonb_typeof(content) = 'object'),
  constraint pk_put_forward primary key (application_id, fingerprint),
  constraint fk_put_forward_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id)
);
select kernel.keep_in_council('grants.put_forward'), kernel.append_only('grants.put_forward');
select identity.close_to_partners('grants.put_forward');
grant select, insert on grants.put_forward to mainstay_app;

select kernel.keep_in_council('funds.rules_proposal'), kernel.never_delete('funds.rules_proposal');
select kernel.keep_in_council('grants.signpost_check'), kernel.append_only('grants.signpost_check');
select identity.close_to_partners('grants.signpost_check');
grant select, insert, update on funds.rules_proposal to mainstay_app;
grant select, insert on grants.signpost_check to mainstay_app;
`,
  '',
);
