import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { fundList } from '../../funds/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import {
  paymentsOver500,
  seeSpend,
  type SpendQuery,
  spendAsked,
  spendQuery,
  spendReport,
  spendTable,
} from '../../reporting/index.ts';
import { Page, read, type Visit, Visiting } from '../pages/index.ts';
import { over500Csv } from './over-500-csv.ts';
import { spendCsv } from './spend-csv.ts';
import { spendPdf } from './spend-pdf.ts';
import { narrowedInWords } from './spend-shown.ts';
import { spendUrls } from './spend.urls.ts';

/** Spending to take away: a table to work with, a report to hand over; whole, or fit to be published. */
@Controller()
export class SpendFiles {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: spendUrls.csv, title: 'Spending as a file', allowed: seeSpend, produces: 'text/csv' },
    ...{ audit: 'reporting.spend-downloaded', subject: 'spend' },
  })
  async csv(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const { report, table, name } = await this.#report(visit);
    response.set('Cache-Control', 'no-store').attachment(`${name}.csv`).type('text/csv; charset=utf-8');
    response.send(spendCsv(report, table));
  }

  @Page({
    ...{ method: 'GET', path: spendUrls.pdf, title: 'Spending as a report', allowed: seeSpend },
    ...{ audit: 'reporting.spend-downloaded', subject: 'spend', produces: 'application/pdf' },
  })
  async pdf(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const { report, table, name, funds, isPublished } = await this.#report(visit);
    const narrowedTo = narrowedInWords(report.asked, funds);
    const bytes = await spendPdf(report, table, { council: visit.council, narrowedTo, isPublished });
    response.set('Cache-Control', 'no-store').attachment(`${name}.pdf`).type('application/pdf').send(bytes);
  }

  @Page({
    ...{ method: 'GET', path: spendUrls.over500, title: 'Payments over £500, to publish', allowed: seeSpend },
    ...{ audit: 'reporting.over-500-downloaded', subject: 'spend', produces: 'text/csv' },
  })
  async over500(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const chosen: SpendQuery = read(spendQuery, visit.query);
    const { rows, year } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const asked = spendAsked({ year: chosen.year }, tx.today);
      return { rows: await paymentsOver500(tx, asked.year), year: asked.year };
    });
    response.set('Cache-Control', 'no-store').attachment(`payments-over-500-${year}.csv`);
    response.type('text/csv; charset=utf-8').send(over500Csv(visit.council, rows));
  }

  /** What is published is never narrowed: from many narrow tables, small figures could be worked out. */
  async #report(visit: Visit) {
    const isPublished = visit.query.for === 'publication';
    const { sort, order, ...chosen }: SpendQuery = read(spendQuery, visit.query);
    return this.unitOfWork.read(visit.actor, async (tx) => {
      const asked = spendAsked(isPublished ? { year: chosen.year, by: chosen.by } : chosen, tx.today);
      const report = await spendReport(tx, asked);
      const table = spendTable(report, { sort, order }, isPublished);
      const name = `spend-${asked.year}-by-${asked.by}${isPublished ? '-published' : ''}`;
      return { report, table, name, isPublished, funds: await fundList(tx) };
    });
  }
}
