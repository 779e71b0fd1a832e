import { readFileSync } from 'node:fs';
import { smsCheck, smsPrice, withPlainSigns } from '../../src/notices/domain/sms-text.ts';

interface Vector {
  readonly lang: string;
  readonly input: string;
  readonly notify_output: string;
  readonly lost_to_question_mark: number;
  readonly billable_units: number;
  readonly fragments: number;
  readonly lossless: boolean;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/notify-sms.json', import.meta.url), 'utf8'),
) as Vector[];

describe('a text message, as GOV.UK Notify sends it', () => {
  for (const { lang, input, notify_output, billable_units, fragments, lossless } of vectors) {
    it(`arrives as Notify made it: ${lang}`, () => {
      expect(smsCheck(input)).toMatchObject({
        ...{ output: notify_output, units: billable_units, parts: fragments, lossless, tooLong: false },
      });
    });
  }

  it('loses nothing but what the vectors say is lost', () => {
    for (const { notify_output, lost_to_question_mark } of vectors)
      expect(smsCheck(notify_output).output.split('?').length - 1).toBe(lost_to_question_mark);
  });

  it('writes a euro sign and brackets with two units', () => {
    expect(smsCheck('[€]')).toMatchObject({ output: '[€]', units: 6, parts: 1, lossless: true });
  });

  it('has room for 160 letters in one part, and for 153 in each of several', () => {
    expect([160, 161, 306, 307].map((length) => smsCheck('a'.repeat(length)).parts)).toEqual([1, 2, 2, 3]);
  });

  it('has room for 70 letters in one part when a Welsh letter is among them, and for 67 in each of several', () => {
    const welsh = (length: number) => smsCheck(`ŵ${'a'.repeat(length - 1)}`);
    expect([70, 71, 134, 135].map((length) => welsh(length).parts)).toEqual([1, 2, 2, 3]);
    expect(welsh(70)).toMatchObject({ isUnicode: true, lossless: true });
  });

  it('is too long above 918 letters', () => {
    expect([918, 919].map((length) => smsCheck('a'.repeat(length)).tooLong)).toEqual([false, true]);
  });

  it.each([
    ['Ňa', 'Na'],
    ['ế', 'ê'],
    ['Å', 'Å'],
    ['Łódź', 'Lódz'],
    ['ậ', '?'],
    ['\u0958', '?'],
    ['😀', '?'],
    ['a\u200bb\u00a0c\td', 'ab c d'],
    ['“don’t” – …', '"don\'t" - ...'],
  ])('makes %s into %s', (written, arrives) => {
    expect(smsCheck(written)).toMatchObject({ output: arrives, lossless: written === arrives });
  });

  it('loses nothing of a text whose printers’ signs were made plain first', () => {
    expect(smsCheck(withPlainSigns('“don’t” – …')).lossless).toBe(true);
  });

  it('costs 2.4p a part, rounded up once for however many', () => {
    expect([0, 1, 5, 212].map((parts) => smsPrice(parts).toString())).toEqual(['0.00', '0.03', '0.12', '5.09']);
  });
});
