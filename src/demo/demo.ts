import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { bringUpToDate, openHouse, verifyAll } from '../house/index.ts';
import { later, type PayDay, payDayOf, type PlainDate } from '../kernel/index.ts';
import { BankFiles } from '../payments/index.ts';
import { Clock, QueuePort, readConfig, type ReadyConfig } from '../platform/index.ts';
import { ApprovePlans, ImportFamilies, readFamilyFile } from '../subsistence/index.ts';
import { Api } from './api.ts';
import { bankDay } from './bank-day.ts';
import { cameBack } from './came-back.ts';
import { Children } from './children.ts';
import { type DemoCouncil, personas, setUpDemoCouncil } from './council.ts';
import { openDemoDatabase } from './database.ts';
import { demoFamilies, FEWEST_WITH_PERSONAS } from './families.ts';
import { grantsStory, NO_GRANTS } from './grants-story.ts';
import type { DemoOptions } from './options.ts';
import { type DemoDay, demoDay } from './pay-date.ts';
import { termsOf } from './personas.ts';
import { findRedis } from './redis.ts';
import { terminalTeller } from './teller.ts';
import { type ShownRun, type Teller, weeklyRun } from './weekly-run.ts';
import { lifeGoesOn, NOBODY } from './life-goes-on.ts';
import { startNotify } from './notify.ts';
import { actorOf } from './people.ts';
import { startProcesses } from './processes.ts';
import { spentOn } from './spent.ts';

