import { ChangeMembers } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { planDetail } from '../../src/subsistence/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { boxes } from '../support/form-filler.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let caseworker: PageVisitor;
let manager: PageVisitor;
const day = (text: string): PlainDate => text as PlainDate;

beforeAll(async () => {
  house = await testHouse(PAGES);
  const rows = ['ENDED', 'TOPPED', 'FIXED', 'STANDARD', 'BACK'].flatMap((name) =>
    familyRows(name, {}, child('2020-02-03')),
  );
  await takeIn(house.app, house.council, rows);
  await completeRun(house.app, house.council, FIRST_PAY_DATE);
  house.setToday(day('2026-11-27'));
  [caseworker, manager] = [
    await PageVisitor.signedIn(house, 'caseworker'),
    await PageVisitor.signedIn(house, 'manager'),
  ];
});
afterAll(() => house.close());

async function one<Row = { id: string }>(sql: string, values: readonly unknown[]): Promise<Row> {
  return (await house.superuser.query(sql, [...values])).rows[0] as Row;
}
const familyOf = async (name: string): Promise<string> =>
  (await one(`select id from families.family where reference = $1`, [name])).id;
const planOf = async (name: string): Promise<string> =>
  (await one(`select id from subsistence.plan where family_id = $1 order by id desc limit 1`, [await familyOf(name)]))
    .id;
const shown = (planId: string) =>
  house.app.get(UnitOfWork).read(house.council.actors.manager, (tx) => planDetail(tx, planId));

/** Proposes a change on pages. @returns the address of the change */
const URGENT = { cannotWait: 'yes', urgentReason: 'They left', apology: 'We are sorry that we tell you late.' };

async function propose(name: string, kind: string, answers: Record<string, string>): Promise<string> {
  const plan = `/plans/${await planOf(name)}`;
  expect((await caseworker.send(`${plan}/change`, { kind })).location).toBe(`${plan}/change/${kind}`);
  expect((await caseworker.send(`${plan}/change/${kind}`, { reason: 'Panel', ...answers })).location).toBe(
    `${plan}/check-change`,
  );
  const { location } = await caseworker.send(`${plan}/check-change`, {});
  expect(location).toMatch(/^\/plan-changes\/\d+$/);
  return location ?? '';
}

const decide = (address: string, outcome: string, reason = ''): ReturnType<PageVisitor['send']> =>
  manager.send(address, { outcome, reason }, `${address}/decision`);

/** Answers every question about a plan as most families' are. */
async function answerAll(at: string, supportFrom: string): Promise<void> {
  await caseworker.send(`${at}/days`, boxes('supportFrom', supportFrom));
  await caseworker.send(`${at}/standard`, { standard: 'subsistence' });
  await caseworker.send(`${at}/top-ups`, { do: 'done' });
  await caseworker.send(`${at}/amount`, { amount: 'rates' });
  await caseworker.send(`${at}/pay-day`, { frequencyDays: '7', payDay: '4' });
  const fund = await one(`select id from funds.fund where authority_id = $1`, [house.council.id]);
  await caseworker.send(`${at}/fund`, { fundId: fund.id });
}

