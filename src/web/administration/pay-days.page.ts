import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeCouncil, councilSettings, namesOf, seeAdministration } from '../../identity/index.ts';
import { originatorShown } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { holds, reason, version } from './answers.ts';
import { settingsWithChanges } from './changes.ts';
import { divisionTerms } from './terms.ts';

const days = (most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,2}$/, `Enter a number of days from 0 to ${most}.`)
    .transform(Number)
    .refine((n) => n <= most, `Enter a number of days from 0 to ${most}.`);
const answers = z.object({
  division: z.enum(['england-and-wales', 'scotland', 'northern-ireland'], 'Choose one.'),
  ...{ leadDays: days(20), coolOffDays: days(30), reason, version },
});
/** The columns whose changes this page tells. */
const TOLD = ['division', 'lead_days', 'cool_off_days'];

/** When runs open, how long changes wait, and the account the council pays from. */
@Controller()
export class PayDaysPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeCouncil: ChangeCouncil,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.payDays, title: 'Pay days and the paying account' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async show(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const account = await originatorShown(tx);
      const proposer = (await namesOf(tx, [account.waiting?.proposedBy ?? null])).get(
        account.waiting?.proposedBy ?? '',
      );
      return { ...(await settingsWithChanges(tx, TOLD)), account, proposer };
    });
    return show('administration/pay-days.njk', {
      ...{ ...data, divisionTerms, mayChange: holds(visit, 'administrator') },
    });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.changePayDays, title: 'Change pay days' },
    ...{ allowed: ChangeCouncil.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.changePayDays, title: 'Change pay days' },
    ...{ allowed: ChangeCouncil.allowed, audit: 'identity.council-changed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { version: shown, reason: why, ...change } = read(answers, visit.form);
        await this.changeCouncil.run(visit.actor, change, { version: shown, reason: why }, visit.idempotency);
        return goTo(administrationUrls.payDays, 'Changed. Runs that are open already keep their days.');
      },
      () => this.#form(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const settings = await this.unitOfWork.read(visit.actor, councilSettings);
    return show('administration/change-pay-days.njk', { settings, divisionTerms, values: visit.form });
  }
}
