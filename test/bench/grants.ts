import type { INestApplicationContext } from '@nestjs/common';
import { AddBudget, AddFund, financialYearOf, fundPositions } from '../../src/funds/index.ts';
import { DecideApplication, PutForward, WriteApplication } from '../../src/grants/index.ts';
import { DomainError, Money, operatorOf } from '../../src/kernel/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import type { BenchOptions } from './options.ts';
import { inTheHouse, openScene, type Scene } from './scene.ts';
import { type People, seedApart } from './seed.ts';

/** How many approve at once, and how many of them the fund can pay. */
const APPROVALS = 200;
const COVERED = 150;
const EACH = '20.00';

/** What approving many grants of one fund at once comes to. */
interface Approving {
  readonly approvals: number;
  readonly awarded: number;
  readonly refused: number;
  /** Below nought would be money that is not there. */
  readonly available: string;
  readonly committed: string;
  readonly perSecond: number;
  readonly p95Ms: number;
  /** A bare "take it if it is there" on one row, in the same run, with the same connections. */
  readonly floorPerSecond: number;
  readonly floorP95Ms: number;
  readonly ratio: number;
}

/** Measures 200 approvals at once of grants from one fund that can pay 150 of them. */
export async function benchGrants({ json }: BenchOptions): Promise<void> {
  const scene = await openScene();
  try {
    process.stderr.write(`Taking in ${APPROVALS} families.\n`);
    const { people } = await seedApart(scene, APPROVALS);
    await scene.sql.query(`update families.family set safe_checked_on = current_date, postcode = null`);
    report(await inTheHouse(scene.config, scene.today, (app) => approveAll(app, scene, people)), json);
  } finally {
    await scene.close();
  }
}

async function approveAll(app: INestApplicationContext, scene: Scene, people: People): Promise<Approving> {
  const authorityId = people.manager.authorityId;
  const operator = operatorOf(authorityId);
  await app.get(AddFund).run(operator, { code: 'bench', name: 'Bench', pays: ['grant'] });
  const amount = Money.fromPence(Money.gbp(EACH).toPence() * BigInt(COVERED));
  const budget = { fundCode: 'bench', amount, financialYear: financialYearOf(scene.today), reason: 'Bench' };
  await app.get(AddBudget).run(operator, budget);
  const waiting = await recommendedAll(app, scene, people);
  const found = await timed(waiting, async ({ id, fingerprint }) => {
    const interest = { declared: 'none', about: '' } as const;
    const decision = { outcome: 'approved', fingerprint, reason: '', interest } as const;
    await app.get(DecideApplication).run(people.manager, id, decision);
  });
  const fund = (await app.get(UnitOfWork).read(operator, fundPositions)).find((each) => each.code === 'bench');
  const floor = await bareUpdates(scene, waiting.length);
  return {
    ...{ approvals: waiting.length, awarded: found.done, refused: found.refused },
    ...{ available: String(fund?.available), committed: String(fund?.committed) },
    ...{ perSecond: found.perSecond, p95Ms: found.p95Ms },
    ...{ floorPerSecond: floor.perSecond, floorP95Ms: floor.p95Ms, ratio: floor.perSecond / found.perSecond },
  };
}

async function recommendedAll(app: INestApplicationContext, { sql }: Scene, people: People) {
  const { rows } = await sql.query<{ id: string }>(`select id from families.family order by id limit $1`, [APPROVALS]);
  const waiting: { id: string; fingerprint: string }[] = [];
  for (const { id: familyId } of rows) {
    const answers = { need: 'x', childNeed: 'x', identitySeen: 'x', conflict: 'no', fundCode: 'bench' } as const;
    const items = [{ code: 'food', amount: EACH }];
    const worker = people.caseworker;
    const { applicationId: id } = await app.get(WriteApplication).start(worker, familyId, { ...answers, items });
    const { checks } = await app.get(PutForward).submit(worker, id);
    for (const { kind, outcome } of checks)
      if (outcome === 'person') await app.get(PutForward).resolve(worker, id, kind, 'Bench');
    waiting.push({ id, fingerprint: (await app.get(PutForward).recommend(worker, id, 'x')).fingerprint });
  }
  return waiting;
}

/** Does everything at once. A rule that says no is an answer; anything else is a fault. */
async function timed<T>(work: readonly T[], each: (one: T) => Promise<void>) {
  const took: number[] = [];
  const began = performance.now();
  const outcomes = await Promise.all(
    work.map(async (one) => {
      const from = performance.now();
      const outcome = await each(one).then(
        () => 'done' as const,
        (error: unknown) => {
          if (!(error instanceof DomainError) || error.code !== 'fund_overspent') throw error;
          return 'refused' as const;
        },
      );
      took.push(performance.now() - from);
      return outcome;
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const p95Ms = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0;
  const done = outcomes.filter((outcome) => outcome === 'done').length;
  return { done, refused: work.length - done, perSecond: work.length / seconds, p95Ms };
}

/** The same many, each taking from one row what is still there: what nobody can leave out. */
async function bareUpdates({ sql, config }: Scene, times: number) {
  await sql.query(`create schema floor; create table floor.fund (id int primary key, available numeric not null)`);
  await sql.query(`insert into floor.fund values (1, $1)`, [Number(EACH) * COVERED]);
  await sql.query(`grant usage on schema floor to mainstay_app; grant select, update on floor.fund to mainstay_app`);
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: config.DATABASE_POOL });
  const take = `update floor.fund set available = available - ${EACH} where id = 1 and available >= ${EACH}`;
  try {
    return await timed(Array.from({ length: times }), async () => void (await pool.query(take)));
  } finally {
    await pool.end();
  }
}

function report(found: Approving, json: boolean): void {
  const shown = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 10) / 10 : (value as string),
    ]),
  );
  for (const [name, value] of Object.entries(shown)) process.stderr.write(`${name.padEnd(18)} ${String(value)}\n`);
  const isKept = !found.available.startsWith('-') && found.awarded === COVERED;
  process.stderr.write(
    `${isKept ? 'met   ' : 'MISSED'} no fund is overspent: ${found.awarded} of ${found.approvals} awarded\n`,
  );
  if (json) process.stdout.write(`${JSON.stringify(shown)}\n`);
}
