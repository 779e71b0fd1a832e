import { lengthInDays, overlap, type Period } from '../../../kernel/index.ts';
import {
  type Entitlement,
  type EntitlementFacts,
  type EntitlementFlag,
  type EntitlementLine,
  keptBasis,
  type KeptLine,
  noRateInForce,
  type Rate,
  type RateComponent,
} from './facts.ts';
import { birthOf, componentWindows, countingWindow, type Window } from './windows.ts';

/** A rate table ready for use: the rates of each component, oldest first. */
export type RateTable = ReadonlyMap<RateComponent, readonly Rate[]>;

/** Sorts rates into a table, for whoever prices many families. */
export function rateTable(rates: readonly Rate[]): RateTable {
  const table = new Map<RateComponent, Rate[]>();
  for (const rate of rates) table.set(rate.component, [...(table.get(rate.component) ?? []), rate]);
  for (const each of table.values()) each.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return table;
}

/**
 * Works out what a family is owed for a period: exact, every day once, each amount with the days and the rate it rests on.
 *
 * A day is worth the sum of that day's weekly components ÷ 7; nothing is rounded here.
 * @param period closed-open; days outside the support are worth nothing
 * @throws no_rate_in_force when a day needs a rate older than the table
 * @source Children Act 1989 s17 practice: guide rates plus reasoned top-ups; decisions 0003 and 0005
 */
export function entitlement(facts: EntitlementFacts, period: Period, rates: RateTable): Entitlement {
  const lines: EntitlementLine[] = [];
  for (const days of addOverrides(lines, facts, period)) {
    addRates(lines, facts, days, rates);
    if (facts.kept?.length) addKept(lines, facts, days, (each) => each.component !== 'top-up');
  }
  addTopUps(lines, facts, period);
  if (facts.kept?.length) addKept(lines, facts, period, (each) => each.component === 'top-up');
  let sevenths = 0n;
  for (const line of lines) sevenths += worth(line);
  return { sevenths, lines, flags: flagsOf(facts, period, lines) };
}

/** Gives a line's exact worth in sevenths of a penny. */
export function worth(line: Pick<EntitlementLine, 'days' | 'weeklyPence'>): bigint {
  return line.weeklyPence * BigInt(line.days);
}

/** Adds the days of overrides. @returns the days between them, which are worth what the rates say */
function addOverrides(lines: EntitlementLine[], facts: EntitlementFacts, period: Period): Period[] {
  if (!facts.overrides?.length) return [period];
  const atTheRates: Period[] = [];
  let next = period.from;
  for (const override of facts.overrides) {
    const window = overlap(supported(facts), { from: override.from ?? facts.supportFrom, to: override.to });
    const days = window && overlap(window, period);
    if (!window || !days) continue;
    addLine(lines, 'override', null, override, override.reason, period, window);
    if (next < days.from) atTheRates.push({ from: next, to: days.from });
    next = days.to ?? period.to;
  }
  if (next < period.to) atTheRates.push({ from: next, to: period.to });
  return atTheRates;
}

function addRates(lines: EntitlementLine[], facts: EntitlementFacts, period: Period, rates: RateTable): void {
  for (const member of facts.members) {
    for (const { component, window } of componentWindows(facts, member, period.from)) {
      const days = overlap(window, period);
      if (days) addRated(lines, component, member.id, { from: days.from, to: days.to ?? period.to }, rates);
    }
  }
}

function addRated(
  lines: EntitlementLine[],
  component: RateComponent,
  memberId: string,
  days: Period,
  rates: RateTable,
): void {
  const versions = rates.get(component) ?? [];
  if (!versions[0] || versions[0].effectiveFrom > days.from)
    throw noRateInForce(`There is no "${component}" rate in force on ${days.from}.`);
  versions.forEach((rate, index) => {
    const inForce = { from: rate.effectiveFrom, to: versions[index + 1]?.effectiveFrom ?? null };
    addLine(lines, component, memberId, rate, rate.version, days, inForce);
  });
}

function supported(facts: EntitlementFacts): Window {
  return { from: facts.supportFrom, to: facts.supportTo ?? null };
}

function addTopUps(lines: EntitlementLine[], facts: EntitlementFacts, period: Period): void {
  for (const topUp of facts.topUps) {
    const member = facts.members.find((each) => each.id === topUp.memberId);
    if (topUp.memberId && !member) continue;
    const counts = member ? countingWindow(facts, member) : supported(facts);
    const window = counts && overlap(counts, { from: topUp.from ?? counts.from, to: topUp.to ?? null });
    if (window) addLine(lines, 'top-up', topUp.memberId ?? null, topUp, topUp.reason, period, window, topUp.id);
  }
}

/** Adds what goes on counting until the family was told of its fall; of the rates only on days that are worth what they say. */
function addKept(
  lines: EntitlementLine[],
  facts: EntitlementFacts,
  period: Period,
  isMeant: (line: KeptLine) => boolean,
): void {
  for (const { fallId, from, to, lines: kept } of facts.kept ?? []) {
    const window = overlap(supported(facts), { from, to });
    if (!window) continue;
    for (const line of kept.filter(isMeant))
      addLine(lines, line.component, line.memberId, line, keptBasis(fallId), period, window, line.topUpId);
  }
}

function addLine(
  lines: EntitlementLine[],
  component: EntitlementLine['component'],
  memberId: string | null,
  weekly: { weeklyPence: bigint },
  basis: string,
  period: Period,
  window: Window,
  topUpId?: string,
): void {
  const days = overlap(window, period);
  if (!days) return;
  const span = { from: days.from, to: days.to ?? period.to };
  const { weeklyPence } = weekly;
  const line = { component, memberId, from: span.from, to: span.to, days: lengthInDays(span), weeklyPence, basis };
  lines.push(topUpId === undefined ? line : { ...line, topUpId });
}

function flagsOf(facts: EntitlementFacts, period: Period, lines: readonly EntitlementLine[]): EntitlementFlag[] {
  const flags: EntitlementFlag[] = [];
  const overdue = facts.members.some(
    (each) => each.due && each.due < period.to && !each.birthRecordedOn && !birthOf(facts, each.due),
  );
  if (overdue && lines.some((line) => line.component === 'pregnant')) flags.push('birth-not-recorded');
  if (!lines.some((line) => line.component === 'person' || line.component === 'override')) flags.push('nobody-counts');
  return flags;
}
