import { ApprovePlans } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { Client, problemIn } from '../support/http.ts';
import { CHECKED_BANK, modulusFolder } from '../support/modulus-tables.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const right = { sortCode: CHECKED_BANK, accountNumber: '12345670', accountName: 'A Lead' };
const wrong = { ...right, accountNumber: '12345671' };
const unknown = { ...right, sortCode: '000014' };
const CANNOT = 'No account with this sort code can have this number';

let tables: Awaited<ReturnType<typeof modulusFolder>>;
let house: TestHouse;
let client: Client;
let caseworker: PageVisitor;
let manager: PageVisitor;
let family: string;

beforeAll(async () => {
  tables = await modulusFolder();
  house = await testHouse({ ...PAGES, settings: { ...PAGES.settings, MODULUS_TABLES: tables.folder } });
  client = new Client(house);
  await takeIn(house.app, house.council, familyRows('CHECKED', {}, child('2020-01-01')));
  const { rows } = await house.superuser.query<{ id: string }>(`select id from families.family`);
  family = rows[0]?.id ?? '';
  caseworker = await PageVisitor.signedIn(house, 'caseworker');
  manager = await PageVisitor.signedIn(house, 'manager');
});
afterAll(async () => {
  await house.close();
  await tables.remove();
});

const newest = async (): Promise<Record<string, unknown>> => {
  const { rows } = await house.superuser.query<Record<string, unknown>>(
    `select id, modulus, name_check, name_check_answer, name_check_reason from families.instrument order by id desc limit 1`,
  );
  return rows[0] ?? {};
};
const refuseTheOneThatWaits = async (): Promise<void> => {
  const { id } = await newest();
  await client.post('manager', `/bank-details/${String(id)}/decision`, { outcome: 'refuse' }).expect(200);
};

describe('An account number that cannot exist', () => {
  it('is refused on the page, at its field, with what to do', async () => {
    const page = await caseworker.send(`/families/${family}/bank-details/new`, wrong);
    expect([page.status, page.text.includes(CANNOT), page.text.includes('Read both again')]).toEqual([422, true, true]);
  });

  it('is refused on the page that adds a family', async () => {
    const page = await caseworker.send('/families/new/bank-details', wrong);
    expect([page.status, page.text.includes(CANNOT)]).toEqual([422, true]);
  });

  it('is refused over the API, for a family that is here and for a new one', async () => {
    const answer = await client.post('caseworker', `/families/${family}/bank-details`, wrong);
    expect(problemIn(answer)).toEqual([422, 'bank_details_refused']);
    expect((answer.body as { items: unknown[] }).items).toMatchObject([{ field: 'accountNumber' }]);
    const added = await client.post('caseworker', '/families', {
      ...{ reference: 'NEW-1', bank: wrong, members: [{ relationship: 'lead', name: 'Lead', born: '1990-01-01' }] },
      ...{ reach: { language: 'en', contact: 'yes' }, place: {} },
    });
    expect(problemIn(added)).toEqual([422, 'bank_details_refused']);
  });

  it('is refused in a file of families, with its line, and nothing is taken in', async () => {
    const bank = { sort_code: wrong.sortCode, account_number: wrong.accountNumber };
    const file = familyFileOf([...familyRows('FILE-1', {}, child('2020-01-01')), ...familyRows('FILE-2', bank)]);
    const answer = await client.importFile('caseworker', file);
    expect(problemIn(answer)).toEqual([422, 'bank_details_refused']);
    expect((answer.body as { items: unknown[] }).items).toMatchObject([{ line: 4, column: 'account_number' }]);
    const { rows } = await house.superuser.query(`select 1 from families.family where reference like 'FILE%'`);
    expect(rows).toEqual([]);
  });
});

