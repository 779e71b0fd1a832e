import { epochDay, type Period, type PlainDate, plainDate } from '../../src/kernel/index.ts';
import type {
  EntitlementFacts,
  MemberFacts,
  Rate,
  TopUpFacts,
} from '../../src/subsistence/domain/entitlement/facts.ts';

/** What one day is worth: weekly pence by "component|member", or nothing when a rate is missing. */
export type Day = ReadonlyMap<string, bigint>;

// A second reading of the rules, one day after another and slow, that shares no code with the one under test.

/** Lists what counts on a day, by the rules' own words. Days are numbers here. */
function dayByRules(facts: EntitlementFacts, rates: readonly Rate[], today: number): Day | undefined {
  const worth = new Map<string, bigint>();
  const add = (key: string, weekly: bigint): void => void worth.set(key, (worth.get(key) ?? 0n) + weekly);
  if (today < epochDay(facts.supportFrom) || isOver(facts.supportTo, today)) return worth;
  const override = facts.overrides?.find((each) => isWithin(each, today));
  if (override) add('override|', override.weeklyPence);
  else
    for (const member of facts.members.filter((each) => isHere(each, today)))
      for (const component of componentsOf(facts, member, today)) {
        const weekly = rateOn(rates, component, today);
        if (weekly === undefined) return undefined;
        add(`${component}|${member.id}`, weekly);
      }
  for (const topUp of facts.topUps)
    if (topUpCounts(facts, topUp, today)) add(`top-up|${topUp.memberId ?? ''}`, topUp.weeklyPence);
  return worth;
}

/** Adds up the days of a period by "component|member", in sevenths of a penny. */
export function spanByRules(facts: EntitlementFacts, rates: readonly Rate[], period: Period): Day | undefined {
  const sums = new Map<string, bigint>();
  for (let today = epochDay(period.from); today < epochDay(period.to); today += 1) {
    const worth = dayByRules(facts, rates, today);
    if (!worth) return undefined;
    for (const [key, weekly] of worth) sums.set(key, (sums.get(key) ?? 0n) + weekly);
  }
  return sums;
}

export function sumOf(day: Day): bigint {
  let sum = 0n;
  for (const weekly of day.values()) sum += weekly;
  return sum;
}

function isHere(member: MemberFacts, today: number): boolean {
  if (member.joined && today < epochDay(member.joined)) return false;
  if (member.born && today < epochDay(member.born)) return false;
  return !isOver(member.left, today);
}

function isOver(end: PlainDate | null | undefined, today: number): boolean {
  return !!end && today >= epochDay(end);
}

function componentsOf(facts: EntitlementFacts, member: MemberFacts, today: number): Rate['component'][] {
  const components: Rate['component'][] = [];
  if (!isExpected(member)) components.push('person');
  if (member.born && today < anniversary(member.born, 1)) components.push('under-1');
  else if (member.born && today < anniversary(member.born, 4)) components.push('age-1-to-3');
  if (isPregnant(facts, member, today)) components.push('pregnant');
  return components;
}

function isExpected(member: MemberFacts): boolean {
  return member.relationship === 'child' && !member.born && !!member.due;
}

function isPregnant(facts: EntitlementFacts, member: MemberFacts, today: number): boolean {
  if (!member.due || today < epochDay(member.due) - 280) return false;
  const due = epochDay(member.due);
  const others = facts.members.filter((each) => each.due === member.due && each.id !== member.id);
  const mothers = others.filter((each) => !isExpected(each));
  const soonerTwins = others.filter((each) => facts.members.indexOf(each) < facts.members.indexOf(member));
  if (isExpected(member) && (mothers.length > 0 || soonerTwins.length > 0)) return false;
  if (member.birthRecordedOn) return !isOver(member.birthRecordedOn, today);
  const births = facts.members.flatMap(({ born }) => (born ? [epochDay(born)] : []));
  return !births.some((born) => born <= today && born >= due - 140 && born <= due + 35);
}

function isWithin({ from, to }: Pick<TopUpFacts, 'from' | 'to'>, today: number): boolean {
  return !(from && today < epochDay(from)) && !isOver(to, today);
}

function topUpCounts(facts: EntitlementFacts, topUp: TopUpFacts, today: number): boolean {
  if (!isWithin(topUp, today)) return false;
  const member = facts.members.find((each) => each.id === topUp.memberId);
  return !topUp.memberId || (!!member && isHere(member, today));
}

function rateOn(rates: readonly Rate[], component: Rate['component'], today: number): bigint | undefined {
  let newest: Rate | undefined;
  for (const rate of rates)
    if (rate.component === component && epochDay(rate.effectiveFrom) <= today)
      if (!newest || rate.effectiveFrom > newest.effectiveFrom) newest = rate;
  return newest?.weeklyPence;
}

function anniversary(born: PlainDate, years: number): number {
  const year = Number(born.slice(0, 4)) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return epochDay(plainDate(`${year}${born.slice(4) === '-02-29' && !isLeap ? '-03-01' : born.slice(4)}`));
}
