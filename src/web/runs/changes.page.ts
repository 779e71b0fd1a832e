import { Controller } from '@nestjs/common';
import { seeFamilies } from '../../families/index.ts';
import { firstToNewDetails, listVariance, readRun, seeRuns, varianceTotals } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { kindOf } from './lines.page.ts';
import { afterOf } from './list.page.ts';
import { addressOf, runUrl, runUrls } from './runs.urls.ts';
import { may, runIdOf } from './stage.ts';

const ON_A_PAGE = 50;
/** What a page calls the first payments to new details, beside the kinds of change. */
const FIRST = 'first';

/** What a run changes for families: who is new or stops, whose amount or account is another, against the last payment. */
@Controller()
export class ChangesPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: runUrls.changes, title: 'What changed since the last run', allowed: seeRuns },
    ...{ audit: 'payments.changes-seen', subject: 'run' },
  })
  async changes(@Visiting() visit: Visit): Promise<View> {
    const id = runIdOf(visit);
    const { reference = '', sort: sorted } = visit.query;
    const sort = sorted === 'difference' ? 'difference' : 'family';
    const kind = visit.query.kind === FIRST ? FIRST : kindOf(visit.query.kind);
    const filter = { kind, reference: reference.trim().slice(0, 40) || undefined };
    const narrowed = kind === FIRST ? { ...filter, kind: undefined, firstToNewDetails: true } : { ...filter, kind };
    const asked = { ...narrowed, sort, after: afterOf(visit), limit: ON_A_PAGE + 1 } as const;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      run: await readRun(tx, id),
      totals: await varianceTotals(tx, id),
      firsts: await firstToNewDetails(tx, id),
      found: await listVariance(tx, id, asked),
    }));
    const rows = data.found.slice(0, ON_A_PAGE);
    const last = data.found.length > ON_A_PAGE ? rows.at(-1)?.sourceId : undefined;
    const at = (more: Record<string, string | undefined>): string =>
      addressOf(runUrl(id, 'changes'), { ...filter, sort: sort === 'family' ? undefined : sort, ...more });
    return show('runs/changes.njk', {
      ...{
        run: data.run,
        totals: data.totals,
        firsts: data.firsts,
        rows,
        filter,
        sort,
        maySeeFamilies: may(visit, seeFamilies),
      },
      ...{ next: last && at({ after: last }), first: afterOf(visit) && at({}) },
      sorts: { family: at({ sort: undefined }), difference: at({ sort: 'difference' }) },
      isNarrowed: Boolean(filter.kind ?? filter.reference),
    });
  }
}
