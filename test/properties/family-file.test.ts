import fc from 'fast-check';
import { type Channel, channels } from '../../src/families/index.ts';
import { DomainError, Money, addDays, payDays, plainDate } from '../../src/kernel/index.ts';
import {
  type FamilyInFile,
  type MemberInFile,
  contactAnswers,
  frequencies,
  standards,
} from '../../src/subsistence/domain/family-file/family-in-file.ts';
import { readFamilyFile } from '../../src/subsistence/domain/family-file/read-family-file.ts';
import { type RowOfFamilyFile, familyFileOf, rowsOf } from '../support/family-file-writer.ts';

const today = plainDate('2026-12-01');

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) => {
  // oxlint-disable-next-line no-control-regex -- what a cell may not hold
  const clean = text.replace(/[\s\u0000-\u001f\u007f-\u009f\ufffd]+/g, ' ').trim();
  return clean === '' ? 'x, "y" z' : clean;
});
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'));
const day = (from: string, days: number): fc.Arbitrary<ReturnType<typeof plainDate>> =>
  fc.nat(days).map((ahead) => addDays(plainDate(from), ahead));

const topUp = fc.record({
  weekly: fc.integer({ min: 1, max: 999_999 }).map((pence) => Money.fromPence(BigInt(pence))),
  reason: words,
});
const adult = fc.record({
  name: words,
  born: perhaps(day('1930-01-01', 25_000)),
  due: perhaps(day('2026-01-01', 600)),
  topUp: perhaps(topUp),
});
const later = fc.record({
  name: words,
  born: day('2005-01-01', 7000),
  relationship: fc.constantFrom('partner' as const, 'child' as const, 'other' as const),
  topUp: perhaps(topUp),
});

/** Whether a way can be said to be safe: there is somewhere for it to go, and something may be sent there. */
const isOpen = (way: Channel, { contact, mobile, email, address }: Partial<FamilyInFile>): boolean =>
  way === 'call' || (contact !== 'no' && { sms: mobile, email, letter: address }[way] !== undefined);

const family = fc
  .record({
    standard: fc.constantFrom(...standards),
    frequency: fc.constantFrom(...frequencies),
    payDay: fc.constantFrom(...payDays),
    from: day('2025-01-01', 700),
    length: perhaps(fc.integer({ min: 1, max: 2000 })),
    paid: fc.nat(300),
    stay: perhaps(fc.integer({ min: 1, max: 500 })),
    fund: perhaps(words),
    team: perhaps(words),
    ward: perhaps(words),
    language: fc.constantFrom('en', 'ar', 'tir'),
    contact: fc.constantFrom(...contactAnswers),
    reads: perhaps(fc.constantFrom('en', 'ur')),
    safe: fc.subarray([...channels]),
    safeCheckedOn: perhaps(day('2025-01-01', 300)),
    mobile: perhaps(digits(8).map((number) => `+4479${number}`)),
    email: perhaps(fc.emailAddress({ size: 'small' }).filter((email) => /^[\w.@+'-]+$/.test(email))),
    address: perhaps(
      fc.record({
        // A line that begins with a number is one letters can go to, whatever else is in it.
        lines: fc.array(
          words.map((text) => `1 ${text}`),
          { minLength: 1, maxLength: 2 },
        ),
        town: words.map((text) => `Newtown ${text}`),
        postcode: fc.constant('SE1 1AA'),
      }),
    ),
    bank: perhaps(fc.record({ sortCode: digits(6), accountNumber: digits(8), accountName: words })),
    lead: adult,
    others: fc.array(later, { maxLength: 4 }),
  })
  .map(({ from, length, paid, stay, lead, others, safe, ...said }): Omit<FamilyInFile, 'reference' | 'line'> => {
    const to = length === undefined ? null : addDays(from, length);
    const members: Omit<MemberInFile, 'line'>[] = [
      { relationship: 'lead', ...lead },
      ...others.map((member, index) => ({
        ...member,
        // Nobody is the same person twice.
        name: `${index} ${member.name}`,
        ...(stay !== undefined && { leftOn: addDays(from, stay) }),
      })),
    ];
    const paidUpTo = addDays(from, Math.min(paid, length ?? paid));
    const safeChannels = safe.filter((way) => isOpen(way, said));
    const isSaid = safeChannels.length > 0 || said.contact === 'no';
    return {
      ...said,
      ...(isSaid && { safeChannels }),
      support: { from, to },
      paidUpTo,
      members: members as MemberInFile[],
    };
  });

const families = fc
  .array(family, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, index): FamilyInFile => ({ ...one, reference: `FAM-${index}/a_b`, line: 0 })));
const how = fc.record({
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
  mark: fc.boolean(),
  lastLineEnd: fc.boolean(),
  quoteAll: fc.boolean(),
});

/** Says the line each row starts on, from what was written before it. */
function lineOfRow(
  rows: readonly RowOfFamilyFile[],
  index: number,
  written: { lineEnd: '\n' | '\r\n' | '\r' },
): number {
  const before = Buffer.from(familyFileOf(rows.slice(0, index), { ...written, lastLineEnd: true })).toString();
  return before.split(/\r\n|\n|\r/).length;
}

function refusalOf(bytes: Uint8Array): DomainError | undefined {
  try {
    readFamilyFile(bytes, today);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'family_file_refused') return error;
    throw error;
  }
}

