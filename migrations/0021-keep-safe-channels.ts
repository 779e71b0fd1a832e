import { sqlMigration } from './sql-migration.ts';

/** Keeps which ways of telling a family are safe, and what a council's notices say and how long they run. */
export const KeepSafeChannels = sqlMigration(
  'KeepSafeChannels1790000000021',
  `
alter table families.family
  add column safe_channels text[] not null default '{sms,email,letter,call}'
    constraint ck_family_safe_ways_are_known check (safe_channels <@ '{sms,email,letter,call}'),
  -- Of no ways, none equals nothing either: the answer is false there, not null.
  add column first_channel text constraint ck_family_first_way_is_safe check (first_channel is null or first_channel = any (safe_channels)),
  add column safe_checked_on date,
  add column reads text constraint ck_family_reads_a_language check (reads ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$'),
  add column interpreter boolean not null default false;

-- Whoever says that a family must not be contacted closes every way at once, whether they know of ways or not.
create function families.close_ways() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.contact = 'no' and not new.safe_channels <@ '{call}' then
    if tg_op = 'INSERT' or old.contact <> 'no' then
      new.safe_channels := '{}';
      new.first_channel := null;
    end if;
  end if;
  return new;
end $$;
create trigger guard_closed_ways before insert or update of contact on families.family
  for each row execute function families.close_ways();
alter table families.family no force row level security;
update families.family set safe_channels = '{}' where contact = 'no';
alter table families.family force row level security;
alter table families.family add constraint ck_family_not_to_be_contacted_gets_nothing_sent
  check (contact <> 'no' or safe_channels <@ '{call}');

-- Whether a family may be told something in a way: it is safe, and there is an address for it.
create function families.may_be_told_by(family_id bigint, channel text) returns boolean
  language sql stable set search_path = '' as $$
  select coalesce((select (f.contact <> 'no' or $2 = 'call') and $2 = any (f.safe_channels)
                      and case $2 when 'sms' then f.mobile is not null
                                  when 'email' then f.email is not null
                                  when 'letter' then num_nulls(f.address_line_1, f.town, f.postcode) = 0
                                  else $2 = 'call' end
                     from families.family f where f.id = $1), false) $$;

-- Nobody is told less than seven days ahead. Each council's change is on its own record.
do $$
declare council smallint;
begin
  for council in select authority_id from identity.authority where notice_days < 7 order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    perform set_config('mainstay.reason', 'Families are told at least seven days ahead.', true);
    update identity.authority set notice_days = 7, version = version + 1 where authority_id = council;
  end loop;
  perform set_config('mainstay.authority', '', true), set_config('mainstay.reason', '', true);
end $$;
alter table identity.authority
  drop constraint ck_authority_notice_days_are_sane,
  add constraint ck_authority_notice_days_are_sane check (notice_days between 7 and 60),
  add column ending_notice_days smallint not null default 28
    constraint ck_authority_ending_notice_days_are_sane check (ending_notice_days between 7 and 180),
  add column pay_day_change_needs_approval boolean not null default true,
  add column help_phone text constraint ck_authority_help_phone_is_a_number check (help_phone ~ '^[+0-9][0-9 ]{2,19}$'),
  add column help_email text constraint ck_authority_help_email_is_an_address check (help_email ~ '^[^[:space:]@]+@[^[:space:]@]+[.][^[:space:]@]+$'),
  add column return_address text[] constraint ck_authority_return_address_is_whole check
    (cardinality(return_address) between 3 and 7 and '' <> all (return_address)
      and array_position(return_address, null::text) is null and length(return_address::text) <= 500),
  add column postage text not null default 'second'
    constraint ck_authority_postage_is_known check (postage in ('first', 'second', 'economy'));
grant update (ending_notice_days, pay_day_change_needs_approval, help_phone, help_email, return_address, postage)
  on identity.authority to mainstay_app;
`,
  `
alter table identity.authority drop column ending_notice_days, drop column pay_day_change_needs_approval, drop column help_phone,
  drop column help_email, drop column return_address, drop column postage,
  drop constraint ck_authority_notice_days_are_sane,
  add constraint ck_authority_notice_days_are_sane check (notice_days between 0 and 60);
drop function families.may_be_told_by;
drop trigger guard_closed_ways on families.family;
drop function families.close_ways;
alter table families.family drop column safe_channels, drop column first_channel, drop column safe_checked_on, drop column reads,
  drop column interpreter;
`,
);
