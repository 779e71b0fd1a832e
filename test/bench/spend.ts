import { LookAtSpend } from '../../src/reporting/index.ts';
import { MeasuredRun } from './measured-run.ts';
import { median } from './meter.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';
import { Workers } from './workers.ts';

const BAR_MS = 200;
const TIMES = 21;
const asked = ['fund', 'ward', 'month', 'standard'] as const;

/** Measures the figures of spending, by what they are divided by, against adding up the same payments and nothing else. */
export async function benchSpend(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  const workers = new Workers(scene);
  try {
    const { people } = await seedApart(scene, options.families);
    await workers.start(options.workers, scene.today);
    await paid(scene, people, workers, options.families);
    await workers.stop();
    await scene.sql.query('vacuum analyze');
    const floorMs = await timed(() =>
      scene.sql.query(`select debit_account, sum(amount) from ledger.transfer where kind = 4 group by 1`),
    );
    const found = await inTheHouse(scene.config, scene.today, async (app) => {
      const figures = (by: (typeof asked)[number]) =>
        timed(() => app.get(LookAtSpend).figures(people.finance, { by, sort: 'name', order: 'ascending' }));
      const times: Record<string, { ms: number; ratio: number }> = {};
      for (const by of asked) times[by] = withRatio(await figures(by), floorMs);
      return times;
    });
    report(options, floorMs, found);
  } finally {
    await workers.stop();
    await scene.close();
  }
}

/** Has one run sent, and waits until it is in the sums. */
async function paid(scene: Scene, people: People, workers: Workers, families: number): Promise<void> {
  await inTheHouse(scene.config, scene.today, (app) =>
    new MeasuredRun(app, scene, people, workers).endToEnd(scene.firstPayDate, families),
  );
  const isInTheSums = async (): Promise<boolean> =>
    ((await scene.sql.query(`select 1 from payments.rolled_run`)).rowCount ?? 0) > 0;
  while (!(await isInTheSums())) await new Promise((resolve) => setTimeout(resolve, 200));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return median(times);
}

function withRatio(ms: number, floorMs: number): { ms: number; ratio: number } {
  return { ms: Math.round(ms), ratio: Math.round((ms / floorMs) * 10) / 10 };
}

function report({ families, json }: BenchOptions, floorMs: number, by: Record<string, { ms: number; ratio: number }>) {
  for (const [name, { ms, ratio }] of Object.entries(by))
    process.stderr.write(`${ms <= BAR_MS ? 'met   ' : 'MISSED'} by ${name}: ${ms} ms, ${ratio} × the floor\n`);
  if (json) process.stdout.write(`${JSON.stringify({ payments: families, floorMs: Math.round(floorMs), by })}\n`);
}
