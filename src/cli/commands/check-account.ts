import { checkAccount, checkAccountDigits, modulusTablesWhereThere } from '../../families/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

/** Says whether an account number can exist at its bank. Needs no database. */
export const checkOneAccount: CliCommand = {
  ...{ name: 'check-account', usage: 'SORTCODE ACCOUNT --tables DIR [--json]', words: 2 },
  summary: "Says whether an account number can exist at its bank, by the banks' own tables.",
  details: [
    'DIR holds valacdos*.txt and scsubtab*.txt as Vocalink publishes them. Six digits and eight; spaces and dashes are left out.',
    '"valid" is a number that can exist, "invalid" one that cannot, "not-checked" one of a bank the tables say nothing of,',
    'or any number where there are no tables. Tables that are there and cannot be read are refused.',
  ],
  options: { tables: { type: 'string' } },
  async run(given: Given): Promise<CliAnswer> {
    const [sortCode = '', accountNumber = ''] = given.words.map((word) => word.replaceAll(/[\s-]/g, ''));
    const account = { sortCode, accountNumber };
    checkAccountDigits(account);
    const folder = given.text('tables');
    const tables = folder ? await modulusTablesWhereThere(folder) : undefined;
    // Apart from the answer: whoever mistyped the folder sees it.
    if (!tables) process.stderr.write(`Not checked: there are no tables${folder ? ' in that folder' : ''}.\n`);
    return { answer: { result: tables ? checkAccount(tables, account) : 'not-checked' } };
  },
};
