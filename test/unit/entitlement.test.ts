import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { entitlement } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { MemberFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { exactPounds, paymentOf } from '../../src/subsistence/domain/entitlement/payment-of.ts';
import { child, day, daysFrom, exactOf, family, flagsOf, guide, lead, linesOf, thursday, week } from './household.ts';

// Compiled tests run from dist/test/unit; what they read stays in the source tree.
const text = readFileSync(new URL('../../../test/vectors/subsistence.csv', import.meta.url), 'utf8');
const vectors = parse<Record<string, string>>(text, { columns: true, skip_empty_lines: true });

/** Makes a household of the ages a vector counts. Nobody has a birthday within the four weeks. */
function householdOf(vector: Record<string, string>): MemberFacts[] {
  const born: string[] = [];
  const add = (count: string | undefined, birthday: string): void =>
    void born.push(...Array.from<string>({ length: Number(count) }).fill(birthday));
  add(vector.under1, '2026-06-03');
  add(vector.age1_2, '2024-08-03');
  add(vector.age3, '2023-08-03');
  add(String(Number(vector.persons) - born.length), '2013-08-03');
  return born.map((birthday, index) => child(String(index), birthday));
}

describe('the published vectors', () => {
  for (const vector of vectors) {
    const facts = family(householdOf(vector));
    const sevenths = (days: number): bigint => entitlement(facts, daysFrom(thursday, days), guide).sevenths;
    const paid = (days: number): string => paymentOf(sevenths(days)).amount.toString();

    it(`pays ${vector.household} by the week, the fortnight and four weeks`, () => {
      expect([paid(7), paid(14), paid(28)]).toEqual([
        vector.weekly_gbp,
        vector.fortnightly_gbp,
        vector.four_weekly_gbp,
      ]);
    });

    it(`prices ${vector.household} by the day, exact to six places`, () => {
      expect(exactPounds(sevenths(1))).toBe(vector.daily_exact);
      expect(paid(1)).toBe(vector.daily_rounded);
    });

    it(`rounds three days of ${vector.household} once`, () => {
      expect(paid(3)).toBe(vector['3_day_prorata_rounded_once']);
    });
  }

  it('are four', () => {
    expect(vectors).toHaveLength(4);
  });
});

describe('the people of a household', () => {
  it('count each at the weekly rate, and a baby for the extra too', () => {
    const facts = family([lead(), child('baby', '2026-06-03'), child('two', '2024-08-03')]);
    expect(linesOf(facts)).toEqual([
      ...['person lead 7@4918', 'person baby 7@4918', 'under-1 baby 7@950'],
      ...['person two 7@4918', 'age-1-to-3 two 7@525'],
    ]);
  });

  it('count without a known birthday, for no extra', () => {
    expect(linesOf(family([lead({ born: null })]))).toEqual(['person lead 7@4918']);
  });

  it('count from the day they join', () => {
    expect(linesOf(family([lead({ joined: day('2026-12-05') })]))).toEqual(['person lead 5@4918']);
  });

  it('count to the day before they leave', () => {
    expect(linesOf(family([lead({ left: day('2026-12-05') })]))).toEqual(['person lead 2@4918']);
  });

  it('never count when they leave on the day they join', () => {
    const both = day('2026-12-05');
    expect(linesOf(family([lead(), child('ten', '2016-01-01', { joined: both, left: both })]))).toEqual([
      'person lead 7@4918',
    ]);
  });

  it('count with their extra only while they stay', () => {
    const baby = child('baby', '2026-06-03', { joined: day('2026-12-04'), left: day('2026-12-06') });
    expect(linesOf(family([baby]))).toEqual(['person baby 2@4918', 'under-1 baby 2@950']);
  });

  it('are missed when none of them counts', () => {
    expect(flagsOf(family([lead({ left: day('2026-06-01') })]))).toEqual(['nobody-counts']);
  });

  it('are worth the same under the welfare standard, which only says why more is paid', () => {
    expect(exactOf(family([lead()], { standard: 'welfare' }))).toBe('49.18');
  });
});

describe('the days of support', () => {
  it('begin on the first day of support', () => {
    expect(linesOf(family([lead()], { supportFrom: day('2026-12-08') }))).toEqual(['person lead 2@4918']);
  });

  it('end before the day support ends, in the middle of a period', () => {
    const facts = family([lead(), child('ten', '2016-01-01')], { supportTo: day('2026-12-06') });
    expect(linesOf(facts)).toEqual(['person lead 3@4918', 'person ten 3@4918']);
    expect(exactOf(facts)).toBe('42.154286');
  });

  it('are none before support and none after it', () => {
    const facts = family([lead()], { supportFrom: week.to, supportTo: day('2027-02-01') });
    expect(linesOf(facts)).toEqual([]);
    expect(linesOf(facts, daysFrom(day('2027-02-01'), 7))).toEqual([]);
    expect(exactOf(facts)).toBe('0.00');
  });

  it('say for each amount which days, which rate and which version', () => {
    expect(entitlement(family([lead()]), week, guide).lines).toEqual([
      {
        ...{ component: 'person', memberId: 'lead', from: '2026-12-03', to: '2026-12-10', days: 7 },
        ...{ weeklyPence: 4918n, basis: 'guide 2024-01-15' },
      },
    ]);
  });
});
