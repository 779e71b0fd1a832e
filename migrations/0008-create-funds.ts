import { sqlMigration } from './sql-migration.ts';

/** Makes funds and the budgets put into them. What is left of each is the ledger's to say. */
export const CreateFunds = sqlMigration(
  'CreateFunds1790000000008',
  `
create schema funds;
grant usage on schema funds to mainstay_app;
create table funds.fund (
  id bigint not null default nextval('kernel.document_number') constraint pk_fund primary key,
  authority_id smallint not null,
  code text not null constraint ck_fund_code_is_plain check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  pays text[] not null constraint ck_fund_pays_something check (pays <@ array['section-17', 'grant'] and cardinality(pays) > 0),
  is_section_17_default boolean not null default false,
  constraint uq_fund_code unique (authority_id, code),
  constraint uq_fund_of_council unique (authority_id, id)
);
create unique index uq_fund_one_section_17_default on funds.fund (authority_id) where is_section_17_default;
create table funds.budget (
  id bigint not null default nextval('kernel.document_number') constraint pk_budget primary key,
  authority_id smallint not null,
  fund_id bigint not null,
  financial_year text not null constraint ck_financial_year_is_written_2026_27 check (financial_year ~ '^20[0-9]{2}-[0-9]{2}$'),
  amount kernel.gbp not null constraint ck_budget_is_positive check (amount > 0),
  reason text not null constraint ck_budget_has_a_reason check (length(btrim(reason)) > 0),
  added_by bigint,
  added_at timestamptz not null default now(),
  constraint fk_budget_of_a_fund foreign key (authority_id, fund_id) references funds.fund (authority_id, id)
);
select kernel.keep_in_council('funds.fund'), kernel.never_delete('funds.fund');
select kernel.keep_in_council('funds.budget'), kernel.append_only('funds.budget');
grant select, insert, update on funds.fund to mainstay_app;
grant select, insert on funds.budget to mainstay_app;
`,
  `drop schema funds cascade;`,
);
