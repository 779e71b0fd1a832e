import { createHash } from 'node:crypto';
import pg from 'pg';
import type { EmbeddedPostgres } from '../embedded-postgres/embedded-postgres.ts';

/** The two ways into one database: as its owner (migrations) and as the application. */
export interface DatabaseUrls {
  readonly owner: string;
  readonly application: string;
  /** 32 bytes in hexadecimal to seal bank details with. */
  readonly fieldKey: string;
}

const ROLES = ['mainstay_owner', 'mainstay_app'] as const;

/** Names a database of the embedded server and how each role reaches it, whether or not it exists yet. */
export function embeddedUrls(server: EmbeddedPostgres, database: string): DatabaseUrls {
  return {
    owner: server.url('mainstay_owner', secret(server, 'mainstay_owner'), database),
    application: server.url('mainstay_app', secret(server, 'mainstay_app'), database),
    fieldKey: createHash('sha256').update(`field-key:${server.superuserPassword}`).digest('hex'),
  };
}

/**
 * Makes the two roles and, where it is missing, a database on the embedded server.
 *
 * Neither role is a superuser: row-level security binds both.
 * @returns true when the database was made now
 */
export async function provision(server: EmbeddedPostgres, database: string, template?: string): Promise<boolean> {
  return asSuperuser(server, async (client) => {
    for (const role of ROLES) await makeRole(client, role, secret(server, role));
    const exists = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (exists.rowCount) return false;
    const copy = template ? ` template "${template}" strategy file_copy` : '';
    await client.query(`create database "${database}" owner mainstay_owner${copy}`);
    return true;
  });
}

/** Lists the databases of the embedded server. */
export async function databaseNames(server: EmbeddedPostgres): Promise<string[]> {
  const found = await asSuperuser(server, (client) =>
    client.query<{ name: string }>('select datname as name from pg_database'),
  );
  return found.rows.map((row) => row.name);
}

/** Stops a server this process started, unless another process of Mainstay is working on it by now. */
export async function stopUnlessUsed(server: EmbeddedPostgres): Promise<void> {
  if (!server.started) return;
  const others = await asSuperuser(server, (client) =>
    client.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
          and application_name like 'mainstay%' limit 1`,
    ),
  ).catch(() => undefined);
  if (!others?.rowCount) await server.stop();
}

/** Removes a database of the embedded server, sending away whoever is connected. */
export async function dropDatabase(server: EmbeddedPostgres, database: string): Promise<void> {
  await asSuperuser(server, (client) => client.query(`drop database if exists "${database}" with (force)`));
}

/** Does something as the embedded server's superuser, on its maintenance database. */
export async function asSuperuser<T>(server: EmbeddedPostgres, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.url('postgres', server.superuserPassword, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  await client.query(
    `do $$ begin
       perform pg_advisory_xact_lock(729411);
       if not exists (select from pg_roles where rolname = '${role}') then
         create role ${role} login password '${password}';
       end if;
     end $$`,
  );
}

function secret(server: EmbeddedPostgres, role: string): string {
  return createHash('sha256').update(`${role}:${server.superuserPassword}`).digest('hex').slice(0, 32);
}
