import { AssignFamily } from '../../src/families/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { familyListing, type FamilyListing, type ListAsked } from '../../src/web/families/family-list.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const FAMILIES = 170;
const DAYS = ['monday', 'tuesday', 'thursday'];

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  const numbers = Array.from({ length: FAMILIES }, (_, index) => index);
  const rows = numbers.flatMap((index) =>
    familyRows(`F-${String((index * 7) % FAMILIES).padStart(3, '0')}`, {
      ...{ pay_day: DAYS[index % DAYS.length], paid_up_to: '2026-11-16', team: `Team ${index % 2}` },
      ...(index % 10 === 0 ? { support_from: '2026-09-03', support_to: '2026-11-16' } : {}),
    }),
  );
  await takeIn(house.app, house.council, rows);
});
afterAll(() => house.close());

const pageOf = (asked: ListAsked): Promise<FamilyListing> =>
  house.app.get(UnitOfWork).read(house.council.actors.caseworker, (tx) => familyListing(tx, asked));
const shown = (page: FamilyListing): string[] => page.rows.map(({ family }) => family.reference);

/** Turns every page forward to the end, then every page back to the beginning. */
async function turnAll(asked: ListAsked): Promise<{ forward: string[][]; back: string[][] }> {
  const forward: string[][] = [];
  const back: string[][] = [];
  let page = await pageOf(asked);
  for (; page.next; page = await pageOf({ ...asked, after: page.next })) forward.push(shown(page));
  forward.push(shown(page));
  for (; page.previous; back.unshift(shown(page))) page = await pageOf({ ...asked, before: page.previous });
  return { forward, back };
}

describe('A list of families', () => {
  it.each<[string, ListAsked, number]>([
    ['in order of reference', { filter: {}, sort: 'reference' }, 170],
    ['the newest first', { filter: {}, sort: 'newest' }, 170],
    ['in order of the next pay date', { filter: {}, sort: 'next-date' }, 153],
    ['of one pay day', { filter: {}, sort: 'reference', payDay: 1 }, 57],
    ['with a plan in force', { filter: {}, sort: 'newest', status: 'approved' }, 153],
    ['of a team in order of the next pay date', { filter: { team: 'Team 1' }, sort: 'next-date' }, 85],
    ['whose reference begins so', { filter: { reference: 'F-0' }, sort: 'reference' }, 100],
    ['that nobody looks after', { filter: { ownerId: null }, sort: 'reference', payDay: 2 }, 57],
  ])('shows each family once, %s, forward and back alike', async (_, asked, count) => {
    const { forward, back } = await turnAll(asked);
    const all = forward.flat();
    expect([all.length, new Set(all).size]).toEqual([count, count]);
    expect(forward.slice(0, -1).every((page) => page.length === 50)).toBe(true);
    expect(back.flat()).toEqual(forward.slice(0, -1).flat());
  });

  it('orders by reference, by number and by date', async () => {
    const byReference = shown(await pageOf({ filter: {}, sort: 'reference' }));
    expect(byReference).toEqual(byReference.toSorted());
    const { rows } = await pageOf({ filter: {}, sort: 'newest' });
    expect(rows.map(({ family }) => Number(family.id))).toEqual(
      rows.map(({ family }) => Number(family.id)).toSorted((a, b) => b - a),
    );
    const dates = (await pageOf({ filter: {}, sort: 'next-date' })).rows.map(({ plan }) => plan?.payDate ?? '');
    expect(dates).toEqual(dates.toSorted());
  });

  it('knows the families whose support has ended, and one person’s own', async () => {
    const ended = await pageOf({ filter: {}, sort: 'reference', status: 'ended' });
    expect(ended.rows.map(({ plan }) => plan?.status)).toEqual(Array.from({ length: 17 }, () => 'ended'));
    const { id = '' } = ended.rows[0]?.family ?? {};
    const { caseworker } = house.council.actors;
    const to = { ownerId: caseworker.userId ?? null, team: null, reason: 'Closes the case', version: 1 };
    await house.app.get(AssignFamily).run(caseworker, id, to);
    const mine = await pageOf({ filter: { ownerId: caseworker.userId }, sort: 'reference', status: 'ended' });
    expect(mine.rows.map(({ family }) => family.id)).toEqual([id]);
    expect(shown(await pageOf({ filter: { ownerId: caseworker.userId }, sort: 'next-date' }))).toEqual([]);
  });
});
