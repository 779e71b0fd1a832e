import { child, familyRows, takeIn } from '../support/caseload.ts';
import { Client, problemIn } from '../support/http.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { withNotify } from '../support/telling.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let client: Client;
let notify: StandInNotify;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  notify = await withNotify(house);
  await takeIn(house.app, house.council, [
    ...familyRows('A-1', { contact: 'yes', mobile: '07700900123' }, child('2020-01-01')),
    ...familyRows('A-2', { contact: 'no' }),
  ]);
});
afterAll(async () => {
  await notify.stop();
  await house.close();
});

const toTuesday = {
  ...{ families: { payDay: 4 }, payDay: 2, from: '2026-12-07' },
  reason: 'The bank needs a day more.',
};

describe('Moves of pay days over the API', () => {
  let moveId: string;

  it('shows what a move would do, and proposes exactly that', async () => {
    const shown = await client.post('caseworker', '/pay-day-moves/preview', toTuesday).expect(200);
    expect(shown.body).toMatchObject({
      ...{ counts: { moves: 1, toldInTime: 1, keeps: 1, keepsBecause: { 'cannot-be-reached': 1 } } },
      cost: { sms: 1 },
    });
    const { seen } = shown.body as { seen: string };
    const other = { ...toTuesday, seen: '0'.repeat(64) };
    expect(problemIn(await client.post('caseworker', '/pay-day-moves', other))).toEqual([409, 'pay_day_move_differs']);
    const proposed = await client.post('caseworker', '/pay-day-moves', { ...toTuesday, seen }).expect(201);
    expect(proposed.body).toMatchObject({ moves: 1, keeps: 1, needsApproval: true });
    moveId = (proposed.body as { moveId: string }).moveId;
  });

  it('proposes once, however often the same key is sent', async () => {
    const key = crypto.randomUUID();
    const asked = { ...toTuesday, families: { reference: 'A-2' } };
    const refused = await client.post('caseworker', '/pay-day-moves', asked, { key });
    expect(problemIn(refused)).toEqual([422, 'pay_day_move_refused']);
    expect(problemIn(await client.post('caseworker', '/pay-day-moves', toTuesday, { key: null }))[0]).toBe(400);
    expect(problemIn(await client.post('caseworker', '/pay-day-moves', toTuesday))).toEqual([
      ...[409, 'pay_day_change_already_waiting'],
    ]);
  });

  it('lists moves, one of them, and its families', async () => {
    expect((await client.get('auditor', '/pay-day-moves').expect(200)).body).toMatchObject({
      moves: [{ id: moveId, counts: { proposed: 1 } }],
    });
    expect((await client.get('auditor', `/pay-day-moves/${moveId}`).expect(200)).body).toMatchObject({
      state: 'proposed',
    });
    const { body } = await client.get('auditor', `/pay-day-moves/${moveId}/families?state=proposed`).expect(200);
    expect(body).toMatchObject({
      families: [{ family: 'A-1', neededBy: '2026-11-23', facts: { newDate: '2026-12-08' } }],
    });
  });

  it('is decided by a manager, and by nobody else', async () => {
    const decision = { outcome: 'decline', reason: 'Not before Christmas' };
    expect(problemIn(await client.post('caseworker', `/pay-day-moves/${moveId}/decision`, decision))[0]).toBe(403);
    const declined = await client.post('manager', `/pay-day-moves/${moveId}/decision`, decision).expect(200);
    expect(declined.body).toEqual({ state: 'declined' });
    const late = await client.post('caseworker', `/pay-day-moves/${moveId}/withdraw`, { reason: 'Too late' });
    expect(problemIn(late)).toEqual([409, 'already_decided']);
  });
});
