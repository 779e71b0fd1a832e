import { UnitOfWork } from '../../src/platform/index.ts';
import { boardCounts, boardFilters, boardNotices, noticesAtRisk } from '../../src/notices/index.ts';
import { median } from './meter.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { seedApart } from './seed.ts';

const NOTICES = 100_000;
const ASKED = 15;
const BARS = { countsMs: 100 } as const;

/** Measures what the notices board asks of the database, with years of notices in it: medians, one person at a time. */
export async function benchBoard(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  try {
    process.stderr.write(`Taking in ${options.families} families and ${NOTICES} notices.\n`);
    const { people } = await seedApart(scene, options.families);
    await seedNotices(scene);
    const found = await inTheHouse(scene.config, scene.today, (app) =>
      app.get(UnitOfWork).read(people.caseworker, async (tx) => {
        const { rows } = await scene.sql.query<{ id: string }>('select id from families.family order by id limit 40');
        const among = rows.map(({ id }) => id);
        const lists: Record<string, number> = {};
        for (const filter of boardFilters)
          lists[`${filter}Ms`] = await timeOf(() => boardNotices(tx, { filter, sort: 'needed', limit: 51 }));
        return {
          ...{ families: options.families, notices: NOTICES, counts: await boardCounts(tx) },
          countsMs: await timeOf(() => boardCounts(tx)),
          countsOfAWorkerMs: await timeOf(() => boardCounts(tx, among)),
          atRiskMs: await timeOf(() => noticesAtRisk(tx)),
          lists,
        };
      }),
    );
    process.stderr.write(`${JSON.stringify(found, null, 2)}\n`);
    process.stderr.write(
      `${found.countsMs <= BARS.countsMs ? 'met   ' : 'MISSED'} counting the board: ${found.countsMs} ms (at most ${BARS.countsMs})\n`,
    );
    if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  } finally {
    await scene.close();
  }
}

/** Of a hundred notices one is under way, one needs a call, one was withdrawn, one was too late; the others were received. */
async function seedNotices({ sql }: Scene): Promise<void> {
  await sql.query(`set session_replication_role = replica`);
  await sql.query(
    `insert into notices.notice (id, authority_id, family_id, state, kind, facts, affects_on, notice_days, received_on, received_by,
       confirmed_at, withdrawn_on, withdrawn_because)
     select 5000000 + n, f.authority_id, f.id, s.state, 'amount', '{"kind": "amount", "urgent": null}', s.day, 14,
            case when s.state = 'received' then s.day - case when n % 100 = 4 then 3 else 20 end end,
            case when s.state = 'received' then 8000000 + n end, case when n % 3 = 0 and s.state = 'received' then now() end,
            case when s.state = 'withdrawn' then s.day - 5 end, case when s.state = 'withdrawn' then 'Bench' end
       from generate_series(1, ${NOTICES}) n
       cross join lateral (select case n % 100 when 1 then 'serving' when 2 then 'call_needed' when 3 then 'withdrawn' else 'received' end as state,
                                  current_date + case when n % 100 < 3 then 20 else -(n % 700) end as day) s
       join (select authority_id, id, row_number() over (order by id) - 1 as at, count(*) over () as all_of_them from families.family) f
         on f.at = n % f.all_of_them`,
  );
  await sql.query(
    `insert into notices.attempt (id, authority_id, notice_id, family_id, state, channel, language, destination, body, received_on, failure,
       sent_on, sent_at, provider_status, postage, arrives_earliest, arrives_latest)
     select n.id + 3000000, n.authority_id, n.id, n.family_id, case n.state when 'received' then 'delivered' when 'serving' then 'accepted' else 'failed' end,
            case when n.id % 4 = 0 then 'letter' else 'sms' end, 'en', '07700900123', 'Words', n.received_on,
            case when n.state in ('call_needed', 'withdrawn') then 'No such number' end, coalesce(n.received_on, current_date), coalesce(n.received_on, current_date),
            case when n.id % 1000 = 8 then 'failed-permanently' end, case when n.id % 4 = 0 then 'second' end, coalesce(n.received_on, current_date), coalesce(n.received_on, current_date)
       from notices.notice n`,
  );
  await sql.query(`set session_replication_role = origin`);
  await sql.query('vacuum analyze');
}

async function timeOf(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return Math.round(median(times) * 10) / 10;
}
