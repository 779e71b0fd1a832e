import type { WorkingCalendar } from '../../calendar/index.ts';
import type { LimitKind } from '../../identity/index.ts';
import { addDays, type PlainDate, type Role } from '../../kernel/index.ts';

/** What is known of a kind of approval. */
export interface KindRules {
  readonly kind: LimitKind;
  /** Whoever decides says first that they have no interest in it. */
  readonly declaresConflict: boolean;
  /** It can be approved while other approvals are closed: an emergency. */
  readonly openInFreeze: boolean;
  /** Working days within which it is to be decided. */
  readonly targetDays: number;
  /** Working days after which it is escalated. */
  readonly escalateDays: number;
  readonly escalatesTo: Role;
}

/** Says by which day something is to be decided, for whoever it waits for: so many working days after it was put forward. */
export function dueOn(calendar: WorkingCalendar, { targetDays }: KindRules, proposedOn: PlainDate): PlainDate {
  return calendar.addWorkingDays(proposedOn, targetDays);
}

/** Finds the last day on which something was put forward that has waited so many working days by today, for the clock. */
export function lastDayWaiting(calendar: WorkingCalendar, workingDays: number, today: PlainDate): PlainDate {
  let last = calendar.addWorkingDays(today, -workingDays);
  while (calendar.addWorkingDays(addDays(last, 1), workingDays) <= today) last = addDays(last, 1);
  // From a weekend the count reaches one working day further back than it does from a working day.
  while (calendar.addWorkingDays(last, workingDays) > today) last = addDays(last, -1);
  return last;
}
