import { addDays, birthday, daysBetween, later, overlap, type PlainDate } from '../../../kernel/index.ts';
import type { EntitlementFacts, MemberFacts, RateComponent } from './facts.ts';

const DAYS_OF_PREGNANCY = 280;
const EARLIEST_BIRTH_BEFORE_DUE = 140;
const LATEST_BIRTH_AFTER_DUE = 35;

/** Days on which something counts; an absent end means until further notice. */
export interface Window {
  readonly from: PlainDate;
  readonly to: PlainDate | null;
}

/** Says whether this row is a baby not yet born: it is no person yet, it tells of a pregnancy. */
export function isExpectedBaby(member: MemberFacts): boolean {
  return member.relationship === 'child' && !member.born && Boolean(member.due);
}

/** Gives the days a person counts: from joining (or birth) to before leaving, inside the support. */
export function countingWindow(facts: EntitlementFacts, member: MemberFacts): Window | undefined {
  const start = later(member.joined ?? facts.supportFrom, member.born ?? facts.supportFrom);
  return overlap({ from: start, to: member.left }, { from: facts.supportFrom, to: facts.supportTo });
}

/**
 * Gives the days of each rate component of a person.
 *
 * Under 1: to the day before the first birthday. Ages 1 to 3: from then to the day before the fourth.
 * @param asked the first day asked about: a child who turned four in a year before has no window left to look for
 * @source asylum support extras used as the section 17 guide; GOV.UK 2023 review of weekly allowances
 */
export function componentWindows(
  facts: EntitlementFacts,
  member: MemberFacts,
  asked: PlainDate,
): { component: RateComponent; window: Window }[] {
  const counts = countingWindow(facts, member);
  if (!counts) return [];
  const found: { component: RateComponent; window: Window }[] = [];
  const add = (component: RateComponent, days: Window | undefined): void => {
    const window = days && overlap(days, counts);
    if (window) found.push({ component, window });
  };
  if (!isExpectedBaby(member)) add('person', counts);
  if (member.born && Number(member.born.slice(0, 4)) + 4 >= Number(asked.slice(0, 4))) {
    const { first, fourth } = birthdaysOf(member.born);
    add('under-1', { from: member.born, to: first });
    add('age-1-to-3', { from: first, to: fourth });
  }
  if (member.due && tellsOfPregnancy(facts, member)) add('pregnant', pregnancy(facts, member, member.due));
  return found;
}

const birthdays = new Map<PlainDate, { readonly first: PlainDate; readonly fourth: PlainDate }>();

/** Remembers them: a run asks for each child twice, and children share their days of birth. */
function birthdaysOf(born: PlainDate): { readonly first: PlainDate; readonly fourth: PlainDate } {
  const known = birthdays.get(born);
  if (known) return known;
  const found = { first: birthday(born, 1), fourth: birthday(born, 4) };
  if (birthdays.size > 10_000) birthdays.clear();
  birthdays.set(born, found);
  return found;
}

/** An expected baby and its mother's row may both carry the due date: it is one pregnancy, and the mother's row has it. */
function tellsOfPregnancy(facts: EntitlementFacts, member: MemberFacts): boolean {
  if (!isExpectedBaby(member)) return true;
  const same = facts.members.filter((each) => each.due === member.due);
  return same.every(isExpectedBaby) && same[0] === member;
}

/** From 40 weeks before the due date until the birth is recorded, however late; see decision 0005. */
function pregnancy(facts: EntitlementFacts, member: MemberFacts, due: PlainDate): Window | undefined {
  const from = addDays(due, -DAYS_OF_PREGNANCY);
  const to = member.birthRecordedOn ?? birthOf(facts, due) ?? null;
  return to !== null && to <= from ? undefined : { from, to };
}

/** Finds the first birth that can have ended a pregnancy, when nobody noted the day it was recorded. */
export function birthOf(facts: EntitlementFacts, due: PlainDate): PlainDate | undefined {
  let first: PlainDate | undefined;
  for (const { born } of facts.members) {
    if (!born || (first && first <= born)) continue;
    const after = daysBetween(due, born);
    if (after >= -EARLIEST_BIRTH_BEFORE_DUE && after <= LATEST_BIRTH_AFTER_DUE) first = born;
  }
  return first;
}
