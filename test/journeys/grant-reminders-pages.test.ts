import { OverdueTick } from '../../src/approvals/index.ts';
import { SetFundRules } from '../../src/funds/index.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { grantFund, knownFamily, NO_RULES, takeApplicationTo } from '../support/grants-scene.ts';
import { PageVisitor, PAGES } from '../support/pages.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(PAGES);
  const fundId = await grantFund(house.app, house.council, '5000.00');
  const rules = { ...NO_RULES, emergencyCap: '500.00' };
  await house.app.get(SetFundRules).run(operatorOf(house.council.id), fundId, rules);
  for (const stage of ['submitted', 'changes_asked', 'recommended', 'approved', 'emergency'] as const)
    await takeApplicationTo(house, await knownFamily(house, `W-${stage.replace('_', '-')}`), stage);
});
afterAll(() => house.close());

/** What a person reads under "Grants" on the first page, in words. */
async function grantsOf(as: Persona): Promise<string> {
  const { text } = await (await PageVisitor.signedIn(house, as)).get('/');
  const section = text.split('id="grants"')[1]?.split('</ul>')[0] ?? '';
  return section.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('What of grants waits', () => {
  it('is a task on the first page of the worker, and of the manager, on the day it is due', async () => {
    const worker = await grantsOf('caseworker');
    expect(worker).toContain('1 application is handed in: recommend it to a manager');
    expect(worker).toContain('1 application of yours came back for changes');
    expect(worker).not.toMatch(/late|spending/);
    const manager = await grantsOf('manager');
    expect(manager).toContain('1 application waits for a manager');
    expect(manager).toContain('1 emergency to look at again');
    expect(manager).not.toContain('late');
  });

  it('is late in red once it is past its target, and goes up to a manager who can see to it', async () => {
    house.setToday('2026-11-23' as PlainDate);
    expect(await grantsOf('caseworker')).toContain('recommend it to a manager 1 late');
    const manager = await grantsOf('manager');
    expect(manager).toContain('1 application waits too long for a recommendation: see who can');
    expect(manager).toContain('1 emergency to look at again 1 late');
  });

  it('asks for evidence of spending from its due day on, and goes up when nobody gives it for two weeks', async () => {
    house.setToday('2026-12-14' as PlainDate);
    expect(await grantsOf('caseworker')).toContain('2 awards whose spending is to be shown');
    expect(await grantsOf('manager')).not.toContain('followed up');
    house.setToday('2026-12-29' as PlainDate);
    expect(await grantsOf('manager')).toContain('2 awards nobody followed up for two weeks: see who can');
    house.setToday('2027-02-16' as PlainDate);
    expect(await grantsOf('caseworker')).toContain('2 families to ask how they are, months after an award');
  });

  it('is escalated by the clock when nobody decides, once, and its page says who can', async () => {
    await house.app.get(OverdueTick).tick(house.council.id);
    expect(await house.app.get(OverdueTick).tick(house.council.id)).toBe(0);
    const home = await (await PageVisitor.signedIn(house, 'administrator')).get('/');
    expect(home.text).toMatch(/requests? for approval waited so long that (it was|they were) escalated/);
    const waiting = await (await PageVisitor.signedIn(house, 'administrator')).get('/waiting');
    expect(waiting.text).toMatch(/Escalated to an administrator[\s\S]*manager/);
  });
});
