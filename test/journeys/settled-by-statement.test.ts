import { verifyAll } from '../../src/house/index.ts';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { BankFileTick, ImportStatement } from '../../src/payments/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import { lineOfFile, type SentFile, sentFiles, statementOf } from '../support/statement-files.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await takeIn(house.app, house.council, [...familyRows('S-1'), ...familyRows('S-2')]);
  for (const payDate of ['2026-11-26', '2026-12-03', '2026-12-10'])
    await completeRun(house.app, house.council, payDate);
});
afterAll(() => house.close());

const on = (day: string): void => house.setToday(day as PlainDate);
const tick = (): Promise<void> => house.app.get(BankFileTick).tick(house.council.id);
interface Shown {
  readonly state: string;
  readonly answerFrom: string | null;
  readonly shownBy: string | null;
  readonly settledOn: string | null;
}
const shown = async (id: string): Promise<Shown> =>
  (await client.get('finance', `/bank-files/${id}`).expect(200)).body as Shown;
async function handIn(id: string): Promise<void> {
  await client.post('finance', `/bank-files/${id}/begin`).expect(200);
  await client.post('finance', `/bank-files/${id}/submitted`, { bankReference: `B-${id}` }).expect(200);
}
/** What stands on the account once these are paid. */
const less = (...files: SentFile[]): string =>
  Money.gbp('9000.00')
    .minus(Money.sum(files.map(({ total }) => Money.gbp(total))))
    .toString();
const take = (bytes: Buffer) =>
  house.app.get(ImportStatement).run(house.council.actors.finance, 'statement.xml', bytes);

describe('A bank file on a statement', () => {
  it('whose answer was lost is accepted and settled, with the line as the evidence', async () => {
    const [first] = await sentFiles(house);
    await handIn(first!.id);
    on('2026-11-27');
    await tick();
    expect(await shown(first!.id)).toMatchObject({ state: 'unknown', shownBy: null });
    const { statements } = await take(statementOf(1, '9000.00', [lineOfFile(first!)]));
    const { body } = await client.get('finance', `/bank-statements/${statements[0]!.id}`).expect(200);
    const [line] = (body as { lines: { id: string }[] }).lines;
    expect(await shown(first!.id)).toMatchObject({
      ...{ state: 'settled', answerFrom: 'statement', answeredBy: null, shownBy: line!.id, settledOn: '2026-11-26' },
    });
  });

  it('stays with the bank that has it, whatever a later report says: that is an exception', async () => {
    const [first] = await sentFiles(house);
    const taken = await client.report('finance', 'input', `file,status\nB-${first!.id},rejected\n`);
    expect(taken.body).toMatchObject({ applied: 0, exceptions: 1 });
    expect(await shown(first!.id)).toMatchObject({ state: 'settled' });
  });

  it('is not settled by its day alone where the council takes statements in', async () => {
    const [, second] = await sentFiles(house);
    await handIn(second!.id);
    await client.report('finance', 'input', `file,status\nB-${second!.id},accepted\n`).expect(201);
    on('2026-12-04');
    await tick();
    expect(await shown(second!.id)).toMatchObject({ state: 'accepted', settledOn: null });
    const [first] = await sentFiles(house);
    const opening = less(first!);
    await take(statementOf(2, opening, [lineOfFile(second!)], '2026-11-27' as PlainDate));
    expect(await shown(second!.id)).toMatchObject({ state: 'settled', answerFrom: 'report', settledOn: '2026-12-03' });
  });

  it('is not handed in once a statement shows its money', async () => {
    const [first, second, third] = await sentFiles(house);
    const opening = less(first!, second!);
    on('2026-12-10');
    await take(statementOf(3, opening, [lineOfFile(third!)], '2026-12-04' as PlainDate));
    expect(await shown(third!.id)).toMatchObject({ state: 'exported', shownBy: null });
    const refused = await client.post('finance', `/bank-files/${third!.id}/begin`);
    expect(problemIn(refused)).toEqual([409, 'file_on_a_statement']);
    expect((await verifyAll(house.app)).flatMap((each) => each.faults)).toEqual([]);
  });
});
