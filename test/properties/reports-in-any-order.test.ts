import fc from 'fast-check';
import { operatorOf } from '../../src/kernel/index.ts';
import { balances } from '../../src/ledger/index.ts';
import { ImportReport, listBankFiles, type ReportKind, returnsShown, SubmitFile } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

interface Report {
  readonly kind: ReportKind;
  readonly text: string;
}
interface Outcome {
  readonly balances: unknown;
  readonly returns: unknown;
  readonly states: unknown;
}

const FAMILIES = 6;
const RUNS = 4;

/** Takes the reports in, in an order; says what is in the books afterwards. */
async function outcomeOf({ app, council }: TestHouse, reports: readonly Report[]): Promise<Outcome> {
  const { finance } = council.actors;
  for (const { kind, text } of reports) await app.get(ImportReport).run(finance, kind, Buffer.from(text));
  return app.get(UnitOfWork).read(operatorOf(council.id), async (tx) => ({
    balances: await balances(tx),
    returns: (await returnsShown(tx, { limit: 100 }))
      .map(({ paidId, code, amount, state }) => [paidId, code, amount, state].join(' '))
      .toSorted((a, b) => a.localeCompare(b)),
    states: (await listBankFiles(tx, { limit: 10 })).map(({ state }) => state),
  }));
}

/** A house of its own, with one file handed in and what its bank reports of it, each payment in a report of its own. */
async function oneFile(): Promise<{ house: TestHouse; reports: Report[] }> {
  const house = await testHouse();
  const { app, council, superuser } = house;
  const rows = Array.from({ length: FAMILIES }, (_, at) => familyRows(`P-${at}`, { account_number: `2000000${at}` }));
  await takeIn(app, council, rows.flat());
  const runId = await completeRun(app, council, '2026-11-26');
  const [file] = await app.get(UnitOfWork).read(council.actors.finance, (tx) => listBankFiles(tx, { limit: 1 }));
  await app.get(SubmitFile).begin(council.actors.finance, file!.id);
  await app.get(SubmitFile).handIn(council.actors.finance, file!.id, 'BANK-1');
  const { rows: orders } = await superuser.query<{ id: string }>(
    `select id from payments.payment_order where run_id = $1 order by id`,
    [runId],
  );
  const back = orders.slice(0, 4).map(({ id }, at): Report => ({
    ...{ kind: 'arucs', text: `reference,amount,code\nMS ${id},49.18,${['0', '3', '5', 'B'][at]}\n` },
  }));
  return { house, reports: [{ kind: 'input', text: 'file,status\nBANK-1,accepted\n' }, ...back] };
}

describe('What a bank reports', () => {
  it('leaves the same ledger, returns and files in whatever order it arrives', async () => {
    const orders = fc.sample(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), RUNS);
    const outcomes: Outcome[] = [];
    for (const order of [[0, 1, 2, 3, 4], ...orders]) {
      const { house, reports } = await oneFile();
      outcomes.push(
        await outcomeOf(
          house,
          order.map((at) => reports[at] as Report),
        ),
      );
      await house.close();
    }
    for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0]);
    expect(outcomes[0]?.states).toEqual(['accepted']);
    expect(outcomes[0]?.returns).toHaveLength(4);
  });
});
