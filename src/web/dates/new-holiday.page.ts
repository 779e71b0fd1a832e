import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { divisions } from '../../calendar/index.ts';
import { councilSettings } from '../../identity/index.ts';
import { Drafts, UnitOfWork, words } from '../../platform/index.ts';
import { AddBankHoliday, type BankHolidayToAdd, USUAL_APOLOGY } from '../../subsistence/index.ts';
import { dayNeeded, reason } from '../administration/answers.ts';
import { divisionTerms } from '../administration/terms.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { datesUrls } from './dates.urls.ts';

const DRAFT = 'bank-holidays/new';
const answers = z.object({
  division: z.enum(divisions, 'Choose one.'),
  title: words(100),
  reason,
  apology: words(500),
});

/** Entering a bank holiday announced for one year only: the day, then what it does, then it stands. */
@Controller()
export class NewHolidayPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly addBankHoliday: AddBankHoliday,
  ) {}

  @Page({
    ...{ method: 'GET', path: datesUrls.newHoliday, title: 'Enter a bank holiday' },
    ...{ allowed: AddBankHoliday.allowed, audit: null },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    const isChange = visit.query.change !== undefined;
    const draft = isChange ? await this.drafts.find<BankHolidayToAdd>(visit.actor, DRAFT) : undefined;
    return this.#form(visit, draft ? asTyped(draft) : { division: 'england-and-wales', apology: USUAL_APOLOGY });
  }

  @Page({
    ...{ method: 'POST', path: datesUrls.newHoliday, title: 'Enter a bank holiday' },
    ...{ allowed: AddBankHoliday.allowed, audit: null },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const holiday = { ...read(answers, visit.form), day: dayNeeded(visit.form, 'day') };
        // What it would be refused for is said here, beside what was typed.
        await this.addBankHoliday.run(visit.actor, holiday, { dryRun: true });
        await this.drafts.keep(visit.actor, DRAFT, holiday);
        return goTo(datesUrls.checkHoliday);
      },
      () => this.#form(visit, visit.form),
    );
  }

  @Page({
    ...{ method: 'GET', path: datesUrls.checkHoliday, title: 'Check before you enter this bank holiday' },
    ...{ allowed: AddBankHoliday.allowed, audit: null },
  })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<BankHolidayToAdd>(visit.actor, DRAFT);
    return draft ? this.#check(visit, draft) : goTo(datesUrls.newHoliday);
  }

  @Page({
    ...{ method: 'POST', path: datesUrls.checkHoliday, title: 'Enter this bank holiday' },
    ...{ allowed: AddBankHoliday.allowed, audit: 'calendar.holiday-added' },
  })
  async enter(@Visiting() visit: Visit): Promise<PageAnswer> {
    const draft = await this.drafts.find<BankHolidayToAdd>(visit.actor, DRAFT);
    if (!draft) return goTo(datesUrls.bankHolidays, 'This bank holiday was entered already.');
    return attempt(
      async () => {
        const { families } = await this.addBankHoliday.run(visit.actor, draft, { idempotency: visit.idempotency });
        await this.drafts.discard(visit.actor, DRAFT);
        const told = families === 1 ? '1 family is being told.' : `${families} families are being told.`;
        return goTo(datesUrls.bankHolidays, `Entered. ${families === 0 ? 'No payment moves.' : told}`);
      },
      () => this.#form(visit, asTyped(draft)),
    );
  }

  async #check(visit: Visit, draft: BankHolidayToAdd): Promise<PageAnswer> {
    return attempt(
      async () => {
        const effect = await this.addBankHoliday.run(visit.actor, draft, { dryRun: true });
        return show('dates/check-holiday.njk', { draft, effect, divisionTerms });
      },
      () => this.#form(visit, asTyped(draft)),
    );
  }

  async #form(visit: Visit, values: Form): Promise<View> {
    const { division } = await this.unitOfWork.read(visit.actor, councilSettings);
    const offered = divisions.filter((each) => each === division || each === 'england-and-wales');
    return show('dates/new-holiday.njk', { values, offered, division, divisionTerms });
  }
}

function asTyped({ division, day, title, reason: why, apology }: BankHolidayToAdd): Form {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const when = { 'day-year': year, 'day-month': month, 'day-day': dayOfMonth };
  return { division, title, reason: why, apology: apology ?? USUAL_APOLOGY, ...when };
}
