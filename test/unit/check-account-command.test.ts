import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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

  it.each([
    ['no folder is named', []],
    ['the folder is not there', ['--tables', 'nowhere/at/all']],
    ['the folder holds no tables', ['--tables', 'src']],
  ])('says that nothing was checked where %s, and why', async (_case, words) => {
    const { stdout, stderr } = await typed(CHECKED_BANK, '12345671', ...words, '--json');
    expect(stdout).toBe('{"result":"not-checked"}\n');
    expect(stderr).toContain('Not checked: there are no tables');
  });

  it('refuses tables that are there and broken, and one without the other', async () => {
    const broken = await modulusFolder(['000000 MOD10']);
    const refused = typed(CHECKED_BANK, '12345670', '--tables', broken.folder);
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('line 1, weights') });
    await rm(join(broken.folder, 'scsubtab000.txt'));
    const half = typed(CHECKED_BANK, '12345670', '--tables', broken.folder);
    await expect(half).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('No file is named') });
    await broken.remove();
  });
});
