import { familiesChangedSince, type Seen } from '../../families/index.ts';
import { type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** Finds the families a run of a pay date would price from other facts now: their people, account, plan, top-ups or rates. */
export async function pricedDifferently(tx: Transaction, payDate: PlainDate, seen: Seen): Promise<string[]> {
  const changed = await familiesChangedSince(tx, seen);
  const rows = await tx.query<{ family_id: string }>(
    `select distinct p.family_id from subsistence.plan p
      where p.state = 'approved'
        and (p.pay_day = $1 or exists (select from subsistence.pay_day_change m where m.plan_id = p.id and m.state = 'in_force'))
        and (p.family_id = any ($2::bigint[]) or kernel.came_after(p.changed_in, $3::pg_snapshot)
             or p.id in (select m.plan_id from subsistence.pay_day_change m where m.state = 'in_force'
                           and least(m.old_date, m.new_date) <= $4::date and kernel.came_after(m.changed_in, $3::pg_snapshot))
             or p.id in (select t.plan_id from subsistence.top_up t where kernel.came_after(t.changed_in, $3::pg_snapshot))
             or p.family_id in (select v.family_id from subsistence.recovery v where kernel.came_after(v.changed_in, $3::pg_snapshot))
             or p.family_id in (select v.family_id from subsistence.recovery v where v.state = 'in_effect'
                  and exists (select from subsistence.recovery_floor f where kernel.came_after(f.changed_in, $3::pg_snapshot)))
             or p.id in (select t.plan_id from subsistence.put_right t where kernel.came_after(t.changed_in, $3::pg_snapshot))
             or p.rate_table in (select r.rate_table from subsistence.rate r where kernel.came_after(r.changed_in, $3::pg_snapshot)))`,
    // A move of later dates leaves this one as it was.
    [weekdayNumber(payDate), changed, seen.snapshot, payDate],
  );
  return rows.map((row) => row.family_id);
}
