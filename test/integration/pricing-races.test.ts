import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { JobCatalogue, type JobHandler } from '../../src/outbox/index.ts';
import { CancelRun, OpenRun } from '../../src/payments/index.ts';
import { type Transaction, UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { openJobs, workOff } from '../support/outbox-by-hand.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await takeIn(house.app, house.council, [...familyRows('A-1'), ...familyRows('A-2')]);
});
afterAll(() => house.close());

/** Gives a transaction that lets something else happen just before one of its statements. */
function interrupted(tx: Transaction, before: RegExp, happens: () => Promise<unknown>): Transaction {
  const query = async (sql: string, parameters?: unknown[]): Promise<unknown[]> => {
    if (before.test(sql)) await happens();
    return tx.query(sql, parameters);
  };
  return new Proxy(tx, { get: (target, name) => (name === 'query' ? query : bound(target, name)) });
}

function bound(target: Transaction, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
}

describe('A run that is cancelled while one of its batches is being priced', () => {
  it('keeps no line in force, so that its families are due again', async () => {
    const { app, council, superuser } = house;
    const { runId } = await app.get(OpenRun).run(council.actors.finance, '2026-11-26' as PlainDate);
    await workOff(app, council.id, ['subsistence.price-batch']);
    // As if there were a second batch still to come.
    await superuser.query(`update payments.run set batches_total = 2 where id = $1`, [runId]);
    const price = app.get(JobCatalogue).handlerOf('subsistence.price-batch') as JobHandler;
    const cancel = (): Promise<unknown> => app.get(CancelRun).run(council.actors.finance, runId, 'By mistake');
    const pricing = app
      .get(UnitOfWork)
      .run({ name: 'test.price', actor: clockOf(council.id) }, (tx) =>
        price(interrupted(tx, /^update subsistence\.price_batch/, cancel), { runId, round: '1', batch: '1' }),
      );
    await expect(pricing).rejects.toThrow('is no longer being priced');
    const { rows } = await superuser.query(`select status from payments.line where run_id = $1 and status <> 'void'`, [
      runId,
    ]);
    expect(rows).toEqual([]);
    await workOff(app, council.id);
    expect(await openJobs(app, council.id)).toEqual([]);
    const next = await completeRun(app, council, '2026-11-26');
    const paid = await superuser.query(`select state, line_count, held_count from payments.run where id = $1`, [next]);
    expect(paid.rows).toEqual([{ state: 'exported', line_count: 2, held_count: 0 }]);
  });
});
