import { AddBudget, fundPositions, ProposeMoney, SettleMoney } from '../../src/funds/index.ts';
import { type Actor, DomainError, Money, operatorOf } from '../../src/kernel/index.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { finishRun } from '../support/complete-run.ts';
import { pageScene, type PageScene } from '../support/page-scene.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { linksOf, moneyIn, numbersOf, rowsOf, type ShownRow, sumOf } from '../support/tables.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let scene: PageScene;
beforeAll(async () => {
  house = await testHouse(PAGES);
  scene = await pageScene(house);
});
afterAll(() => house.close());

const as = (persona: Persona): Promise<PageVisitor> => PageVisitor.signedIn(house, persona);
const fundOf = async (id: string) =>
  (await house.app.get(UnitOfWork).read(house.council.actors.finance, (tx) => fundPositions(tx))).find(
    (fund) => fund.id === id,
  );

describe('An auditor', () => {
  let auditor: PageVisitor;
  beforeAll(async () => {
    // One run holds money, so that committed is something too.
    await finishRun(house.app, house.council, scene.pricedRun, 'approved');
    auditor = await as('auditor');
  });

  it('sees where every fund stands, and a total that is the sum', async () => {
    const { text } = await auditor.get('/funds');
    const rows = rowsOf(text, 'Where each fund stands');
    const [funds, total] = [rows.slice(0, -1), rows.at(-1)];
    expect(funds.map(({ cells }) => cells[0])).toEqual([
      ...['Fund early-action', 'Section 17 support', 'Winter hardship fund'],
    ]);
    for (const column of [2, 3, 4, 5]) expect(sumOf(funds, column)).toBe(moneyIn(total?.cells[column]).toString());
    const years = rowsOf(text, 'Budget by financial year');
    expect(sumOf(years.slice(0, -1), 2)).toBe(moneyIn(total?.cells[2]).toString());
    const [budget, committed, spent, available] = [2, 3, 4, 5].map((column) => moneyIn(total?.cells[column]));
    expect(
      budget
        ?.minus(committed ?? Money.zero)
        .minus(spent ?? Money.zero)
        .toString(),
    ).toBe(available?.toString());
    expect(committed?.isPositive()).toBe(true);
  });

  it('opens a fund and finds each of its figures made of what is listed under it', async () => {
    const { text } = await auditor.get(`/funds/${scene.fund}`);
    const figures = numbersOf(text);
    const made = rowsOf(text, 'What the budget is made of').slice(0, -1);
    expect(sumOf(made, 5)).toBe(moneyIn(figures.Budget).toString());
    const held = rowsOf(text, 'Commitments under way').slice(0, -1);
    expect(sumOf(held, 2)).toBe(moneyIn(figures.Committed).toString());
    expect(held.map(({ cells }) => cells[0])).toEqual(['The run of 10 December 2026']);
    const years = rowsOf(text, 'Budget and spending by financial year');
    expect(sumOf(years, 2)).toBe(moneyIn(figures.Spent).toString());
    const accounts = new Map(rowsOf(text, 'Accounts of this fund').map(({ cells }) => [cells[0], cells[3]]));
    for (const kind of ['Budget', 'Committed', 'Spent', 'Available'])
      expect([kind, moneyIn(accounts.get(kind)).toString()]).toEqual([kind, moneyIn(figures[kind]).toString()]);
  });

  it('finds every figure of every account to be the sum of what it opens to, down to each transfer', async () => {
    const { text } = await auditor.get('/ledger');
    const rows = rowsOf(text, 'Accounts');
    const accounts = rows.slice(0, -1);
    expect(accounts).toHaveLength(24);
    const together = rows
      .at(-1)
      ?.cells.slice(3, 5)
      .map((cell) => moneyIn(cell).toString());
    expect(together).toEqual([sumOf(accounts, 3), sumOf(accounts, 4)]);
    expect(together?.[0]).toBe(together?.[1]);
    let opened = 0;
    for (const account of accounts) {
      const days = await daysOf(auditor, account.links[0] ?? '');
      for (const column of [2, 3])
        expect([account.cells[0], sumOf(days, column)]).toEqual([
          account.cells[0],
          moneyIn(account.cells[column + 1]).toString(),
        ]);
      for (const day of days) opened += await openDay(auditor, day);
    }
    expect(opened).toBeGreaterThan(30);
  });

  it('goes from fund to account to day to transfer to how it was worked out, and back', async () => {
    const fund = await auditor.get(`/funds/${scene.fund}`);
    const account = linkTo(fund.text, `/ledger/accounts/${scene.spentAccount}`);
    const day = linkTo((await auditor.get(account)).text, `${account}/days/2026-12-03`);
    const shown = await auditor.get(day);
    const transfer = linkTo(shown.text, `/ledger/transfers/${scene.paidLine}/pay/0?from=${scene.spentAccount}`);
    const told = await auditor.get(transfer);
    expect(told.text).toContain('Paid to family P-WELFARE for the run of 3 December 2026');
    linkTo(told.text, `/runs/${scene.exportedRun}`);
    linkTo(told.text, day);
    const payment = await auditor.get(linkTo(told.text, `/payments/${scene.paidLine}`));
    expect(payment.text).toContain('How we worked this out');
    expect(numbersOf(payment.text).Amount).toBe(numbersOf(told.text).Amount);
    linkTo(payment.text, `/ledger/transfers/${scene.paidLine}/pay/0`);
    linkTo((await auditor.get(account)).text, `/funds/${scene.fund}`);
  });

  it('asks what stood on an account on any day', async () => {
    const at = (day: string) => `/ledger/accounts/${scene.spentAccount}?${day}`;
    const before = await auditor.get(at('on-day=25&on-month=11&on-year=2026'));
    expect(before.text).toContain('In the evening of 25 November 2026: £0.00');
    const after = await auditor.get(at('on-day=26&on-month=11&on-year=2026'));
    expect(after.text).toMatch(/In the evening of 26 November 2026: £1,\d\d\d\.\d\d Dr/);
    const never = await auditor.get(at('on-day=31&on-month=11&on-year=2026'));
    expect([never.status, never.text.includes('Enter a day that exists')]).toEqual([422, true]);
  });

  it('narrows the journal by what, fund, account, run and days', async () => {
    const listed = async (query: string) =>
      rowsOf((await auditor.get(`/ledger/journal?${query}`)).text, 'Transfers, the newest day first');
    const all = await listed('');
    const paid = await listed(`kind=pay&fund=${scene.fund}`);
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.every(({ cells }) => cells[1]?.startsWith('Paid to family '))).toBe(true);
    const ofRun = await listed(`run=${scene.exportedRun}`);
    expect(new Set(ofRun.map(({ cells }) => cells[1]?.replace(/.*(?=the run of)/, '')))).toEqual(
      new Set(['the run of 3 December 2026']),
    );
    expect(ofRun.map(({ cells }) => cells[1]?.slice(0, 8))).toEqual(
      expect.arrayContaining(['Reserved', 'Reservat', 'Bank fil', 'Paid to ']),
    );
    const days = await listed('from-day=1&from-month=12&from-year=2026&to-day=3&to-month=12&to-year=2026');
    expect(days.every(({ cells }) => /^[123] Dec 2026$/.test(cells[0] ?? ''))).toBe(true);
    expect(await listed(`fund=${scene.otherFund}`)).toEqual([]);
    expect((await listed(`account=${scene.spentAccount}`)).length).toBe(paid.length);
    expect(all.length).toBeGreaterThan(paid.length);
  });

  it('takes the journal and a statement away: references, never names, and the download is on record', async () => {
    const journal = await auditor.get(`/ledger/journal.csv?kind=pay&fund=${scene.fund}`);
    const [head, ...rows] = journal.text.trim().split('\r\n');
    expect(head).toBe('day,posted_at,kind,document,leg,run,family_reference,debit_account,credit_account,amount,what');
    expect(rows.some((row) => row.includes(`,pay,${scene.paidLine},0,${scene.exportedRun},P-WELFARE,`))).toBe(true);
    expect(journal.text).not.toMatch(/Lead|£/);
    const paid = Money.sum(rows.map((row) => Money.gbp(row.split(',')[9] ?? '')));
    expect(paid.toString()).toBe((await fundOf(scene.fund))?.spent.toString());
    const period = 'from-day=1&from-month=11&from-year=2026&to-day=31&to-month=12&to-year=2026';
    const statement = await auditor.get(`/ledger/accounts/${scene.spentAccount}/statement.csv?${period}`);
    expect(statement.text.split('\r\n').at(-2)).toBe(
      `closing,${rows.length},${paid.toString()},0.00,${paid.toString()},debit`,
    );
    const { rows: looks } = await house.superuser.query<{ action: string }>(
      `select action from audit.event where action like 'ledger.%-downloaded' order by seq`,
    );
    expect(looks.map(({ action }) => action)).toEqual(['ledger.journal-downloaded', 'ledger.statement-downloaded']);
  });
});

