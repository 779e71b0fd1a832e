import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHECKED_BANK, modulusFolder } from '../support/modulus-tables.ts';

const cli = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const typed = (...words: string[]) => promisify(execFile)(process.execPath, [cli, 'check-account', ...words]);

let tables: Awaited<ReturnType<typeof modulusFolder>>;
beforeAll(async () => {
  tables = await modulusFolder();
});
afterAll(() => tables.remove());

describe('check-account on the command line', () => {
  it.each([
    [CHECKED_BANK, '12345670', 'valid'],
    ['00-00-90', '1234 5670', 'valid'],
    [CHECKED_BANK, '12345671', 'invalid'],
    ['999999', '12345671', 'not-checked'],
  ])('says of %s %s that it is %s', async (sortCode, account, result) => {
    const { stdout } = await typed(sortCode, account, '--tables', tables.folder, '--json');
    expect(stdout).toBe(`{"result":"${result}"}\n`);
  });

  it('refuses a number that is not written whole', async () => {
    const refused = typed(CHECKED_BANK, '123', '--tables', tables.folder);
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('not eight digits') });
  });

  it('asks for the tables, and says what a folder without them lacks', async () => {
    await expect(typed(CHECKED_BANK, '12345670')).rejects.toMatchObject({ code: 2 });
    const empty = typed(CHECKED_BANK, '12345670', '--tables', 'src');
    await expect(empty).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('No file is named') });
  });
});
