import type { Transaction } from '../../platform/index.ts';
import type { NewSignpost, Signpost } from '../domain/signpost.ts';

const COLUMNS = `id, name, does, phone, web, area, needs, added_on as "addedOn", ended_on as "endedOn", ended_because as "endedBecause",
  (select max(c.checked_on) from grants.signpost_check c where c.signpost_id = s.id) as "checkedOn"`;

/** Lists who else helps, by name. @param which `all` with those who help no more */
export function signpostList(tx: Transaction, which: 'in-force' | 'all' = 'in-force'): Promise<Signpost[]> {
  return tx.query(
    `select ${COLUMNS} from grants.signpost s where $1 = 'all' or ended_on is null order by ended_on nulls first, name, id`,
    [which],
  );
}

/** Writes signposts down. @returns their numbers, in the order given */
export async function insertSignposts(tx: Transaction, signposts: readonly NewSignpost[]): Promise<string[]> {
  const made = await tx.query<{ id: string }>(
    `insert into grants.signpost (authority_id, name, does, phone, web, area, needs, added_by, added_on)
     select $1, s.name, s.does, s.phone, s.web, s.area, s.needs, $2, $3
       from rows from (jsonb_to_recordset($4::jsonb) as (name text, does text, phone text, web text, area text, needs text[]))
            with ordinality as s(name, does, phone, web, area, needs, ord) order by s.ord returning id`,
    [tx.actor.authorityId, tx.actor.userId ?? null, tx.today, JSON.stringify(signposts)],
  );
  return made.map((row) => row.id);
}

/** Writes down that somebody looked a signpost up today, and that it is still right. @returns whether it is on the list */
export async function checkSignpost(tx: Transaction, id: string): Promise<boolean> {
  const checked = await tx.execute(
    `insert into grants.signpost_check (authority_id, signpost_id, checked_by, checked_on)
     select $1, s.id, $2, $3 from grants.signpost s where s.id = $4 and s.ended_on is null`,
    [tx.actor.authorityId, tx.actor.userId, tx.today, id],
  );
  return checked === 1;
}

/** Ends a signpost today. @returns whether it was in force */
export async function endSignpost(tx: Transaction, id: string, because: string): Promise<boolean> {
  const ended = await tx.execute(
    `update grants.signpost set ended_by = $2, ended_on = $3, ended_because = $4 where id = $1 and ended_on is null`,
    [id, tx.actor.userId, tx.today, because],
  );
  return ended === 1;
}
