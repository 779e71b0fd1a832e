import { addDays } from '../../src/kernel/index.ts';
import { makeFloor, timeFloor } from './floor.ts';
import { MeasuredRun, type Phases } from './measured-run.ts';
import { median, Meter, peakRssMb } from './meter.ts';
import type { BenchOptions } from './options.ts';
import { type Measured, report } from './report.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';
import { timeTypeormSaves } from './typeorm-save.ts';
import { Workers } from './workers.ts';

/** What one round found. */
interface Round {
  readonly floorMs: number;
  readonly postMs: number;
  readonly walBytes: number;
  readonly endToEndMs: number;
  readonly phases: Phases;
  readonly statements: number;
}

/** Measures a weekly run against the floor, several times, and tells the medians. */
export async function benchRun(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  const workers = new Workers(scene);
  stopOnSignal(async () => {
    await workers.stop();
    await scene.close();
  });
  try {
    say(`Taking in ${options.families} families.`);
    const began = performance.now();
    const { people, peakRssMb: seedPeakRssMb } = await seedApart(scene, options.families);
    const seedMs = performance.now() - began;
    say(`Seeded in ${Math.round(seedMs)} ms; that process held ${Math.round(seedPeakRssMb)} MB.`);
    const rounds: Round[] = [];
    for (let round = 0; round < options.rounds; round += 1)
      rounds.push(await oneRound(scene, people, workers, options, round));
    const saveMs = await timeTypeormSaves(scene.ownerUrl);
    const rss = Math.max(peakRssMb(process.pid), workers.peakRssMb());
    report(await measured(scene, options, rounds, { seedMs, seedPeakRssMb, saveMs, rss }), options.json);
  } finally {
    await workers.stop();
    await scene.close();
  }
}

/** Two weekly runs, on the day each round stands at: one posted in this process, one by the workers from end to end. */
async function oneRound(
  scene: Scene,
  people: People,
  workers: Workers,
  { families, workers: count }: BenchOptions,
  round: number,
): Promise<Round> {
  const [today, payDate] = [addDays(scene.today, 14 * round), addDays(scene.firstPayDate, 14 * round)];
  const meter = new Meter(scene.sql);
  let floorMs = Number.NaN;
  const floor = async (runId: string): Promise<void> => {
    if (round === 0) await makeFloor(scene.sql, runId);
    floorMs = (await timeFloor(scene.sql, meter)).ms;
  };
  await workers.start(count, today);
  const found = await inTheHouse(scene.config, today, async (app) => {
    const run = new MeasuredRun(app, scene, people, workers);
    await aWeekPasses(scene);
    const posted = await run.posted(payDate, families, meter, floor);
    await aWeekPasses(scene);
    await meter.forgetStatements();
    const { ms, phases } = await run.endToEnd(addDays(payDate, 7), families);
    const statements = await meter.statements();
    return { floorMs, postMs: posted.ms, walBytes: posted.walBytes, endToEndMs: ms, phases, statements };
  });
  await workers.stop();
  say(roundLine(round, found));
  return found;
}

/** Does what autovacuum does in the week between two runs; the bench has seconds between them. */
async function aWeekPasses(scene: Scene): Promise<void> {
  await scene.sql.query('vacuum analyze');
}

function roundLine(round: number, { floorMs, postMs, endToEndMs, phases }: Round): string {
  const parts = Object.entries({ ...phases }).map(([name, ms]) => `${name} ${Math.round(ms)}`);
  const of = (ms: number): string => `${Math.round(ms)} ms (${(ms / floorMs).toFixed(2)} ×)`;
  return `Round ${round + 1}: floor ${Math.round(floorMs)} ms, posting ${of(postMs)}, end to end ${of(endToEndMs)}: ${parts.join(', ')}`;
}

async function measured(
  scene: Scene,
  { families, rounds: count }: BenchOptions,
  rounds: readonly Round[],
  { saveMs, rss, ...seeding }: { seedMs: number; seedPeakRssMb: number; saveMs: number; rss: number },
): Promise<Measured> {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const [floorMs, postMs, endToEndMs] = [of((r) => r.floorMs), of((r) => r.postMs), of((r) => r.endToEndMs)];
  const { rows } = await scene.sql.query<{ server_version: string }>('show server_version');
  const phase = (name: keyof Phases): number => of((r) => r.phases[name]);
  return {
    ...{ families, floorMs, postMs, postRatio: postMs / floorMs, endToEndMs, endToEndRatio: endToEndMs / floorMs },
    statementsPerPayment: of((r) => r.statements) / families,
    walBytesPerPayment: of((r) => r.walBytes) / families,
    ...{ peakRssMb: rss, ...seeding, rounds: count, postgresVersion: rows[0]?.server_version ?? '' },
    typeormSavePerPaymentRatio: saveMs / (floorMs / families),
    phases: {
      ...{ priceMs: phase('priceMs'), approveMs: phase('approveMs') },
      ...{ postMs: phase('postMs'), exportMs: phase('exportMs') },
    },
  };
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(1)));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
