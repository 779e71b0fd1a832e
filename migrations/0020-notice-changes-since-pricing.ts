import { sqlMigration } from './sql-migration.ts';

/**
 * Lets a run know what was written down after it was priced.
 *
 * Each fact a price rests on keeps the transaction that last wrote it; a run keeps the snapshot its pricing began with.
 * What that snapshot does not show came later, whatever the clocks say.
 */
export const NoticeChangesSincePricing = sqlMigration(
  'NoticeChangesSincePricing1790000000020',
  `
create function kernel.note_change() returns trigger language plpgsql set search_path = '' as $$
begin
  new.changed_in := pg_catalog.pg_current_xact_id();
  return new;
end $$;
-- Whether a row was last written after a snapshot was taken. The first half alone can use the index.
create function kernel.came_after(changed xid8, seen pg_snapshot) returns boolean language sql stable
  as $$ select changed >= pg_snapshot_xmin(seen) and not pg_visible_in_snapshot(changed, seen) $$;
create function kernel.notes_changes(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s add column changed_in xid8 not null default pg_current_xact_id()', t);
  execute format('create index on %s (changed_in)', t);
  execute format('create trigger note_change before insert or update on %s for each row execute function kernel.note_change()', t);
end $$;
select kernel.notes_changes(t::regclass) from unnest(array['families.member', 'families.instrument', 'subsistence.plan',
  'subsistence.top_up', 'subsistence.rate']) t;

alter table payments.run add column priced_on date, add column facts_seen pg_snapshot,
  add constraint ck_pricing_says_what_it_saw check ((priced_on is null) = (facts_seen is null));
`,
  `drop function kernel.note_change cascade; drop function kernel.notes_changes, kernel.came_after;
   alter table payments.run drop column priced_on, drop column facts_seen;`,
);
