import { callsGoDown } from './checks/calls-go-down.ts';
import { faultsPlanted } from './planted-tree.ts';

const door = `export const door = 1;\n`;

describe('a planted import', () => {
  const cases: [string, Record<string, string>, RegExp][] = [
    [
      'is caught going up',
      {
        'src/ledger/a.ts': `import { door } from '../payments/index.ts';\nexport const a = door;\n`,
        'src/payments/index.ts': door,
      },
      /^src\/ledger\/a\.ts imports src\/payments\/index\.ts: .*\bup to payments.* Calls go down: .*outbox job\.$/,
    ],
    [
      'is caught going up for a type only',
      {
        'src/ledger/a.ts': `import type { T } from '../payments/index.ts';\nexport type A = T;\n`,
        'src/payments/index.ts': `export type T = 1;\n`,
      },
      /up to payments/,
    ],
    [
      'is caught going sideways',
      { 'src/grants/a.ts': `export * from '../subsistence/index.ts';\n`, 'src/subsistence/index.ts': door },
      /sideways to subsistence.* Calls go down/,
    ],
    [
      'is caught going past a door',
      { 'src/web/a.ts': `export * from '../kernel/money.ts';\n`, 'src/kernel/money.ts': door },
      /past the door of kernel\. Import it from src\/kernel\/index\.ts/,
    ],
    [
      'is caught when it loads while running',
      { 'src/ledger/a.ts': `export const a = import('../web/main.ts');\n`, 'src/web/main.ts': door },
      /up to web/,
    ],
    [
      'is caught reaching into the tests',
      { 'src/cli/a.ts': `export * from '../../test/b.ts';\n`, 'test/b.ts': door },
      /imports test\/b\.ts, which is not part of what runs\. Move what both need into a room/,
    ],
    [
      'is caught reaching into the migrations from the wrong place',
      { 'src/cli/a.ts': `export * from '../../migrations/index.ts';\n`, 'migrations/index.ts': door },
      /imports migrations\/index\.ts/,
    ],
    [
      'is caught in a room without a floor',
      { 'src/attic/a.ts': `export * from '../kernel/index.ts';\n`, 'src/kernel/index.ts': door },
      /src\/attic, which has no floor\. Give the room a floor/,
    ],
    [
      'is caught running in a circle',
      {
        'src/kernel/a.ts': `export * from './b.ts';\n`,
        'src/kernel/b.ts': `import type {} from './a.ts';\nexport {};\n`,
      },
      /in a circle: .*a\.ts.*b\.ts.* Move what both need/,
    ],
  ];
  for (const [what, files, says] of cases) {
    it(what, async () => {
      expect(await faultsPlanted(callsGoDown, files)).toEqual([expect.stringMatching(says)]);
    });
  }

  it('is let through when it goes down, through a door', async () => {
    const files = {
      'src/web/a.ts': `export * from '../payments/index.ts';\nexport * from '../worker/b.ts';\n`,
      ...{ 'src/worker/b.ts': door, 'src/payments/index.ts': `export * from './c.ts';\n`, 'src/payments/c.ts': door },
      'src/platform/database/d.ts': `export * from '../../../migrations/index.ts';\n`,
      'migrations/index.ts': door,
    };
    expect(await faultsPlanted(callsGoDown, files)).toEqual([]);
  });
});
