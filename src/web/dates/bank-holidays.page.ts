import { Controller } from '@nestjs/common';
import { type Division, divisions } from '../../calendar/index.ts';
import { namesOf, seeAdministration } from '../../identity/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { AddBankHoliday, bankHolidays, pastChanging, PaymentCalendars } from '../../subsistence/index.ts';
import { divisionTerms } from '../administration/terms.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { datesUrls } from './dates.urls.ts';

/** The bank holidays to come: GOV.UK's, and those the council entered itself. */
@Controller()
export class BankHolidaysPage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: PaymentCalendars,
  ) {}

  @Page({
    ...{ method: 'GET', path: datesUrls.bankHolidays, title: 'Bank holidays' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const division = divisions.find((each) => each === visit.query.division);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { council, holidays } = await bankHolidays(tx, { division });
      const names = await namesOf(
        tx,
        holidays.map((each) => each.addedBy),
      );
      return {
        kept: council,
        holidays,
        names: Object.fromEntries(names),
        past: await pastChanging(tx, this.calendars),
      };
    });
    return show('dates/bank-holidays.njk', {
      ...{ ...data, division: division ?? '', divisionTerms, choices: choices() },
      mayAdd: visit.person.roles.some((role) => AddBankHoliday.allowed.roles.includes(role)),
    });
  }
}

function choices(): { value: Division; text: string }[] {
  return divisions.map((value) => ({ value, text: divisionTerms[value] }));
}
