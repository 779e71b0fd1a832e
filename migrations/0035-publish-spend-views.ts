import { sqlMigration } from './sql-migration.ts';

/**
 * Publishes what reporting reads: views of each room in its own schema, `v_…`, that let nobody see more than they could.
 *
 * A view may name its own room and those below, as a foreign key may.
 */
export const PublishSpendViews = sqlMigration(
  'PublishSpendViews1790000000035',
  `
-- Every transfer that spends from a fund, or gives back what was spent (below nought).
create view ledger.v_spent with (security_invoker = true) as
  select t.authority_id, a.fund_id, t.document_id, k.name as kind, t.leg, t.run_id, t.effective_date, t.amount::numeric as amount
    from ledger.transfer t
    join ledger.transfer_kind k on k.code = t.kind and k.debit_kind = 'spent'
    join ledger.account a on a.id = t.debit_account
  union all
  select t.authority_id, a.fund_id, t.document_id, k.name, t.leg, t.run_id, t.effective_date, -t.amount::numeric
    from ledger.transfer t
    join ledger.transfer_kind k on k.code = t.kind and k.credit_kind = 'spent'
    join ledger.account a on a.id = t.credit_account;

-- What moved on the accounts of a fund each day, as the ledger itself keeps it.
create view ledger.v_fund_day with (security_invoker = true) as
  select r.authority_id, a.fund_id, a.kind, r.day, r.debits, r.credits, r.n
    from ledger.day_rollup r join ledger.account a on a.id = r.account_id
   where a.fund_id is not null;

-- A payment that was posted: for which family and source, and how many days it covers.
create view payments.v_paid with (security_invoker = true) as
  select o.authority_id, o.id, o.run_id, r.kind as category, o.family_id, o.fund_id, l.source_id, o.amount::numeric as amount,
         (l.covers_to - l.covers_from) as days
    from payments.payment_order o
    join payments.line l on l.id = o.id
    join payments.run r on r.id = o.run_id;

-- A payment that an approved run reserves money for, and that is not posted yet.
create view payments.v_reserved with (security_invoker = true) as
  select l.authority_id, l.id, l.run_id, r.kind as category, l.family_id, l.fund_id, l.source_id, l.amount::numeric as amount, r.entry_day
    from payments.run r
    join payments.line l on l.run_id = r.id and l.status = 'payable'
   where r.state in ('approved', 'releasing');

-- Where a family is counted: by its reference, never its name.
create view families.v_family with (security_invoker = true) as
  select authority_id, id, reference, team, ward from families.family;

-- The standard a support plan was decided at.
create view subsistence.v_standard with (security_invoker = true) as
  select authority_id, id as plan_id, standard from subsistence.plan;

-- What reporting asks of a line, beside the line: its explanation alone is a kilobyte, and a year of them is read at once.
create index ix_line_counted on payments.line (id) include (authority_id, source_id, covers_from, covers_to);

-- What an instalment is for. What is reserved for it and not posted yet is committed by its award, not by a run.
create view grants.v_instalment with (security_invoker = true) as
  select i.authority_id, i.id, t.category as item_category from grants.instalment i join grants.item t on t.id = i.item_id;
create view grants.v_committed with (security_invoker = true) as
  select i.authority_id, i.id, i.family_id, i.fund_id, i.amount::numeric as amount, i.due_on
    from grants.instalment i
   where i.state = 'due' and not exists (select from payments.line l join payments.payment_order o on o.id = l.id
     where l.source_id = i.id and l.status = 'payable');

grant select on ledger.v_spent, ledger.v_fund_day, payments.v_paid, payments.v_reserved, families.v_family,
  subsistence.v_standard, grants.v_instalment, grants.v_committed to mainstay_app;
`,
  `
drop index payments.ix_line_counted;
drop view grants.v_committed, grants.v_instalment, subsistence.v_standard, families.v_family, payments.v_reserved, payments.v_paid, ledger.v_fund_day, ledger.v_spent;
`,
);
