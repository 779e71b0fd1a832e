import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { standsOn } from '../../src/ledger/index.ts';
import {
  CloseMonth,
  ImportStatement,
  linesToMatchNow,
  MatchByHand,
  threeWayProof,
  WriteOffLine,
} from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { lineOfFile, type SentFile, sentFiles, statementOf } from '../support/statement-files.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let file: SentFile;
beforeAll(async () => {
  house = await testHouse();
  await takeIn(house.app, house.council, [...familyRows('F-1'), ...familyRows('F-2')]);
  await completeRun(house.app, house.council, '2026-11-26');
  [file] = (await sentFiles(house)) as [SentFile];
});
afterAll(() => house.close());

const day = (text: string): PlainDate => text as PlainDate;
/** Does some things at once. @returns how each ended: done, or refused by which code */
async function atOnce(...works: (() => Promise<unknown>)[]): Promise<string[]> {
  const ended = await Promise.allSettled(works.map((work) => work()));
  return ended
    .map((each) => (each.status === 'fulfilled' ? 'done' : (each.reason as { code: string }).code))
    .toSorted();
}
const count = async (table: string): Promise<number> =>
  (await house.superuser.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;

describe('At once', () => {
  it('the same statement is taken in once, however often it is sent', async () => {
    const { app, council } = house;
    // Twice the same line: neither is matched by itself.
    const bytes = statementOf(1, '9000.00', [lineOfFile(file), lineOfFile(file)], day('2026-11-26'));
    const take = () => app.get(ImportStatement).run(council.actors.finance, 's.xml', bytes);
    expect(await atOnce(take, take, take)).toEqual(['done', 'statement_taken_before', 'statement_taken_before']);
    expect([await count('payments.bank_statement'), await count('payments.statement_line')]).toEqual([1, 2]);
  });

  it('a file is matched to one line only, whoever of two people is first', async () => {
    const { app, council } = house;
    const lines = await app.get(UnitOfWork).read(council.actors.finance, (tx) => linesToMatchNow(tx, '0', 10));
    const part = { source: 'file', documentId: file.id, amount: Money.gbp(file.total) };
    const [one, two] = lines.map(
      ({ id }, index) =>
        () =>
          app.get(MatchByHand).run(council.actors[index ? 'finance2' : 'finance'], id, [part], 'The bank rang'),
    );
    expect(await atOnce(one!, two!)).toEqual(['done', 'matched_already']);
    expect(await count('payments.bank_match')).toBe(1);
  });

  it('a month is closed with nothing in suspense, or what would be there is posted in the next one', async () => {
    const { app, council } = house;
    const { finance, finance2 } = council.actors;
    // The line that is left is what the council itself moved; two people say so before the month is over.
    const [left] = await app.get(UnitOfWork).read(finance, (tx) => linesToMatchNow(tx, '0', 1));
    const asked = {
      amount: Money.gbp(left!.toMatch),
      category: 'council-money',
      reason: 'Moved by the treasury',
    } as const;
    const { writeOffId } = await app.get(WriteOffLine).propose(finance, left!.id, asked);
    await app.get(WriteOffLine).decide(finance2, writeOffId, { outcome: 'approved', reason: '' });
    const closing = Money.gbp('9000.00').minus(Money.gbp(file.total)).minus(Money.gbp(file.total)).toString();
    const tail = statementOf(2, closing, [], day('2026-11-27')).toString().replaceAll('2026-11-28', '2026-11-30');
    await app.get(ImportStatement).run(finance, 't.xml', Buffer.from(tail));
    house.setToday(day('2026-12-01'));
    const { rows } = await house.superuser.query<{ id: string }>(`select id from payments.bank_match`);
    const ended = await atOnce(
      () => app.get(CloseMonth).run(finance, day('2026-11-01'), ''),
      () => app.get(MatchByHand).takeBack(finance2, rows[0]!.id, 'It was the other one'),
    );
    expect([
      ['done', 'done'],
      ['done', 'month_not_ready'],
    ]).toContainEqual(ended);
    const stands = await app.get(UnitOfWork).read(finance, (tx) => standsOn(tx, 'suspense', day('2026-11-30')));
    expect(stands === '0.00').toBe(ended[1] === 'done');
    expect((await app.get(UnitOfWork).read(finance, threeWayProof)).isTied).toBe(true);
    expect(await faultsOf(house)).toEqual([]);
  });
});
