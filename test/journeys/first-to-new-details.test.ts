import { DecideBankDetails, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { Client } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const A = { sortCode: '000014', accountNumber: '11111111', accountName: 'A' };
const B = { sortCode: '000014', accountNumber: '22222222', accountName: 'B' };

let house: TestHouse;
let client: Client;
let finance: PageVisitor;
let second: string;
let third: string;
const families: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  await takeIn(
    house.app,
    house.council,
    ['SAME', 'MOVED', 'BACK'].flatMap((name) =>
      familyRows(name, { sort_code: A.sortCode, account_number: A.accountNumber, account_name: name }),
    ),
  );
  const { rows } = await house.superuser.query<{ reference: string; id: string }>(
    `select reference, id from families.family`,
  );
  for (const { reference, id } of rows) families[reference] = id;
  await completeRun(house.app, house.council, '2026-11-26');
  house.setToday('2026-11-27' as PlainDate);
  await changeTo('MOVED', B);
  await changeTo('BACK', B);
  await takeIn(house.app, house.council, familyRows('FRESH', { support_from: '2026-11-26', paid_up_to: '2026-12-03' }));
  house.setToday('2026-11-30' as PlainDate);
  second = await completeRun(house.app, house.council, '2026-12-03');
  house.setToday('2026-12-04' as PlainDate);
  finance = await PageVisitor.signedIn(house, 'finance');
});
afterAll(() => house.close());

async function changeTo(name: string, details: typeof A): Promise<void> {
  const { app, council } = house;
  const { bankDetailsId } = await app
    .get(ProposeBankDetails)
    .run(council.actors.caseworker, families[name] ?? '', details);
  await app.get(DecideBankDetails).run(council.actors.manager, bankDetailsId, 'approve');
}

const variance = async (run: string, query = ''): Promise<[string, boolean][]> => {
  const { body } = await client.get('finance', `/runs/${run}/variance${query}`).expect(200);
  const { variance: rows } = body as { variance: { family: string; isFirstToNewDetails: boolean }[] };
  return rows.map(({ family, isFirstToNewDetails }) => [family, isFirstToNewDetails]);
};

describe('The first payment to new details', () => {
  it('is flagged, counted and found, before the run is posted and after', async () => {
    expect(await variance(second, '?firstToNewDetails=true')).toEqual([
      ['BACK', true],
      ['MOVED', true],
    ]);
    const { body } = await client.get('finance', `/runs/${second}/preview`).expect(200);
    expect(body).toMatchObject({ firstToNewDetails: 2, changes: { payee: 2 } });
  });

  it('is shown on the page of what changed, and can be looked for there', async () => {
    const page = await finance.get(`/runs/${second}/changes`);
    expect(page.text).toContain('2 payments go');
    expect(page.text.split('<strong>First payment to new details</strong>').length).toBe(3);
    const found = await finance.get(`/runs/${second}/changes?kind=first`);
    expect([found.text.includes('>MOVED<'), found.text.includes('>FRESH<')]).toEqual([true, false]);
  });

  it('is no payment to an account that was paid before, though it is another than last time', async () => {
    await changeTo('BACK', A);
    house.setToday('2026-12-07' as PlainDate);
    third = await completeRun(house.app, house.council, '2026-12-10', 'priced');
    // Details that come back are new ones on record, approved anew: the account is told apart by its number.
    expect(await variance(third, '?kind=payee')).toEqual([['BACK', false]]);
    expect(await variance(third, '?firstToNewDetails=true')).toEqual([]);
    expect((await finance.get(`/runs/${third}/changes`)).text).not.toContain('First payment to new details</strong>');
  });

  it('is that of a new plan too, where the family was paid under another', async () => {
    const { rows } = await house.superuser.query<{ reference: string; first: boolean }>(
      `select f.reference, payments.is_first_to_new_details(jsonb_populate_record(v, '{"kinds": ["new"]}')) as first
         from payments.variance v join payments.run r on r.id = v.run_id and r.pricing_round = v.round
         join families.family f on f.id = v.family_id where v.run_id = $1 order by 1`,
      [second],
    );
    expect(rows).toEqual([
      { reference: 'BACK', first: true },
      { reference: 'FRESH', first: false },
      { reference: 'MOVED', first: true },
    ]);
  });
});
