import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeCouncil, type CouncilToBe, councilSettings, postages, seeAdministration } from '../../identity/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
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
import { administrationUrls } from './administration.urls.ts';
import { holds, reason, version } from './answers.ts';
import { settingsWithChanges } from './changes.ts';
import { postageTerms } from './terms.ts';

const days = z
  .string('Enter a number of days.')
  .regex(/^\d{1,3}$/, 'Enter a number of days.')
  .transform(Number);
const periodAnswers = z.object({
  ...{ noticeDays: days, endingNoticeDays: days, reviewAskDays: days, reviewAnswerDays: days, reason, version },
  payDayChangeNeedsApproval: z.enum(['yes', 'no'], 'Choose one.').transform((answer) => answer === 'yes'),
});
const helpAnswers = z.object({
  helpPhone: z.string().trim().nullable().default(null),
  helpEmail: z.string().trim().nullable().default(null),
  returnAddress: z.string().default(''),
  postage: z.enum(postages, 'Choose one.'),
  lettersPrintedHere: z.enum(['yes', 'no'], 'Choose one.').transform((answer) => answer === 'yes'),
  ...{ reason, version },
});
/** The columns whose changes these pages tell. */
const TOLD = [
  'notice_days',
  'ending_notice_days',
  'pay_day_change_needs_approval',
  'review_ask_days',
  'review_answer_days',
].concat([...['help_phone', 'help_email', 'return_address', 'postage', 'letters_printed_here']]);

/** How long before a change families are told, and whom they are told to ask. */
@Controller()
export class NoticesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeCouncil: ChangeCouncil,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.notices, title: 'Notices to families' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async show(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => settingsWithChanges(tx, TOLD));
    const mayChange = holds(visit, 'administrator');
    return show('administration/notices.njk', { ...data, postageTerms, mayChange });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.noticePeriods, title: 'How long before a change' },
    ...{ allowed: ChangeCouncil.allowed, audit: null },
  })
  askPeriods(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'administration/notice-periods.njk');
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.noticePeriods, title: 'How long before a change' },
    ...{ allowed: ChangeCouncil.allowed, audit: 'identity.council-changed' },
  })
  takePeriods(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, 'administration/notice-periods.njk', (form) => read(periodAnswers, form));
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.noticeHelp, title: 'Where families ask for help' },
    ...{ allowed: ChangeCouncil.allowed, audit: null },
  })
  askHelp(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit, 'administration/notice-help.njk');
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.noticeHelp, title: 'Where families ask for help' },
    ...{ allowed: ChangeCouncil.allowed, audit: 'identity.council-changed' },
  })
  takeHelp(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#take(visit, 'administration/notice-help.njk', (form) => {
      const { returnAddress, ...given } = read(helpAnswers, form);
      return { ...given, returnAddress: linesOf(returnAddress) };
    });
  }

  #take(
    visit: Visit,
    template: string,
    answers: (form: Form) => CouncilToBe & { reason: string; version: number },
  ): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { reason: why, version: shown, ...change } = answers(visit.form);
        await this.changeCouncil.run(visit.actor, change, { version: shown, reason: why }, visit.idempotency);
        return goTo(administrationUrls.notices, 'Changed. Notices already sent stay as they are.');
      },
      () => this.#form(visit, template),
    );
  }

  async #form(visit: Visit, template: string): Promise<View> {
    const settings = await this.unitOfWork.read(visit.actor, councilSettings);
    return show(template, { settings, postageTerms, values: visit.form });
  }
}

/** Reads an address a line each; nothing when none is written. */
function linesOf(text: string): string[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const written = lines.filter((line) => line !== '');
  return written.length > 0 ? written : null;
}
