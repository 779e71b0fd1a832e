import { sqlMigration } from './sql-migration.ts';

/** Keeps what the banks said of an account: whether its number can exist, and whether the name is that of its holder. */
export const ProtectBankDetails = sqlMigration(
  'ProtectBankDetails1790000000033',
  `
alter table families.instrument
  -- A number that cannot exist is kept nowhere.
  add column modulus text not null default 'not-checked'
    constraint ck_bank_details_can_exist check (modulus in ('valid', 'not-checked')),
  add column name_check text not null default 'not-asked',
  add column name_check_answer text not null default 'not-asked',
  add column name_check_reason text
    constraint ck_name_check_reason_is_short check (length(btrim(name_check_reason)) between 1 and 300),
  add constraint ck_name_check_is_what_was_answered check ((name_check_answer, name_check) in
    (('not-asked', 'not-asked'), ('match', 'match'), ('no-answer', 'unavailable'),
     ('MBAM', 'close-match'), ('BANM', 'close-match'), ('PANM', 'close-match'), ('BAMM', 'close-match'), ('PAMM', 'close-match'),
     ('ANNM', 'no-match'), ('AC01', 'no-match'), ('IVCR', 'no-match'), ('CASS', 'no-match'),
     ('ACNS', 'unavailable'), ('OPTO', 'unavailable'), ('SCNS', 'unavailable'))),
  add constraint ck_name_that_does_not_match_has_a_reason check (name_check <> 'no-match' or name_check_reason is not null);

create function families.guard_checks_stand() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.modulus, new.name_check, new.name_check_answer, new.name_check_reason)
     is distinct from (old.modulus, old.name_check, old.name_check_answer, old.name_check_reason) then
    raise exception 'what the banks said stands as it was proposed'
      using errcode = 'MS001', constraint = 'guard_checks_of_bank_details_stand';
  end if;
  return new;
end $$;
create trigger guard_checks_stand before update on families.instrument
  for each row execute function families.guard_checks_stand();
`,
  `
drop trigger guard_checks_stand on families.instrument;
drop function families.guard_checks_stand;
alter table families.instrument drop column modulus, drop column name_check, drop column name_check_answer,
  drop column name_check_reason;
`,
);