describe('An account that was checked', () => {
  it('says so before it is sent, and to whoever decides', async () => {
    const at = `/families/${family}/bank-details`;
    await caseworker.send(`${at}/new`, { ...right, nameCheck: 'match' });
    const check = await caseworker.get(`${at}/check`);
    expect(check.text).toContain('Checked: the number can exist at its bank');
    expect(check.text).toContain('Match: the name is that of the account');
    await caseworker.send(`${at}/check`, {});
    const { id, ...kept } = await newest();
    expect(kept).toMatchObject({ modulus: 'valid', name_check: 'match', name_check_answer: 'match' });
    const page = await manager.get(`/bank-details/${String(id)}`);
    expect(page.text).toContain('Checked: the number can exist at its bank');
    await refuseTheOneThatWaits();
  });

  it('by no table is shown as not checked', async () => {
    await client.post('caseworker', `/families/${family}/bank-details`, unknown).expect(201);
    const { id, ...kept } = await newest();
    expect(kept).toMatchObject({ modulus: 'not-checked', name_check: 'not-asked' });
    expect((await manager.get(`/bank-details/${String(id)}`)).text).toContain('Not checked: the banks');
    await refuseTheOneThatWaits();
  });
});

describe('A name that does not match', () => {
  it('needs a reason, on the page and over the API', async () => {
    const page = await caseworker.send(`/families/${family}/bank-details/new`, { ...right, nameCheck: 'ANNM' });
    expect([page.status, page.text.includes('Write why this account is right')]).toEqual([422, true]);
    const nameCheck = { answer: 'AC01', reason: null };
    const answer = await client.post('caseworker', `/families/${family}/bank-details`, { ...right, nameCheck });
    expect(problemIn(answer)).toEqual([422, 'bank_details_refused']);
  });

  it('is shown to whoever decides, with that reason and a warning', async () => {
    const at = `/families/${family}/bank-details`;
    const reason = 'The bank has her maiden name. We saw the card and her passport.';
    await caseworker.send(`${at}/new`, { ...right, nameCheck: 'ANNM', nameCheckReason: reason });
    await caseworker.send(`${at}/check`, {});
    const { id } = await newest();
    const page = await manager.get(`/bank-details/${String(id)}`);
    expect(page.text).toContain('No match: the name is not that of the account');
    expect(page.text).toContain(reason);
    expect(page.text).toContain('The name check does not bear this account out');
    expect((await caseworker.get(`/families/${family}`)).text).toContain('No match: the name is not');
  });
});

describe('A first account whose name does not match', () => {
  it('is not approved with the plan, nor with many: somebody who sees it decides', async () => {
    await takeIn(house.app, house.council, familyRows('WITH-PLAN', {}, child('2020-01-01')));
    const bank = { sort_code: '', account_number: '', account_name: '' };
    const rows = familyFileOf(familyRows('BY-ITSELF', bank, child('2020-01-01')));
    await client.importFile('caseworker', rows).expect(200);
    const found = await house.superuser.query<{ id: string; plan: string }>(
      `select f.id, p.id as plan from families.family f join subsistence.plan p on p.family_id = f.id where f.reference = 'BY-ITSELF'`,
    );
    const { id = '', plan = '' } = found.rows[0] ?? {};
    const nameCheck = { answer: 'ANNM', reason: 'Her maiden name; we saw the card' };
    await client.post('caseworker', `/families/${id}/bank-details`, { ...right, nameCheck }).expect(201);
    const page = await manager.get(`/plans/${plan}`);
    expect(page.text).toContain('It is not approved with the plan');
    await house.app.get(ApprovePlans).all(house.council.actors.manager, 'Test');
    const states = await house.superuser.query(
      `select f.reference, i.state from families.instrument i join families.family f on f.id = i.family_id
        where f.reference in ('WITH-PLAN', 'BY-ITSELF') order by 1`,
    );
    expect(states.rows).toEqual([
      { reference: 'BY-ITSELF', state: 'proposed' },
      { reference: 'WITH-PLAN', state: 'approved' },
    ]);
    expect((await manager.get('/waiting')).text).toContain('BY-ITSELF');
  });
});

describe('A house whose tables cannot be read', () => {
  it('does not open, and says why', async () => {
    await expect(testHouse({ settings: { MODULUS_TABLES: `${tables.folder}/nowhere` } })).rejects.toMatchObject({
      code: 'modulus_tables_refused',
    });
  });
});
