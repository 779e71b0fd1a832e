import { verifyAll } from '../../house/index.ts';
import type { CliAnswer, CliCommand, Given } from '../command.ts';

/** Proves the books. */
export const verify: CliCommand = {
  ...{ name: 'verify', usage: '[--json]', words: 0 },
  summary: 'Proves balances against transfers, run seals, the audit chain, payment orders, files and every amount.',
  details: ['Exit code 1 when any fault is found; each fault is named.'],
  async run(given: Given): Promise<CliAnswer> {
    const councils = await verifyAll(await given.house());
    const faults = councils.flatMap((each) => each.faults);
    return { answer: { ok: faults.length === 0, councils }, exitCode: faults.length === 0 ? 0 : 1 };
  },
};
