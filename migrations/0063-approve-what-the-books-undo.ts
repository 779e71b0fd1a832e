import { sqlMigration } from './sql-migration.ts';

/** A council's roles decided these without a limit until now: they keep what they had until the council says otherwise. */
const AS_BEFORE = '99999999.99';

/**
 * Makes write-offs of bank lines and the opening of a closed month requests like all others: signed within limits, in person or
 * by a stand-in, on exactly what was proposed, and not while approvals are closed.
 *
 * A month belongs to the ledger, which knows no approvals: the guard of its openings is kept here, above both.
 */
export const ApproveWhatTheBooksUndo = sqlMigration(
  'ApproveWhatTheBooksUndo1790000000063',
  `
-- Exactly what a second person signs.
create function payments.write_off_fingerprint(asked bigint) returns bytea language sql stable set search_path = '' as $$
  select sha256(convert_to((w.id, w.line_id, w.amount, w.category, w.reason, l.direction, l.amount, l.booked_on)::text, 'UTF8'))
    from payments.write_off w join payments.statement_line l on l.id = w.line_id where w.id = asked $$;
create function payments.reopening_fingerprint(asked bigint) returns bytea language sql stable set search_path = '' as $$
  select sha256(convert_to((r.id, r.close_id, c.month, c.closed_by, r.reason)::text, 'UTF8'))
    from ledger.month_reopening r join ledger.month_close c on c.id = r.close_id where r.id = asked $$;

create function payments.is_decided(of_kind text, subject bigint, came_to text, who bigint, signed_amount numeric, signed bytea)
  returns boolean language sql stable set search_path = '' as $$
  select exists (select from approvals.request r join approvals.decision d on d.request_id = r.id
    where r.kind = of_kind and r.subject_id = subject and r.state = came_to and d.outcome = came_to and d.decided_by = who
      and (r.amount, r.fingerprint) = (signed_amount, signed)) $$;
create function payments.guard_write_off_is_approved() returns trigger language plpgsql set search_path = '' as $$
begin
  if not payments.is_decided('write-off', new.id, case new.state when 'approved' then 'approved' else 'declined' end,
                             new.decided_by, new.amount, payments.write_off_fingerprint(new.id)) then
    raise exception 'write-off % is not decided as it stands', new.id
      using errcode = 'MS001', constraint = 'guard_write_off_is_approved';
  end if;
  return null;
end $$;
create trigger guard_write_off_is_approved after update of state on payments.write_off
  for each row when (new.state <> 'open') execute function payments.guard_write_off_is_approved();
create function payments.guard_reopening_is_approved() returns trigger language plpgsql set search_path = '' as $$
begin
  -- No money moves by it: its amount is nought, and whoever holds a limit for it may sign.
  if not payments.is_decided('period-reopen', new.id, case new.state when 'approved' then 'approved' else 'declined' end,
                             new.decided_by, 0, payments.reopening_fingerprint(new.id)) then
    raise exception 'opening % of a month is not decided as it stands', new.id
      using errcode = 'MS001', constraint = 'guard_reopening_is_approved';
  end if;
  return null;
end $$;
create trigger guard_reopening_is_approved after update of state on ledger.month_reopening
  for each row when (new.state <> 'open') execute function payments.guard_reopening_is_approved();

-- What waits goes on waiting, as a request in the name of whoever proposed it.
do $$
declare
  council smallint;
  waits record;
begin
  for council in select authority_id from identity.authority order by 1 loop
    perform set_config('mainstay.authority', council::text, true);
    insert into identity.delegated_limit (authority_id, role, kind, amount, effective_from)
      select council, role, kind, ${AS_BEFORE}, '2024-01-15' from unnest(array['finance', 'administrator']) role,
             unnest(array['write-off', 'period-reopen']) kind
       where not exists (select from identity.delegated_limit l where l.kind = any (array['write-off', 'period-reopen']));
    for waits in
      select 'write-off' as kind, id, amount, proposed_by, proposed_at, payments.write_off_fingerprint(id) as print
        from payments.write_off where state = 'open'
      union all
      select 'period-reopen', id, 0, proposed_by, proposed_at, payments.reopening_fingerprint(id)
        from ledger.month_reopening where state = 'open'
    loop
      perform set_config('mainstay.actor', waits.proposed_by::text, true);
      insert into approvals.request (authority_id, kind, subject_id, fingerprint, amount, proposed_by, proposed_at)
        values (council, waits.kind, waits.id, waits.print, waits.amount, waits.proposed_by, waits.proposed_at);
    end loop;
    perform set_config('mainstay.actor', '', true);
  end loop;
  perform set_config('mainstay.authority', '', true);
end $$;
`,
  `
drop trigger guard_reopening_is_approved on ledger.month_reopening;
drop trigger guard_write_off_is_approved on payments.write_off;
drop function payments.guard_reopening_is_approved, payments.guard_write_off_is_approved, payments.is_decided,
  payments.reopening_fingerprint, payments.write_off_fingerprint;
`,
);
