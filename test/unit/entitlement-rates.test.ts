import { DomainError } from '../../src/kernel/index.ts';
import { entitlement, rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { Rate } from '../../src/subsistence/domain/entitlement/facts.ts';
import { child, day, daysFrom, exactOf, family, guide, lead, linesOf, spansOf, topUp, week } from './household.ts';

const guideRows = [...guide.values()].flat();
const rate = (weeklyPence: bigint, from: string, component: Rate['component'] = 'person'): Rate => ({
  ...{ version: `guide ${from}`, component, weeklyPence, effectiveFrom: day(from) },
});
const raised = rateTable([...guideRows, rate(5200n, '2026-12-07')]);

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('a top-up', () => {
  it('of the family is paid beside the rates, with its reason', () => {
    const facts = family([lead()], { topUps: [topUp(1250n)] });
    expect(linesOf(facts)).toEqual(['person lead 7@4918', 'top-up family 7@1250']);
    expect(entitlement(facts, week, guide).lines[1]?.basis).toBe('Medical diet');
    expect(exactOf(facts)).toBe('61.68');
  });

  it('of a member stops when the member leaves; the family’s goes on', () => {
    const ten = child('ten', '2016-01-01', { left: day('2026-12-05') });
    const topUps = [topUp(700n, { memberId: 'ten' }), topUp(300n, { id: 'second' })];
    expect(linesOf(family([lead(), ten], { topUps }))).toEqual([
      ...['person lead 7@4918', 'person ten 2@4918', 'top-up ten 2@700', 'top-up family 7@300'],
    ]);
  });

  it('of a member begins when the member joins', () => {
    const ten = child('ten', '2016-01-01', { joined: day('2026-12-08') });
    expect(linesOf(family([ten], { topUps: [topUp(700n, { memberId: 'ten' })] }))).toEqual([
      ...['person ten 2@4918', 'top-up ten 2@700'],
    ]);
  });

  it('has days of its own, inside those of whom it is for', () => {
    const spans = (from: string | null, to: string | null): string[] => {
      const days = { from: from === null ? null : day(from), to: to === null ? null : day(to) };
      return spansOf('top-up', family([lead()], { topUps: [topUp(700n, days)], supportTo: day('2026-12-09') }));
    };
    expect(spans('2026-12-05', '2026-12-07')).toEqual(['2026-12-05 to 2026-12-07']);
    expect(spans('2026-12-05', null)).toEqual(['2026-12-05 to 2026-12-09']);
    expect(spans(null, '2026-12-04')).toEqual(['2026-12-03 to 2026-12-04']);
    expect(spans('2025-01-01', '2026-12-03')).toEqual([]);
  });
});

describe('an override', () => {
  const override = { weeklyPence: 10_000n, reason: 'Panel of 1 December: disabled parent' };

  it('stands in place of every rate, with its justification', () => {
    const facts = family([lead({ due: day('2027-01-01') }), child('baby', '2026-06-01')], { overrides: [override] });
    expect(linesOf(facts)).toEqual(['override family 7@10000']);
    expect(entitlement(facts, week, guide).lines[0]?.basis).toBe(override.reason);
    expect(entitlement(facts, week, guide).flags).toEqual([]);
  });

  it('has top-ups added to it', () => {
    expect(linesOf(family([lead()], { overrides: [override], topUps: [topUp(250n)] }))).toEqual([
      ...['override family 7@10000', 'top-up family 7@250'],
    ]);
  });

  it('needs no rate, and stops with the support', () => {
    const facts = family([lead()], { overrides: [override], supportTo: day('2026-12-05') });
    expect(linesOf(facts, week, rateTable([]))).toEqual(['override family 2@10000']);
  });
});

describe('a change of rate', () => {
  it('in the middle of a period is priced from its day, each part naming its version', () => {
    const { lines } = entitlement(family([lead()]), week, raised);
    expect(lines.map(({ days, weeklyPence, basis }) => [days, weeklyPence, basis])).toEqual([
      [4, 4918n, 'guide 2024-01-15'],
      [3, 5200n, 'guide 2026-12-07'],
    ]);
  });

  it('leaves top-ups and the other components as they were', () => {
    const topUps = [topUp(700n, { memberId: 'baby' }), topUp(300n, { id: 'second' })];
    expect(linesOf(family([child('baby', '2026-06-01')], { topUps }), week, raised)).toEqual([
      ...['person baby 4@4918', 'person baby 3@5200', 'under-1 baby 7@950'],
      ...['top-up baby 7@700', 'top-up family 7@300'],
    ]);
  });

  it('is the same whatever order the rates are given in', () => {
    const backwards = rateTable([rate(5200n, '2026-12-07'), ...guideRows.toReversed()]);
    expect(linesOf(family([lead()]), week, backwards)).toEqual(linesOf(family([lead()]), week, raised));
  });

  it('meets a birthday in the same week', () => {
    const extra = rateTable([...guideRows, rate(600n, '2026-12-08', 'age-1-to-3')]);
    expect(linesOf(family([child('baby', '2025-12-05')]), week, extra)).toEqual([
      ...['person baby 7@4918', 'under-1 baby 2@950', 'age-1-to-3 baby 3@525', 'age-1-to-3 baby 2@600'],
    ]);
  });
});

describe('a day before the first rate', () => {
  const early = family([lead()], { supportFrom: day('2024-01-01') });

  it('cannot be priced, and says so', () => {
    const priced = (from: string): string | undefined =>
      codeOf(() => entitlement(early, daysFrom(day(from), 7), guide));
    expect([priced('2024-01-14'), priced('2024-01-15')]).toEqual(['no_rate_in_force', undefined]);
  });

  it('does no harm when nobody counts on it', () => {
    const joined = family([lead({ joined: day('2024-01-15') })], { supportFrom: day('2024-01-01') });
    expect(linesOf(joined, daysFrom(day('2024-01-10'), 7))).toEqual(['person lead 2@4918']);
  });

  it('is any day of a component the table has no rate for, and only for who needs it', () => {
    const persons = rateTable(guideRows.filter((row) => row.component === 'person'));
    expect(linesOf(family([lead()]), week, persons)).toEqual(['person lead 7@4918']);
    expect(codeOf(() => linesOf(family([child('baby', '2026-06-01')]), week, persons))).toBe('no_rate_in_force');
  });
});
