import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { addDays, operatorOf } from '../../src/kernel/index.ts';
import { SetSender } from '../../src/notices/index.ts';
import { DecidePayDayMove, ProposePayDayMove } from '../../src/subsistence/index.ts';
import { StandInNotify } from '../support/stand-in-notify.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';
import { Workers } from './workers.ts';

/** What GOV.UK Notify permits: so many at once, then so many a second. */
const BURST = 1000;
const PER_SECOND = 50;
const MOVES_AFTER_DAYS = 40;
const LOOKS_EVERY_MS = 50;

/** What telling a whole caseload comes to. */
interface Telling {
  readonly families: number;
  readonly told: number;
  readonly proposeMs: number;
  /** From the second person's yes until every message is written and queued. */
  readonly queueMs: number;
  /** The same rows into a bare table, in one statement. */
  readonly floorMs: number;
  readonly queueRatio: number;
  /** From that yes until GOV.UK Notify has them all. */
  readonly drainMs: number;
  readonly permittedMs: number;
  readonly drainRatio: number;
}

/** Measures how long it takes to queue notices for everybody, and to hand them over at the rate Notify permits. */
export async function benchNotices(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  const workers = new Workers(scene);
  const notify = await StandInNotify.start({ deliveredAfterMs: 50 });
  try {
    process.stderr.write(`Taking in ${options.families} families.\n`);
    const { people } = await seedApart(scene, options.families);
    await scene.sql.query(
      `update families.family set contact = 'yes', safe_channels = '{sms}', mobile = '07700900123', safe_checked_on = current_date`,
    );
    await scene.sql.query('vacuum analyze');
    await workers.start(options.workers, scene.today);
    const told = await inTheHouse(scene.config, scene.today, (app) => tell(app, scene, people, notify));
    report({ families: options.families, ...told }, options.json);
  } finally {
    await workers.stop();
    await notify.stop();
    await scene.close();
  }
}

async function tell(
  app: INestApplicationContext,
  scene: Scene,
  people: People,
  notify: StandInNotify,
): Promise<Omit<Telling, 'families'>> {
  await app.get(SetSender).run(operatorOf(people.finance.authorityId), {
    ...notify.notifyAccount,
    ...{ callbackToken: 'a token of the bench, long enough', pageUrl: 'https://pages.example', isNeutral: true },
  });
  const { rows: plans } = await scene.sql.query<{ id: string }>(`select id from subsistence.plan order by id`);
  const asked = { payDay: 2 as const, frequencyDays: null, from: addDays(scene.today, MOVES_AFTER_DAYS), urgent: null };
  let began = performance.now();
  const since = (): number => performance.now() - began;
  const ids = plans.map((plan) => plan.id);
  const { moveId, moves } = await app
    .get(ProposePayDayMove)
    .run(people.finance, ids, { ...asked, reason: 'The bank needs a day more.' });
  const proposeMs = since();
  began = performance.now();
  await app.get(DecidePayDayMove).approve(people.manager, moveId, 'Bench');
  await until(scene, `select count(*)::int as n from notices.attempt`, moves);
  const queueMs = since();
  await until(scene, `select count(*)::int as n from notices.attempt where provider_id is not null`, moves);
  const drainMs = since();
  const floorMs = await timeFloor(scene);
  const permittedMs = (Math.max(0, moves - BURST) / PER_SECOND) * 1000;
  return {
    ...{ told: moves, proposeMs, queueMs, floorMs, queueRatio: queueMs / floorMs },
    ...{ drainMs, permittedMs, drainRatio: drainMs / Math.max(permittedMs, 1) },
  };
}

async function until({ sql }: Scene, count: string, wanted: number): Promise<void> {
  for (let n = -1; n < wanted; await pause(LOOKS_EVERY_MS)) n = (await sql.query<{ n: number }>(count)).rows[0]?.n ?? 0;
}

/** Everything that is written for it: the messages, who did it, and every change of state. Links come as they leave. */
const OF_THE_MOVE: Readonly<Record<string, string>> = {
  'audit.event': `action = 'notices.notice-served'`,
  'audit.state_change': `machine in ('attempt', 'notice', 'pay_day_change') and to_state in ('queued', 'serving', 'waiting')`,
};
const WRITTEN = ['notices.attempt', 'audit.event', 'audit.state_change'];

/** The same rows, already written, into bare tables in one transaction: what nobody can leave out. */
async function timeFloor({ sql }: Scene): Promise<number> {
  await sql.query('create schema floor');
  for (const table of WRITTEN)
    await sql.query(`create table floor.${table.split('.')[1]} as select * from ${table} limit 0`);
  const began = performance.now();
  await sql.query('begin');
  for (const table of WRITTEN)
    await sql.query(
      `insert into floor.${table.split('.')[1]} select * from ${table} where ${OF_THE_MOVE[table] ?? 'true'}`,
    );
  await sql.query('commit');
  return performance.now() - began;
}

function report(told: Telling, json: boolean): void {
  const rounded = Object.fromEntries(Object.entries(told).map(([key, n]) => [key, Math.round(n * 100) / 100]));
  for (const [key, n] of Object.entries(rounded)) process.stderr.write(`${key.padEnd(12)} ${n}\n`);
  if (json) process.stdout.write(`${JSON.stringify(rounded)}\n`);
}
