import { familyRows, takeIn } from '../support/caseload.ts';
import { type Answered, commandOn } from '../support/command-line.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await takeIn(house.app, house.council, [
    ...familyRows('POST', { contact: 'yes', address_line_1: '1 High Street', town: 'Northtown', postcode: 'SE1 1AA' }),
    ...familyRows('SILENT', { contact: 'no' }),
  ]);
});
afterAll(() => house.close());

const change = (family: string, ...more: string[]): Promise<Answered> =>
  commandOn(house, 'change-pay-day', '--family', family, '--token', house.council.tokens.finance, ...more);

describe('A pay day on the command line', () => {
  it('says first what a move would do, then proposes it, once', async () => {
    const to = ['--to', 'tuesday', '--from', '2026-12-14'];
    const effect = {
      ...{ family: 'POST', oldDate: '2026-12-17', newDate: '2026-12-15', lastsUntil: '2026-12-22', bridging: null },
      ...{ told: { way: 'letter', receivedOn: '2026-11-24' }, neededBy: '2026-11-30', keeps: null },
    };
    expect(await change('POST', ...to, '--dry-run')).toMatchObject({ code: 0, answer: { ...effect, moveId: null } });
    const { code, answer } = await change('POST', ...to);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ ...effect, moveId: expect.stringMatching(/^\d+$/) as string });
    expect(await change('POST', ...to)).toMatchObject({ code: 1, answer: { code: 'pay_day_change_already_waiting' } });
  });

  it('prices a bridging payment for a day that moves later', async () => {
    const { answer } = await change('POST', '--to', 'friday', '--from', '2027-01-04', '--dry-run');
    expect(answer).toMatchObject({ oldDate: '2027-01-07', newDate: '2027-01-08', bridging: '7.03' });
  });

  it('says which family keeps its day and why, and what was typed wrongly', async () => {
    const to = ['--to', 'tuesday', '--from', '2026-12-14'];
    expect(await change('SILENT', ...to, '--dry-run')).toMatchObject({
      answer: { family: 'SILENT', keeps: 'cannot-be-reached', told: null, moveId: null },
    });
    expect((await change('SILENT', ...to)).code).toBe(1);
    expect((await change('NOBODY', ...to)).code).toBe(1);
    expect((await change('POST', '--to', 'sunday', '--from', '2026-12-14')).code).toBe(2);
  });
});