describe('any family file', () => {
  it('reads back the families it was written from, with their lines', () => {
    fc.assert(
      fc.property(families, how, fc.boolean(), fc.boolean(), (all, written, repeat, broken) => {
        const rows = rowsOf(all, repeat).map((row) =>
          broken ? { ...row, member_name: row.member_name?.replaceAll(' ', written.lineEnd) ?? '' } : row,
        );
        let index = 0;
        const expected = all.map((one) => {
          const members = one.members.map((member) => ({ ...member, line: lineOfRow(rows, index++, written) }));
          return { ...one, line: members[0]?.line, members };
        });
        const read = readFamilyFile(familyFileOf(rows, written), today);
        expect(read.rows).toBe(rows.length);
        expect(JSON.parse(JSON.stringify(read.families))).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });

  it('names the line of a planted mistake, whatever is quoted before it', () => {
    fc.assert(
      fc.property(families, how, fc.nat(), (all, written, place) => {
        const rows = rowsOf(all).map((row) => ({ ...row, member_name: `${row.member_name}${written.lineEnd}Example` }));
        const planted = place % rows.length;
        const wrong = rows.map((row, index) => (index === planted ? { ...row, joined_on: 'yesterday' } : row));
        expect(refusalOf(familyFileOf(wrong, written))?.items.map((item) => [item.line, item.column])).toEqual([
          [lineOfRow(rows, planted, written), 'joined_on'],
        ]);
      }),
    );
  });

  it('is refused when it stops inside a row', () => {
    fc.assert(
      fc.property(families, how, fc.double({ min: 0, max: 1, noNaN: true }), (all, written, share) => {
        const rows = rowsOf(all);
        const bytes = familyFileOf(rows, written);
        const start = familyFileOf(rows.slice(0, -1), { ...written, lastLineEnd: true }).length;
        const lastComma = Buffer.from(bytes).lastIndexOf(',');
        const cut = start + 1 + Math.floor(share * (lastComma - start - 1));
        expect(refusalOf(bytes.subarray(0, cut))?.items.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is read or refused in full when bytes of it change, and never anything else', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), kind: fc.nat(2) });
    const nasty = fc.constantFrom(...Buffer.from('",\n\r;\t\u0000\ufeff0'));
    const changes = fc.array(
      fc.oneof(
        change,
        nasty.chain((byte) => change.map((one) => ({ ...one, byte }))),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(families, how, changes, perhaps(fc.nat()), (all, written, edits, cut) => {
        let bytes = Buffer.from(familyFileOf(rowsOf(all), written));
        for (const { at, byte, kind } of edits) {
          const place = at % (bytes.length + 1);
          const middle = kind === 2 ? [] : [byte];
          bytes = Buffer.concat([
            bytes.subarray(0, place),
            Buffer.from(middle),
            bytes.subarray(place + (kind === 1 ? 0 : 1)),
          ]);
        }
        if (cut !== undefined) bytes = bytes.subarray(0, cut % (bytes.length + 1));
        const lines = bytes.toString('latin1').split(/\r\n|\n|\r/).length;
        for (const item of refusalOf(bytes)?.items ?? []) {
          expect(item.reason).not.toBe('');
          expect(item.whatToDo).toBeTruthy();
          expect(item.line ?? 1).toBeGreaterThanOrEqual(1);
          expect(item.line ?? 1).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is read or refused in full when it is no family file at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(refusalOf(bytes)?.items.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a large family file', () => {
  it('takes time in proportion to its rows', () => {
    const took = (count: number): number => {
      const rows = Array.from({ length: count }, (_, index) => ({
        family_reference: `FAM-${index >> 1}`,
        member_name: `Member ${index}`,
        date_of_birth: '1990-01-01',
        relationship: index % 2 === 0 ? 'lead' : 'other',
        ...(index % 2 === 0 && { pay_day: 'monday', support_from: '2026-01-01' }),
      }));
      const bytes = familyFileOf(rows);
      const started = performance.now();
      expect(readFamilyFile(bytes, today).rows).toBe(count);
      return performance.now() - started;
    };
    // The best of three: other work on the machine only ever adds time.
    const best = (count: number): number => Math.min(...[1, 2, 3].map(() => took(count)));
    const [some, eightTimes] = [best(4000), best(32_000)];
    // In proportion it is 8; with the square of the rows it would be 64.
    expect(eightTimes / some).toBeLessThan(32);
  });
});
