/** What to do about a row somebody else is settling: `wait` for them, or `leave` it to them. */
export type Busy = 'wait' | 'leave';

/** Writes how a query locks the rows of one table that wait for some notices ($1), in order of their numbers. */
export function waitingRows(columns: string, table: string, busy: Busy): string {
  const how = busy === 'wait' ? 'for update' : 'for update skip locked';
  return `select ${columns} from ${table} where notice_id = any ($1::bigint[]) and state = 'waiting' order by id ${how}`;
}
