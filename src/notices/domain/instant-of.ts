import type { PlainDate } from '../../kernel/index.ts';

/**
 * Gives the moment to count posting from: now, or noon of the day where the clock stands still at another one.
 * @param today the day by the council's clock
 */
export function instantOf(today: PlainDate, now: Date = new Date()): Date {
  return LONDON.format(now) === today ? now : new Date(`${today}T12:00:00Z`);
}

const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
