import { addDays } from '../../src/kernel/index.ts';
import { child, day, daysFrom, family, flagsOf, lead, linesOf, spansOf, thursday, week } from './household.ts';

const due = day('2026-12-07');
const expecting = (change = {}) => lead({ due, ...change });
const pregnant = (...members: Parameters<typeof family>[0]): string[] => spansOf('pregnant', family(members));

describe('a pregnancy', () => {
  it('is worth an extra beside the weekly rate', () => {
    expect(linesOf(family([lead({ due: day('2027-02-01') })]))).toEqual(['person lead 7@4918', 'pregnant lead 7@525']);
  });

  it('counts from 280 days before the due date', () => {
    const conceived = lead({ due: addDays(day('2026-12-08'), 280) });
    expect(pregnant(conceived)).toEqual(['2026-12-08 to 2026-12-10']);
    expect(pregnant(lead({ due: addDays(week.to, 280) }))).toEqual([]);
  });

  it('needs no look by a person before the due date', () => {
    expect(flagsOf(family([lead({ due: week.to })]))).toEqual([]);
  });

  it('goes on past the due date until the birth is recorded, and a person is told', () => {
    const facts = family([expecting()]);
    expect(spansOf('pregnant', facts)).toEqual(['2026-12-03 to 2026-12-10']);
    expect(flagsOf(facts)).toEqual(['birth-not-recorded']);
    expect(spansOf('pregnant', facts, daysFrom(addDays(thursday, 28), 7))).toEqual(['2026-12-31 to 2027-01-07']);
  });

  it('is told of from the due date itself', () => {
    expect(flagsOf(family([lead({ due: day('2026-12-09') })]))).toEqual(['birth-not-recorded']);
  });

  it('ends on the day the birth is recorded, before or after the due date', () => {
    expect(pregnant(expecting({ birthRecordedOn: day('2026-12-05') }))).toEqual(['2026-12-03 to 2026-12-05']);
    const late = family([expecting({ birthRecordedOn: day('2026-12-09') })]);
    expect(spansOf('pregnant', late)).toEqual(['2026-12-03 to 2026-12-09']);
    expect(flagsOf(late)).toEqual([]);
  });

  it('is over for the whole period when the birth was recorded on its first day', () => {
    expect(pregnant(expecting({ birthRecordedOn: thursday }))).toEqual([]);
  });

  it('runs to the recording even when the child was born days before', () => {
    const facts = family([expecting({ birthRecordedOn: day('2026-12-09') }), child('baby', '2026-12-06')]);
    expect(spansOf('pregnant', facts)).toEqual(['2026-12-03 to 2026-12-09']);
    expect(spansOf('under-1', facts)).toEqual(['2026-12-06 to 2026-12-10']);
  });

  it('ends when the mother leaves or support ends', () => {
    expect(pregnant(expecting({ left: day('2026-12-05') }))).toEqual(['2026-12-03 to 2026-12-05']);
    const ended = family([expecting()], { supportTo: day('2026-12-04') });
    expect(spansOf('pregnant', ended)).toEqual(['2026-12-03 to 2026-12-04']);
  });

  it('of two women in one household counts twice', () => {
    const sister = { id: 'sister', relationship: 'other' as const, due: day('2027-01-20') };
    expect(pregnant(expecting(), sister)).toHaveLength(2);
  });
});

describe('a birth nobody noted the recording of', () => {
  it('ends the pregnancy on the day of birth', () => {
    const facts = family([expecting(), child('baby', '2026-12-05')]);
    expect(spansOf('pregnant', facts)).toEqual(['2026-12-03 to 2026-12-05']);
    expect(flagsOf(facts)).toEqual([]);
  });

  it('is the first of twins born around midnight, in whichever order they are written', () => {
    const twins = [child('a', '2026-12-06'), child('b', '2026-12-05')];
    expect(pregnant(expecting(), ...twins)).toEqual(pregnant(...twins.toReversed(), expecting()));
    expect(pregnant(expecting(), ...twins)).toEqual(['2026-12-03 to 2026-12-05']);
  });

  for (const [after, isIt] of [
    [-141, false],
    [-140, true],
    [35, true],
    [36, false],
  ] as const)
    it(`is ${isIt ? '' : 'not '}a child born ${Math.abs(after)} days ${after < 0 ? 'before' : 'after'} the due date`, () => {
      const facts = family([expecting(), child('baby', addDays(due, after))]);
      const far = daysFrom(addDays(due, 40), 7);
      expect(spansOf('pregnant', facts, far)).toHaveLength(isIt ? 0 : 1);
    });
});

describe('a child row with only a due date', () => {
  const expected = (id: string, when = due) => child(id, null, { due: when });

  it('is no person yet, and tells of the pregnancy', () => {
    expect(linesOf(family([lead(), expected('baby')]))).toEqual(['person lead 7@4918', 'pregnant baby 7@525']);
    expect(flagsOf(family([lead(), expected('baby')]))).toEqual(['birth-not-recorded']);
  });

  it('adds nothing to the row of the mother with the same due date', () => {
    const lines = ['person lead 7@4918', 'pregnant lead 7@525'];
    expect(linesOf(family([expecting(), expected('baby')]))).toEqual(lines);
    expect(linesOf(family([expected('baby'), expecting()]))).toEqual(lines);
  });

  it('tells of one pregnancy when twins are expected', () => {
    expect(linesOf(family([lead(), expected('a'), expected('b')]))).toEqual([
      ...['person lead 7@4918', 'pregnant a 7@525'],
    ]);
  });

  it('tells of another pregnancy when the due date is another', () => {
    expect(pregnant(lead(), expected('a'), expected('b', day('2027-03-01')))).toHaveLength(2);
  });

  it('stops when the birth is recorded, and the born child is a person', () => {
    const facts = family([
      ...[lead(), child('expected', null, { due, birthRecordedOn: day('2026-12-06') })],
      child('baby', '2026-12-05'),
    ]);
    expect(linesOf(facts)).toEqual([
      ...['person lead 7@4918', 'pregnant expected 3@525', 'person baby 5@4918', 'under-1 baby 5@950'],
    ]);
  });

  it('is nobody: a household of expected babies is told of', () => {
    expect(flagsOf(family([expected('baby', day('2027-03-01'))]))).toEqual(['nobody-counts']);
  });
});
