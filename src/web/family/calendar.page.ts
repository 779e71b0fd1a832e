import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { type FamilyGuest, feedOfFamily, isLanguage, KeepCalendarFeed, spokenAlone } from '../../notices/index.ts';
import { Route, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { promiseSlots } from '../../subsistence/index.ts';
import { goTo, type OpenVisit, type PageAnswer, type View, Visiting } from '../pages/index.ts';
import { calendarFile } from './calendar-file.ts';
import { familyMoney } from './family-money.ts';
import { dayOf, showTo } from './family-view.ts';
import { FamilyPage, Guest } from './family-visit.ts';
import { familyPageUrls as urls } from './family.urls.ts';

/** A family's days in its own calendar, if it wants that: an address made and stopped here, and the file behind it. */
@Controller()
export class CalendarPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly feed: KeepCalendarFeed,
  ) {}

  @FamilyPage({ method: 'GET', path: urls.calendar, title: 'Dates in your calendar' })
  async calendar(@Guest() guest: FamilyGuest): Promise<View> {
    const feed = await this.unitOfWork.read(guest.actor, (tx) => feedOfFamily(tx, guest.familyId));
    return showTo(guest, 'calendar.njk', { madeOn: dayOf(feed?.madeAt) });
  }

  /** Shows the address at once: it is kept nowhere, so it cannot be shown again. */
  @FamilyPage({
    method: 'POST',
    path: urls.calendar,
    title: 'Make a calendar link',
    audit: 'notices.calendar-feed-made',
  })
  async make(@Guest() guest: FamilyGuest, @Visiting() { origin }: OpenVisit): Promise<PageAnswer> {
    const path = urls.feed.replace(':code', await this.feed.make(guest));
    const address = `${origin}${path}`;
    return showTo(guest, 'calendar.njk', { address, subscribe: address.replace(/^https?:/, 'webcal:') });
  }

  @FamilyPage({
    method: 'POST',
    path: urls.calendarStop,
    title: 'Stop the calendar link',
    audit: 'notices.calendar-feed-stopped',
  })
  async stop(@Guest() guest: FamilyGuest): Promise<PageAnswer> {
    await this.feed.stop(guest);
    return goTo(urls.calendar);
  }

  @Route({
    ...{
      method: 'GET',
      path: urls.feed,
      summary: 'The days of a family’s payments for its calendar; says nothing of whose',
    },
    ...{ allowed: 'open', produces: 'text/calendar', audit: 'notices.calendar-feed-looked' },
  })
  async file(@Param('code') code: string, @Res() response: Response): Promise<void> {
    const found = await this.feed.read(code, (tx, familyId) => this.#comingDays(tx, familyId));
    response.set({ 'Cache-Control': found ? 'private, max-age=900' : 'no-store', 'Referrer-Policy': 'no-referrer' });
    if (!found) return void response.status(404).type('text/plain').send('There is nothing here.');
    const language = isLanguage(found.language) ? found.language : 'en';
    response.type('text/calendar').send(calendarFile(found.events, spokenAlone(language, 'pageReminder')));
  }

  async #comingDays(tx: Transaction, familyId: string): Promise<{ slot: string; onDay: PlainDate }[]> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const { coming } = await familyMoney(tx, familyId, calendars);
    const planIds = [...new Set(coming.map((payment) => payment.planId))];
    const slots = new Map(
      (await promiseSlots(tx, planIds)).map(({ planId, payDate, slot }) => [`${planId} ${payDate}`, slot]),
    );
    return coming.flatMap(({ planId, payDate, arrivesOn }) => {
      const slot = slots.get(`${planId} ${payDate}`);
      return slot ? [{ slot, onDay: arrivesOn }] : [];
    });
  }
}
