import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const typed = (...words: string[]) => promisify(execFile)(process.execPath, [cli, 'sms-check', ...words]);

describe('sms-check on the command line', () => {
  it('answers as JSON what arrives, as how many parts, and whether all of it did', async () => {
    const { stdout } = await typed('--text', 'Ziua plății dvs. se schimbă.', '--json');
    expect(JSON.parse(stdout)).toEqual({ output: 'Ziua platii dvs. se schimba.', parts: 1, lossless: false });
  });

  it('asks for the text when there is none', async () => {
    await expect(typed()).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--text is needed') });
  });

  it('says what it does when asked', async () => {
    expect((await typed('--help')).stdout).toContain('Shows how a text message arrives');
  });
});
