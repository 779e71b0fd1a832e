import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** What of a transaction is held up, so that whoever does it is killed right there. */
export type HeldUp = 'matching' | 'posting to returned' | 'posting to suspense';

const WAITS_WITHIN_MS = 60_000;
const balanceOf = (kind: string): string =>
  `select 1 from ledger.balance b join ledger.account a on a.id = b.account_id where a.kind = '${kind}' for update of b`;
const LOCKS: Readonly<Record<HeldUp, string>> = {
  matching: `select pg_advisory_xact_lock(hashtext('payments.bank_match'), current_setting('mainstay.authority')::int)`,
  'posting to returned': balanceOf('returned'),
  'posting to suspense': balanceOf('suspense'),
};

/** Holds something up in a council's books while work is done; whoever comes to it waits. */
export async function whileHeldUp(
  ownerUrl: string,
  authorityId: string,
  what: HeldUp,
  work: (untilSomebodyWaits: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('mainstay.authority', $1, true)`, [authorityId]);
    await client.query(LOCKS[what]);
    await work(async () => untilSomebodyWaits(client));
    await client.query('rollback');
  } finally {
    await client.end();
  }
}

async function untilSomebodyWaits(client: pg.Client): Promise<void> {
  const deadline = Date.now() + WAITS_WITHIN_MS;
  for (;;) {
    const { rows } = await client.query<{ any: boolean }>(
      `select exists (select from pg_locks l where not l.granted and pg_backend_pid() = any (pg_blocking_pids(l.pid))) as any`,
    );
    if (rows[0]?.any) return;
    if (Date.now() > deadline) throw new Error('nobody comes to what is held up');
    await pause(20);
  }
}
