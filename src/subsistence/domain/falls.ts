import type { Period, PlainDate } from '../../kernel/index.ts';
import type { EntitlementLine, KeptFacts, KeptLine } from './entitlement/facts.ts';

/** Why an amount falls although nobody decided so about the plan. */
export const fallCauses = ['left', 'pregnancy-ended', 'birth-corrected', 'birthday', 'rates'] as const;
/** One of those causes. */
export type FallCause = (typeof fallCauses)[number];

/** A day from which a family would get less, and what it goes on getting until it was told. */
export interface Fall {
  readonly on: PlainDate;
  readonly cause: FallCause;
  readonly memberId: string | null;
  readonly lines: readonly KeptLine[];
}

const NONE: readonly Fall[] = [];

/**
 * Finds the days on which a family would get less by a birthday, the rates or somebody's leaving, and was not told.
 *
 * Ends of top-ups and overrides are left out: these are decided, and their notice goes with the decision.
 * @param before lines of the days right before the period; empty when nothing was paid yet
 * @param lines the lines of the period @param kept what is held, and what the family was told of
 */
export function fallsBetween(
  before: readonly EntitlementLine[],
  lines: readonly EntitlementLine[],
  period: Period,
  kept: readonly KeptFacts[],
): readonly Fall[] {
  const days = breaks(before, lines, period);
  if (days.length === 0) return NONE;
  return days.flatMap((day) => fallOn(day, day === period.from ? [...before, ...lines] : lines, kept));
}

/** Gives the days on which anything of the rates ends: the first, when what was paid before was worth more, and those within. */
function breaks(before: readonly EntitlementLine[], lines: readonly EntitlementLine[], period: Period): PlainDate[] {
  const days = new Set<PlainDate>();
  let ended = 0n;
  for (const line of before) if (line.to === period.from && isRated(line)) ended += line.weeklyPence;
  for (const line of lines) {
    if (!isRated(line)) continue;
    if (line.from === period.from) ended -= line.weeklyPence;
    if (line.to < period.to) days.add(line.to);
  }
  if (ended > 0n) days.add(period.from);
  return days.size === 0 ? [] : [...days].toSorted();
}

function isRated(line: EntitlementLine): line is EntitlementLine & KeptLine {
  return line.component !== 'top-up' && line.component !== 'override';
}

function fallOn(day: PlainDate, lines: readonly EntitlementLine[], kept: readonly KeptFacts[]): Fall[] {
  const touching = lines.filter((line) => line.from === day || line.to === day);
  if (touching.some((line) => line.component === 'override')) return [];
  const rated = touching.filter(isRated);
  const lost = lostLines(
    rated.filter((line) => line.to === day),
    rated.filter((line) => line.from === day),
  );
  const told = kept.filter((each) => each.to === day).flatMap((each) => each.lines.filter(isOfTheRates));
  const untold = trimmed(lost.kept, lost.gained + sumOf(told));
  const [first] = untold;
  if (!first) return [];
  const cause = causeOf(first, rated, day);
  return [{ on: day, cause, memberId: cause === 'rates' ? null : first.memberId, lines: untold }];
}

function isOfTheRates({ component }: KeptLine): boolean {
  return component !== 'top-up';
}

/**
 * Compares what ends with what begins, subject by subject, for whoever keeps the difference.
 * @returns what is lost, and the sum of what is gained besides; weekly pence
 */
export function lostLines(
  ended: readonly KeptLine[],
  begun: readonly KeptLine[],
): { kept: readonly KeptLine[]; gained: bigint } {
  const subjects = new Map<string, KeptLine>();
  const add = (line: KeptLine, sign: 1n | -1n): void => {
    const { component, memberId, topUpId } = line;
    const key = component === 'pregnant' ? component : `${component}|${topUpId ?? memberId ?? ''}`;
    const weeklyPence = (subjects.get(key)?.weeklyPence ?? 0n) + sign * line.weeklyPence;
    subjects.set(key, topUpId ? { component, memberId, topUpId, weeklyPence } : { component, memberId, weeklyPence });
  };
  for (const line of ended) add(line, 1n);
  for (const line of begun) add(line, -1n);
  const changes = [...subjects.values()];
  const gained = -sumOf(changes.filter((line) => line.weeklyPence < 0n));
  return { kept: changes.filter((line) => line.weeklyPence > 0n), gained };
}

/** Takes an amount off what is lost, for whoever keeps only the rest. */
export function trimmed(lost: readonly KeptLine[], less: bigint): KeptLine[] {
  let rest = less;
  return lost.flatMap((line) => {
    const off = rest < line.weeklyPence ? rest : line.weeklyPence;
    rest -= off;
    return off === line.weeklyPence ? [] : [{ ...line, weeklyPence: line.weeklyPence - off }];
  });
}

/** Adds up weekly pence. */
export function sumOf(lines: readonly KeptLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.weeklyPence, 0n);
}

function causeOf({ component, memberId }: KeptLine, rated: readonly EntitlementLine[], day: PlainDate): FallCause {
  if (component === 'pregnant') return 'pregnancy-ended';
  const goesOn = rated.some((line) => line.from === day && line.memberId === memberId && line.component === component);
  if (goesOn) return 'rates';
  return component === 'person' ? 'left' : 'birthday';
}
