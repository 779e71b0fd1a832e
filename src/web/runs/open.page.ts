import { Controller } from '@nestjs/common';
import { isPlainDate, type PlainDate } from '../../kernel/index.ts';
import { OpenRun } from '../../payments/index.ts';
import { inputRefused } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  show,
  type View,
  type Visit,
  Visiting,
  writtenDay,
} from '../pages/index.ts';
import { addressOf, runUrl, runUrls } from './runs.urls.ts';

/** Opening a run by hand: which pay date, what will happen, open. */
@Controller()
export class OpenPages {
  constructor(private readonly openRun: OpenRun) {}

  @Page({ method: 'GET', path: runUrls.open, title: 'Open a run', allowed: OpenRun.allowed, audit: null })
  ask(@Visiting() visit: Visit): View {
    const [year, month, day] = dateAsked(visit)?.split('-') ?? [];
    return show('runs/open.njk', { values: { 'payDate-year': year, 'payDate-month': month, 'payDate-day': day } });
  }

  @Page({ method: 'POST', path: runUrls.open, title: 'Open a run', allowed: OpenRun.allowed, audit: null })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const date = dateField(visit.form, 'payDate');
        if (!date)
          throw inputRefused('The pay date is missing.', [{ field: 'payDate-day', reason: 'Enter a pay date.' }]);
        await this.openRun.foresee(visit.actor, date);
        return goTo(addressOf(runUrls.openCheck, { date }));
      },
      () => show('runs/open.njk', { values: visit.form }),
    );
  }

  @Page({ method: 'GET', path: runUrls.openCheck, title: 'Open a run: check', allowed: OpenRun.allowed, audit: null })
  check(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => show('runs/open-check.njk', await this.openRun.foresee(visit.actor, dateOf(visit))),
      () => show('runs/open.njk', { values: {} }),
    );
  }

  @Page({
    ...{ method: 'POST', path: runUrls.openCheck, title: 'Open a run' },
    ...{ allowed: OpenRun.allowed, audit: 'payments.run-opened' },
  })
  open(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const date = dateOf(visit);
        const { runId } = await this.openRun.run(visit.actor, date, visit.idempotency);
        return goTo(runUrl(runId), `The run for ${writtenDay(date)} is open. It prices itself now.`);
      },
      () => show('runs/open.njk', { values: {} }),
    );
  }
}

function dateAsked(visit: Visit): PlainDate | undefined {
  const { date = '' } = visit.query;
  return isPlainDate(date) ? date : undefined;
}

function dateOf(visit: Visit): PlainDate {
  const date = dateAsked(visit);
  if (!date) throw inputRefused('The pay date is missing.', [{ field: 'payDate-day', reason: 'Enter a pay date.' }]);
  return date;
}
