import { ICalCalendarMethod, ICalEventTransparency, default as ical } from 'ical-generator';
import type { CalendarEvent } from '../../notices/index.ts';

const HALF_A_DAY = 12 * 60 * 60;

/** Writes coming days as an iCalendar file. It names nobody and says only one word, on every phone that shows it. */
export function calendarFile(events: readonly CalendarEvent[], word: string): string {
  const calendar = ical({
    ...{ name: word, prodId: { company: '-', product: '-', language: 'EN' }, ttl: HALF_A_DAY },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { uid, onDay, sequence, changedAt } of events.toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1)))
    calendar.createEvent({
      ...{ id: uid, sequence, summary: word, allDay: true, start: new Date(`${onDay}T00:00:00Z`) },
      ...{ stamp: changedAt, transparency: ICalEventTransparency.TRANSPARENT },
    });
  return calendar.toString();
}