describe('A caseworker with a family that has no plan in force', () => {
  let familyId: string;
  let at: string;
  beforeAll(async () => {
    const before = await propose('ENDED', 'end', { ...URGENT, ...boxes('from', '2026-12-02') });
    await decide(before, 'approve');
    familyId = await familyOf('ENDED');
    at = `/families/${familyId}/plans/new`;
  });

  it('is asked one thing a page, and shown what a week comes to', async () => {
    expect((await caseworker.send(at, { do: 'start' })).location).toBe(`${at}/days`);
    expect((await caseworker.send(`${at}/days`, boxes('supportFrom', '2026-12-07'))).location).toBe(`${at}/standard`);
    expect((await caseworker.send(`${at}/standard`, { standard: 'welfare' })).status).toBe(422);
    const welfare = { standard: 'welfare', standardReason: 'A child with asthma' };
    expect((await caseworker.send(`${at}/standard`, welfare)).location).toBe(`${at}/top-ups`);
    const topUp = { do: 'add', who: 'family', weekly: '£12.50', reason: 'Travel to hospital' };
    expect((await caseworker.send(`${at}/top-ups`, topUp)).location).toBe(`${at}/top-ups`);
    expect((await caseworker.get(`${at}/top-ups`)).text).toContain('£110.86');
    expect((await caseworker.send(`${at}/top-ups`, { do: 'done' })).location).toBe(`${at}/amount`);
    expect((await caseworker.send(`${at}/amount`, { amount: 'override', weekly: '0' })).status).toBe(422);
    expect((await caseworker.send(`${at}/amount`, { amount: 'rates' })).location).toBe(`${at}/pay-day`);
    expect((await caseworker.send(`${at}/pay-day`, { frequencyDays: '7', payDay: '4' })).location).toBe(`${at}/fund`);
    const fund = await one(`select id from funds.fund where authority_id = $1`, [house.council.id]);
    expect((await caseworker.send(`${at}/fund`, { fundId: fund.id })).location).toBe(`${at}/check`);
  });

  it('checks the answers with every line and the first dates, and proposes the plan', async () => {
    const check = await caseworker.get(`${at}/check`);
    for (const said of [
      'Welfare: A child with asthma',
      'Travel to hospital',
      '£110.86',
      'Thursday 10 December 2026',
      'How we worked this out',
    ])
      expect(check.text).toContain(said);
    const sent = await caseworker.send(`${at}/check`, {});
    expect(sent.location).toBe(`/plans/${await planOf('ENDED')}`);
    expect((await caseworker.get(at)).text).toContain('It still waits');
  });

  it('sees a plan sent back with the manager’s words, and proposes another in its place', async () => {
    const first = await planOf('ENDED');
    expect((await decide(`/plans/${first}`, 'ask_changes')).status).toBe(422);
    await decide(`/plans/${first}`, 'ask_changes', 'Is the travel paid by the hospital?');
    expect((await caseworker.get('/waiting')).text).toContain('Sent back to you');
    expect((await caseworker.get(`/plans/${first}`)).text).toContain('Is the travel paid by the hospital?');
    expect((await caseworker.send(at, { do: 'start', inPlaceOf: first })).location).toBe(`${at}/check`);
    await caseworker.send(`${at}/top-ups`, { do: 'remove-0' });
    await caseworker.send(`${at}/top-ups`, { do: 'done' });
    const second = (await caseworker.send(`${at}/check`, {})).location ?? '';
    expect(second).not.toContain(first);
    expect(await shown(first)).toMatchObject({ state: 'withdrawn' });
    expect((await decide(second, 'approve')).location).toBe('/waiting');
    expect(await shown(second.slice(7))).toMatchObject({
      state: 'approved',
      weekly: '98.36',
      supportFrom: '2026-12-07',
    });
  });

  it('is told at the top, with the way to the field, that the days belong to another plan', async () => {
    await caseworker.send(at, { do: 'start' });
    await answerAll(at, '2027-01-04');
    const refused = await caseworker.send(`${at}/check`, {});
    expect([refused.status, refused.text.includes('<a href="#supportFrom">')]).toEqual([409, true]);
    expect(refused.text).toContain('id="supportFrom"');
  });

  it('cannot put another in place of a plan that was decided', async () => {
    await caseworker.send(at, { do: 'start', inPlaceOf: await planOf('ENDED') });
    const refused = await caseworker.send(`${at}/check`, {});
    expect([refused.status, refused.text.includes('Somebody has already decided this')]).toEqual([409, true]);
  });
});

describe('An end of support', () => {
  it('withdraws the promises from its day on, and keeps them on record', async () => {
    const plan = await planOf('BACK');
    const change = await propose('BACK', 'end', { ...URGENT, ...boxes('from', '2026-11-28') });
    const page = await manager.get(change);
    expect(page.text).toContain('28 November 2026 is its last day');
    expect(page.text).toContain('£56.21 was too much');
    await decide(change, 'approve');
    expect(await shown(plan)).toMatchObject({ supportTo: '2026-11-29', promised: [] });
    const kept = await one(
      `select count(*)::int as id from subsistence.promised_date where plan_id = $1 and withdrawn_by_change = $2`,
      [plan, change.split('/')[2]],
    );
    expect(Number(kept.id)).toBeGreaterThan(5);
  });
});

