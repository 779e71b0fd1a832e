import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

describe('asking on the command line when a letter arrives', () => {
  it('answers the first and the last day, in one line of JSON', async () => {
    const answer = { earliest: '2027-01-04', latest: '2027-01-05' };
    expect(await arrival('2026-12-23T12:00', '--postage', 'second', '--json')).toEqual({ code: 0, answer });
  });

  it('reads a time without a zone as London time, and one with a zone as it says', async () => {
    const days = { earliest: '2026-07-09', latest: '2026-07-09' };
    expect(await arrival('2026-07-07T17:29', '--postage', 'first', '--json')).toEqual({ code: 0, answer: days });
    expect(await arrival('2026-07-07T16:30:00Z', '--postage', 'first', '--json')).toEqual({
      ...{ code: 0, answer: { earliest: '2026-07-10', latest: '2026-07-10' } },
    });
  });

  it('wants a time of day, a real one, and a stamp there is', async () => {
    const codes = [['2026-12-23'], ['2026-13-23T12:00'], ['2026-12-23T12:00', '--postage', 'pigeon']].map(
      async (words) => (await arrival(...words)).code,
    );
    expect(await Promise.all(codes)).toEqual([2, 2, 2]);
  });

  it('refuses a year whose bank holidays are not known', async () => {
    const { code, answer } = await arrival('2031-01-06T12:00', '--json');
    expect([code, (answer as { code: string }).code]).toEqual([1, 'calendar_not_known']);
  });
});

function arrival(...words: string[]): Promise<{ code: number; answer: unknown }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'arrival', ...words], (error, stdout) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      resolve({ code, answer: stdout === '' ? undefined : JSON.parse(stdout) });
    });
  });
}
