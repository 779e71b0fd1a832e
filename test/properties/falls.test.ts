import fc from 'fast-check';
import { addDays, earlier, type PlainDate } from '../../src/kernel/index.ts';
import { entitlement, rateTable } from '../../src/subsistence/domain/entitlement/entitlement.ts';
import type { EntitlementFacts, EntitlementLine, KeptFacts } from '../../src/subsistence/domain/entitlement/facts.ts';
import { fallsBetween } from '../../src/subsistence/domain/falls.ts';
import { householdEffect } from '../../src/subsistence/domain/household-effect.ts';
import { anyHousehold, anyRates, middle } from './any-household.ts';

const FROM = addDays(middle, -10);
const LAST = addDays(middle, 60);
/** As far as support goes, as whoever looks ahead cuts it. */
const spanOf = ({ supportTo }: EntitlementFacts) => ({ from: FROM, to: earlier(supportTo ?? LAST, LAST) });
const scene = fc
  .record({ facts: anyHousehold, rates: anyRates(0) })
  .filter(({ facts }) => !facts.supportTo || facts.supportTo > addDays(FROM, 1));
type Scene = typeof scene extends fc.Arbitrary<infer Each> ? Each : never;

const isRated = ({ component }: EntitlementLine): boolean => component !== 'top-up' && component !== 'override';
const on = (lines: readonly EntitlementLine[], day: PlainDate): EntitlementLine[] =>
  lines.filter((line) => line.from <= day && day < line.to);
const sum = (lines: readonly EntitlementLine[]): bigint => lines.reduce((total, line) => total + line.weeklyPence, 0n);
const days = Array.from({ length: 69 }, (_, index) => addDays(FROM, index + 1));

function linesOf({ rates }: Scene, facts: EntitlementFacts): readonly EntitlementLine[] {
  return entitlement(facts, spanOf(facts), rateTable(rates)).lines;
}

/** Holds what falls, fall after fall, as the tick does. @param told the day each is told of; none: not yet */
function held(each: Scene, told: (on: PlainDate) => PlainDate | null): KeptFacts[] {
  const kept: KeptFacts[] = [];
  const lines = linesOf(each, each.facts);
  for (const [index, fall] of fallsBetween([], lines, spanOf(each.facts), []).entries())
    kept.push({ fallId: String(index), from: fall.on, to: told(fall.on), lines: fall.lines });
  return kept;
}

/** Days on which what the rates give falls, and no override begins, ends or holds. */
function drops(lines: readonly EntitlementLine[]): PlainDate[] {
  return days.filter((day) => {
    const [before, after] = [on(lines, addDays(day, -1)), on(lines, day)];
    const isDecided = [...before, ...after].some((line) => line.component === 'override');
    return !isDecided && sum(after.filter(isRated)) < sum(before.filter(isRated));
  });
}

describe('an amount that falls by itself', () => {
  it('is seen on every day it falls, and on no other', () => {
    fc.assert(
      fc.property(scene, (each) => {
        const lines = linesOf(each, each.facts);
        const within = drops(lines).filter((day) => day !== each.facts.supportTo);
        expect(fallsBetween([], lines, spanOf(each.facts), []).map((fall) => fall.on)).toEqual(within);
      }),
    );
  });

  it('never falls while it is held', () => {
    fc.assert(
      fc.property(scene, (each) => {
        const facts = { ...each.facts, kept: held(each, () => null) };
        const within = drops(linesOf(each, facts)).filter((day) => day !== facts.supportTo);
        expect(within).toEqual([]);
      }),
    );
  });

  it('keeps to the penny what the family had the day before', () => {
    fc.assert(
      fc.property(scene, (each) => {
        const lines = linesOf(each, each.facts);
        for (const fall of fallsBetween([], lines, spanOf(each.facts), [])) {
          const kept = fall.lines.reduce((total, line) => total + line.weeklyPence, 0n);
          const [before, after] = [on(lines, addDays(fall.on, -1)), on(lines, fall.on)];
          expect(kept).toBe(sum(before.filter(isRated)) - sum(after.filter(isRated)));
        }
      }),
    );
  });

  it('is not found again once its family was told', () => {
    fc.assert(
      fc.property(scene, fc.nat(30), (each, later) => {
        const kept = held(each, (day) => addDays(day, later));
        const lines = linesOf(each, { ...each.facts, kept });
        const again = fallsBetween([], lines, spanOf(each.facts), kept).filter((fall) =>
          kept.some(({ to }) => to === fall.on),
        );
        expect(again).toEqual([]);
      }),
    );
  });
});

describe('a household that changed', () => {
  it('goes on getting on the first lower day what it had, whoever left', () => {
    fc.assert(
      fc.property(scene, fc.nat(5), fc.integer({ min: -20, max: 40 }), (each, whose, when) => {
        const members = each.facts.members.map((member, index) =>
          index === whose ? { ...member, left: addDays(middle, when) } : member,
        );
        const after = { ...each.facts, members };
        const effect = householdEffect(each.facts, after, middle, rateTable(each.rates));
        if (effect.lost.length === 0) return;
        const kept = [{ fallId: '1', from: effect.on, to: null, lines: effect.lost }];
        const week = { from: effect.on, to: addDays(effect.on, 1) };
        const total = (facts: EntitlementFacts): bigint => sum(entitlement(facts, week, rateTable(each.rates)).lines);
        // In days of an override the rates pay nothing, before and after.
        expect(total({ ...after, kept })).toBe(total(each.facts));
        expect(effect.before - effect.after).toBe(effect.lost.reduce((all, line) => all + line.weeklyPence, 0n));
      }),
    );
  });
});
