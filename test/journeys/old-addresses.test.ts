import { ChangeFamily, DecideBankDetails, ProposeBankDetails, setHome } from '../../src/families/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const names = ['LEFT', 'UNSAFE', 'MOVED', 'DISCREET', 'NO-POST', 'ON-PAGES'] as const;
type Name = (typeof names)[number];
const OLD = { address_line_1: '1 Old Street', town: 'Northton', postcode: 'N1 1AA' } as const;
const NEW = { line1: '9 New Road', line2: null, town: 'Northton', postcode: 'N9 9ZZ', ward: null } as const;

let house: TestHouse;
const families = {} as Record<Name, string>;
beforeAll(async () => {
  house = await testHouse(PAGES);
  const ways = (name: Name): string => (name === 'NO-POST' ? 'call' : 'letter call');
  const contact = (name: Name): string => (name === 'DISCREET' ? 'discreet' : 'yes');
  await takeIn(
    house.app,
    house.council,
    names.flatMap((name) =>
      familyRows(name, { ...OLD, contact: contact(name), safe_channels: ways(name) }, child('2020-01-01')),
    ),
  );
  const { rows } = await house.superuser.query<{ reference: Name; id: string }>(
    `select reference, id from families.family`,
  );
  for (const { reference, id } of rows) families[reference] = id;
});
afterAll(() => house.close());

const as = (who: 'caseworker' | 'manager') => house.council.actors[who];
const versionOf = async (name: Name): Promise<number> => {
  const { rows } = await house.superuser.query<{ version: number }>(
    `select version from families.family where id = $1`,
    [families[name]],
  );
  return rows[0]?.version ?? 0;
};
const moves = async (name: Name, more: { oldIsUnsafe?: boolean } = {}): Promise<unknown> =>
  house.app.get(ChangeFamily).place(as('caseworker'), families[name], { ...NEW, ...more }, await versionOf(name));
const propose = async (name: Name): Promise<string> => {
  const details = { sortCode: '000015', accountNumber: '12345679', accountName: 'New Account' };
  return (await house.app.get(ProposeBankDetails).run(as('caseworker'), families[name], details)).bankDetailsId;
};
const approve = (id: string): Promise<unknown> => house.app.get(DecideBankDetails).run(as('manager'), id, 'approve');
/** Where letters about the account go, the last line of each. */
const lettersTo = async (name: Name): Promise<string[]> => {
  const { rows } = await house.superuser.query<{ to: string }>(
    `select split_part(a.destination, E'\n', -1) as to from notices.attempt a join notices.notice n on n.id = a.notice_id
      where n.family_id = $1 and n.kind = 'method' and a.channel = 'letter' order by a.id`,
    [families[name]],
  );
  return rows.map(({ to }) => to);
};

describe('A family whose address changes, and then its account,', () => {
  it('is told by letter at the old address too, in its name', async () => {
    await moves('LEFT');
    await approve(await propose('LEFT'));
    expect((await lettersTo('LEFT')).toSorted()).toEqual(['N1 1AA', 'N9 9ZZ']);
    const { rows } = await house.superuser.query<{ destination: string; letter: { to: string[] } }>(
      `select a.destination, a.letter from notices.attempt a join notices.old_contact_notice o on o.notice_id = a.notice_id
        where a.family_id = $1`,
      [families.LEFT],
    );
    expect(rows[0]?.destination.split('\n').slice(1)).toEqual(['1 Old Street', 'Northton', 'N1 1AA']);
    expect(rows[0]?.letter.to).toEqual(rows[0]?.destination.split('\n'));
  });

  it('is told nothing at an address where others open its letters', async () => {
    await moves('UNSAFE', { oldIsUnsafe: true });
    await approve(await propose('UNSAFE'));
    expect(await lettersTo('UNSAFE')).toEqual(['N9 9ZZ']);
  });

  it('is told nothing at a home it moved out of with notice: it was told of that there', async () => {
    await house.app
      .get(UnitOfWork)
      .run({ name: 'test.move', actor: as('caseworker') }, (tx) => setHome(tx, families.MOVED, NEW));
    await approve(await propose('MOVED'));
    expect(await lettersTo('MOVED')).toEqual(['N9 9ZZ']);
  });

  it('is told nothing at the old address when what it gets must be discreet, or no letter was safe', async () => {
    for (const name of ['DISCREET', 'NO-POST'] as const) {
      await moves(name);
      await approve(await propose(name));
    }
    expect([await lettersTo('DISCREET'), await lettersTo('NO-POST')]).toEqual([['N9 9ZZ'], []]);
  });

  it('is shown to whoever decides on the account as one whose address changed, and the form asks about the old one', async () => {
    const visitor = await PageVisitor.signedIn(house, 'caseworker');
    const form = `/families/${families['ON-PAGES']}/address`;
    expect((await visitor.get(form)).text).toContain('Somebody else may open letters at the address they had before');
    const typed = { line1: '9 New Road', line2: '', town: 'Northton', postcode: 'N9 9ZZ', ward: '' };
    const version = String(await versionOf('ON-PAGES'));
    expect((await visitor.send(form, { ...typed, version })).status).toBe(303);
    const id = await propose('ON-PAGES');
    const page = await (await PageVisitor.signedIn(house, 'manager')).get(`/bank-details/${id}`);
    expect(page.text.replaceAll(/\s+/g, ' ')).toMatch(
      /Address ending N1 1AA, given up on 16 November 2026 \(caseworker\): told as well/,
    );
  });
});