describe('Budget for a fund', () => {
  it('is proposed question by question, approved by another, and only then in the ledger', async () => {
    const finance = await as('finance');
    const base = `/funds/${scene.otherFund}/budget`;
    expect((await finance.get(`${base}/check`)).location).toBe(`${base}/year`);
    expect((await finance.send(`${base}/year`, { financialYear: '2026-27' })).location).toBe(`${base}/amount`);
    expect((await finance.send('/account', {}, `${base}/nothing`)).status).toBe(404);
    const wrong = await finance.send(`${base}/amount`, { amount: 'a lot' });
    expect([wrong.status, wrong.text.includes('value="a lot"')]).toEqual([422, true]);
    expect((await finance.send(`${base}/amount`, { amount: '£8,000' })).location).toBe(`${base}/reason`);
    expect((await finance.send(`${base}/reason`, { reason: 'Cabinet, 1 December' })).location).toBe(`${base}/check`);
    const check = await finance.get(`${base}/check`);
    expect(rowsOf(check.text, 'What it changes')[0]?.cells).toEqual([
      ...['Winter hardship fund', '£0.00', '£8,000.00', '£0.00', '£8,000.00'],
    ]);
    const proposed = await finance.send(`${base}/check`, {});
    const at = proposed.location ?? '';
    expect(at).toMatch(/^\/funds\/proposals\/\d+$/);
    expect((await fundOf(scene.otherFund))?.budget.toString()).toBe('0.00');

    const own = await finance.send(at, {}, `${at}/approve`);
    expect([own.status, own.text.includes('You cannot decide on money you proposed')]).toEqual([403, true]);
    const manager = await (await as('manager')).send('/account', {}, `${at}/approve`);
    expect([manager.status, manager.text.includes('You are not allowed')]).toEqual([403, true]);
    const second = await as('finance2');
    expect((await second.send(at, {}, `${at}/approve`)).location).toBe(at);
    expect((await fundOf(scene.otherFund))?.available.toString()).toBe('8000.00');
    const again = await second.send('/account', {}, `${at}/approve`);
    expect([again.status, again.text.includes('not waiting any more')]).toEqual([409, true]);
    const fund = await (await as('manager')).get(`/funds/${scene.otherFund}`);
    expect(rowsOf(fund.text, 'What the budget is made of')[0]?.cells).toEqual([
      ...['2026-27', 'Added', 'Cabinet, 1 December', 'finance; approved by finance2', '4 Dec 2026', '£8,000.00'],
    ]);
  });

  it('is declined with a reason or taken back, and moves nothing', async () => {
    const { finance } = house.council.actors;
    const money = { fundId: scene.fund, financialYear: '2026-27', amount: Money.gbp('5.00'), reason: 'More' };
    const propose = async () => (await house.app.get(ProposeMoney).budget(finance, money)).proposalId;
    const before = (await fundOf(scene.fund))?.budget.toString();
    const declined = `/funds/proposals/${await propose()}`;
    const administrator = await as('administrator');
    expect((await administrator.send(declined, { reason: '' }, `${declined}/decline`)).status).toBe(422);
    expect((await administrator.send(declined, { reason: 'Not this year' }, `${declined}/decline`)).location).toBe(
      declined,
    );
    expect((await administrator.get(declined)).text).toContain('Not this year');
    const withdrawn = `/funds/proposals/${await propose()}`;
    const others = await administrator.send(withdrawn, {}, `${withdrawn}/withdraw`);
    expect([others.status, others.text.includes('Only the person who proposed this')]).toEqual([403, true]);
    expect((await (await as('finance')).send(withdrawn, {}, `${withdrawn}/withdraw`)).location).toBe(withdrawn);
    expect((await fundOf(scene.fund))?.budget.toString()).toBe(before);
  });
});

