import { sqlMigration } from './sql-migration.ts';

/** Keeps how a council's banks lay out their CSV statements, as data an administrator sets. The last word for a name counts. */
export const LayOutBankStatements = sqlMigration(
  'LayOutBankStatements1790000000079',
  `
create table payments.statement_layout (
  id bigint not null default nextval('kernel.document_number') constraint pk_statement_layout primary key,
  authority_id smallint not null,
  name text not null constraint ck_statement_layout_has_a_name check (length(btrim(name)) between 1 and 60),
  layout jsonb not null constraint ck_statement_layout_has_columns
    check (coalesce(jsonb_array_length(layout -> 'header'), 0) between 3 and 40),
  is_used boolean not null default true,
  set_by bigint not null,
  set_at timestamptz not null default clock_timestamp(),
  constraint fk_statement_layout_set_by_a_user foreign key (authority_id, set_by) references identity.user_account (authority_id, id)
);
create index ix_statement_layout on payments.statement_layout (authority_id, name, id desc);
create function payments.guard_statement_layout() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.set_by is distinct from kernel.current_actor() or not coalesce(identity.is_administrator(new.set_by), false) then
    raise exception 'an administrator says how a bank lays out its statements, in person'
      using errcode = 'MS001', constraint = 'guard_statement_layout_is_set_by_an_administrator';
  end if;
  return new;
end $$;
create trigger guard_statement_layout before insert on payments.statement_layout
  for each row execute function payments.guard_statement_layout();
select kernel.keep_in_council('payments.statement_layout'), kernel.append_only('payments.statement_layout');
grant select, insert on payments.statement_layout to mainstay_app;
`,
  `
drop table payments.statement_layout;
drop function payments.guard_statement_layout;
`,
);
