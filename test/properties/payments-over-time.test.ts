import fc from 'fast-check';
import { addDays, type PlainDate } from '../../src/kernel/index.ts';
import { rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts, MemberFacts, Rate } from '../../src/subsistence/domain/entitlement/facts.ts';
import { addsUp, dueDays, type PricedLine } from '../../src/subsistence/domain/price-plan.ts';
import { overrideWindows } from '../../src/subsistence/domain/override-windows.ts';
import { every, paidBy, priceFor, stored, totalOf } from '../unit/paying.ts';
import { anyHousehold, anyMember, anyRates, anyTopUp, dayAround, middle, withNumbers } from './any-household.ts';
import { spanByRules, sumOf } from './day-by-day.ts';

type Change = (facts: EntitlementFacts) => EntitlementFacts;

/** Things a team writes down, most of them late: about days paid, days ahead, and days before the books begin. */
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  anyMember.map(
    (member): Change =>
      (facts) =>
        renumbered(facts, [...facts.members, member]),
  ),
  changeOfOne('left', fc.option(dayAround(90), { nil: null })),
  changeOfOne('joined', fc.option(dayAround(60), { nil: null })),
  changeOfOne('born', dayAround(60)),
  changeOfOne('due', fc.option(dayAround(150), { nil: null })),
  changeOfOne('birthRecordedOn', dayAround(60)),
  fc
    .record({ from: dayAround(60), weeklyPence: fc.option(fc.bigInt({ min: 1n, max: 30_000n }), { nil: null }) })
    .map((decided): Change => (facts) => ({
      ...facts,
      overrides: overrideWindows(facts.overrides ?? [], [{ ...decided, reason: 'Panel, later' }]),
    })),
  fc.array(anyTopUp, { maxLength: 2 }).map(
    (topUps): Change =>
      (facts) =>
        withNumbers(facts, facts.members, topUps),
  ),
);

function changeOfOne<Key extends keyof MemberFacts>(key: Key, value: fc.Arbitrary<MemberFacts[Key]>) {
  return fc.tuple(fc.nat(5), value).map(([whose, to]): Change => (facts) => ({
    ...facts,
    members: facts.members.map((member, index) => (index === whose ? { ...member, [key]: to } : member)),
  }));
}

function renumbered(facts: EntitlementFacts, members: readonly Omit<MemberFacts, 'id'>[]): EntitlementFacts {
  return { ...facts, members: members.map((member, index) => ({ ...member, id: String(index) })) };
}

const life = fc.record({
  facts: anyHousehold,
  frequencyDays: fc.constantFrom(7, 14, 28),
  behind: fc.integer({ min: 0, max: 20 }),
  rates: fc.tuple(anyRates(0), anyRates(0)),
  ratesChangeAt: fc.nat(20),
  weeks: fc.array(
    fc.record({
      changes: fc.array(anyChange, { maxLength: 2 }),
      isHeld: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
    }),
    { minLength: 4, maxLength: 14 },
  ),
});

/** One run of a family's life: what was known, and the line it was priced. */
interface Run {
  readonly payDate: PlainDate;
  readonly facts: EntitlementFacts;
  readonly rates: readonly Rate[];
  readonly before: readonly PricedLine[];
  readonly line: PricedLine | undefined;
}

/** Lives through the weeks: changes are written down, then a run pays, unless the family is held that week. */
function live(given: typeof life extends fc.Arbitrary<infer Life> ? Life : never) {
  const paidUpTo = [given.facts.supportFrom, addDays(middle, -given.behind)].toSorted().at(-1) as PlainDate;
  const runs: Run[] = [];
  let [facts, posted]: [EntitlementFacts, PricedLine[]] = [given.facts, []];
  for (const [week, { changes, isHeld }] of given.weeks.entries()) {
    for (const change of changes) facts = change(facts);
    const payDate = addDays(middle, week * 7);
    const rates = given.rates[week < given.ratesChangeAt ? 0 : 1];
    const line = priceFor({ facts, rhythm: every(given.frequencyDays), paidUpTo }, posted, payDate, rateTable(rates));
    runs.push({ payDate, facts, rates, before: posted, line });
    const isFinding = line !== undefined && line.overpaidSevenths + line.withdrawnSevenths > 0n;
    if (line && !isHeld && (line.holdCode === null || isFinding)) posted = [...posted, line];
  }
  return { runs, posted, paidUpTo, frequencyDays: given.frequencyDays };
}

