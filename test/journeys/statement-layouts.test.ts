import { ImportStatement, KeepStatementLayout } from '../../src/payments/index.ts';
import type { DomainError } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await takeIn(house.app, house.council, familyRows('L-1'));
  await completeRun(house.app, house.council, '2026-11-26');
});
afterAll(() => house.close());

const FILE = [
  'Posted|Narrative|DR/CR|Sum|Left over',
  '20261124|CHARGE|DR|7,50|92,50',
  '20261125|REFUND|CR|10,00|102,50',
  '20261126|BACS|DR|2,50|100,00',
].join('\n');
const layout = {
  ...{ delimiter: '|', header: ['Posted', 'Narrative', 'DR/CR', 'Sum', 'Left over'], mark: ',' },
  ...{ day: { column: 'Posted', written: 'yearmonthday' }, account: { fixed: '00009912345678' } },
  ...{
    amount: { plain: 'Sum', side: 'DR/CR', outSays: 'DR' },
    balance: 'Left over',
    reference: 'Narrative',
    details: [],
  },
} as const;
const form = {
  ...{ name: 'Our bank', delimiter: 'bar', sample: FILE, day: 'Posted', written: 'yearmonthday', amounts: 'says' },
  ...{ amount: 'Sum', side: 'DR/CR', outSays: 'DR', mark: ',', balance: 'Left over', fixed: '00-00-99 12345678' },
  reference: 'Narrative',
};
const at = '/reconciliation/layouts/new';
const take = () => house.app.get(ImportStatement).run(house.council.actors.finance, 'bank.csv', Buffer.from(FILE));

describe('A CSV statement of a bank nobody knows', () => {
  it('is refused', async () => {
    await expect(take()).rejects.toMatchObject({ code: 'statement_refused' });
  });

  it('has its columns read from its first row, for an administrator', async () => {
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    const asked = await administrator.send(at, { name: 'Our bank', delimiter: 'bar', sample: FILE, do: 'columns' });
    expect(asked.text).toContain('Which column is what');
    expect(asked.text).toContain('<option value="Left over"');
  });

  it('is tried on its lines before the layout is kept, and what is wrong is said at its place', async () => {
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    const wrongWay = await administrator.send(at, { ...form, outSays: 'CR', do: 'try' });
    expect(wrongWay.text).toContain('href="#sample"');
    expect(wrongWay.text).toContain('balances do not follow');
    const noAccount = await administrator.send(at, { ...form, fixed: '', do: 'try' });
    expect(noAccount.text).toContain('Choose the column of the account, or enter its 14 digits');
    const tried = await administrator.send(at, { ...form, do: 'try' });
    expect(tried.text).toContain('The balances prove these lines');
    expect(tried.text).toContain('£7.50');
    await expect(take()).rejects.toMatchObject({ code: 'statement_refused' });
  });

  it('is read by it from then on', async () => {
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    expect((await administrator.send(at, { ...form, do: 'save' })).location).toBe('/reconciliation/layouts');
    expect(await take()).toMatchObject({ lines: 3 });
    const { rows } = await house.superuser.query<{ direction: string; amount: string }>(
      `select direction, amount::numeric(14,2)::text as amount from payments.statement_line order by n`,
    );
    expect(rows.map(({ direction, amount }) => `${direction} ${amount}`)).toEqual([
      ...['debit 7.50', 'credit 10.00', 'debit 2.50'],
    ]);
    const list = await (await PageVisitor.signedIn(house, 'auditor')).get('/reconciliation/layouts');
    expect([list.text.includes('Our bank'), list.text.includes('Take out of use')]).toEqual([true, false]);
  });

  it('is set by an administrator alone, and never by lines that do not prove it', async () => {
    expect((await (await PageVisitor.signedIn(house, 'finance')).get(at)).status).toBe(403);
    const asked = { name: 'Other', layout, sample: FILE };
    expect(problemIn(await client.post('finance', '/statement-layouts', asked))[1]).toBe('not_permitted');
    const broken = FILE.replace('92,50', '92,51');
    expect(problemIn(await client.post('administrator', '/statement-layouts', { ...asked, sample: broken }))).toEqual([
      ...[422, 'statement_refused'],
    ]);
    const odd = { ...layout, balance: 'Nowhere' };
    const refused = await client.post('administrator', '/statement-layouts', { ...asked, layout: odd });
    expect(problemIn(refused)).toEqual([422, 'statement_layout_refused']);
    expect(refused.body).toMatchObject({
      items: [{ field: 'balance', reason: 'The header has no column "Nowhere".' }],
    });
    expect((await client.post('administrator', '/statement-layouts', asked)).status).toBe(201);
  });

  it('is read by it no more once it is out of use', async () => {
    const administrator = await PageVisitor.signedIn(house, 'administrator');
    for (const name of ['Our bank', 'Other'])
      expect((await administrator.send('/reconciliation/layouts', { name })).location).toBe('/reconciliation/layouts');
    await expect(take()).rejects.toMatchObject({ code: 'statement_refused' });
    const again = house.app.get(KeepStatementLayout).takeOut(house.council.actors.administrator, 'Our bank');
    await expect(again.catch((error: DomainError) => error.code)).resolves.toBe('no_such_statement_layout');
  });
});