describe('A move between funds', () => {
  it('takes budget and available money from one fund to another by four eyes, as a pair in the ledger', async () => {
    const [from, to] = [await fundOf(scene.fund), await fundOf(scene.otherFund)];
    const at = `/funds/proposals/${scene.waitingProposal}`;
    const administrator = await as('administrator');
    expect((await administrator.get('/waiting')).text).toContain(at);
    expect((await administrator.send(at, {}, `${at}/approve`)).location).toBe(at);
    const moved = Money.gbp('2500.00');
    const [after, there] = [await fundOf(scene.fund), await fundOf(scene.otherFund)];
    expect([after?.budget, after?.available].map(String)).toEqual(
      [from?.budget.minus(moved), from?.available.minus(moved)].map(String),
    );
    expect([there?.budget, there?.available].map(String)).toEqual(
      [to?.budget.plus(moved), to?.available.plus(moved)].map(String),
    );
    const out = await (await as('auditor')).get(`/ledger/transfers/${scene.waitingProposal}/move-out/0`);
    expect(out.text).toContain('Moved to Winter hardship fund, budget for 2026-27');
    linkTo(out.text, at);
  });

  it('is refused where there is not enough, at the check, with everything typed kept', async () => {
    const finance = await as('finance2');
    const base = `/funds/${scene.fund}/move`;
    await finance.send(`${base}/to`, { fundId: scene.otherFund });
    await finance.send(`${base}/year`, { financialYear: '2026-27' });
    await finance.send(`${base}/amount`, { amount: '60000' });
    await finance.send(`${base}/reason`, { reason: 'Everything' });
    const refused = await finance.send(`${base}/check`, {});
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('There is not enough left in the fund');
    expect(refused.text).toContain('Everything');
  });

  it('cannot overdraw a fund, however many are approved at once', async () => {
    const available = (await fundOf(scene.fund))?.available ?? Money.zero;
    // The year has budget for both; of what is available there is enough for one.
    const [half = Money.zero] = available.plus(Money.gbp('200.00')).allocate([1n, 1n]);
    expect(await approvedAtOnce(half)).toEqual(['approved', 'fund_overspent']);
    expect((await fundOf(scene.fund))?.available.toString()).toBe(available.minus(half).toString());
  });

  it('cannot take more of a year than the year has, however many are approved at once', async () => {
    const more = {
      fundCode: 'section-17',
      financialYear: '2027-28',
      amount: Money.gbp('90000.00'),
      reason: 'Next year',
    };
    await house.app.get(AddBudget).run(operatorOf(house.council.id), more);
    expect(await approvedAtOnce(Money.gbp('20000.00'))).toEqual(['approved', 'budget_of_year_too_small']);
    const books = await house.app.get(UnitOfWork).read(house.council.actors.finance, verifyLedger);
    expect(books.faults).toEqual([]);
  });
});