describe('A top-up', () => {
  it('is added back-dated, paid by the next run with its arrears, and ended again', async () => {
    const added = await propose('TOPPED', 'top-up', { who: 'family', weekly: '14', ...boxes('from', '2026-11-26') });
    expect((await caseworker.get(added)).text).toContain('You proposed this, so somebody else decides');
    expect((await manager.get(added)).text).toContain('£14.00 more is owed');
    expect((await decide(added, 'approve')).location).toBe('/waiting');
    const [topUp] = (await shown(await planOf('TOPPED'))).topUps;
    const ended = await propose('TOPPED', 'end-top-up', {
      ...URGENT,
      topUpId: topUp?.id ?? '',
      ...boxes('from', '2026-12-09'),
    });
    await decide(ended, 'approve');
    expect((await shown(await planOf('TOPPED'))).topUps).toMatchObject([{ weekly: '14.00', to: '2026-12-10' }]);
  });

  it('is refused from a day before the support, at its field and with everything typed', async () => {
    const plan = `/plans/${await planOf('TOPPED')}/change/top-up`;
    const refused = await caseworker.send(plan, {
      who: 'family',
      weekly: '7.77',
      reason: 'Because',
      ...boxes('from', '2026-01-01'),
    });
    expect([refused.status, refused.text.includes('value="7.77"')]).toEqual([422, true]);
    expect(refused.text).toContain('Choose a day of the support');
  });
});

describe('The next run', () => {
  it('pays the arrears of a top-up, and finds what was paid after an end', async () => {
    await completeRun(house.app, house.council, '2026-12-03');
    const paid = await one<{ amount: string }>(
      `select amount from payments.line where source_id = $1 and status = 'payable' order by covers_from desc limit 1`,
      [await planOf('TOPPED')],
    );
    expect(paid.amount).toBe('126.36');
    const found = await one<{ id: string; amount: string }>(
      `select id, amount from subsistence.overpayment where plan_id = $1`,
      [await planOf('BACK')],
    );
    const page = await manager.get(`/overpayments/${found.id}`);
    expect(page.text).toContain('Support ended before 29 November 2026');
    expect((await manager.send(`/overpayments/${found.id}`, { outcome: 'not_recovered' })).status).toBe(422);
    const settled = { outcome: 'not_recovered', reason: 'The money was for food' };
    expect((await manager.send(`/overpayments/${found.id}`, settled)).location).toBe('/overpayments');
    expect((await manager.get('/overpayments?show=settled')).text).toContain('The money was for food');
  });
});

describe('An amount in place of the rates', () => {
  it('holds from its day on, never for days paid already, and gives way to the rates again', async () => {
    const plan = await planOf('FIXED');
    const early = { amount: 'override', weekly: '150', reason: 'Panel', ...boxes('from', '2026-12-01') };
    const refused = await caseworker.send(`/plans/${plan}/change/override`, early);
    expect([refused.status, refused.text.includes('are paid already')]).toEqual([422, true]);
    await decide(
      await propose('FIXED', 'override', { amount: 'override', weekly: '150', ...boxes('from', '2026-12-10') }),
      'approve',
    );
    await decide(
      await propose('FIXED', 'override', { amount: 'rates', ...URGENT, ...boxes('from', '2026-12-14') }),
      'approve',
    );
    house.setToday(day('2026-12-10'));
    const { weekly, week } = await shown(plan);
    expect(week.lines.map((line) => `${line.component} ${line.days}`)).toEqual(['override 4', 'person 3', 'person 3']);
    expect(weekly).toBe('127.87');
    house.setToday(day('2026-12-04'));
  });
});

