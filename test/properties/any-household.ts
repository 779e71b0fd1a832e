import fc from 'fast-check';
import { addDays, type PlainDate, plainDate } from '../../src/kernel/index.ts';
import type {
  EntitlementFacts,
  MemberFacts,
  OverrideFacts,
  Rate,
  TopUpFacts,
} from '../../src/subsistence/domain/entitlement/facts.ts';
import { overrideWindows } from '../../src/subsistence/domain/override-windows.ts';

/** The Thursday the years of these households turn around; a leap day is within reach. */
export const middle = plainDate('2028-01-06');

/** A day within so many days before or after the middle. */
export const dayAround = (days: number): fc.Arbitrary<PlainDate> =>
  fc.integer({ min: -days, max: days }).map((ahead) => addDays(middle, ahead));
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 2 });

// Most birthdays are near enough for a first, a fourth or a birth to fall into the period.
const birthday = fc.oneof(
  fc.tuple(fc.constantFrom(0, 365, 1461), fc.integer({ min: -60, max: 60 })).map(([back, near]) => near - back),
  fc.integer({ min: -9000, max: 100 }),
);
const born = fc.oneof(
  birthday.map((ahead) => addDays(middle, ahead)),
  fc.constantFrom(plainDate('2024-02-29'), plainDate('2028-02-29')),
);
// Two rows often have the same due date, and some pregnancies begin inside the period.
const due = fc.oneof(
  fc.constantFrom(addDays(middle, -20), addDays(middle, 20)),
  dayAround(150),
  fc.integer({ min: 240, max: 320 }).map((ahead) => addDays(middle, ahead)),
);
const weeklyPence = fc.bigInt({ min: 1n, max: 30_000n });

/** Somebody of a household, with a number for a name. */
export const anyMember = fc.record({
  relationship: fc.constantFrom(...(['lead', 'partner', 'child', 'child', 'child', 'other'] as const)),
  born: perhaps(born),
  due: perhaps(due),
  birthRecordedOn: fc.option(dayAround(60), { nil: null, freq: 3 }),
  joined: perhaps(dayAround(60)),
  left: perhaps(dayAround(90)),
});

/** A weekly addition, of the member of a number or of the family. */
export const anyTopUp = fc.record({
  memberId: perhaps(fc.integer({ min: 0, max: 5 }).map(String)),
  weeklyPence,
  from: perhaps(dayAround(60)),
  to: perhaps(dayAround(60)),
});

/** Numbers members and top-ups; a top-up of a member who is not there is the family's. */
export function withNumbers(
  facts: Omit<EntitlementFacts, 'members' | 'topUps'>,
  members: readonly Omit<MemberFacts, 'id'>[],
  topUps: readonly Omit<TopUpFacts, 'id' | 'reason'>[],
): EntitlementFacts {
  return {
    ...facts,
    members: members.map((member, index) => ({ id: String(index), ...member })),
    topUps: topUps.map((topUp, index) => ({
      ...{ id: `t${index}`, reason: `Reason ${index}`, ...topUp },
      memberId: topUp.memberId && Number(topUp.memberId) < members.length ? topUp.memberId : null,
    })),
  };
}

/** The plan's own override or none, and what was decided about it later: other amounts and ways back to the rates. */
const anyOverrides: fc.Arbitrary<OverrideFacts[]> = fc
  .record({
    first: fc.option(weeklyPence, { nil: null, freq: 1 }),
    changes: fc.array(fc.record({ weekly: perhaps(weeklyPence), from: dayAround(60) }), { maxLength: 3 }),
  })
  .map(({ first, changes }) =>
    overrideWindows(
      first === null ? [] : [{ weeklyPence: first, reason: 'Panel' }],
      changes.map(({ weekly, from }) => ({ weeklyPence: weekly, from, reason: 'Panel, again' })),
    ),
  );

/** Any household, with or without an end of support, overrides and top-ups. */
export const anyHousehold: fc.Arbitrary<EntitlementFacts> = fc
  .record({
    supportFrom: dayAround(60),
    length: perhaps(fc.integer({ min: 1, max: 120 })),
    standard: fc.constantFrom('subsistence' as const, 'welfare' as const),
    overrides: anyOverrides,
    members: fc.array(anyMember, { maxLength: 5 }),
    topUps: fc.array(anyTopUp, { maxLength: 3 }),
  })
  .map(({ length, members, topUps, ...said }) =>
    withNumbers({ ...said, supportTo: length === null ? null : addDays(said.supportFrom, length) }, members, topUps),
  );

const versions = (component: Rate['component'], missing: number): fc.Arbitrary<Rate[]> =>
  fc
    .record({
      first: fc.oneof({ weight: missing, arbitrary: dayAround(60) }, { weight: 9, arbitrary: dayAround(0) }),
      isEarly: fc.boolean(),
      changes: fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 3 }),
      amounts: fc.array(weeklyPence, { minLength: 4, maxLength: 4 }),
    })
    .map(({ first, isEarly, changes, amounts }) =>
      [-2000 * Number(isEarly || missing === 0), ...changes].map((after, index) => ({
        ...{ version: `${component} ${index}`, component, weeklyPence: amounts[index] as bigint },
        effectiveFrom: addDays(first, after),
      })),
    );

/** Rates with changes near the middle, in any order. @param missing 0 for rates that cover every day */
export const anyRates = (missing: 0 | 1): fc.Arbitrary<Rate[]> =>
  fc
    .tuple(...(['person', 'pregnant', 'under-1', 'age-1-to-3'] as const).map((each) => versions(each, missing)))
    .chain((each) => fc.shuffledSubarray(each.flat(), { minLength: each.flat().length }));
