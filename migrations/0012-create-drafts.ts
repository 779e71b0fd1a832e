import { sqlMigration } from './sql-migration.ts';

/** Makes the place where what a person has typed waits, sealed, until they finish or let it go. */
export const CreateDrafts = sqlMigration(
  'CreateDrafts1790000000012',
  `
create table platform.draft (
  authority_id smallint not null,
  user_id bigint not null,
  name text not null constraint ck_draft_name_is_plain check (name ~ '^[a-z0-9][a-z0-9/._-]{0,99}$'),
  sealed bytea not null constraint ck_draft_is_sealed check (get_byte(sealed, 0) = 1 and length(sealed) >= 29),
  updated_at timestamptz not null default now(),
  constraint pk_draft primary key (authority_id, user_id, name)
);
select kernel.keep_in_council('platform.draft');
-- A draft is its writer's alone, and may be thrown away: it is no record yet.
create policy own_only on platform.draft as restrictive
  using (user_id = (select kernel.current_actor())) with check (user_id = (select kernel.current_actor()));
grant select, insert, update, delete on platform.draft to mainstay_app;
`,
  `drop table platform.draft;`,
);
