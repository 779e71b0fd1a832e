import { resolve } from 'node:path';
import { checks } from './checks/index.ts';
import { sentence } from './checks/violation.ts';

// Tests run from dist/test/tidy; the house is three floors up.
const root = resolve(import.meta.dirname, '../../..');

describe('the house', () => {
  for (const [rule, check] of Object.entries(checks)) {
    it(rule, async () => {
      expect((await check(root)).map(sentence)).toEqual([]);
    });
  }
});
