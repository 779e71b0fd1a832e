import { defineProblem, payDayOf, personActing, type PlainDate } from '../../kernel/index.ts';
import { type Transaction, whenConstraintBreaks } from '../../platform/index.ts';
import type { Division } from '../domain/bank-holidays.ts';
import { WorkingCalendar } from '../domain/working-calendar.ts';

/** Tells an administrator why a day cannot be entered. */
export const holidayRefused = defineProblem('bank_holiday_refused', {
  status: 422,
  title: 'This day cannot be entered as a bank holiday',
  whatToDo: 'Correct each place named below. Nothing was changed, and nobody was told anything.',
});
/** Tells an administrator that there is nothing to enter. */
export const holidayKnown = defineProblem('bank_holiday_known', {
  status: 409,
  title: 'That day is a bank holiday already',
  whatToDo: 'Look at the list of bank holidays: there is nothing to do.',
});

const known = (day: string): Error =>
  holidayKnown('It is on the list.', [{ field: 'day', reason: `${day} is a bank holiday there already.` }]);
whenConstraintBreaks('uq_one_off_once_a_day', () => holidayKnown('Somebody else entered it a moment ago.'));

/** A day off that was announced for one year only. */
export interface OneOffHoliday {
  readonly division: Division;
  readonly day: PlainDate;
  readonly title: string;
  /** How the council knows of it: who announced it, and where. */
  readonly reason: string;
}

/**
 * Writes down a bank holiday that GOV.UK's list does not have, inside the transaction that goes over what it changes.
 * @returns its number @throws bank_holiday_refused, bank_holiday_known
 */
export async function addOneOffHoliday(tx: Transaction, holiday: OneOffHoliday): Promise<string> {
  const { division, day, title, reason } = holiday;
  const listed = await tx.query<{ day: PlainDate }>(`select day from calendar.bank_holiday where division = $1`, [
    division,
  ]);
  const calendar = new WorkingCalendar(listed.map((each) => each.day));
  const items = [
    ...(day <= tx.today ? [{ field: 'day', reason: 'Enter a day after today.' }] : []),
    ...(payDayOf(day) ? [] : [{ field: 'day', reason: 'This is a weekend: nothing is paid then anyway.' }]),
    ...(calendar.knows(day)
      ? []
      : [{ field: 'day', reason: `Bank holidays are known to ${calendar.knownTo}. Enter a day up to then.` }]),
    ...(title.trim() === '' ? [{ field: 'title', reason: 'Say what the day is called.' }] : []),
    ...(reason.trim() === '' ? [{ field: 'reason', reason: 'Say who announced it.' }] : []),
  ];
  if (items.length > 0) throw holidayRefused('Some of it needs another look.', items);
  if (calendar.isHoliday(day)) throw known(day);
  const { id } = await tx.one<{ id: string }>(
    `insert into calendar.one_off_holiday (authority_id, division, day, title, reason, added_by)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [tx.actor.authorityId, division, day, title.trim(), reason.trim(), personActing(tx.actor)],
  );
  tx.audit({
    ...{ action: 'calendar.holiday-added', subjectKind: 'bank-holiday', subjectId: id },
    detail: { division, day, title: title.trim() },
  });
  return id;
}
