import { sqlMigration } from './sql-migration.ts';

/** Makes families, their members and their sealed bank details. */
export const CreateFamilies = sqlMigration(
  'CreateFamilies1790000000007',
  `
create schema families;
grant usage on schema families to mainstay_app;

create table families.family (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  reference text not null constraint ck_family_reference_is_plain check (reference ~ '^[A-Za-z0-9/_-]{1,35}$'),
  language text not null default 'en' constraint ck_family_language_is_a_code check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$'),
  contact text not null constraint ck_family_contact_is_known check (contact in ('yes', 'no', 'discreet')),
  mobile text, email text, address_line_1 text, address_line_2 text, town text, postcode text, ward text, team text,
  created_at timestamptz not null default now(),
  created_by bigint,
  constraint pk_family primary key (authority_id, id),
  constraint uq_family_reference unique (authority_id, reference)
);

create table families.member (
  id bigint not null default nextval('kernel.document_number') constraint pk_member primary key,
  family_id bigint not null,
  authority_id smallint not null,
  version int not null default 1,
  relationship text not null constraint ck_member_relationship_is_known check (relationship in ('lead', 'partner', 'child', 'other')),
  name text not null constraint ck_member_has_a_name check (length(btrim(name)) > 0),
  born date,
  due date,
  birth_recorded_on date constraint ck_member_birth_is_of_a_pregnancy check (birth_recorded_on is null or due is not null),
  joined_on date,
  left_on date,
  constraint fk_member_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint ck_member_leaves_after_joining check (left_on > joined_on)
);
create index ix_member_by_family on families.member (family_id);
create unique index uq_member_one_lead_a_family on families.member (family_id) where relationship = 'lead' and left_on is null;

-- A version of where a family's money goes. The account is sealed; a change needs two people and a cool-off.
create table families.instrument (
  id bigint not null default nextval('kernel.document_number') constraint pk_instrument primary key,
  family_id bigint not null,
  authority_id smallint not null,
  cool_off_days smallint not null,
  kind text not null default 'bank' constraint ck_instrument_kind_is_known check (kind in ('bank')),
  state text not null default 'proposed',
  sealed bytea not null constraint ck_instrument_is_sealed check (get_byte(sealed, 0) = 1 and length(sealed) >= 40),
  fingerprint bytea not null constraint ck_instrument_fingerprint_is_sha256 check (length(fingerprint) = 32),
  last_digits text not null constraint ck_instrument_shows_two_digits check (last_digits ~ '^[0-9]{2}$'),
  proposed_by bigint not null,
  proposed_at timestamptz not null default now(),
  proposed_on date not null default kernel.today(),
  approved_by bigint,
  approved_on date,
  usable_from date,
  constraint fk_instrument_of_a_family foreign key (authority_id, family_id) references families.family (authority_id, id),
  constraint fk_instrument_is_proposed_by_a_user foreign key (authority_id, proposed_by) references identity.user_account (authority_id, id),
  constraint fk_instrument_is_approved_by_a_user foreign key (authority_id, approved_by) references identity.user_account (authority_id, id),
  constraint ck_bank_details_need_two_people check (approved_by <> proposed_by),
  constraint ck_approved_instrument_says_by_whom check
    (state <> 'approved' or (approved_by is not null and approved_on is not null and usable_from is not null)),
  constraint ck_bank_details_are_approved_after_proposal check (approved_on >= proposed_on),
  constraint ck_bank_details_cool_off check (usable_from >= approved_on + cool_off_days)
);
create index ix_instrument_by_family on families.instrument (family_id, usable_from desc) where state = 'approved';
create unique index uq_instrument_one_proposal_a_family on families.instrument (family_id) where state = 'proposed';

-- Only the very first details of a family may be used at once; every later change waits the council's cool-off.
create function families.guard_cool_off() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.cool_off_days < (select a.cool_off_days from identity.authority a where a.authority_id = new.authority_id)
     and exists (select from families.instrument i where i.family_id = new.family_id and i.id <> new.id and i.state = 'approved') then
    raise exception 'a change of bank details must wait the cool-off'
      using errcode = 'MS001', constraint = 'guard_bank_details_cool_off';
  end if;
  if tg_op = 'UPDATE' and (new.sealed, new.fingerprint, new.family_id, new.proposed_by, new.last_digits)
     is distinct from (old.sealed, old.fingerprint, old.family_id, old.proposed_by, old.last_digits) then
    raise exception 'bank details are never edited: propose new ones'
      using errcode = 'MS001', constraint = 'guard_bank_details_are_immutable';
  end if;
  if tg_op = 'UPDATE' and old.state <> 'proposed'
     and (new.approved_by, new.approved_on, new.usable_from, new.cool_off_days, new.proposed_on)
         is distinct from (old.approved_by, old.approved_on, old.usable_from, old.cool_off_days, old.proposed_on) then
    raise exception 'these bank details were decided: propose new ones'
      using errcode = 'MS001', constraint = 'guard_bank_details_are_decided_once';
  end if;
  return new;
end $$;
create trigger guard_cool_off before insert or update on families.instrument
  for each row execute function families.guard_cool_off();
insert into audit.state_edge values
  ('instrument', '', 'propose', 'proposed'),
  ('instrument', 'proposed', 'approve', 'approved'),
  ('instrument', 'proposed', 'refuse', 'refused');
create trigger guard_states before insert or update of state on families.instrument
  for each row execute function audit.follow_states('instrument');

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['families.family', 'families.member', 'families.instrument']) t;
grant select, insert, update on families.family, families.member, families.instrument to mainstay_app;
`,
  `drop schema families cascade;`,
);
