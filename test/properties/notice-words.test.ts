import fc from 'fast-check';
import { isPlainDate } from '../../src/kernel/index.ts';
import {
  emailFor,
  type Language,
  languages,
  saysNothing,
  smsFor,
  type Speaker,
  writtenFor,
} from '../../src/notices/index.ts';
import { allWords } from '../../src/notices/words/all-words.ts';
import { amountText, dateText } from '../../src/notices/words/amounts-and-dates.ts';
import { anyNotice } from './any-notice.ts';

const LINK = 'https://mainstay.example/n/7KQ2-9XWD';
const anySpeaker: fc.Arbitrary<Speaker> = fc.record({
  council: fc.constantFrom('Northshire Council', 'London Borough of Hammersmith and Fulham', 'King’s Lynn Council'),
  helpPhone: fc.constant('020 8000 0000'),
  helpEmail: fc.constantFrom(null, 'families@northshire.example'),
  isDiscreet: fc.boolean(),
  link: fc.constantFrom(null, LINK),
});

/** Every text of a value, one below the other, without what only keeps directions apart. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/[\u2066-\u2069]/g, '');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

for (const language of languages) {
  describe(`any notice in ${language}`, () => {
    const always = (holds: (...given: Parameters<typeof writtenFor>) => void) =>
      fc.assert(
        fc.property(anyNotice, anySpeaker, (facts, speaker) => holds(facts, language, speaker)),
        { numRuns: 60 },
      );

    it('has no empty place in it, nowhere', () => {
      always((facts, ...to) => {
        const all = [writtenFor(facts, ...to), smsFor(facts, ...to), emailFor(facts, ...to)];
        expect(textOf(all)).not.toMatch(/[{}]|undefined|\bnull\b|NaN/);
        expect(leavesOf(all).every((text) => text.trim() !== '')).toBe(true);
      });
    });

    it('tells each day and each amount that the facts have', () => {
      always((facts, ...to) => {
        const told = textOf(writtenFor(facts, ...to).blocks);
        for (const fact of factsToldOf(leavesOf(facts), language)) expect(told).toContain(fact);
      });
    });

    it('lists coming payments in their order', () => {
      always((facts, ...to) => {
        if (facts.kind !== 'pay-day' && facts.kind !== 'amount') return;
        const table = writtenFor(facts, ...to).blocks.find((block) => block.kind === 'payments');
        const days = facts.next.map(({ arrivesOn }) => dateText(arrivesOn, allWords[language].dates, 'long'));
        expect((table?.rows ?? []).map(({ arrives }) => textOf(arrives))).toEqual(days);
      });
    });

    it('arrives as it was written, in three parts at most', () => {
      always((facts, ...to) => {
        const sms = smsFor(facts, ...to);
        expect(sms).toMatchObject({ lossless: true, output: sms.text, tooLong: false });
        expect(sms.parts).toBeLessThanOrEqual(3);
      });
    });

    it('says nothing to a stranger when it must be discreet', () => {
      always((facts, _, anybody) => {
        const speaker = { ...anybody, isDiscreet: true };
        const { subject, body } = emailFor(facts, language, speaker);
        for (const text of [smsFor(facts, language, speaker).text, subject, body])
          expect(saysNothing(text, language)).toBe(true);
      });
    });
  });
}

/** Days and amounts as they must read. Only some facts are told as they are: the rest are another’s words. */
function factsToldOf(leaves: readonly string[], language: Language): string[] {
  return leaves.flatMap((leaf) => {
    if (isPlainDate(leaf)) return [dateText(leaf, allWords[language].dates, 'long')];
    return /^\d+\.\d\d$/.test(leaf) ? [amountText(leaf)] : [];
  });
}
