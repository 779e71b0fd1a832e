import { CloseApprovals } from '../../src/approvals/index.ts';
import { Money, type PlainDate } from '../../src/kernel/index.ts';
import { WriteOffLine } from '../../src/payments/index.ts';
import { bankScene } from '../support/bank-scene.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { agreeSigners, limitTo } from '../support/grants-asked.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
/** A charge of 7.50 waits to be written off, proposed by finance; a credit of 12.34 is a line nobody knows. */
let waits: string;
let strange: string;
beforeAll(async () => {
  house = await testHouse(PAGES);
  await takeIn(house.app, house.council, familyRows('F-1'));
  await completeRun(house.app, house.council, '2026-11-26');
  house.setToday('2026-11-27' as PlainDate);
  const scene = await bankScene(house);
  [waits, strange] = [scene.write_off, scene.strange_line];
});
afterAll(() => house.close());

const page = () => `/reconciliation/write-offs/${waits}`;
const visitor = (as: Persona) => PageVisitor.signedIn(house, as);
const approve = async (as: Persona) => (await visitor(as)).send(page(), { outcome: 'approved', reason: '' });
const stateOf = async (id: string): Promise<string> => {
  const { rows } = await house.superuser.query<{ state: string }>(
    `select state from payments.write_off where id = $1`,
    [id],
  );
  return rows[0]?.state ?? '';
};

describe('What is to be written off', () => {
  it('waits with everything else that waits: as theirs to decide, as their own, to look at', async () => {
    const under = async (as: Persona, heading: string): Promise<string> =>
      (await (await visitor(as)).get('/waiting')).text.split(`>${heading}</h2>`)[1]?.split('<h2')[0] ?? '';
    expect(await under('administrator', 'You can decide')).toContain('Write-off of a bank line');
    expect(await under('finance2', 'You can decide')).toMatch(/A charge of the bank’s[\s\S]*£7\.50/);
    expect(await under('finance', 'Proposed by you: somebody else decides')).toMatch(/bank’s[\s\S]*finance2/);
    expect(await under('auditor', 'Waiting for others')).toContain('Write-off of a bank line');
    expect((await (await visitor('manager')).get('/waiting')).text).not.toContain('Write-off of a bank line');
  });

  it('is not for whoever proposed it, on the page nor by a form sent all the same', async () => {
    const own = await visitor('finance');
    expect((await own.get(page())).text).toContain('You proposed this, so somebody else decides');
    expect((await own.send(page(), { outcome: 'approved', reason: '' }, page())).text).toContain('proposed');
    expect(await stateOf(waits)).toBe('open');
  });

  it('is not signed above a limit, and the page says who can', async () => {
    await limitTo(house, 'finance', '5.00', { kind: 'write-off' });
    const { text } = await (await visitor('finance2')).get(page());
    expect(text).toContain('is within the limit of');
    expect(text).toContain('administrator');
    expect((await approve('finance2')).text).toContain('more than your limit');
    expect(await stateOf(waits)).toBe('open');
  });

  it('is not signed while approvals of write-offs are closed', async () => {
    const { administrator } = house.council.actors;
    const closed = { firstDay: '2026-11-27', lastDay: '2026-11-28' } as { firstDay: PlainDate; lastDay: PlainDate };
    const { freezeId } = await house.app
      .get(CloseApprovals)
      .run(administrator, { ...closed, kinds: ['write-off'], reason: 'Accounts are being made' });
    expect((await approve('administrator')).text).toContain('closed');
    expect(await stateOf(waits)).toBe('open');
    await house.app.get(CloseApprovals).lift(administrator, freezeId, 'They are made');
  });

  it('is written off by the second person, and posted', async () => {
    expect((await approve('administrator')).location).toBe('/reconciliation/write-offs');
    expect(await stateOf(waits)).toBe('approved');
    expect((await (await visitor('auditor')).get(page())).text).toContain('Approved by administrator');
  });

  it('takes as many signatures as were agreed for its amount, and posts nothing before the last', async () => {
    house.setToday('2026-11-28' as PlainDate);
    await agreeSigners(house, 'write-off', '10.00', ['administrator', 'finance']);
    await limitTo(house, 'finance', '500.00', { kind: 'write-off' });
    const asked = {
      amount: Money.gbp('12.34'),
      category: 'council-money',
      reason: 'A refund of the council’s',
    } as const;
    const { writeOffId } = await house.app.get(WriteOffLine).propose(house.council.actors.finance, strange, asked);
    const first = await house.app
      .get(WriteOffLine)
      .decide(house.council.actors.administrator, writeOffId, { outcome: 'approved', reason: '' });
    expect([first.outcome, await stateOf(writeOffId)]).toEqual(['signed', 'open']);
    const last = await house.app
      .get(WriteOffLine)
      .decide(house.council.actors.finance2, writeOffId, { outcome: 'approved', reason: '' });
    expect([last.outcome, await stateOf(writeOffId)]).toEqual(['approved', 'approved']);
  });
});
