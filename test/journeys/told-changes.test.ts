import { DecideBankDetails, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import { LogTelling, type MoveHomeAsked, NoticeSender, PlanMoveHome, SettleMoveHome } from '../../src/notices/index.ts';
import {
  changesOf,
  DecidePlanChange,
  type PlanChangeTerms,
  planDetail,
  ProposePlanChange,
} from '../../src/subsistence/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { child, familyRows, takeIn } from '../support/caseload.ts';
import { boxes } from '../support/form-filler.ts';
import { Client, problemIn } from '../support/http.ts';
import { PAGES, PageVisitor } from '../support/pages.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { dayComes, tellEverybody, withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const day = (text: string): PlainDate => text as PlainDate;
const reason = 'The Home Office supports them from then on.';

let house: TestHouse;
let notify: StandInNotify;
let caseworker: PageVisitor;
let manager: PageVisitor;
const plans: Record<string, string> = {};
const families: Record<string, string> = {};

beforeAll(async () => {
  house = await testHouse(PAGES);
  notify = await withNotify(house);
  const reached = { contact: 'yes', mobile: '07700900123' } as const;
  await takeIn(house.app, house.council, [
    ...['ENDS', 'STAYS', 'LESS', 'MORE', 'MOVES', 'ACCOUNT'].flatMap((name) =>
      familyRows(name, reached, child('2020-01-01')),
    ),
    ...familyRows('SILENT', { contact: 'no' }, child('2020-01-01')),
  ]);
  const { rows } = await house.superuser.query<{ reference: string; family: string; id: string }>(
    `select f.reference, f.id as family, p.id from subsistence.plan p join families.family f on f.id = p.family_id`,
  );
  for (const { reference, family, id } of rows) [plans[reference], families[reference]] = [id, family];
  caseworker = await PageVisitor.signedIn(house, 'caseworker');
  manager = await PageVisitor.signedIn(house, 'manager');
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const planOf = (name: string) =>
  house.app.get(UnitOfWork).read(house.council.actors.manager, (tx) => planDetail(tx, plans[name] ?? ''));
const lastChange = async (name: string) =>
  (await house.app.get(UnitOfWork).read(house.council.actors.manager, (tx) => changesOf(tx, plans[name] ?? '')))[0];
const saidTo = async (words: string): Promise<number> =>
  (await notify.account()).accepted.filter(({ body }) => body?.includes(words)).length;

async function approved(name: string, terms: PlanChangeTerms): Promise<{ changeId: string; state: string }> {
  const { version } = await planOf(name);
  const { changeId } = await house.app
    .get(ProposePlanChange)
    .run(house.council.actors.caseworker, plans[name] ?? '', version, terms);
  const { state } = await house.app.get(DecidePlanChange).approve(house.council.actors.manager, changeId, '');
  return { changeId, state };
}

describe('An end of support', () => {
  it('says on its page the earliest day the notice allows, and refuses an earlier one with everything typed', async () => {
    const at = `/plans/${plans.ENDS}/change/end`;
    expect((await caseworker.get(at)).text).toContain('15 December 2026');
    const refused = await caseworker.send(at, { reason, ...boxes('from', '2026-12-01') });
    expect([refused.status, refused.text.includes(reason)]).toEqual([422, true]);
    expect(refused.text).toContain('The family must be told first');
  });

  it('shows the exact message before it is proposed, and waits once it is approved', async () => {
    const plan = `/plans/${plans.ENDS}`;
    await caseworker.send(`${plan}/change/end`, { reason, ...boxes('from', '2026-12-16') });
    const check = await caseworker.get(`${plan}/check-change`);
    expect(check.text).toContain('The text message, word for word');
    expect(check.text).toContain('16 Dec');
    const location = (await caseworker.send(`${plan}/check-change`, {})).location ?? '';
    await manager.send(location, { outcome: 'approve', reason: '' }, `${location}/decision`);
    expect((await manager.get(location)).text).toContain('It takes effect when the family has the notice');
    expect(await planOf('ENDS')).toMatchObject({ supportTo: null });
  });

  it('takes effect when the family has the notice in time', async () => {
    await tellEverybody(house, notify);
    expect(await planOf('ENDS')).toMatchObject({ supportTo: '2026-12-17' });
    expect(await lastChange('ENDS')).toMatchObject({ state: 'approved', weeklyAfter: '0.00' });
    expect(await saidTo('16 Dec')).toBe(1);
  });

  it('is kept where nobody could be told in time, and becomes its proposer’s task', async () => {
    expect(await approved('SILENT', { kind: 'end', from: day('2026-12-16'), reason })).toMatchObject({
      state: 'waiting',
    });
    await tellEverybody(house, notify);
    await dayComes(house, '2026-11-18');
    expect(await planOf('SILENT')).toMatchObject({ supportTo: null });
    expect(await lastChange('SILENT')).toMatchObject({ state: 'kept' });
    expect((await caseworker.get('/')).text).toContain('SILENT was not told in time');
    house.setToday(day('2026-11-16'));
  });

  it('that was heard of too late is taken back in words, once', async () => {
    expect(await approved('STAYS', { kind: 'end', from: day('2026-12-16'), reason })).toMatchObject({
      state: 'waiting',
    });
    // Sent on the day itself: Notify may answer before a clock could be turned.
    house.setToday(day('2026-11-18'));
    await house.app.get(NoticeSender).drain(house.council.id);
    await dayComes(house, '2026-11-18');
    await tellEverybody(house, notify);
    expect(await planOf('STAYS')).toMatchObject({ supportTo: null });
    expect(await lastChange('STAYS')).toMatchObject({ state: 'kept' });
    expect(await saidTo('Your payments will not end on Tue 15 Dec.')).toBe(1);
    await dayComes(house, '2026-11-19');
    await tellEverybody(house, notify);
    expect(await saidTo('Your payments will not end')).toBe(1);
    const page = await caseworker.get(`/families/${families.STAYS}/notices`);
    expect(page.text).toContain('A change is called off');
    house.setToday(day('2026-11-16'));
  });

  it('is proposed again in place of what was kept, told in person, and then takes effect', async () => {
    const kept = (await lastChange('SILENT'))?.id ?? '';
    const { version } = await planOf('SILENT');
    const terms = { kind: 'end', from: day('2026-12-30'), reason } as const;
    const { changeId } = await house.app
      .get(ProposePlanChange)
      .run(house.council.actors.caseworker, plans.SILENT ?? '', version, terms, kept);
    await house.app.get(DecidePlanChange).approve(house.council.actors.manager, changeId, '');
    const noticeId = (await lastChange('SILENT'))?.noticeId ?? '';
    await house.app.get(LogTelling).run(house.council.actors.caseworker, noticeId, {
      ...{ how: 'visit', outcome: 'told', on: day('2026-11-16'), spokeTo: 'The mother', note: 'She understood.' },
    });
    await tellEverybody(house, notify);
    expect(await planOf('SILENT')).toMatchObject({ supportTo: '2026-12-30' });
  });
});

describe('A change of the amount', () => {
  it('that lowers it waits, and takes effect after the notice', async () => {
    const lower = { kind: 'override', from: day('2026-12-10'), weekly: '50.00', reason } as const;
    expect(await approved('LESS', lower)).toMatchObject({ state: 'waiting' });
    await tellEverybody(house, notify);
    expect(await lastChange('LESS')).toMatchObject({ state: 'approved', weeklyBefore: '98.36', weeklyAfter: '50.00' });
  });

  it('that raises it is in force at once, and told at once', async () => {
    const more = { kind: 'top-up', from: day('2026-11-26'), to: null, weekly: '9.99', memberId: null, reason } as const;
    expect(await approved('MORE', more)).toMatchObject({ state: 'approved' });
    await tellEverybody(house, notify);
    expect(await saidTo('108.35')).toBe(1);
  });

  it('in an emergency is in force at once, told with an apology, and listed under who answers for it', async () => {
    const urgent = { reason: 'Another council pays from tomorrow', apology: 'We are sorry to tell you so late.' };
    const cut = { kind: 'override', from: day('2026-11-27'), weekly: '20.00', reason, urgent } as const;
    expect(await approved('MORE', cut)).toMatchObject({ state: 'approved' });
    const list = await manager.get('/notices/urgent');
    expect(list.text).toContain('Another council pays from tomorrow');
    expect((await caseworker.get('/notices/urgent')).status).toBe(403);
  });
});

describe('Other bank details', () => {
  it('are told to the family in the step that approves them', async () => {
    const { app, council } = house;
    const details = { sortCode: '000015', accountNumber: '12345679', accountName: 'New Account' };
    const { bankDetailsId } = await app
      .get(ProposeBankDetails)
      .run(council.actors.caseworker, families.ACCOUNT ?? '', details);
    await app.get(DecideBankDetails).run(council.actors.manager, bankDetailsId, 'approve');
    await tellEverybody(house, notify);
    expect(await saidTo('ends in 79')).toBe(1);
    const { rows } = await house.superuser.query<{ state: string }>(
      `select n.state from notices.notice n join notices.method_notice m on m.notice_id = n.id where m.instrument_id = $1`,
      [bankDetailsId],
    );
    expect(rows).toEqual([{ state: 'received' }]);
  });
});

describe('A move to another home', () => {
  const home = { line1: '5 New Street', line2: null, town: 'Southtown', postcode: 'SE2 2BB' };

  it('is asked question by question, and cannot skip money to travel', async () => {
    const at = `/families/${families.MOVES}/move-home`;
    const soon = await caseworker.send(`${at}/when`, { reason: 'A larger home', ...boxes('movesOn', '2026-11-20') });
    expect([soon.status, soon.text.includes('The family must be told first')]).toEqual([422, true]);
    const when = { reason: 'A larger home', ...boxes('movesOn', '2026-12-03') };
    expect((await caseworker.send(`${at}/when`, when)).location).toBe(`${at}/address`);
    const wrong = await caseworker.send(`${at}/address`, { ...home, line2: '', postcode: 'nowhere' });
    expect([wrong.status, wrong.text.includes('That is not a UK postcode')]).toEqual([422, true]);
    expect((await caseworker.send(`${at}/address`, { ...home, line2: '' })).location).toBe(`${at}/travel`);
    expect((await caseworker.send(`${at}/travel`, {})).status).toBe(422);
    expect((await caseworker.send(`${at}/travel`, { travel: 'arranged' })).status).toBe(422);
    const taxi = { travel: 'arranged', travelSays: 'A taxi comes at ten.' };
    expect((await caseworker.send(`${at}/travel`, taxi)).location).toBe(`${at}/check`);
    expect((await caseworker.get(`${at}/check`)).text).toContain('We arranged: A taxi comes at ten.');
    expect((await caseworker.send(`${at}/check`, {})).location).toMatch(/^\/moves-home\/\d+$/);
  });

  it('moves the family on its day, once it was told', async () => {
    await tellEverybody(house, notify);
    expect(await saidTo('different home on Thu 3 Dec')).toBe(1);
    await dayComes(house, '2026-12-03');
    const page = await caseworker.get(`/families/${families.MOVES}`);
    expect(page.text).toContain('5 New Street, Southtown, SE2 2BB');
    house.setToday(day('2026-11-16'));
  });

  it('too soon for the notice needs a manager, who answers for it by name', async () => {
    const { app, council } = house;
    const asked: MoveHomeAsked = {
      ...{ ...home, movesOn: day('2026-11-16'), travel: 'has-money', travelSays: null, reason: 'The ceiling fell in' },
      urgent: { reason: 'The home is not safe', apology: 'We are sorry that you must move today.' },
    };
    const { moveId } = await app.get(PlanMoveHome).run(council.actors.caseworker, families.LESS ?? '', asked);
    await expect(app.get(SettleMoveHome).confirm(council.actors.caseworker, moveId)).rejects.toMatchObject({
      code: 'told_too_late_to_move',
    });
    const page = await manager.get(`/moves-home/${moveId}`);
    expect(page.text).toContain('You answer for that by name');
    await manager.send(`/moves-home/${moveId}`, {}, `/moves-home/${moveId}/allow`);
    await caseworker.send(`/moves-home/${moveId}`, {}, `/moves-home/${moveId}/confirm`);
    expect((await caseworker.get(`/families/${families.LESS}`)).text).toContain('5 New Street');
    expect((await manager.get('/notices/urgent')).text).toContain('The home is not safe');
  });

  it('that is called off after the family was told of it is taken back in words', async () => {
    const { app, council } = house;
    const { moveId } = await app.get(PlanMoveHome).run(council.actors.caseworker, families.ACCOUNT ?? '', {
      ...{ ...home, movesOn: day('2026-12-10'), travel: 'has-money', travelSays: null, reason: 'Larger', urgent: null },
    });
    await app.get(NoticeSender).drain(council.id);
    await app.get(PlanMoveHome).withdraw(council.actors.caseworker, moveId, 'The lease fell through');
    await tellEverybody(house, notify);
    expect(await saidTo('You will not move on Thu 10 Dec. You stay in your home.')).toBe(1);
  });

  it('is planned and taken back over the API, by those who may', async () => {
    const client = new Client(house);
    const at = `/families/${families.MORE}/moves-home`;
    const body = { ...home, movesOn: '2026-12-10', travel: 'has-money', reason: 'A larger home' };
    expect(problemIn(await client.post('releaser', at, body))).toEqual([403, 'not_permitted']);
    expect(problemIn(await client.post('caseworker', at, { ...body, movesOn: '2026-11-18' }))).toEqual([
      422,
      'move_home_refused',
    ]);
    const { moveId } = (await client.post('caseworker', at, body).expect(201)).body as { moveId: string };
    expect(problemIn(await client.post('caseworker', at, body))).toEqual([409, 'move_home_already_planned']);
    expect(problemIn(await client.post('manager', `/moves-home/${moveId}/allow-urgent`))).toEqual([
      409,
      'move_home_not_urgent',
    ]);
    const back = await client.post('caseworker', `/moves-home/${moveId}/withdraw`, {
      reason: 'The lease fell through',
    });
    expect(back.body).toEqual({ state: 'withdrawn' });
  });
});
