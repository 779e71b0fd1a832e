import { ChangeMembers } from '../../src/families/index.ts';
import { clockOf, type PlainDate } from '../../src/kernel/index.ts';
import { LogTelling } from '../../src/notices/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { type FallToHold, HoldFalls } from '../../src/subsistence/actions/hold-falls.ts';
import { DecideRates, FallsInNotice, ProposeRates, TellFallAgain } from '../../src/subsistence/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import { faultsOf } from '../support/planted-fault.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { lineOf, openRun, payRun } from '../support/run-over-http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const reached = { contact: 'yes', mobile: '07700900123' } as const;
const silent = { contact: 'no' } as const;

let house: TestHouse;
let notify: StandInNotify;
let client: Client;
let caseworker: PageVisitor;
const children: Record<string, string> = {};
const families: Record<string, string> = {};
let previewed = '';

beforeAll(async () => {
  house = await testHouse(PAGES);
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...['LEAVES', 'RETURNS', 'MISTAKE'].flatMap((name) => familyRows(name, reached, child('2015-05-05'))),
    ...familyRows('BIRTHDAY', reached, child('2025-12-12')),
    ...familyRows('SILENT', silent, child('2015-05-05')),
  ]);
  const { rows } = await house.superuser.query<{ reference: string; family: string; member: string }>(
    `select f.reference, f.id as family, m.id as member from families.family f
       join families.member m on m.family_id = f.id and m.relationship = 'child'`,
  );
  for (const { reference, family, member } of rows) [families[reference], children[reference]] = [family, member];
  caseworker = await PageVisitor.signedIn(house, 'caseworker');
  await payRun(house, client, '2026-11-26');
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const leaves = (name: string, on: string): Promise<void> =>
  house.app.get(ChangeMembers).leave(house.council.actors.caseworker, children[name] ?? '', day(on));
const look = async (): Promise<void> => {
  await house.app.get(FallsInNotice).ring(house.council.id);
  await workOff(house.app, house.council.id);
};
async function fallsOf(name: string) {
  const { rows } = await house.superuser.query<{ id: string; state: string; on: string; from: string; notice: string }>(
    `select f.id, f.state, f.falls_on::text as "on", f.takes_effect_on::text as "from", f.notice_id as notice
       from subsistence.fall f join subsistence.plan p on p.id = f.plan_id where p.family_id = $1 order by f.id`,
    [families[name]],
  );
  return rows;
}
const amountOf = async (name: string, runId: string): Promise<string | undefined> =>
  (await lineOf(client, runId, name))?.amount;

