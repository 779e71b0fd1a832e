import { ChangeFamily, DecideBankDetails, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const OLD = '07700900123';
const NEW = '07700900999';
const names = ['SWAPPED', 'UNSAFE', 'LONG-AGO', 'REMOVED', 'MEANWHILE', 'DISCREET', 'ON-PAGES', 'FAILS'] as const;
/** Notify's number for a telephone that takes no messages. */
const DEAD = '07700900002';
type Name = (typeof names)[number];

let house: TestHouse;
let notify: StandInNotify;
const families = {} as Record<Name, string>;

beforeAll(async () => {
  house = await testHouse(PAGES);
  notify = await withNotify(house);
  const reached = { contact: 'yes', mobile: OLD, safe_channels: 'sms call' } as const;
  await takeIn(
    house.app,
    house.council,
    names.flatMap((name) =>
      familyRows(
        name,
        { ...reached, contact: contactOf(name), ...(name === 'FAILS' ? { mobile: DEAD } : {}) },
        child('2020-01-01'),
      ),
    ),
  );
  const { rows } = await house.superuser.query<{ reference: Name; id: string }>(
    `select reference, id from families.family`,
  );
  for (const { reference, id } of rows) families[reference] = id;
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const contactOf = (name: Name): 'yes' | 'discreet' => (name === 'DISCREET' ? 'discreet' : 'yes');
const versionOf = async (name: Name): Promise<number> => {
  const { rows } = await house.superuser.query<{ version: number }>(
    `select version from families.family where id = $1`,
    [families[name]],
  );
  return rows[0]?.version ?? 0;
};
const reach = async (name: Name, given: Partial<Parameters<ChangeFamily['reach']>[2]>): Promise<unknown> =>
  house.app
    .get(ChangeFamily)
    .reach(
      house.council.actors.caseworker,
      families[name],
      { language: 'en', contact: 'yes', mobile: NEW, email: null, safeChannels: ['sms', 'call'], ...given },
      await versionOf(name),
    );
const propose = async (name: Name): Promise<string> => {
  const details = { sortCode: '000015', accountNumber: '12345679', accountName: 'New Account' };
  const { bankDetailsId } = await house.app
    .get(ProposeBankDetails)
    .run(house.council.actors.caseworker, families[name], details);
  return bankDetailsId;
};
const approve = (id: string): Promise<unknown> =>
  house.app.get(DecideBankDetails).run(house.council.actors.manager, id, 'approve');
/** Every message about a family's account: to which number, and what it says. */
const messages = async (name: Name): Promise<{ destination: string; body: string; state: string }[]> => {
  const { rows } = await house.superuser.query<{ destination: string; body: string; state: string }>(
    `select a.destination, a.body, a.state from notices.attempt a join notices.notice n on n.id = a.notice_id
      where n.family_id = $1 and n.kind = 'method' order by a.destination, a.id`,
    [families[name]],
  );
  return rows;
};
const toldAt = async (name: Name): Promise<string[]> => (await messages(name)).map(({ destination }) => destination);
const at = (number: string): string => number.replace(/^0/, '+44');

describe('A family whose telephone changes, and then its account,', () => {
  it('is told at the old number too, without a link to its page', async () => {
    await reach('SWAPPED', {});
    await approve(await propose('SWAPPED'));
    await tellEverybody(house, notify);
    const told = await messages('SWAPPED');
    expect(told.map(({ destination, state }) => [destination, state])).toEqual([
      [at(OLD), 'delivered'],
      [at(NEW), 'delivered'],
    ]);
    expect(told.map(({ body }) => [body.includes('ends in 79'), body.includes('/f/')])).toEqual([
      [true, false],
      [true, true],
    ]);
    const { rows } = await house.superuser.query<{ n: number }>(
      `select count(*)::int as n from notices.old_contact_notice o join notices.notice n on n.id = o.notice_id
        where n.family_id = $1 and n.state = 'received'`,
      [families.SWAPPED],
    );
    expect(rows[0]?.n).toBe(1);
  });

  it('is told at the old number when that was removed, and mail is to come elsewhere', async () => {
    await reach('REMOVED', { mobile: null, email: 'thief@example.org', safeChannels: ['email'] });
    await approve(await propose('REMOVED'));
    expect(await toldAt('REMOVED')).toEqual([at(OLD), 'thief@example.org']);
  });

  it('is told nothing at an old number that others may read', async () => {
    await reach('UNSAFE', { oldIsUnsafe: true });
    await approve(await propose('UNSAFE'));
    expect(await toldAt('UNSAFE')).toEqual([at(NEW)]);
  });

  it('is told where it was reached when the account was approved, though the number changes before the message leaves', async () => {
    await approve(await propose('MEANWHILE'));
    await reach('MEANWHILE', {});
    await tellEverybody(house, notify);
    expect((await messages('MEANWHILE')).map(({ destination, state }) => [destination, state])).toEqual([
      [at(OLD), 'delivered'],
    ]);
  });

  it('is told discreetly at an old number that was told discreetly, whatever is said since', async () => {
    await reach('DISCREET', { contact: 'yes' });
    await approve(await propose('DISCREET'));
    const [old] = await messages('DISCREET');
    expect([old?.destination, old?.body.includes('account'), old?.body.includes('/f/')]).toEqual([
      at(OLD),
      false,
      false,
    ]);
  });

  it('is to be called when the old number takes no messages: the new one is no answer', async () => {
    await reach('FAILS', {});
    await approve(await propose('FAILS'));
    await tellEverybody(house, notify);
    expect((await messages('FAILS')).map(({ destination, state }) => [destination, state])).toEqual([
      [at(DEAD), 'failed'],
      [at(NEW), 'delivered'],
    ]);
    const { rows } = await house.superuser.query<{ state: string }>(
      `select n.state from notices.old_contact_notice o join notices.notice n on n.id = o.notice_id where n.family_id = $1`,
      [families.FAILS],
    );
    expect(rows).toEqual([{ state: 'call_needed' }]);
  });

  it('is told at the new number only when it changed its telephone before the cool-off', async () => {
    await reach('LONG-AGO', {});
    house.setToday('2026-11-20' as PlainDate);
    await approve(await propose('LONG-AGO'));
    expect(await toldAt('LONG-AGO')).toEqual([at(NEW)]);
    house.setToday('2026-11-16' as PlainDate);
  });
});

describe('Whoever decides on the account', () => {
  it('is shown that the telephone changed, and what becomes of the old number', async () => {
    const caseworker = await PageVisitor.signedIn(house, 'caseworker');
    const manager = await PageVisitor.signedIn(house, 'manager');
    const contact = `/families/${families['ON-PAGES']}/contact`;
    const typed = { contact: 'yes', mobile: NEW, email: '', language: 'en', reads: '', safeChannels: 'sms' };
    const form = { ...typed, version: String(await versionOf('ON-PAGES')), firstChannel: 'any' };
    expect((await caseworker.send(contact, form)).location).toBe(`/families/${families['ON-PAGES']}`);
    const id = await propose('ON-PAGES');
    const page = await manager.get(`/bank-details/${id}`);
    expect(page.text).toContain('How to reach this family changed in the days before');
    expect(page.text.replaceAll(/\s+/g, ' ')).toMatch(
      /ending 123, given up on 16 November 2026 \(caseworker\): told as well/,
    );
    expect(page.text).not.toContain(OLD.slice(1));
    const again = { ...form, version: String(await versionOf('ON-PAGES')), oldIsUnsafe: 'yes' };
    expect((await caseworker.send(contact, again)).location).toBe(`/families/${families['ON-PAGES']}`);
    const after = await manager.get(`/bank-details/${id}`);
    expect(after.text.replaceAll(/\s+/g, ' ')).toContain(
      'not told, caseworker says that others may read what goes there',
    );
  });
});
