import { bacsDays, type CouncilCalendars } from '../../calendar/index.ts';
import { addDays, payDayOf, type PlainDate } from '../../kernel/index.ts';

/** A pay date and the day its money arrives. */
export interface Arrival {
  readonly payDate: PlainDate;
  readonly arrivesOn: PlainDate;
}

/** A promised arrival that a holiday brings forward. */
export interface BroughtForward extends Arrival {
  /** The day it is to arrive now: always before `arrivesOn`. */
  readonly earlier: PlainDate;
}

/** Lists the pay days from one day up to, not including, another with their days of arrival, as far as holidays are known. */
export function arrivalsBetween(from: PlainDate, to: PlainDate, { council, bacs }: CouncilCalendars): Arrival[] {
  const days: Arrival[] = [];
  for (let payDate = from; payDate < to && bacs.knows(payDate); payDate = addDays(payDate, 1))
    if (payDayOf(payDate)) days.push({ payDate, arrivesOn: bacsDays(payDate, council, bacs).entryDay });
  return days;
}

/** Lists the pay days on which money comes early, because they are no working day. */
export function earlyBetween(from: PlainDate, to: PlainDate, calendars: CouncilCalendars): Arrival[] {
  return arrivalsBetween(from, to, calendars).filter((each) => each.arrivesOn < each.payDate);
}

/**
 * Finds which promised arrivals a new holiday brings forward, and to which day. One that would come later is kept: what
 * was promised stands. Doing it again finds nothing.
 */
export function broughtForward<Promised extends Arrival>(
  promised: readonly Promised[],
  { council, bacs }: CouncilCalendars,
): (Promised & BroughtForward)[] {
  return promised
    .filter((each) => bacs.knows(each.payDate))
    .map((each) => ({ ...each, earlier: bacsDays(each.payDate, council, bacs).entryDay }))
    .filter((each) => each.earlier < each.arrivesOn);
}
