import { Controller } from '@nestjs/common';
import { dueFigures } from '../../grants/index.ts';
import { OpenRun } from '../../payments/index.ts';
import { inputRefused, UnitOfWork } from '../../platform/index.ts';
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
import { runUrl } from '../runs/runs.urls.ts';
import { grantUrls } from './grants.urls.ts';

/** Opening a run of the instalments that are due by a day. */
@Controller()
export class GrantsRunPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openRun: OpenRun,
  ) {}

  @Page({ method: 'GET', path: grantUrls.openRun, title: 'Open a grants run', allowed: OpenRun.allowed, audit: null })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.openRun, title: 'Open a grants run', allowed: OpenRun.allowed },
    audit: 'payments.run-opened',
  })
  open(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const date = dateField(visit.form, 'payDate');
        if (!date) throw inputRefused('The day is missing.', [{ field: 'payDate-day', reason: 'Enter a day.' }]);
        const { runId } = await this.openRun.run(visit.actor, date, visit.idempotency, 'grants');
        return goTo(runUrl(runId), `The grants run for ${writtenDay(date)} is open. It takes in what is due now.`);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const due = await this.unitOfWork.read(visit.actor, (tx) => dueFigures(tx, tx.today));
    return show('grants/open-run.njk', { due, values: visit.form });
  }
}
