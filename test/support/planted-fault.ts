import { verifyCouncil } from '../../src/house/index.ts';
import { Authorities } from '../../src/identity/index.ts';
import type { TestHouse } from './test-house.ts';

/** Proves the books of the house's council. @returns one sentence a fault */
export async function faultsOf(house: TestHouse): Promise<readonly string[]> {
  const authority = await house.app.get(Authorities).find(house.council.slug);
  return (await verifyCouncil(house.app, authority)).faults;
}

/**
 * Changes a table behind everybody's back, as only a superuser with the triggers switched off can, asks for the books to
 * be proved, and puts the table back as it was.
 * @returns the faults that were named
 */
export async function faultsAfter(house: TestHouse, table: string, sql: string): Promise<readonly string[]> {
  const { superuser } = house;
  // Generated columns write themselves again.
  const { rows } = await superuser.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const columns = rows[0]?.columns ?? '';
  await superuser.query(`set session_replication_role = replica; create table public.kept as select * from ${table}`);
  try {
    const planted = await superuser.query(sql);
    if (planted.rowCount === 0) throw new Error(`nothing was planted: ${sql}`);
    return await faultsOf(house);
  } finally {
    await superuser.query(`delete from ${table}; insert into ${table} (${columns}) overriding system value select ${columns} from public.kept;
      drop table public.kept; set session_replication_role = origin`);
  }
}
