import { sqlMigration } from './sql-migration.ts';

const WHERE = (row: string): string =>
  `concat_ws(E'\\n', ${row}.address_line_1, ${row}.address_line_2, ${row}.town, ${row}.postcode)`;

/** Where a letter goes has the name of whoever leads the family in front. */
const SAME_PLACE = 'and c.channel = a.channel and c.destination = a.destination and';
const OR_BY_POST = `and c.channel = a.channel and (c.destination = a.destination
        or (c.channel = 'letter' and right(a.destination, length(c.destination) + 1) = E'\\n' || c.destination)) and`;
const asBefore = (which: string, from: string, to: string): string =>
  `execute replace(pg_get_functiondef('${which}(notices.attempt)'::regprocedure), '${from.replaceAll("'", "''")}', '${to.replaceAll("'", "''")}');`;

/**
 * Keeps the address a family had as it keeps a number: other bank details are told there too, by letter, unless the family left it
 * by a move it was told of, or somebody says that others open its letters.
 */
export const TellOldAddresses = sqlMigration(
  'TellOldAddresses1790000000065',
  `
alter table families.former_contact drop constraint ck_former_contact_is_one_messages_go_to,
  add constraint ck_former_contact_is_one_messages_go_to check (channel in ('sms', 'email', 'letter'));
create or replace function families.keep_former_contact() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  council text := current_setting('mainstay.authority', true);
  has_moved boolean := coalesce(current_setting('mainstay.moves_home', true), '') = 'yes';
begin
  -- Whoever maintains the database stands in no council: what they change is kept all the same.
  perform set_config('mainstay.authority', new.authority_id::text, true);
  insert into families.former_contact (authority_id, family_id, channel, destination, was_safe, is_discreet, left_by)
    select new.authority_id, new.id, c.channel, c.destination,
           old.contact <> 'no' and c.channel = any (old.safe_channels) and (c.channel <> 'letter' or (old.contact = 'yes' and not has_moved)),
           old.contact = 'discreet', kernel.current_actor()
      from (values ('sms', old.mobile, new.mobile), ('email', old.email, new.email),
                   ('letter', case when num_nulls(old.address_line_1, old.town, old.postcode) = 0 then ${WHERE('old')} end, ${WHERE('new')}))
             c(channel, destination, now)
     where c.destination is not null and c.destination is distinct from c.now;
  perform set_config('mainstay.authority', coalesce(council, ''), true);
  return null;
end $$;
drop trigger guard_former_contact_is_kept on families.family;
create trigger guard_former_contact_is_kept after update on families.family for each row
  when ((old.mobile, old.email, old.address_line_1, old.address_line_2, old.town, old.postcode)
        is distinct from (new.mobile, new.email, new.address_line_1, new.address_line_2, new.town, new.postcode))
  execute function families.keep_former_contact();
-- To an old address only while nothing a family is sent need be discreet: whoever lives there opens the letter.
create or replace function families.may_be_told_at(c families.former_contact) returns boolean language sql stable set search_path = '' as $$
  select c.was_safe and exists (select from families.family f where f.authority_id = c.authority_id and f.id = c.family_id
             and f.contact <> 'no' and (c.channel <> 'letter' or f.contact = 'yes')
             and c.destination is distinct from (case c.channel when 'sms' then f.mobile when 'email' then f.email else ${WHERE('f')} end))
     and not exists (select from families.former_contact u where u.authority_id = c.authority_id and u.family_id = c.family_id
             and u.channel = c.channel and u.destination = c.destination and u.unsafe_by is not null) $$;
do $$
begin
  ${asBefore('notices.goes_to_old_contact', SAME_PLACE, OR_BY_POST)}
  ${asBefore('notices.was_written_before_the_change', SAME_PLACE, OR_BY_POST)}
  if pg_get_functiondef('notices.goes_to_old_contact(notices.attempt)'::regprocedure) not like '%letter%'
     or pg_get_functiondef('notices.was_written_before_the_change(notices.attempt)'::regprocedure) not like '%letter%' then
    raise exception 'where a message goes is not asked as it was';
  end if;
end $$;
`,
  // What was kept of addresses stays kept: going back only stops telling them.
  `
do $$
begin
  ${asBefore('notices.goes_to_old_contact', OR_BY_POST, SAME_PLACE)}
  ${asBefore('notices.was_written_before_the_change', OR_BY_POST, SAME_PLACE)}
end $$;
`,
);
