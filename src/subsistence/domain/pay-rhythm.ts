import { addDays, later, type PlainDate, weekdayNumber } from '../../kernel/index.ts';

/** A move of a pay day that took effect: from its day on the family is paid by the new rhythm. */
export interface RhythmMove {
  /** The first pay date that differs, and the one in its place, in the same week. */
  readonly oldDate: PlainDate;
  readonly newDate: PlainDate;
  /** 1 = Monday. */
  readonly payDay: number;
  readonly frequencyDays: number;
}

/** When a plan is paid: its own pay day and frequency, then each move in force, in order. */
export interface Rhythm {
  readonly payDay: number;
  readonly frequencyDays: number;
  readonly moves: readonly RhythmMove[];
}

/** What a pay date pays: up to which day, and how late the days it begins with may lie. */
export interface PayDateTerms {
  readonly to: PlainDate;
  readonly latestStart: PlainDate;
}

/**
 * Says what a pay date pays a family, or nothing when it is not one of theirs.
 *
 * The payments before a move are as they were promised. A date that moves later is still paid on: a bridging payment, for
 * the days up to the new date. A date that moves earlier pays from where the last payment ends.
 */
export function payDateTerms(rhythm: Rhythm, payDate: PlainDate): PayDateTerms | undefined {
  const { present, coming } = movesAround(rhythm, payDate);
  // A plan that never moved is asked about on its own weekday only.
  if (rhythm.moves.length > 0 && weekdayNumber(payDate) !== (present ?? rhythm).payDay) return undefined;
  if (coming && payDate > coming.oldDate) return undefined;
  const latestStart = startsBy(rhythm.moves, payDate);
  if (coming && payDate === coming.oldDate) return { to: coming.newDate, latestStart };
  const to = addDays(payDate, (present ?? rhythm).frequencyDays);
  return { to, latestStart };
}

/** Gives the pay day and frequency of a plan on a day, for whoever is shown it. */
export function rhythmOn(rhythm: Rhythm, day: PlainDate): { payDay: number; frequencyDays: number } {
  const { payDay, frequencyDays } = movesAround(rhythm, day).present ?? rhythm;
  return { payDay, frequencyDays };
}

/**
 * Lists pay dates of a plan from one on, as its moves set them.
 * @param from a pay date of the plan
 */
export function payDatesFrom(rhythm: Rhythm, from: PlainDate, count: number): PlainDate[] {
  const dates: PlainDate[] = [];
  for (let date = from; dates.length < count; date = nextPayDate(rhythm, date)) dates.push(date);
  return dates;
}

/** Finds the pay date after one: where a move comes between, the date it moved to. */
export function nextPayDate(rhythm: Rhythm, payDate: PlainDate): PlainDate {
  const { present, coming } = movesAround(rhythm, payDate);
  const next = addDays(payDate, (present ?? rhythm).frequencyDays);
  if (!coming || next < coming.oldDate) return next;
  // The old date stays as a bridging payment when the new one is later.
  return payDate < coming.oldDate && coming.newDate > coming.oldDate ? coming.oldDate : coming.newDate;
}

function movesAround(rhythm: Rhythm, day: PlainDate): { present?: RhythmMove; coming?: RhythmMove } {
  const moves = standing(rhythm.moves);
  return { present: moves.findLast((move) => move.newDate <= day), coming: moves.find((move) => move.newDate > day) };
}

/**
 * Gives the moves that come about, in order of their days: one that a later decision overtook is left out, and one whose new
 * date was moved again, not later, is one move with it.
 */
function standing(moves: readonly RhythmMove[]): readonly RhythmMove[] {
  if (moves.length < 2) return moves;
  const stand: RhythmMove[] = [];
  for (const move of moves) {
    while (move.oldDate < (stand.at(-1)?.newDate ?? move.oldDate)) stand.pop();
    const last = stand.at(-1);
    const isOne = last?.newDate === move.oldDate && move.newDate <= last.newDate;
    if (isOne) stand.pop();
    stand.push(isOne ? { ...move, oldDate: last.oldDate } : move);
  }
  return stand;
}

/**
 * Gives the latest first day a pay date may pay from. A date that moved, perhaps more than once, pays from where the money
 * on the date it came from would have begun.
 */
function startsBy(moves: readonly RhythmMove[], payDate: PlainDate): PlainDate {
  const at = moves.findLastIndex((move) => move.newDate === payDate);
  const move = moves[at];
  return move ? later(payDate, startsBy(moves.slice(0, at), move.oldDate)) : payDate;
}
