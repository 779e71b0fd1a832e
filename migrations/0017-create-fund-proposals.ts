import { sqlMigration } from './sql-migration.ts';

/**
 * Puts money into funds, and moves it between them, by four eyes: proposals, and the pair of transfers of a move.
 *
 * A budget a person adds rests on a proposal that a second person approved; the machine still adds budgets at set-up.
 */
export const CreateFundProposals = sqlMigration(
  'CreateFundProposals1790000000017',
  `
alter table funds.fund add constraint ck_fund_has_a_name check (length(btrim(name)) between 1 and 100);

create table funds.proposal (
  id bigint not null default nextval('kernel.document_number') constraint pk_proposal primary key,
  authority_id smallint not null,
  kind text not null constraint ck_proposal_kind_is_known check (kind in ('budget', 'move')),
  fund_id bigint not null,
  from_fund_id bigint,
  financial_year text not null constraint ck_proposal_year_is_two_years_in_a_row check (case
    when financial_year ~ '^20[0-9]{2}-[0-9]{2}$' then right(financial_year, 2)::int = (substr(financial_year, 3, 2)::int + 1) % 100
    else false end),
  amount kernel.gbp not null constraint ck_proposal_amount_is_positive check (amount > 0),
  reason text not null constraint ck_proposal_has_a_reason check (length(btrim(reason)) between 1 and 500),
  state text not null default 'proposed',
  proposed_by bigint not null,
  proposed_on date not null default kernel.today(),
  decided_by bigint,
  decided_role text constraint ck_money_is_decided_by_finance_or_administrator check (decided_role in ('finance', 'administrator')),
  decided_on date,
  decision_reason text,
  constraint uq_proposal_with_what_it_says unique (authority_id, id, fund_id, financial_year, amount),
  constraint fk_proposal_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id),
  constraint fk_proposal_from_a_fund foreign key (authority_id, from_fund_id) references funds.fund (authority_id, id),
  constraint fk_proposal_is_proposed_by_a_user foreign key (authority_id, proposed_by)
    references identity.user_account (authority_id, id),
  constraint fk_proposal_decider_holds_the_role foreign key (authority_id, decided_by, decided_role)
    references identity.user_role (authority_id, user_id, role),
  constraint ck_move_goes_between_two_funds check ((kind = 'move') = (from_fund_id is not null) and from_fund_id is distinct from fund_id),
  constraint ck_nobody_decides_their_own_money check (decided_by <> proposed_by),
  constraint ck_decided_proposal_says_by_whom check
    ((state in ('approved', 'declined')) = (decided_by is not null and decided_role is not null and decided_on is not null)),
  constraint ck_declined_proposal_has_a_reason check (state <> 'declined' or coalesce(length(btrim(decision_reason)), 0) > 0)
);
create index ix_proposal_waiting on funds.proposal (authority_id, id) where state = 'proposed';
create index ix_proposal_by_fund on funds.proposal (fund_id, id);
insert into audit.state_edge values
  ('fund_proposal', '', 'propose', 'proposed'),
  ('fund_proposal', 'proposed', 'approve', 'approved'),
  ('fund_proposal', 'proposed', 'decline', 'declined'),
  ('fund_proposal', 'proposed', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on funds.proposal
  for each row execute function audit.follow_states('fund_proposal');

-- What a fund's budget of one year comes to: what was added, and what was moved in and out.
create function funds.budget_of_year(fund bigint, the_year text) returns numeric language sql stable set search_path = '' as $$
  select coalesce((select sum(b.amount) from funds.budget b where b.fund_id = fund and b.financial_year = the_year), 0)
       + coalesce((select sum(case when p.fund_id = fund then p.amount else -p.amount end) from funds.proposal p
                    where p.kind = 'move' and p.state = 'approved' and p.financial_year = the_year
                      and fund in (p.fund_id, p.from_fund_id)), 0) $$;

create function funds.guard_proposal() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state <> 'proposed'
     or (new.id, new.authority_id, new.kind, new.fund_id, new.from_fund_id, new.financial_year, new.amount, new.reason, new.proposed_by, new.proposed_on)
        is distinct from
        (old.id, old.authority_id, old.kind, old.fund_id, old.from_fund_id, old.financial_year, old.amount, old.reason, old.proposed_by, old.proposed_on) then
    raise exception 'proposal % says what it said: send a new one', new.id
      using errcode = 'MS001', constraint = 'guard_proposal_is_immutable';
  end if;
  if new.decided_by is not null and not exists (select from identity.user_role u
       where u.user_id = new.decided_by and u.role = new.decided_role and u.removed_at is null) then
    raise exception 'user % is no longer a %', new.decided_by, new.decided_role
      using errcode = 'MS001', constraint = 'guard_proposal_decider_still_holds_the_role';
  end if;
  if new.state = 'approved' and new.kind = 'move' then
    -- In one order for everyone; whoever waits here counts anew.
    perform 1 from funds.fund f where f.id in (new.fund_id, new.from_fund_id) order by f.id for update;
    if funds.budget_of_year(new.from_fund_id, new.financial_year) < new.amount then
      raise exception 'the fund has less budget than that for %', new.financial_year
        using errcode = 'MS001', constraint = 'guard_move_is_within_the_budget_of_its_year';
    end if;
  end if;
  return new;
end $$;
create trigger guard_proposal before update on funds.proposal for each row execute function funds.guard_proposal();

alter table funds.budget add column proposal_id bigint constraint uq_budget_once_a_proposal unique;
-- The day as the command's clock told it; unknown for what was added before.
alter table funds.budget add column added_on date;
alter table funds.budget alter column added_on set default kernel.today();
alter table funds.budget add constraint fk_budget_is_its_proposal foreign key (authority_id, proposal_id, fund_id, financial_year, amount)
  references funds.proposal (authority_id, id, fund_id, financial_year, amount);
create function funds.guard_budget() returns trigger language plpgsql set search_path = '' as $$
begin
  if not (case when new.proposal_id is null then kernel.current_actor() is null and new.added_by is null
         else exists (select from funds.proposal p where p.id = new.proposal_id and p.kind = 'budget' and p.state = 'approved'
                         and p.reason = new.reason and p.proposed_by = new.added_by) end) then
    raise exception 'budget a person adds is first proposed, and approved by another'
      using errcode = 'MS001', constraint = 'guard_budget_is_approved';
  end if;
  return null;
end $$;
create trigger guard_budget after insert on funds.budget for each row execute function funds.guard_budget();

insert into ledger.transfer_kind values
  (7, 'move-out', 'budget leaves a fund for another', 'available', 'budget'),
  (8, 'move-in', 'budget arrives from another fund', 'budget', 'available');
-- A move is a pair of one document: out of the one fund, into the other, the same amount.
create function funds.guard_moves() returns trigger language plpgsql security definer set search_path = '' as $$
declare odd record;
begin
  select t.document_id, t.kind into odd from added t
   where t.kind in (7, 8) and not exists (
     select from funds.proposal p
       join ledger.account mine on mine.id = case t.kind when 7 then t.debit_account else t.credit_account end
       join added o on o.document_id = t.document_id and o.kind = 15 - t.kind and o.leg = 0
      where p.id = t.document_id and p.kind = 'move' and p.state = 'approved' and t.leg = 0
        and p.amount = t.amount and p.authority_id = t.authority_id
        and mine.fund_id = case t.kind when 7 then p.from_fund_id else p.fund_id end) limit 1;
  if found then
    raise exception 'transfer of kind % for document % is not what that document says', odd.kind, odd.document_id
      using errcode = 'MS001', constraint = 'guard_transfer_is_its_document';
  end if;
  return null;
end $$;
-- Named to come after the ledger's own guards: Postgres fires triggers by name.
create trigger guard_with_fund_documents after insert on ledger.transfer referencing new table as added
  for each statement execute function funds.guard_moves();

-- Asked at the commit: an approval that moved no money would make the figures of the year lie.
create function funds.guard_in_the_ledger() returns trigger language plpgsql set search_path = '' as $$
begin
  if not (case new.kind
     when 'budget' then exists (select from funds.budget b join ledger.transfer t on t.document_id = b.id and t.kind = 1
                                 where b.proposal_id = new.id)
     else (select count(*) = 2 from ledger.transfer t where t.document_id = new.id and t.kind in (7, 8)) end) then
    raise exception 'proposal % is approved and not in the ledger', new.id
      using errcode = 'MS001', constraint = 'guard_approved_proposal_is_in_the_ledger';
  end if;
  return null;
end $$;
create constraint trigger guard_approved_proposal_is_in_the_ledger after update on funds.proposal deferrable initially deferred
  for each row when (new.state = 'approved') execute function funds.guard_in_the_ledger();

-- For whoever follows a figure: a day's transfers by block range, and everything but payments in order. Posting a payment
-- writes to neither: a range is summed up later, and a payment is not in the other.
create index ix_transfer_by_day on ledger.transfer using brin (effective_date) with (pages_per_range = 16, autosummarize = on);
create index ix_transfer_besides_payments on ledger.transfer (effective_date, document_id, kind, leg) where kind <> 4;

select kernel.keep_in_council('funds.proposal'), kernel.never_delete('funds.proposal');
grant select, insert on funds.proposal to mainstay_app;
grant update (state, decided_by, decided_role, decided_on, decision_reason) on funds.proposal to mainstay_app;
`,
  `
drop index ledger.ix_transfer_by_day, ledger.ix_transfer_besides_payments;
drop trigger guard_with_fund_documents on ledger.transfer;
drop trigger guard_budget on funds.budget;
alter table funds.budget drop column proposal_id, drop column added_on;
drop table funds.proposal;
drop function funds.guard_in_the_ledger, funds.guard_moves, funds.guard_budget, funds.guard_proposal, funds.budget_of_year;
delete from ledger.transfer_kind where code in (7, 8);
delete from audit.state_edge where machine = 'fund_proposal';
alter table funds.fund drop constraint ck_fund_has_a_name;
`,
);
