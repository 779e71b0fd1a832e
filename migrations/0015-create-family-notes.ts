import { sqlMigration } from './sql-migration.ts';

/** Makes notes on families, who looks after each, and what finding a family among many thousands needs. */
export const CreateFamilyNotes = sqlMigration(
  'CreateFamilyNotes1790000000015',
  `
-- What somebody wrote about a family. A correction is another note that names the one it corrects.
create table families.note (
  id bigint not null default nextval('kernel.document_number') constraint pk_note primary key,
  authority_id smallint not null,
  family_id bigint not null,
  corrects bigint,
  text text not null constraint ck_note_says_something check (length(btrim(text)) between 1 and 4000),
  written_by bigint not null,
  written_at timestamptz not null default now(),
  constraint uq_note_of_a_family unique (authority_id, family_id, id),
  constraint fk_note_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_note_is_written_by_a_user foreign key (authority_id, written_by) references identity.user_account (authority_id, id),
  constraint fk_note_corrects_a_note_of_its_family foreign key (authority_id, family_id, corrects)
    references families.note (authority_id, family_id, id),
  constraint ck_note_does_not_correct_itself check (corrects <> id)
);
create unique index uq_note_is_corrected_once on families.note (corrects) where corrects is not null;

-- Who looks after a family, and since when: a row for each change of it, with its reason.
create table families.assignment (
  id bigint not null default nextval('kernel.document_number') constraint pk_assignment primary key,
  authority_id smallint not null,
  family_id bigint not null,
  owner_id bigint,
  team text constraint ck_assigned_team_has_a_name check (length(btrim(team)) > 0),
  reason text not null constraint ck_assignment_says_why check (length(btrim(reason)) > 0),
  assigned_by bigint not null,
  assigned_at timestamptz not null default now(),
  constraint fk_assignment_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_assignment_is_to_a_user foreign key (authority_id, owner_id) references identity.user_account (authority_id, id),
  constraint fk_assignment_is_made_by_a_user foreign key (authority_id, assigned_by) references identity.user_account (authority_id, id)
);
create index ix_assignment_by_family on families.assignment (family_id, id);

alter table families.family add column owner_id bigint,
  add constraint fk_family_owner_is_a_user foreign key (authority_id, owner_id) references identity.user_account (authority_id, id);

-- Nobody's family changes hands unseen: the newest assignment says the same.
create function families.guard_assignment() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' and new.owner_id is null then return new; end if;
  if tg_op = 'UPDATE' and (new.owner_id, new.team) is not distinct from (old.owner_id, old.team) then return new; end if;
  if not exists (select from (select a.owner_id, a.team from families.assignment a
                   where a.family_id = new.id order by a.id desc limit 1) last
                  where (last.owner_id, last.team) is not distinct from (new.owner_id, new.team)) then
    raise exception 'family % changes hands without an assignment that says why', new.id
      using errcode = 'MS001', constraint = 'guard_change_of_hands_is_on_record';
  end if;
  return new;
end $$;
create trigger guard_assignment after insert or update of owner_id, team on families.family
  for each row execute function families.guard_assignment();

-- A person is found by how their name begins, or their last name. Row-level security lets only plain comparisons use
-- an index before it has looked, so the words are kept in columns of their own.
alter table families.member add column name_key text not null default '', add column last_name_key text not null default '';
create function families.keep_name_keys() returns trigger language plpgsql set search_path = '' as $$
begin
  new.name_key := regexp_replace(lower(btrim(new.name)), '[[:space:]]+', ' ', 'g');
  new.last_name_key := regexp_replace(new.name_key, '^.*[[:space:]]', '');
  return new;
end $$;
create trigger guard_name_keys before insert or update of name, name_key, last_name_key on families.member
  for each row execute function families.keep_name_keys();
alter table families.member no force row level security;
update families.member set name = name;
alter table families.member force row level security;
create index ix_member_by_name on families.member (authority_id, name_key collate "C");
create index ix_member_by_last_name on families.member (authority_id, last_name_key collate "C");
create index ix_member_birth_awaited on families.member (authority_id, due) where birth_recorded_on is null and due is not null;

create index ix_family_by_reference on families.family (authority_id, reference collate "C");
create index ix_family_by_owner on families.family (authority_id, owner_id, reference collate "C") where owner_id is not null;
create index ix_family_by_team on families.family (authority_id, team, reference collate "C") where team is not null;
create index ix_family_by_ward on families.family (authority_id, ward, reference collate "C") where ward is not null;
create index ix_instrument_of_family on families.instrument (family_id, id desc);
create index ix_instrument_waiting on families.instrument (authority_id, proposed_by) where state = 'proposed';
create index ix_plan_of_family on subsistence.plan (family_id, id desc);
create index ix_plan_waiting on subsistence.plan (authority_id, family_id) where state = 'proposed';
create index ix_plan_ending on subsistence.plan (authority_id, support_to) where state = 'approved' and support_to is not null;
create index ix_plan_declined on subsistence.plan (authority_id, proposed_by, id desc) where state = 'declined';
create index ix_hold_by_source on payments.hold (source_id);

select kernel.keep_in_council(t::regclass), kernel.append_only(t::regclass)
  from unnest(array['families.note', 'families.assignment']) t;
grant select, insert on families.note, families.assignment to mainstay_app;
`,
  `
drop index families.ix_family_by_reference, families.ix_family_by_owner, families.ix_family_by_team, families.ix_family_by_ward,
  families.ix_instrument_of_family, families.ix_instrument_waiting, subsistence.ix_plan_of_family, subsistence.ix_plan_waiting,
  subsistence.ix_plan_ending, subsistence.ix_plan_declined, payments.ix_hold_by_source;
drop trigger guard_assignment on families.family; drop function families.guard_assignment;
drop trigger guard_name_keys on families.member; drop function families.keep_name_keys;
alter table families.member drop column name_key, drop column last_name_key;
drop index if exists families.ix_member_birth_awaited;
alter table families.family drop column owner_id;
drop table families.assignment, families.note;
`,
);