describe('A new fund', () => {
  it('is added by an administrator, with accounts and no money', async () => {
    const administrator = await as('administrator');
    expect((await administrator.send('/funds/new/code', { code: 'Summer!' })).status).toBe(422);
    expect((await administrator.send('/funds/new/pays', { pays: 'grant' })).location).toBe('/funds/new/check');
    const added = await administrator.send('/funds/new/check', {});
    const fund = await administrator.get(added.location ?? '');
    expect(numbersOf(fund.text)).toEqual({ Budget: '£0.00', Committed: '£0.00', Spent: '£0.00', Available: '£0.00' });
    expect(rowsOf(fund.text, 'Accounts of this fund')).toHaveLength(5);
    expect((await (await as('finance')).get('/funds/new/name')).status).toBe(403);
  });

  it('is refused a code that is taken, with a way to change it', async () => {
    const administrator = await as('administrator');
    await administrator.send('/funds/new/name', { name: 'Winter again' });
    await administrator.send('/funds/new/code', { code: 'winter' });
    await administrator.send('/funds/new/pays', { pays: 'grant' });
    const refused = await administrator.send('/funds/new/check', {});
    expect([refused.status, refused.text.includes('There is already such a fund')]).toEqual([409, true]);
    linkTo(refused.text, '/funds/new/code');
  });
});