describe('Somebody leaves a family', () => {
  const leavingOf = (): string => `/families/${families.LEAVES}/members/${children.LEAVES}/leaving`;
  const asked = { version: '1', 'leftOn-day': '20', 'leftOn-month': '11', 'leftOn-year': '2026' };

  it('and whoever writes it down sees dates, amounts and the exact message first; nothing is written', async () => {
    const check = await caseworker.send(leavingOf(), asked);
    expect(check.status).toBe(200);
    expect(check.text).toContain('Check before it is written down');
    for (const shown of ['£98.36', '£49.18', 'Thursday 3 December 2026', 'The text message, word for word'])
      expect(check.text).toContain(shown);
    previewed = />([^<]*\/f\/XXXXXXXXXXXX[^<]*)</.exec(check.text)?.[1]?.trim() ?? '';
    expect(previewed).toContain('£49.18');
    expect(await fallsOf('LEAVES')).toEqual([]);
    expect((await notify.account()).accepted).toEqual([]);
  });

  it('and what changed since it was looked at is shown again', async () => {
    const stale = await caseworker.send(leavingOf(), { ...asked, seen: 'something else' });
    expect([stale.status, stale.text.includes('changed while you looked at it')]).toEqual([200, true]);
    expect(await fallsOf('LEAVES')).toEqual([]);
  });

  it('who is told at once, and goes on getting the same until the notice period is over', async () => {
    const seen = /name="seen" value="(\w+)"/.exec((await caseworker.send(leavingOf(), asked)).text)?.[1] ?? '';
    expect((await caseworker.send(leavingOf(), { ...asked, seen })).location).toBe(`/families/${families.LEAVES}`);
    expect(await fallsOf('LEAVES')).toMatchObject([{ state: 'waiting', on: '2026-12-03', from: '2026-12-03' }]);
    await tellEverybody(house, notify);
    expect(await fallsOf('LEAVES')).toMatchObject([{ state: 'in_effect' }]);
    const said = (await notify.account()).accepted.filter(({ body }) => body?.includes('£49.18'));
    expect(said).toHaveLength(1);
    const bare = (words = ''): string => words.replace(/\/f\/\w{12}/, '').replaceAll(/\s+/g, ' ');
    expect(bare(said[0]?.body ?? '')).toBe(bare(previewed));
  });

  it('and the family’s page of the worker says what is held back, why, and until when', async () => {
    const { text } = await caseworker.get(`/families/${families.LEAVES}`);
    expect(text).toContain('Lower amounts');
    expect(text).toContain('Somebody left');
    expect(text).toContain('3 December 2026');
  });

  it('whom nobody can tell keeps its amount, and becomes a person’s task', async () => {
    await leaves('SILENT', '2026-11-20');
    await dayComes(house, '2026-11-23');
    expect(await fallsOf('SILENT')).toMatchObject([{ state: 'kept' }]);
    expect((await caseworker.get('/')).text).toContain('SILENT was not told of a lower amount');
    const runId = await openRun(house, client, '2026-12-03');
    expect(await amountOf('SILENT', runId)).toBe('98.36');
    // LEAVES was told in time, for 3 December.
    expect(await amountOf('LEAVES', runId)).toBe('49.18');
    await client.post('finance', `/runs/${runId}/cancel`, { reason: 'To look at it only' }).expect(200);
  });

  it('is told again in person, and gets less from the later day only', async () => {
    const [kept] = await fallsOf('SILENT');
    const at = `/falls/${kept?.id}`;
    expect((await caseworker.get(at)).text).toContain('Tell the family again');
    await caseworker.send(at, {}, `${at}/tell-again`);
    const [, again] = await fallsOf('SILENT');
    expect(again).toMatchObject({ state: 'waiting', on: '2026-12-03', from: '2026-12-10' });
    await house.app.get(LogTelling).run(house.council.actors.caseworker, again?.notice ?? '', {
      ...{ how: 'visit', outcome: 'told', on: day('2026-11-23'), spokeTo: 'The mother', note: 'She understood.' },
    });
    await workOff(house.app, house.council.id);
    expect((await fallsOf('SILENT')).map(({ state }) => state)).toEqual(['replaced', 'in_effect']);
  });

  it('and is told again once only', async () => {
    const [replaced] = await fallsOf('SILENT');
    await expect(
      house.app.get(TellFallAgain).run(house.council.actors.caseworker, replaced?.id ?? ''),
    ).rejects.toMatchObject({ code: 'not_in_that_state' });
    expect(problemIn(await client.post('caseworker', '/falls/999999/tell-again', {}))).toEqual([404, 'no_such_fall']);
  });

  it('by mistake: taken back, nothing is held, nothing was paid twice', async () => {
    await leaves('RETURNS', '2026-11-20');
    await leaves('RETURNS', '2027-11-20');
    const found = await fallsOf('RETURNS');
    expect(found).toMatchObject([{ state: 'replaced' }, { state: 'waiting', on: '2027-11-20', from: '2027-11-20' }]);
    const runId = await openRun(house, client, '2026-12-03');
    expect(await amountOf('RETURNS', runId)).toBe('98.36');
    await client.post('finance', `/runs/${runId}/cancel`, { reason: 'To look at it only' }).expect(200);
  });

  it('who was told, and did not leave after all, is told that the amount stays', async () => {
    await leaves('MISTAKE', '2026-11-20');
    await tellEverybody(house, notify);
    await leaves('MISTAKE', '2028-11-20');
    const { rows } = await house.superuser.query<{ kind: string; takesBack: boolean }>(
      `select kind, takes_back is not null as "takesBack" from notices.notice where family_id = $1 order by id`,
      [families.MISTAKE],
    );
    expect(rows).toEqual([
      { kind: 'amount', takesBack: false },
      { kind: 'change-kept', takesBack: true },
    ]);
    expect(await fallsOf('MISTAKE')).toMatchObject([{ state: 'replaced' }]);
  });
});

