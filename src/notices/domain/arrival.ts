import { Temporal } from 'temporal-polyfill';
import { mustBeKnown, type WorkingCalendar } from '../../calendar/index.ts';
import { type Postage, postages } from '../../identity/index.ts';
import { addDays, type PlainDate, plainDate, weekdayNumber } from '../../kernel/index.ts';

/** When a letter is printed, and the days between which it comes through the door. */
export interface LetterArrival {
  readonly printedOn: PlainDate;
  readonly earliest: PlainDate;
  /** The day a family has it for certain, as far as anybody can know: notice counts from here. */
  readonly latest: PlainDate;
}

/** Says whether a word is a kind of stamp, for whoever reads one that was typed. */
export function isPostage(word: string): word is Postage {
  return (postages as readonly string[]).includes(word);
}

/** How many delivery days after printing a letter comes, soonest and latest. @source GOV.UK Notify's delivery times */
const DELIVERY_DAYS: Readonly<Record<Postage, { readonly soonest: number; readonly latest: number }>> = {
  first: { soonest: 1, latest: 1 },
  second: { soonest: 4, latest: 5 },
  economy: { soonest: 4, latest: 7 },
};

const LAST_PICK_UP = Temporal.PlainTime.from('17:30');
const SUNDAY = 7;

/**
 * Works out when a letter handed to GOV.UK Notify reaches a family, for whoever counts the days of notice.
 *
 * What is handed over by 17:30 in London goes to print on the next working day. Royal Mail delivers Monday to Friday,
 * and first class on Saturdays too; never on a bank holiday.
 * @param calendar England and Wales, wherever the council is: that is where letters are printed
 * @throws calendar_not_known when the letter would arrive after the last year whose bank holidays are known
 */
export function letterArrival(uploadedAt: Date, postage: Postage, calendar: WorkingCalendar): LetterArrival {
  const printedOn = calendar.addWorkingDays(pickedUpOn(uploadedAt), 1);
  const { soonest, latest } = DELIVERY_DAYS[postage];
  const arrival = {
    printedOn,
    earliest: deliveryDay(printedOn, soonest, postage, calendar),
    latest: deliveryDay(printedOn, latest, postage, calendar),
  };
  mustBeKnown(arrival.latest, calendar);
  return arrival;
}

function pickedUpOn(uploadedAt: Date): PlainDate {
  const inLondon = Temporal.Instant.fromEpochMilliseconds(uploadedAt.getTime()).toZonedDateTimeISO('Europe/London');
  const day = plainDate(inLondon.toPlainDate().toString());
  return Temporal.PlainTime.compare(inLondon.toPlainTime(), LAST_PICK_UP) < 0 ? day : addDays(day, 1);
}

function deliveryDay(printedOn: PlainDate, count: number, postage: Postage, calendar: WorkingCalendar): PlainDate {
  if (postage !== 'first') return calendar.addWorkingDays(printedOn, count);
  let reached = printedOn;
  for (let left = count; left > 0; left -= 1) {
    reached = addDays(reached, 1);
    while (weekdayNumber(reached) === SUNDAY || calendar.isHoliday(reached)) reached = addDays(reached, 1);
  }
  return reached;
}
