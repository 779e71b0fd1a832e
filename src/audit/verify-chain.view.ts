import type { Transaction } from '../platform/index.ts';

/** Proves the council's audit chain for an auditor: every hash, no gap, and the end is the end. @returns one sentence a fault */
export async function verifyAuditChain(tx: Transaction): Promise<{ checked: string; faults: string[] }> {
  const broken = await tx.query<{ seq: string; what: string }>(
    `select seq, what from (
       select e.seq, case
         when e.hash <> audit.event_hash(e) then 'was changed after it was written'
         when e.prev_hash <> lag(e.hash, 1, sha256('')) over (order by e.seq) then 'does not follow the event before it'
         when e.seq <> row_number() over (order by e.seq) then 'comes after a gap' end as what
       from audit.event e) checked where what is not null order by seq limit 50`,
  );
  const end = await tx.maybe<{ n: string; same: boolean }>(
    `select count(e.*) as n, coalesce(h.seq, 0) = count(e.*) and (h.seq is null or h.hash = (array_agg(e.hash order by e.seq desc))[1]) as same
       from (select 1) one left join audit.head h on true left join audit.event e on true group by h.seq, h.hash`,
  );
  const faults = broken.map((each) => `audit event ${each.seq} ${each.what}`);
  if (end && !end.same) faults.push('the end of the audit chain is not where the head says: events are missing');
  return { checked: end?.n ?? '0', faults };
}