describe('A birthday', () => {
  it('is seen coming, told, and lowers the extra on its day when the family had the notice in time', async () => {
    await look();
    expect(await fallsOf('BIRTHDAY')).toMatchObject([{ state: 'waiting', on: '2026-12-12', from: '2026-12-12' }]);
    await tellEverybody(house, notify);
    expect(await fallsOf('BIRTHDAY')).toMatchObject([{ state: 'in_effect' }]);
    await look();
    expect(await fallsOf('BIRTHDAY')).toHaveLength(1);
  });
});

describe('A fall that two see at once', () => {
  it('is held once, and told once', async () => {
    const { rows } = await house.superuser.query<{ plan: string }>(
      `select id as plan from subsistence.plan where family_id = $1`,
      [families.MISTAKE],
    );
    const fall: FallToHold = {
      ...{ planId: rows[0]?.plan ?? '', replaces: null, on: day('2027-03-01'), memberId: null },
      cause: 'birthday',
      lines: [{ component: 'person', memberId: null, weeklyPence: 100n }],
    };
    const seen = () =>
      house.app
        .get(UnitOfWork)
        .run({ name: 'test.see', actor: clockOf(house.council.id) }, (tx) => house.app.get(HoldFalls).hold(tx, [fall]));
    const held = await Promise.all([seen(), seen(), seen()]);
    expect(held.map((each) => each.size).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  });
});

describe('Lower rates', () => {
  const amounts = { person: '47.00' };

  it('cannot begin before families can be told', async () => {
    const soon = { rateTable: 'guide', effectiveFrom: day('2026-12-01'), amounts, reason: 'A review' };
    await expect(
      house.app.get(ProposeRates).run(house.council.actors.finance, { ...soon, acceptsBackDating: true }),
    ).rejects.toMatchObject({ code: 'lower_rates_too_soon' });
  });

  it('are told to every family they touch, and hold for those who had the notice in time', async () => {
    const rates = { rateTable: 'guide', effectiveFrom: day('2026-12-24'), amounts, reason: 'A review' };
    const { proposalId } = await house.app
      .get(ProposeRates)
      .run(house.council.actors.finance, { ...rates, acceptsBackDating: false });
    await house.app
      .get(DecideRates)
      .run(house.council.actors.administrator, proposalId, { outcome: 'approved', reason: '' });
    await tellEverybody(house, notify);
    const { rows } = await house.superuser.query<{ reference: string; state: string }>(
      `select f.reference, l.state from subsistence.fall l join subsistence.plan p on p.id = l.plan_id
         join families.family f on f.id = p.family_id where l.cause = 'rates' order by 1`,
    );
    expect(rows).toEqual([
      { reference: 'BIRTHDAY', state: 'in_effect' },
      { reference: 'LEAVES', state: 'in_effect' },
      { reference: 'MISTAKE', state: 'in_effect' },
      { reference: 'RETURNS', state: 'in_effect' },
      { reference: 'SILENT', state: 'waiting' },
    ]);
  });

  it('pay what was told, to the penny, and the books prove it', async () => {
    for (const [today, payDate] of [
      ['2026-11-30', '2026-12-03'],
      ['2026-12-07', '2026-12-10'],
      ['2026-12-14', '2026-12-17'],
      ['2026-12-18', '2026-12-24'],
    ] as const) {
      await dayComes(house, today);
      await payRun(house, client, payDate);
    }
    const { rows } = await house.superuser.query<{ reference: string; amounts: string[] }>(
      `select f.reference, array_agg(o.amount::text order by r.pay_date) as amounts from payments.payment_order o
         join payments.run r on r.id = o.run_id join families.family f on f.id = o.family_id
        where r.pay_date >= '2026-12-03' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      // £107.86 to 11 December, and £4.25 a week less from the birthday on the 12th.
      { reference: 'BIRTHDAY', amounts: ['107.86', '104.82', '103.61', '99.25'] },
      { reference: 'LEAVES', amounts: ['49.18', '49.18', '49.18', '47.00'] },
      { reference: 'MISTAKE', amounts: ['98.36', '98.36', '98.36', '94.00'] },
      { reference: 'RETURNS', amounts: ['98.36', '98.36', '98.36', '94.00'] },
      // Nobody told SILENT of the rates: it keeps the old ones.
      { reference: 'SILENT', amounts: ['98.36', '49.18', '49.18', '49.18'] },
    ]);
    expect(await faultsOf(house)).toEqual([]);
  });
});
