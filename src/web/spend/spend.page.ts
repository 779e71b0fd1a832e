import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { readPlace, seeLedger, writePlace } from '../../ledger/index.ts';
import { seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import {
  seeSpend,
  type SpendAsked,
  spendAsked,
  spendChoices,
  spendFilterQuery,
  spendQuery,
  spendReport,
  spentTransfers,
} from '../../reporting/index.ts';
import { attempt, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { shownReport } from './spend-shown.ts';
import { spendUrl, spendUrls } from './spend.urls.ts';

const ON_A_PAGE = 50;

/** Where money went: figures, charts, and the transfers each figure is the sum of. */
@Controller()
export class SpendPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: spendUrls.spend, title: 'Spend', allowed: seeSpend },
    ...{ audit: 'reporting.spend-seen', subject: 'spend' },
  })
  spend(@Visiting() visit: Visit): Promise<PageAnswer> {
    // What cannot be read narrows nothing; the form says so.
    return attempt(
      () => this.#spend(visit, read(spendQuery, visit.query)),
      () => this.#spend(visit, spendQuery.parse({})),
    );
  }

  @Page({
    ...{ method: 'GET', path: spendUrls.transfers, title: 'Transfers behind a figure', allowed: seeSpend },
    ...{ audit: 'reporting.spend-transfers-seen', subject: 'spend' },
  })
  transfers(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () => this.#transfers(visit, read(spendQuery, visit.query)),
      () => this.#transfers(visit, spendQuery.parse({})),
    );
  }

  async #spend(visit: Visit, { sort, order, ...chosen }: z.output<typeof spendQuery>): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const report = await spendReport(tx, spendAsked(chosen, tx.today));
      return { report, choices: await spendChoices(tx, report.asked.year) };
    });
    const { asked } = data.report;
    return show('spend/spend.njk', {
      ...{ ...data, ...shownReport(data.report, sort, order), asked, sort, order },
      isNarrowed: Object.keys(asked.filter).length > 0,
      files: filesOf(asked, { sort, order }),
    });
  }

  async #transfers(visit: Visit, chosen: z.output<typeof spendFilterQuery>): Promise<View> {
    const after = readPlace(visit.query.after ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const asked = spendAsked(chosen, tx.today);
      return {
        asked,
        ...(await spentTransfers(tx, asked, after, ON_A_PAGE + 1)),
        choices: await spendChoices(tx, asked.year),
      };
    });
    const shown = data.transfers.slice(0, ON_A_PAGE);
    const last = data.transfers.length > ON_A_PAGE ? shown.at(-1) : undefined;
    const is = (held: readonly string[]): boolean => visit.person.roles.some((role) => held.includes(role));
    return show('spend/transfers.njk', {
      ...{ ...data, transfers: shown, isFirst: !after, back: spendUrl(spendUrls.spend, data.asked) },
      ...{ seesLedger: is(seeLedger.roles), seesPayments: is(seeRuns.roles) },
      next: last && spendUrl(spendUrls.transfers, data.asked, { after: writePlace(last) }),
      fundNames: Object.fromEntries(data.choices.funds.map(({ id, name }) => [id, name])),
    });
  }
}

/** The ways to take figures away: all of them, or fit to be published. */
function filesOf(asked: SpendAsked, order: Readonly<Record<string, string>>) {
  const published = { year: asked.year, by: asked.by, filter: {} };
  const both = (path: string) => ({
    whole: spendUrl(path, asked, order),
    published: spendUrl(path, published, { ...order, for: 'publication' }),
  });
  const over500 = `${spendUrls.over500}?${new URLSearchParams({ year: asked.year }).toString()}`;
  return { csv: both(spendUrls.csv), pdf: both(spendUrls.pdf), over500 };
}
