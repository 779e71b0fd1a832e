import { addDays, earlier, type PlainDate, weekdayNumber } from '../../kernel/index.ts';
import { type Rhythm, type RhythmMove, rhythmOn } from './pay-rhythm.ts';

/** What a person asks for: another pay day, perhaps another frequency, from a day on. */
export interface MoveTerms {
  /** 1 = Monday. */
  readonly payDay: number;
  /** Absent: as often as before. */
  readonly frequencyDays: 7 | 14 | 28 | null;
  /** No date before this changes. */
  readonly from: PlainDate;
}

/**
 * Finds the first promised date a move changes, and the date in its place: in the same week, so never more than four days off.
 *
 * @param promised the dates that stand, in order
 * @param earliest the first day that may differ, as the family's notice allows
 * @param arrivesOn the day the money of a pay date arrives: before it, over a bank holiday
 * @returns nothing when no promised date is late enough, or nothing would change
 */
export function firstMoved(
  rhythm: Rhythm,
  promised: readonly PlainDate[],
  terms: MoveTerms,
  earliest: PlainDate,
  arrivesOn: (payDate: PlainDate) => PlainDate = (payDate) => payDate,
): RhythmMove | undefined {
  for (const oldDate of promised) {
    const newDate = addDays(oldDate, terms.payDay - weekdayNumber(oldDate));
    const affected = earlier(oldDate, newDate);
    if (affected < terms.from || earlier(arrivesOn(oldDate), arrivesOn(newDate)) < earliest) continue;
    const before = rhythmOn(rhythm, oldDate);
    const frequencyDays = terms.frequencyDays ?? before.frequencyDays;
    if (newDate === oldDate && frequencyDays === before.frequencyDays) return undefined;
    return { oldDate, newDate, payDay: terms.payDay, frequencyDays };
  }
  return undefined;
}