describe('A change that waits', () => {
  it('is not approved after the household changed, and is proposed again as things stand', async () => {
    const change = await propose('STANDARD', 'standard', { standard: 'welfare' });
    const baby = { relationship: 'child', name: 'Baby', born: day('2026-11-25'), joinedOn: null } as const;
    await house.app.get(ChangeMembers).add(house.council.actors.caseworker, await familyOf('STANDARD'), baby);
    const late = await decide(change, 'approve');
    expect([late.status, late.text.includes('This changed after it was sent for approval')]).toEqual([409, true]);
    await caseworker.send(change, {}, `${change}/propose-again`);
    expect((await decide(change, 'approve')).location).toBe('/waiting');
    expect(await shown(await planOf('STANDARD'))).toMatchObject({ standard: 'welfare', standardReason: 'Panel' });
  });

  it('is one at a time, and can be withdrawn', async () => {
    const change = await propose('STANDARD', 'standard', { standard: 'subsistence' });
    expect((await caseworker.get(`/plans/${await planOf('STANDARD')}/change`)).text).toContain(
      'One change is decided at a time',
    );
    expect((await caseworker.send(change, { withdrawal: 'A mistake' }, `${change}/withdraw`)).location).toBe(change);
    expect((await decide(change, 'approve')).status).toBe(409);
  });

  it('is shown to somebody who comes second, with the plan as it stands now', async () => {
    const plan = `/plans/${await planOf('STANDARD')}`;
    await caseworker.send(`${plan}/change/top-up`, {
      who: 'family',
      weekly: '5',
      reason: 'Phone',
      ...boxes('from', '2026-12-10'),
    });
    await house.superuser.query(`update subsistence.plan set version = version + 1 where id = $1`, [plan.slice(7)]);
    const second = await caseworker.send(`${plan}/check-change`, {});
    expect([second.status, second.text.includes('The plan changed while you were at it')]).toEqual([409, true]);
    expect((await caseworker.send(`${plan}/check-change`, {})).location).toMatch(/^\/plan-changes/);
  });
});

describe('A manager', () => {
  it('ticks plans and approves them after seeing how many and how much', async () => {
    const at = `/families/${await familyOf('BACK')}/plans/new`;
    await caseworker.send(at, { do: 'start' });
    await answerAll(at, '2026-12-10');
    const plan = ((await caseworker.send(`${at}/check`, {})).location ?? '').slice(7);
    const asked = await manager.send('/waiting', { plans: plan }, '/waiting/approve-plans');
    expect(asked.text).toContain('Approve 1 plan?');
    expect(await shown(plan)).toMatchObject({ state: 'proposed' });
    const done = await manager.send('/waiting', { plans: plan, confirmed: 'yes' }, '/waiting/approve-plans');
    expect(done.location).toBe('/waiting');
    expect(await shown(plan)).toMatchObject({ state: 'approved' });
  });

  it('may not propose, and a caseworker may not decide', async () => {
    expect((await manager.get(`/plans/${await planOf('FIXED')}/change`)).status).toBe(403);
    expect((await caseworker.send('/account', {}, `/plans/${await planOf('FIXED')}/decision`)).status).toBe(403);
  });
});

describe('What would a family get', () => {
  it('works out a household nobody wrote down, with the birthdays of a year ahead', async () => {
    const auditor = await PageVisitor.signedIn(house, 'auditor');
    const at = '/what-would-a-family-get';
    await auditor.send(at, { do: 'set', ...boxes('from', '2026-12-03') });
    await auditor.send(at, { do: 'add-person', who: 'adult' });
    expect((await auditor.send(at, { do: 'add-person', who: 'child' })).text).toContain(
      'Enter the child’s date of birth',
    );
    expect((await auditor.send(at, { do: 'add-person', who: 'child', ...boxes('day', '2026-03-01') })).location).toBe(
      at,
    );
    const { text } = await auditor.get(at);
    for (const said of [
      '£107.86',
      '1 March 2027',
      '£103.61',
      'Ends: Baby under 1, child 2',
      'Begins: Child aged 1 to 3, child 2',
    ])
      expect(text).toContain(said);
    expect((await caseworker.get(at)).text).not.toContain('£107.86');
  });
});
