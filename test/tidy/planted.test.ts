import { staleAllowances } from './checks/allowances.ts';
import { docComments } from './checks/doc-comments.ts';
import { noMachinePaths } from './checks/no-machine-paths.ts';
import { ownSchema } from './checks/own-schema.ts';
import { plainNames } from './checks/plain-names.ts';
import { roomsAreComplete } from './checks/rooms-are-complete.ts';
import { safeCode } from './checks/safe-code.ts';
import { faultsPlanted } from './planted-tree.ts';

describe('planted SQL', () => {
  const planted = (room: string, sql: string): Promise<string[]> =>
    faultsPlanted(ownSchema, { [`src/${room}/a.ts`]: `const id = '1';\nexport const sql = \`\n${sql}\n\`;\n` });

  it('is caught naming the table of another room, on its line', async () => {
    expect(await planted('payments', `select 1\n  from families.family`)).toEqual([
      expect.stringMatching(/^src\/payments\/a\.ts:4 names families\.family .* Ask the room families through its door/),
    ]);
  });

  it('is caught naming another schema in a fragment, in a writing, and in an entry point', async () => {
    expect(await planted('payments', `join Ledger.transfer t on true`)).toHaveLength(1);
    expect(await planted('ledger', `insert into payments.run values (1)`)).toHaveLength(1);
    expect(await planted('cli', `delete from bullmq.job`)).toHaveLength(1);
  });

  it('is caught hiding the schema', async () => {
    expect(await planted('payments', 'select 1 from ${id}.family')).toEqual([
      expect.stringContaining('Write the schema out'),
    ]);
  });

  it('is caught in reporting naming a table, and let through naming a published view', async () => {
    expect(await planted('reporting', 'select 1 from ledger.v_spent s join families.v_family f on true')).toEqual([]);
    expect(await planted('reporting', 'select 1 from ledger.transfer')).toHaveLength(1);
    expect(await planted('reporting', 'insert into payments.line values (1)')).toHaveLength(1);
    expect(await planted('payments', 'select 1 from ledger.v_spent')).toHaveLength(1);
  });

  it('is let through for its own schema and the kernel', async () => {
    expect(
      await planted('payments', `select nextval('kernel.document_number') from payments.run where id = \${id}`),
    ).toEqual([]);
    expect(await planted('platform', `grant usage on schema bullmq to mainstay_app; select 1 from bullmq.job`)).toEqual(
      [],
    );
  });
});

describe('planted code', () => {
  const cases: [string, string, string, RegExp][] = [
    ['forwardRef', 'src/web/a.ts', `forwardRef(() => 1);`, /forwardRef.*announce a job/],
    ['parseFloat', 'src/web/a.ts', `const x = parseFloat('1');`, /parseFloat.*Money\.gbp/],
    ['Number.parseFloat', 'migrations/a.ts', `const x = Number.parseFloat('1');`, /parseFloat/],
    ['a number made of money', 'src/web/a.ts', `const x = Number(row.amount);`, /JS number.*numbersNearMoney/],
    ['money printed by a number', 'src/web/a.ts', `const weekly = rate.toFixed(2);`, /JS number/],
    ['synchronize', 'src/web/a.ts', `const x = { synchronize: true };`, /synchronize false/],
    ['a test run alone', 'test/a.test.ts', `it.only('x', () => 1);`, /leaves tests out.*Run every test/],
    ['a test left out', 'test/a.test.ts', `describe.skip('x', () => 1);`, /leaves tests out/],
    ['a table test left out', 'test/a.test.ts', `xit('x', () => 1);`, /leaves tests out/],
  ];
  for (const [what, path, code, says] of cases) {
    it(`is caught: ${what}`, async () => {
      expect(await faultsPlanted(safeCode, { [path]: `// one line above\n${code}\n` })).toEqual([
        expect.stringMatching(says),
      ]);
    });
  }

  it('is let through in comments and strings, and as a choice by machine', async () => {
    const text = `// parseFloat(amount)\nexport const a = 'Number(amount) it.only()';\nconst run = redis ? describe : describe.skip;\n`;
    expect(await faultsPlanted(safeCode, { 'src/web/a.ts': text, 'test/a.test.ts': text })).toEqual([]);
  });
});

describe('a planted file', () => {
  it('is caught by a name that says nothing', async () => {
    const files = { 'src/web/date-utils.ts': '', 'src/web/common/a.ts': '', 'src/platform/database/b.ts': '' };
    expect(await faultsPlanted(plainNames, files)).toEqual([
      expect.stringMatching(/^src\/web\/common is called "common".* Name it after what it does/),
      expect.stringContaining('src/web/date-utils.ts'),
    ]);
  });

  it('is caught naming a path of one machine', async () => {
    const [temporary, mine] = ['tmp/x', 'home/me'].map((path) => `/${path}`);
    const files = {
      'src/web/a.ts': `open('${temporary}')\n`,
      'docker/b.sh': `\ncd ${mine}\n`,
      'test/c.md': 'a/tmp/b .data/home/c',
    };
    expect(await faultsPlanted(noMachinePaths, files)).toEqual([
      expect.stringMatching(/^src\/web\/a\.ts:1 .*os\.tmpdir/),
      expect.stringMatching(/^docker\/b\.sh:2 /),
    ]);
  });

  it('is caught when its room is incomplete', async () => {
    const files = { 'src/attic/a.ts': '', 'src/web/b.ts': '', 'src/stray.ts': '' };
    expect(await faultsPlanted(roomsAreComplete, files)).toEqual([
      expect.stringMatching(/^src\/attic has no floor\. Give/),
      expect.stringMatching(/^src\/attic has no README\.md\. Write/),
      expect.stringMatching(/^src\/attic has no index\.ts\. Make the door/),
      expect.stringMatching(/^src\/stray\.ts is in no room\. Put/),
      expect.stringMatching(/^src\/web has no README\.md\. Write/),
    ]);
  });
});

describe('a planted export', () => {
  it('is caught without a doc comment', async () => {
    const files = {
      'src/kernel/a.ts': `/** Says one. */\nexport const one = 1;\nexport const two = 2;\n// not a doc comment\nexport class Three {}\n`,
      'src/payments/domain/deep/b.ts': `export function four(): void {}\nfunction inside(): void {}\n`,
      'src/payments/actions/c.ts': `export type Five = 5;\n`,
      'src/payments/store/d.ts': `export const six = 6;\n`,
    };
    expect(await faultsPlanted(docComments, files)).toEqual([
      expect.stringMatching(/^src\/kernel\/a\.ts:3 exports two without a doc comment\. Write what it does/),
      expect.stringContaining('Three'),
      expect.stringContaining('Five'),
      expect.stringContaining('four'),
    ]);
  });
});

describe('a planted allowance', () => {
  it('is caught when nothing needs it any more', async () => {
    const allowance = { file: 'src/web/', line: 'Number(total)', because: 'a count' };
    const check = (text: string) => staleAllowances([allowance], [{ path: 'src/web/a.ts', text }]).length;
    expect([check('Number(total)'), check('nothing')]).toEqual([0, 1]);
  });
});
