import { addDays, type PlainDate } from '../../kernel/index.ts';
import { memberDaysRefused } from '../family-problems.ts';

const MOST_YEARS = 120;
const DAYS_OF_PREGNANCY = 280;
const LATEST_BIRTH_AFTER_DUE = 35;

/** Checks a date of birth for whoever writes it down. @throws member_days_refused */
export function checkBirth(today: PlainDate, born: PlainDate, field = 'born-day'): void {
  if (born <= today && born >= addDays(today, -MOST_YEARS * 366)) return;
  const reason = born > today ? 'A birth is not in the future.' : `That is over ${MOST_YEARS} years ago.`;
  throw memberDaysRefused(`${born} is no birthday.`, [{ field, reason }]);
}

/** Checks a due date for whoever writes it down: a pregnancy of now. @throws member_days_refused */
export function checkDue(today: PlainDate, due: PlainDate): void {
  if (due >= addDays(today, -LATEST_BIRTH_AFTER_DUE) && due <= addDays(today, DAYS_OF_PREGNANCY)) return;
  const reason = 'Enter a due date from five weeks ago to forty weeks ahead.';
  throw memberDaysRefused(`${due} is no due date of a pregnancy now.`, [{ field: 'due-day', reason }]);
}
