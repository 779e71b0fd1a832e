import { readFileSync } from 'node:fs';
import { checkBankDetails, type NameCheck, nameCheckAnswers, nameCheckCodes } from '../../src/families/index.ts';

const [, ...vectors] = readFileSync(new URL('../../../test/vectors/name-check.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const account = { sortCode: '000014', accountNumber: '12345678', accountName: 'A Lead' };
const refusals = (nameCheck: NameCheck): unknown => {
  try {
    return checkBankDetails({ ...account, nameCheck });
  } catch (error) {
    return (error as { items: unknown }).items;
  }
};

describe('A name check', () => {
  it('knows every code the banks answer with, and what it comes to', () => {
    const results = { EXACT_MATCH: ['match'], CLOSE_MATCH: ['close-match'], NO_MATCH: ['no-match', 'unavailable'] };
    expect(vectors.length).toBe(13);
    for (const [code = '', match] of vectors) {
      const answer = code === '(none)' ? 'match' : code;
      expect(nameCheckCodes).toContain(answer);
      expect(results[match as keyof typeof results]).toContain(
        nameCheckAnswers[answer as keyof typeof nameCheckAnswers].result,
      );
    }
  });

  it('calls unavailable only what says nothing of the name', () => {
    expect(nameCheckCodes.filter((code) => nameCheckAnswers[code].result === 'unavailable')).toEqual([
      ...['ACNS', 'OPTO', 'SCNS', 'no-answer'],
    ]);
  });

  it.each(['ANNM', 'AC01', 'IVCR', 'CASS'] as const)('that does not match (%s) needs a reason', (answer) => {
    const missing = [expect.objectContaining({ field: 'nameCheckReason' })];
    expect([refusals({ answer, reason: null }), refusals({ answer, reason: ' ' })]).toEqual([missing, missing]);
    expect(refusals({ answer, reason: 'Her maiden name; we saw the card' })).toBeUndefined();
  });

  it.each(['not-asked', 'match', 'MBAM', 'OPTO', 'no-answer'] as const)('%s needs no reason', (answer) => {
    expect(refusals({ answer, reason: null })).toBeUndefined();
  });
});
