import { SignInAs } from '../../src/identity/index.ts';
import { addDays } from '../../src/kernel/index.ts';
import { personas } from '../../src/demo/council.ts';
import { Children } from '../../src/demo/children.ts';
import { MeasuredRun } from './measured-run.ts';
import { median } from './meter.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';
import { Workers } from './workers.ts';

/** How long answers took, in milliseconds. */
interface Times {
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** What was found of one page. */
interface PageTimes {
  /** One person at a time: how long the page takes to build and send. */
  readonly alone: Times;
  /** Everybody at once, without a pause. */
  readonly crowded: Times;
  /** Alone, × the floor: a page without a question to the database. */
  readonly ratio: number;
}

/** A page to ask for again and again; the place in the row of requests picks which family. */
interface Asked {
  readonly as: string;
  readonly at: (n: number) => string;
}

const ALONE = 60;
const EACH_IN_THE_CROWD = 12;
const BARS = { aloneMs: 200 } as const;

/** Measures the pages people open most, with a caseload far larger than any council's, alone and with many people at once. */
export async function benchPages(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  const children = new Children();
  const workers = new Workers(scene);
  try {
    say(`Taking in ${options.families} families.`);
    const { people } = await seedApart(scene, options.families);
    const cookies = await paidAndSignedIn(scene, people, workers, options);
    const url = await startWeb(children, scene);
    const pages = await pagesOf(scene);
    const floor = await timesOf(url, cookies, { as: 'finance', at: () => '/accessibility' }, options.users);
    const found: Record<string, PageTimes> = {};
    for (const [name, asked] of Object.entries(pages)) {
      const times = await timesOf(url, cookies, asked, options.users);
      found[name] = { ...times, ratio: times.alone.medianMs / floor.alone.medianMs };
      say(line(name, found[name]));
    }
    tell({ families: options.families, users: options.users, floor, pages: found }, options.json);
  } finally {
    await children.stop();
    await workers.stop();
    await scene.close();
  }
}

/** Has one run sent and the next one priced, then signs everybody in. @returns a cookie for each role */
async function paidAndSignedIn(
  scene: Scene,
  people: People,
  workers: Workers,
  { families, workers: count }: BenchOptions,
): Promise<ReadonlyMap<string, string>> {
  await workers.start(count, scene.today);
  return inTheHouse({ ...scene.config, DEMO_SIGN_IN: 'true' }, scene.today, async (app) => {
    const run = new MeasuredRun(app, scene, people, workers);
    await run.endToEnd(scene.firstPayDate, families);
    await run.priced(addDays(scene.firstPayDate, 7), families);
    await scene.sql.query('vacuum analyze');
    const cookies = new Map<string, string>();
    for (const { email, role } of personas)
      cookies.set(role, `mainstay-session=${await app.get(SignInAs).run(people[role].authorityId, email)}`);
    return cookies;
  });
}

async function startWeb(children: Children, { config, today }: Scene): Promise<string> {
  const { said } = await children.start('web', {
    ...{ DATABASE_URL: config.DATABASE_URL, FIELD_KEY: config.FIELD_KEY, QUEUE_PREFIX: config.QUEUE_PREFIX },
    ...{ REDIS_URL: '', PORT: '0', HOST: '127.0.0.1', MAINSTAY_TODAY: today, DEMO_SIGN_IN: 'true' },
    ...{ LOG_LEVEL: 'error', DATA_DIR: config.dataDir, EXPORT_DIR: config.exportDir },
  });
  return said;
}

async function pagesOf({ sql }: Scene): Promise<Record<string, Asked>> {
  const one = async (query: string): Promise<string[]> =>
    (await sql.query<{ id: string }>(query)).rows.map((row) => row.id);
  const families = await one(`select id from families.family where id % 97 = 0 order by id limit 500`);
  const [priced = ''] = await one(`select id from payments.run where state = 'priced'`);
  const [paid = ''] = await one(
    `select id from payments.line where run_id = ${priced} order by id offset 1000 limit 1`,
  );
  const family = (n: number): string => families[n % families.length] ?? '';
  return {
    list: { as: 'caseworker', at: () => '/families' },
    search: {
      as: 'caseworker',
      at: (n) => `/families?reference=NS-0${String(10_000 + ((n * 7919) % 80_000)).slice(0, 4)}`,
    },
    family: { as: 'caseworker', at: (n) => `/families/${family(n)}` },
    payment: { as: 'finance', at: () => `/payments/${paid}` },
    run: { as: 'finance', at: () => `/runs/${priced}` },
    lines: { as: 'finance', at: () => `/runs/${priced}/lines` },
    changes: { as: 'finance', at: () => `/runs/${priced}/changes` },
    home: { as: 'finance', at: () => '/' },
    spend: { as: 'finance', at: () => '/spend' },
    wards: { as: 'finance', at: () => '/spend?by=ward' },
    drill: { as: 'finance', at: () => '/spend/transfers' },
  };
}

async function timesOf(
  url: string,
  cookies: ReadonlyMap<string, string>,
  asked: Asked,
  users: number,
): Promise<Omit<PageTimes, 'ratio'>> {
  const ask = async (n: number): Promise<number> => {
    const began = performance.now();
    const answer = await fetch(`${url}${asked.at(n)}`, {
      headers: { cookie: cookies.get(asked.as) ?? '', accept: 'text/html' },
      redirect: 'manual',
    });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${asked.at(n)} answered ${answer.status}`);
    return performance.now() - began;
  };
  for (let n = 0; n < 10; n += 1) await ask(n);
  const alone: number[] = [];
  for (let n = 0; n < ALONE; n += 1) alone.push(await ask(n));
  const everybody = Array.from({ length: users }, async (_, user) => {
    const mine: number[] = [];
    for (let n = 0; n < EACH_IN_THE_CROWD; n += 1) mine.push(await ask(user * EACH_IN_THE_CROWD + n));
    return mine;
  });
  return { alone: summary(alone), crowded: summary((await Promise.all(everybody)).flat()) };
}

function summary(times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b);
  return { medianMs: median(times), p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN };
}

function line(name: string, { alone, crowded, ratio }: PageTimes): string {
  const met = alone.p95Ms <= BARS.aloneMs ? 'met   ' : 'MISSED';
  const of = ({ medianMs, p95Ms }: Times): string => `${medianMs.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms`;
  return `${met} ${name.padEnd(8)} alone ${of(alone)} (${ratio.toFixed(1)} × the floor); crowded ${of(crowded)}`;
}

function tell(found: object, json: boolean): void {
  const rounded = JSON.stringify(found, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  );
  if (json) process.stdout.write(`${rounded}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
