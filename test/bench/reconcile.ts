import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { type LineToShow, writeCamt053 } from '../../src/demo/statement-file.ts';
import { addDays, Money, type PlainDate } from '../../src/kernel/index.ts';
import { ImportStatement } from '../../src/payments/index.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';

const FEWEST_FAMILIES = 100;
const BAR = 10;
/** Matching looks again at what came in the last 62 days: each round is of one statement alone. */
const DAYS_APART = 70;

/** What taking in and matching a statement comes to. */
interface Measured {
  readonly importMs: number;
  readonly floorMs: number;
  readonly ratio: number;
}

/** Measures taking in and matching a large statement against loading the same lines with COPY. */
export async function benchReconcile(options: BenchOptions): Promise<void> {
  const scene = await openScene();
  try {
    const { people } = await seedApart(scene, FEWEST_FAMILIES);
    const rounds: Measured[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const day = addDays(scene.today, round * DAYS_APART);
      rounds.push(await inTheHouse(scene.config, day, (app) => measure(app, scene, people, options.lines, round, day)));
    }
    report(options.lines, rounds, options.json);
  } finally {
    await scene.close();
  }
}

async function measure(
  app: INestApplicationContext,
  scene: Scene,
  { finance }: People,
  lines: number,
  round: number,
  day: PlainDate,
): Promise<Measured> {
  const shown = linesOf(day, lines, round);
  await expectThem(scene, finance.authorityId, shown);
  const facts = { reference: `BENCH-${round}`, sequence: round + 1, account: '00009912345678', from: day, to: day };
  const bytes = Buffer.from(writeCamt053({ ...facts, opening: '900000000.00', lines: shown }));
  await scene.sql.query('checkpoint');
  const began = performance.now();
  const taken = await app.get(ImportStatement).run(finance, 'bench.xml', bytes);
  const importMs = performance.now() - began;
  if (taken.matched !== lines) throw new Error(`${taken.matched} of ${lines} lines were matched`);
  const floorMs = await timeCopy(scene, shown);
  process.stderr.write(`round ${round + 1}: import and match ${ms(importMs)}, COPY ${ms(floorMs)}\n`);
  return { importMs, floorMs, ratio: importMs / floorMs };
}

/** Amounts of many sizes, each with a reference of its own. */
function linesOf(day: PlainDate, lines: number, round: number): LineToShow[] {
  return Array.from({ length: lines }, (_, n) => ({
    ...{ date: day, direction: 'debit' as const, amount: Money.fromPence(BigInt((n % 9000) + 1000)).toString() },
    ...{ reference: `FPS B${round}N${n}`, text: 'FASTER PAYMENT' },
  }));
}

/** Has the bank expect each line: as many single payments as a council never sends on one day. */
async function expectThem({ sql }: Scene, authorityId: string, lines: readonly LineToShow[]): Promise<void> {
  await sql.query(`create table if not exists payments.bench_expected (authority_id smallint, source text, document_id bigint primary key,
    direction text, amount numeric, day_from date, day_due date, keys text[], label text, run_id bigint)`);
  await sql.query(`grant select on payments.bench_expected to mainstay_app, mainstay_owner`);
  await sql.query(
    `insert into payments.bench_expected select $1, 'file', nextval('kernel.document_number'), 'debit', l.amount, l.day, l.day, array[l.key], l.key, null
       from unnest($2::numeric[], $3::date[], $4::text[]) l(amount, day, key)`,
    [
      ...[authorityId, lines.map((line) => line.amount), lines.map((line) => line.date)],
      lines.map((line) => line.reference.split(' ')[1]),
    ],
  );
  await sql.query(`create or replace view payments.expected_on_bank with (security_invoker = true) as
    select authority_id, source, document_id, direction, amount::kernel.gbp as amount, day_from, day_due, keys, label, run_id from payments.bench_expected`);
  await sql.query('analyze payments.bench_expected');
}

/** The same lines into a table of the same columns and primary key and nothing else, as fast as Postgres can: COPY from a file. */
async function timeCopy({ sql }: Scene, lines: readonly LineToShow[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-copy-'));
  try {
    await chmod(folder, 0o755);
    const file = join(folder, 'lines.csv');
    const rows = lines.map((line, n) =>
      [n, 1, n, line.date, 1, line.direction, line.amount, line.reference, line.text].join(','),
    );
    await writeFile(file, `${rows.join('\n')}\n`, { mode: 0o644 });
    await sql.query(`drop schema if exists floor cascade; create schema floor;
      create table floor.line (like payments.statement_line, primary key (id)); checkpoint`);
    const began = performance.now();
    await sql.query(`copy floor.line from '${file}' with (format csv)`);
    return performance.now() - began;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(lines: number, rounds: readonly Measured[], json: boolean): void {
  const median = (pick: (each: Measured) => number): number => {
    const sorted = rounds.map(pick).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const [importMs, floorMs, ratio] = [median((r) => r.importMs), median((r) => r.floorMs), median((r) => r.ratio)];
  const told = {
    lines,
    rounds: rounds.length,
    importMs: Math.round(importMs),
    floorMs: Math.round(floorMs),
    ratio: Math.round(ratio * 100) / 100,
  };
  process.stderr.write(
    `import + match is ${told.ratio} × COPY: ${told.ratio <= BAR ? 'met' : 'MISSED'} (bar ${BAR})\n`,
  );
  if (json) process.stdout.write(`${JSON.stringify(told)}\n`);
}

function ms(n: number): string {
  return `${Math.round(n)} ms`;
}