type Lived = ReturnType<typeof live>;

function everyRun(check: (run: Run, all: Lived) => void): void {
  const property = fc.property(life, (given) => {
    const all = live(given);
    for (const run of all.runs) check(run, all);
  });
  fc.assert(property, { numRuns: 100 });
}

/** Looks at the runs that priced the family something. */
const everyLine = (check: (line: PricedLine, run: Run, all: Lived) => void): void =>
  everyRun((run, all) => run.line && check(run.line, run, all));

const byRules = ({ facts, rates }: Run, from: PlainDate, to: PlainDate): bigint =>
  sumOf(spanByRules(facts, rates, { from, to }) ?? new Map());

/** What the books said before was owed for the days paid: by the last payment, and by what was found since. */
function recognised(before: readonly PricedLine[]): bigint {
  const since = before.slice(before.findLastIndex((line) => line.holdCode === null) + 1);
  const found = since.reduce((sum, line) => sum + line.withdrawnSevenths - line.overpaidSevenths, 0n);
  return (paidBy(before)?.owedSevenths ?? 0n) + found;
}

describe('a family paid over months, with changes written down late', () => {
  it('was paid its exact recognised entitlement and its overpayments, to within half a penny', () => {
    everyLine((line, run, { paidUpTo }) => {
      const lines = [...run.before, line];
      const paid = totalOf(lines).toPence() * 7n;
      const overpaid = lines.reduce((sum, each) => sum + each.overpaidSevenths - each.withdrawnSevenths, 0n);
      expect(overpaid >= 0n).toBe(true);
      const owed = byRules(run, paidUpTo, line.period.to);
      expect(line.owedSevenths).toBe(owed);
      expect(paid - overpaid + BigInt(line.carrySevenths)).toBe(owed);
      expect(Math.abs(line.carrySevenths)).toBeLessThanOrEqual(3);
    });
  });

  it('is paid every day from the first of the books, none twice and none missed', () => {
    everyRun(({ before, facts, line, payDate }, { paidUpTo, frequencyDays }) => {
      const from = paidBy(before)?.coversTo ?? paidUpTo;
      const next = addDays(payDate, frequencyDays);
      const to = facts.supportTo && facts.supportTo < next ? facts.supportTo : next;
      const isDue = from <= payDate && from < to;
      // When nothing is left of the support, only a correction may come, for no days.
      const isOver = facts.supportTo !== null && facts.supportTo !== undefined && from >= facts.supportTo;
      const correction = line && isOver ? { from, to: from } : undefined;
      expect(line?.period).toEqual(isDue ? { from, to } : correction);
    });
  });

  it('is never paid less than its days ahead, whatever was overpaid', () => {
    everyLine((line, run, { paidUpTo }) => {
      const { period, amount, overpaidSevenths, withdrawnSevenths, carrySevenths, explanation } = line;
      const ahead = byRules(run, period.from, period.to);
      const past = byRules(run, paidUpTo, period.from) - recognised(run.before);
      const madeUp = amount.toPence() * 7n + BigInt(carrySevenths) - BigInt(explanation.carriedIn) - ahead;
      expect(madeUp >= 0n && overpaidSevenths >= 0n).toBe(true);
      expect(madeUp + withdrawnSevenths - overpaidSevenths).toBe(past);
    });
  });

  it('gets an explanation that adds up, with every payment', () => {
    everyLine((line) => {
      expect(addsUp(stored(line), line.amount)).toBe(true);
    });
  });

  it('is due again on the pay day what was paid is used up, and not before', () => {
    everyLine((line, { facts, payDate }, { paidUpTo, frequencyDays }) => {
      const plan = { facts, rhythm: every(frequencyDays), paidUpTo };
      if (line.holdCode !== null || line.period.from === line.period.to) return;
      const dueOn = (days: number) => dueDays(plan, paidBy([line]), addDays(payDate, days));
      const goesOn = line.period.to !== facts.supportTo;
      const { to } = line.period;
      expect(dueOn(frequencyDays)).toMatchObject(goesOn ? { from: to } : { from: to, to });
      expect(dueOn(frequencyDays - 7)).toEqual(goesOn ? undefined : { from: to, to });
    });
  });
});
