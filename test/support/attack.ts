import type pg from 'pg';

/** In whose name raw SQL is tried. */
export interface Scope {
  readonly authorityId: string;
  readonly userId?: string;
}

interface Refusal extends Error {
  readonly code?: string;
  readonly constraint?: string;
}

/**
 * Tries raw SQL in a transaction that is always rolled back, and says what refused it: the constraint or guard by name,
 * `permission denied`, `row-level security`, or `accepted`.
 */
export async function refusalOf(client: pg.Client, scope: Scope, sql: string): Promise<string> {
  await client.query('begin');
  try {
    await client.query(
      `select set_config('mainstay.authority', $1, true), set_config('mainstay.actor', $2, true), set_config('mainstay.channel', 'api', true)`,
      [scope.authorityId, scope.userId ?? ''],
    );
    await client.query(await withColumns(client, sql));
    await client.query('set constraints all immediate');
    return 'accepted';
  } catch (error) {
    return nameOf(error as Refusal);
  } finally {
    await client.query('rollback');
  }
}

/** Puts a table's own columns where `copyOf` left their place; generated ones write themselves. */
async function withColumns(client: pg.Client, sql: string): Promise<string> {
  const { rows } = await client.query<{ place: string; columns: string }>(
    `select p.place, (select string_agg(p.prefix || quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
              where a.attrelid = p.t::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
       from jsonb_to_recordset($1::jsonb) as p(place text, t text, prefix text)`,
    [
      JSON.stringify(
        [...sql.matchAll(/<<(r\.)?([\w.]+)>>/g)].map(([place, prefix, t]) => ({ place, t, prefix: prefix ?? '' })),
      ),
    ],
  );
  return rows.reduce((text, { place, columns }) => text.replaceAll(place, columns), sql);
}

function nameOf(error: Refusal): string {
  if (error.code === '42501')
    return /row-level security/.test(error.message) ? 'row-level security' : 'permission denied';
  return error.constraint ?? `${error.code}: ${error.message}`;
}

/** Writes SQL that inserts a copy of one row with some columns changed: as like the real thing as an attack can be. */
export function copyOf(table: string, where: string, changes: Record<string, unknown>, newId = true): string {
  const fresh = newId ? ` || jsonb_build_object('id', nextval('kernel.document_number'))` : '';
  const overrides = `'${JSON.stringify(changes).replaceAll("'", "''")}'::jsonb`;
  return `insert into ${table} (<<${table}>>) select <<r.${table}>> from (select * from ${table} t where ${where} limit 1) t
    cross join lateral jsonb_populate_record(t::${table}, ${newId ? `jsonb_build_object()${fresh} || ${overrides}` : overrides}) r`;
}
