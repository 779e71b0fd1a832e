import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchKeptDay } from '../plan-problems.ts';

/** Why a family keeps the day it has although a move was meant for it. */
export type KeptDayBecause = 'cannot-be-reached' | 'not-in-time' | 'nothing-changes' | 'nothing-promised' | 'not-told';

/** A day that is kept: of a change nobody was told of in time, or of a family that was left out from the start. */
export interface KeptDayRow {
  readonly id: string;
  readonly moveId: string;
  readonly planId: string;
  readonly changeId: string | null;
  readonly because: KeptDayBecause;
  readonly keptOn: PlainDate;
  readonly settledOn: PlainDate | null;
}

const COLUMNS = `k.id, k.move_id as "moveId", k.plan_id as "planId", k.change_id as "changeId", k.because, k.kept_on as "keptOn",
  k.settled_on as "settledOn"`;
// Who proposed another move since, or is supported no longer, has been seen to. What nobody approved moves nobody.
const OPEN = `k.asks_somebody and k.settled_on is null
  and exists (select from subsistence.pay_day_move m where m.id = k.move_id and m.state = 'approved')
  and exists (select from subsistence.plan p where p.id = k.plan_id and (p.support_to is null or p.support_to > $1))
  and not exists (select from subsistence.pay_day_change c where c.plan_id = k.plan_id and c.id > k.id
                    and c.state in ('proposed', 'waiting', 'in_force'))
  and not exists (select from subsistence.kept_day l where l.plan_id = k.plan_id and l.id > k.id and l.asks_somebody)`;

/** Writes whose day is kept, in one statement. */
export async function insertKeptDays(
  tx: Transaction,
  kept: readonly Pick<KeptDayRow, 'moveId' | 'planId' | 'changeId' | 'because'>[],
): Promise<void> {
  if (kept.length === 0) return;
  await tx.query(
    `insert into subsistence.kept_day (authority_id, move_id, plan_id, change_id, because)
     select $1, k."moveId", k."planId", k."changeId", k.because
       from jsonb_to_recordset($2::jsonb) as k("moveId" bigint, "planId" bigint, "changeId" bigint, because text)`,
    [tx.actor.authorityId, JSON.stringify(kept)],
  );
}

/** Lists kept days nobody has seen to, the oldest first. @param after the last number of the page before */
export function keptDaysToSettle(tx: Transaction, after: string, limit: number): Promise<KeptDayRow[]> {
  return tx.query(`select ${COLUMNS} from subsistence.kept_day k where ${OPEN} and k.id > $2 order by k.id limit $3`, [
    ...[tx.today, after, limit],
  ]);
}

/** Counts kept days nobody has seen to. */
export async function keptDaysCounted(tx: Transaction): Promise<number> {
  const { n } = await tx.one<{ n: number }>(`select count(*)::int as n from subsistence.kept_day k where ${OPEN}`, [
    tx.today,
  ]);
  return n;
}

/** Reads one kept day. @throws no_such_kept_day */
export async function readKeptDay(tx: Transaction, id: string): Promise<KeptDayRow> {
  const row = await tx.maybe<KeptDayRow>(`select ${COLUMNS} from subsistence.kept_day k where k.id = $1`, [id]);
  if (!row) throw noSuchKeptDay('No kept pay day of this council has that number.');
  return row;
}

/** Reads one kept day, and keeps others from settling it meanwhile. @throws no_such_kept_day */
export async function lockKeptDay(tx: Transaction, id: string): Promise<KeptDayRow> {
  await tx.query(`select 1 from subsistence.kept_day where id = $1 for update`, [id]);
  return readKeptDay(tx, id);
}

/** Notes what a person did about a kept day; the database notes who and when. */
export async function markKeptDaySettled(tx: Transaction, id: string, by: string, words: string): Promise<void> {
  await tx.query(`update subsistence.kept_day set settled_on = $2, settled_by = $3, settled_words = $4 where id = $1`, [
    id,
    tx.today,
    by,
    words,
  ]);
}