/** Shows a newcomer a council's weekly run, for real, then stays up (or, once, stops). */
export async function runDemo(options: DemoOptions): Promise<void> {
  const began = performance.now();
  const tell = terminalTeller(options.json ? process.stderr : process.stdout);
  const today = new Clock().today();
  const bytes = options.importFile ? await readFile(options.importFile) : undefined;
  const day = demoDay(today, payDayFor(options, bytes, today), options.payDate);
  if (day.pinnedToday)
    tell.say(`The clock of this demonstration stands at ${day.pinnedToday}, when that run would open.`);
  const redis = options.backend === 'redis' ? await findRedis(process.env.REDIS_URL || undefined) : undefined;
  const config = demoConfig(day, redis?.url ?? '');
  const database = await openDemoDatabase(config, tell);
  const children = new Children();
  const stop = async (): Promise<void> => {
    await children.stop();
    await database.stop();
    redis?.stop();
  };
  const stopped = stopOnSignal(stop, tell);
  try {
    await bringUpToDate(database.urls.owner);
    const ready: ReadyConfig = {
      ...config,
      DATABASE_URL: database.urls.application,
      FIELD_KEY: database.urls.fieldKey,
    };
    const app = await openHouse(ready, 'demo');
    const story = tellStory(app, ready, database.urls.owner, children, { options, day, bytes, tell, began });
    const { url, council, answer } = await closedAfter(app, story);
    if (!options.once) stayUp(url, council, tell, began);
    if (options.json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    if (!options.once) await stopped;
  } finally {
    await stop();
  }
}

/** What the story is told from. */
interface Telling {
  readonly options: DemoOptions;
  readonly day: DemoDay;
  readonly bytes: Buffer | undefined;
  readonly tell: Teller;
  readonly began: number;
}

async function tellStory(
  app: INestApplicationContext,
  ready: ReadyConfig,
  ownerUrl: string,
  children: Children,
  { options, day, bytes, tell, began }: Telling,
) {
  const { council, families } = await seed(app, ownerUrl, options, day, bytes, tell);
  const url = await startProcesses(children, ready);
  await startNotify(app, children, council.authorityId, url);
  const api = new Api(url, council.tokens);
  const run = await weeklyRun(api, day.payDate, tell);
  const returns = await cameBack(api, run, tell);
  const hasPersonas = !bytes && options.families >= FEWEST_WITH_PERSONAS;
  const grants = hasPersonas ? await grantsStory(app, council, tell) : NO_GRANTS;
  const notices = hasPersonas ? await lifeGoesOn({ app, ready, children, council, api, tell }, day.payDate) : NOBODY;
  const reconciliation = await bankDay(api, join(ready.exportDir, 'northshire'), tell);
  const answer = {
    ...(await report(app, council, run, families, began)),
    ...{ notices, returns, grants, spend: await spentOn(api, day.payDate), reconciliation },
  };
  const proved = answer.ledger.balanced ? 'balanced' : 'NOT BALANCED';
  tell.say(`Books proved: ${proved}. File: ${answer.file.path ?? 'none'}`);
  return { url: api.url, council, answer };
}

/** Closes the house however the story ended: a database still in use would not be stopped. */
async function closedAfter<T>(app: INestApplicationContext, story: Promise<T>): Promise<T> {
  try {
    return await story;
  } finally {
    await app.get(QueuePort).close();
    await app.close();
  }
}

function payDayFor(options: DemoOptions, bytes: Buffer | undefined, today: PlainDate): PayDay {
  if (options.payDate) {
    const asked = payDayOf(options.payDate);
    if (options.payDate < '2024-03-01')
      throw new Error('--pay-date must be on or after 2024-03-01: the guide rates begin on 15 January 2024.');
    if (!asked)
      throw new Error(`--pay-date ${options.payDate} is a weekend: give the nominal pay day, a Monday to Friday.`);
    return asked;
  }
  if (!bytes) return 'thursday';
  const counts = new Map<PayDay, number>();
  for (const { payDay } of readFamilyFile(bytes, today).families) counts.set(payDay, (counts.get(payDay) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'thursday';
}

function demoConfig(day: DemoDay, redisUrl: string): ReturnType<typeof readConfig> {
  return readConfig({
    ...process.env,
    ...{ REDIS_URL: redisUrl, MAINSTAY_TODAY: day.pinnedToday ?? '', QUEUE_PREFIX: `demo-${process.pid}` },
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  });
}

async function seed(
  app: INestApplicationContext,
  ownerUrl: string,
  options: DemoOptions,
  day: DemoDay,
  given: Buffer | undefined,
  tell: Teller,
): Promise<{ council: DemoCouncil; families: number }> {
  const today = app.get(Clock).today();
  const bytes = given ?? Buffer.from(demoFamilies(options.families, options.seed, termsOf(day.payDate)));
  const count = given ? readFamilyFile(bytes, later(new Clock().today(), today)).families.length : options.families;
  const council = await setUpDemoCouncil(app, ownerUrl, count, today);
  const imported = await app
    .get(ImportFamilies)
    .run(actorOf(council, 'caseworker'), bytes, later(new Clock().today(), today));
  tell.say(
    `Northshire Council: ${imported.families} families, ${imported.members} people, proposed by Casey (caseworker).`,
  );
  const approved = await app.get(ApprovePlans).all(actorOf(council, 'manager'), 'Demonstration');
  tell.say(
    `Morgan (manager) approved ${approved.approved} support plans${approved.aboveLimit ? `; ${approved.aboveLimit} are above the limit` : ''}.`,
  );
  return { council, families: imported.families };
}

async function report(
  app: INestApplicationContext,
  council: DemoCouncil,
  run: ShownRun,
  families: number,
  began: number,
) {
  const nothing = { path: null, sha256: null, total: run.total };
  const file = run.state === 'exported' ? await app.get(BankFiles).open(actorOf(council, 'finance'), run.id) : nothing;
  const verified = await verifyAll(app);
  const balanced =
    verified.every((each) => each.faults.length === 0) && run.ledger.total === run.total && file.total === run.total;
  return {
    ...{ authority: 'northshire', families, run: { id: run.id, payDate: run.payDate, state: run.state } },
    ...{
      payments: run.lineCount,
      held: run.heldCount,
      total: run.total,
      file: { path: file.path, sha256: file.sha256 },
    },
    ledger: { balanced, runTotal: run.ledger.total },
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}

function stayUp(url: string, council: DemoCouncil, tell: Teller, began: number): void {
  tell.say(
    `\nMainstay is up after ${Math.round((performance.now() - began) / 1000)} s: ${url}  (what it offers: ${url}/api/openapi.json)`,
  );
  tell.say(`Look round as any of these people: ${url}/sign-in`);
  tell.say(`Or sign in as people at a council do, with a set-up code: ${url}/sign-in/first-time`);
  for (const { name, role, email } of personas)
    tell.say(`  ${name.padEnd(18)} ${role.padEnd(14)} ${email.padEnd(27)} ${council.setUpCodes[role]}`);
  tell.say('For the API:');
  for (const { role } of personas) tell.say(`  ${role.padEnd(14)} Bearer ${council.tokens[role]}`);
  tell.say('Ctrl-C stops everything this started.');
}

/** Resolves when somebody pressed Ctrl-C and everything has stopped. */
function stopOnSignal(stop: () => Promise<void>, tell: Teller): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        tell.say('Stopping.');
        void stop().finally(() => {
          resolve();
          process.exit(0);
        });
      });
  });
}
