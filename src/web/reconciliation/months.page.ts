import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { namesOf } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import {
  isMonthClosed,
  laterPostings,
  monthsOfTheBooks,
  reopeningById,
  reopeningsWaiting,
} from '../../ledger/index.ts';
import { CloseMonth, monthAsked, monthChecklist, seeReconciliation } from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { answer, holds, reason } from '../administration/answers.ts';
import { standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { reconciliationUrls } from './reconciliation.urls.ts';

const MONTHS_SHOWN = 60;
const LATER_SHOWN = 200;
const closing = z.object({ note: z.string().trim().max(500, 'Write at most 500 characters.').default('') });
const reopening = z.object({ reason });

const TOLD = {
  approved: 'The month is open again.',
  refused: 'It stays closed.',
  signed: 'You signed it. It needs another person’s signature, and the month stays closed until then.',
} as const;

/** Months of the books: the checklist, closing, and opening again by two people. */
@Controller()
export class MonthPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly close: CloseMonth,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.months, title: 'Months', allowed: seeReconciliation, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const [months, waiting] = [await monthsOfTheBooks(tx, MONTHS_SHOWN), await reopeningsWaiting(tx)];
      const people = await namesOf(tx, [
        ...months.map((each) => each.closedBy),
        ...waiting.map((each) => each.proposedBy),
      ]);
      return { months, waiting, people: Object.fromEntries(people) };
    });
    return show('reconciliation/months.njk', data);
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.month, title: 'A month', allowed: seeReconciliation, audit: null },
  })
  month(@Visiting() visit: Visit): Promise<View> {
    return this.#month(visit, 'reconciliation/month.njk');
  }

  @Page({
    ...{
      method: 'GET',
      path: reconciliationUrls.close,
      title: 'Close a month',
      allowed: CloseMonth.allowed,
      audit: null,
    },
  })
  askClose(@Visiting() visit: Visit): Promise<View> {
    return this.#month(visit, 'reconciliation/close-month.njk');
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.close, title: 'Close a month' },
    ...{ allowed: CloseMonth.allowed, audit: 'ledger.month-closed' },
  })
  takeClose(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.close.run(visit.actor, monthOf(visit), read(closing, visit.form).note, visit.idempotency);
        return goTo(reconciliationUrls.months, 'The month is closed. What comes later is posted in the open one.');
      },
      () => this.#month(visit, 'reconciliation/close-month.njk'),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.reopen, title: 'Open a month again', allowed: CloseMonth.allowed },
    ...{ audit: null },
  })
  askReopen(@Visiting() visit: Visit): Promise<View> {
    return this.#month(visit, 'reconciliation/reopen-month.njk');
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.reopen, title: 'Propose to open a month again' },
    ...{ allowed: CloseMonth.allowed, audit: 'ledger.reopening-proposed' },
  })
  takeReopen(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(reopening, visit.form);
        await this.close.proposeReopening(visit.actor, monthOf(visit), given.reason, visit.idempotency);
        return goTo(reconciliationUrls.months, 'It is proposed. A second person decides.');
      },
      () => this.#month(visit, 'reconciliation/reopen-month.njk'),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.reopening, title: 'A month to be opened again' },
    ...{ allowed: seeReconciliation, audit: null },
  })
  askDecision(@Visiting() visit: Visit): Promise<View> {
    return this.#reopening(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.reopening, title: 'Decide about opening a month again' },
    ...{ allowed: CloseMonth.deciders, audit: 'ledger.month-reopened' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const { outcome } = await this.close.decideReopening(
          visit.actor,
          id,
          read(answer, visit.form),
          visit.idempotency,
        );
        return goTo(reconciliationUrls.months, TOLD[outcome]);
      },
      () => this.#reopening(visit),
    );
  }

  async #month(visit: Visit, template: string): Promise<View> {
    const month = monthOf(visit);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...{ isClosed: await isMonthClosed(tx, month), checklist: await monthChecklist(tx, month) },
      later: await laterPostings(tx, month, LATER_SHOWN),
    }));
    const mayClose = holds(visit, ...CloseMonth.allowed.roles);
    const isReady = data.checklist.every((item) => item.isDone);
    return show(template, { ...data, month, key: month.slice(0, 7), mayClose, isReady, values: visit.form });
  }

  async #reopening(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const asked = await reopeningById(tx, number(visit.params.id ?? ''));
      const standing = await standingOf(tx, visit, 'period-reopen', asked.id, CloseMonth.deciders.roles);
      return { asked, standing, proposer: (await namesOf(tx, [asked.proposedBy])).get(asked.proposedBy) };
    });
    return show('reconciliation/reopening.njk', {
      ...data,
      isOpen: data.asked.state === 'open',
      values: visit.form,
    });
  }
}

function monthOf(visit: Visit): PlainDate {
  return monthAsked(visit.params.month ?? '');
}
