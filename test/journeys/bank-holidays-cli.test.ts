import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vendored from '../../src/calendar/data/bank-holidays.json' with { type: 'json' };
import { familyRows, takeIn } from '../support/caseload.ts';
import { type Answered, commandOn } from '../support/command-line.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let folder: string;
beforeAll(async () => {
  house = await testHouse();
  folder = mkdtempSync(join(tmpdir(), 'mainstay-holidays-'));
  await takeIn(house.app, house.council, [...familyRows('ONE'), ...familyRows('TWO')]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const cli = (...words: string[]): Promise<Answered> => commandOn(house, ...words);
const add = (...more: string[]): Promise<Answered> =>
  cli('add-bank-holiday', '--day', '2026-12-10', '--title', 'State funeral', '--reason', 'Announced', ...more);

describe('A bank holiday on the command line', () => {
  it('says first what it would do, and then does it once', async () => {
    const council = ['--council', 'northshire'];
    const effect = { families: 2, dates: [{ payDate: '2026-12-10', arrivesOn: '2026-12-09', families: 2 }] };
    expect(await add('--dry-run', ...council)).toMatchObject({ code: 0, answer: { ...effect, dryRun: true } });
    expect(await add(...council)).toMatchObject({ code: 0, answer: effect });
    expect(await add(...council)).toMatchObject({ code: 1, answer: { code: 'bank_holiday_known' } });
    expect(await add('--division', 'cornwall', ...council)).toMatchObject({ code: 2 });
  });

  it('comes from a refreshed list for every council, and tells which promises it brought forward', async () => {
    const list = structuredClone(vendored) as Record<string, { events: object[] }>;
    const holiday = { title: 'A day of thanks', date: '2026-12-17', notes: '', bunting: false };
    list['england-and-wales']?.events.push(holiday);
    const file = join(folder, 'bank-holidays.json');
    writeFileSync(file, JSON.stringify(list));
    const { code, answer } = await cli('refresh-holidays', file);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      ...{ added: 1, removed: 0 },
      broughtForward: [
        { council: 'northshire', families: 2, dates: [{ payDate: '2026-12-17', arrivesOn: '2026-12-16' }] },
      ],
    });
    expect((await cli('refresh-holidays', file)).answer).toMatchObject({ added: 0, broughtForward: [] });
  });
});
