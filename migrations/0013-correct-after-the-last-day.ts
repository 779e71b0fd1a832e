import { sqlMigration } from './sql-migration.ts';

/**
 * Lets a run correct what was paid after a plan's last day: a line that covers no days, numbered, once each.
 *
 * Without it a birth written down late, or support that ended in days already paid, was neither paid nor found: there was
 * no next payment to carry it.
 */
export const CorrectAfterTheLastDay = sqlMigration(
  'CorrectAfterTheLastDay1790000000013',
  `
-- 0: pays days. 1, 2, …: the first, second, … correction after the plan's last paid day.
alter table payments.line add column correction smallint not null default 0
  constraint ck_correction_is_counted check (correction >= 0);
alter table payments.line drop constraint ck_line_covers_some_days;
alter table payments.line add constraint ck_line_covers_some_days check
  (case when correction = 0 then covers_to > covers_from else covers_to = covers_from end);
-- What a posted run found without paying anything; few.
create index ix_line_finding on payments.line (source_id, id)
  where status = 'held' and hold_code = 'nothing-due' and overpaid_sevenths + withdrawn_sevenths > 0;
drop index payments.uq_line_paid_once;
create unique index uq_line_paid_once on payments.line (source_id, covers_from, correction) where status = 'payable';

create or replace function payments.guard_line_update() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id from changed) c join payments.run r on r.id = c.run_id
             where r.state not in ('pricing', 'priced', 'cancelled')) then
    raise exception 'the lines of this run are fixed: amend the run first'
      using errcode = 'MS001', constraint = 'guard_lines_are_fixed_once_sent_for_approval';
  end if;
  -- As sets: a join of the two was planned row against row, and cancelling a run of 20,000 took minutes.
  if exists (select from before where status = 'void') or exists (
       select id, run_id, source_id, family_id, instrument_id, fund_id, owed_sevenths, overpaid_sevenths, withdrawn_sevenths,
              covers_from, covers_to, correction, authority_id, carry_sevenths, amount, input_fingerprint, standing from changed
       except
       select id, run_id, source_id, family_id, instrument_id, fund_id, owed_sevenths, overpaid_sevenths, withdrawn_sevenths,
              covers_from, covers_to, correction, authority_id, carry_sevenths, amount, input_fingerprint, standing from before) then
    raise exception 'a line is never edited: price the run again'
      using errcode = 'MS001', constraint = 'guard_line_is_immutable';
  end if;
  return null;
end $$;

-- A payable line belongs to an approved plan, inside its support, and begins exactly where the last paid line ended;
-- a correction comes after the plan's last paid day, as the next in number.
create or replace function subsistence.guard_lines() returns trigger language plpgsql set search_path = '' as $$
declare odd record;
begin
  select a.source_id, a.covers_from into odd from added a
    left join subsistence.plan p on p.id = a.source_id and p.authority_id = a.authority_id
    left join lateral (
      select l.covers_to, l.correction, l.run_id from payments.line l
       where l.source_id = a.source_id and l.status = 'payable' and l.id <> a.id
       order by l.covers_from desc, l.correction desc limit 1) last on true
   where a.status = 'payable'
     and (p.state is distinct from 'approved' or p.family_id <> a.family_id or p.fund_id <> a.fund_id
          or a.covers_from <> coalesce(last.covers_to, p.paid_up_to)
          or (last.run_id is not null and last.run_id <> all (array(select r.id from payments.run r where r.state in ('posted', 'exported'))))
          or case when a.correction = 0 then a.covers_to > p.support_to
                  else p.support_to is null or p.support_to > a.covers_from or a.correction <> coalesce(last.correction, 0) + 1 end)
   limit 1;
  if found then
    raise exception 'the line for plan % from % does not follow what was paid, or the plan is not approved', odd.source_id, odd.covers_from
      using errcode = 'MS001', constraint = 'guard_line_follows_its_plan';
  end if;
  return null;
end $$;
`,
  `alter table payments.line drop column correction cascade;`,
);