/** Proposes the same move twice and lets two people approve at the same instant. @returns what became of them, in order of name */
async function approvedAtOnce(amount: Money): Promise<string[]> {
  const { finance, administrator, finance2 } = house.council.actors;
  const money = { fundId: scene.otherFund, financialYear: '2026-27', amount, reason: 'At once' };
  const propose = () => house.app.get(ProposeMoney).move(finance, scene.fund, money);
  const ids = [await propose(), await propose()];
  const approve = async (id: string, by: Actor): Promise<string> => {
    try {
      return (await house.app.get(SettleMoney).approve(by, id)).state;
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error);
    }
  };
  const [first, second] = ids.map(({ proposalId }) => proposalId);
  const outcomes = await Promise.all([approve(first ?? '', administrator), approve(second ?? '', finance2)]);
  return outcomes.toSorted();
}

/** Every day of an account, its months one by one as its pages lead to them. */
async function daysOf(visitor: PageVisitor, account: string): Promise<ShownRow[]> {
  const days: ShownRow[] = [];
  for (let at: string | undefined = account; at;) {
    const { text } = await visitor.get(at);
    const rows = rowsOf(text, 'Days of [^<]+');
    const ofMonth = rows.slice(1, -1);
    for (const column of [2, 3]) expect(sumOf(ofMonth, column)).toBe(moneyIn(rows.at(-1)?.cells[column]).toString());
    expect(ofMonth.at(-1)?.cells[4] ?? rows[0]?.cells[4]).toBe(rows.at(-1)?.cells[4]);
    days.push(...ofMonth);
    const earlier = /govuk-pagination__prev[\s\S]*?href="([^"]+)"/.exec(text)?.[1];
    at = earlier;
  }
  return days;
}

/** Opens a day and compares its transfers with its figures. @returns how many there were */
async function openDay(visitor: PageVisitor, day: ShownRow): Promise<number> {
  const { text } = await visitor.get(day.links[0] ?? '');
  const transfers = rowsOf(text, 'Transfers of the day');
  expect(transfers).toHaveLength(Number(day.cells[1]));
  expect([sumOf(transfers, 2), sumOf(transfers, 3)]).toEqual(
    [day.cells[2], day.cells[3]].map((cell) => moneyIn(cell).toString()),
  );
  expect(numbersOf(text)['Balance in the evening']).toBe(day.cells[4]);
  return transfers.length;
}

function linkTo(html: string, address: string): string {
  expect(linksOf(html)).toContain(address);
  return address;
}
