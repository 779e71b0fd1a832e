import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { divisions, type HolidayListed } from '../../calendar/index.ts';
import { seeAdministration } from '../../identity/index.ts';
import { type Asked, AskedBy, day, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AddBankHoliday, type BankHolidayAdded } from '../actions/add-bank-holiday.action.ts';
import { bankHolidays } from '../views/bank-holidays.view.ts';

const adding = z.object({
  division: z.enum(divisions).default('england-and-wales'),
  day,
  title: words(100),
  reason: words(500),
  apology: words(500).optional(),
  dryRun: z.boolean().default(false),
});
const listed = z.object({ division: z.enum(divisions).optional() });

/** Bank holidays over HTTP: the list, and one announced for one year only. */
@Controller()
export class BankHolidaysController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly addBankHoliday: AddBankHoliday,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-holidays', summary: 'Bank holidays, and those the council entered itself' },
    ...{ allowed: seeAdministration, query: listed },
  })
  async list(@AskedBy() asked: Asked): Promise<{ holidays: HolidayListed[] }> {
    const query = asked.query as z.output<typeof listed>;
    const { holidays } = await this.unitOfWork.read(asked.actor, (tx) => bankHolidays(tx, query));
    return { holidays };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-holidays', status: 201 },
    summary: 'Enter a bank holiday that was announced for one year only; dryRun says what it would do',
    ...{ allowed: AddBankHoliday.allowed, body: adding },
  })
  add(@AskedBy() asked: Asked): Promise<BankHolidayAdded> {
    const { dryRun, ...holiday } = asked.body as z.output<typeof adding>;
    return this.addBankHoliday.run(asked.actor, holiday, {
      dryRun,
      ...(dryRun ? {} : { idempotency: asked.idempotency }),
    });
  }
}
