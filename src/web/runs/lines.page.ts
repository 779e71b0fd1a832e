import { Controller } from '@nestjs/common';
import { seeFamilies } from '../../families/index.ts';
import { fundList } from '../../funds/index.ts';
import {
  HoldLines,
  type LineRow,
  type LinesAsked,
  listLines,
  readRun,
  seeRuns,
  type VarianceKind,
  varianceKinds,
} from '../../payments/index.ts';
import { Drafts, inputRefused, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { causeChoices } from './causes.ts';
import { holdDraft, type HoldDraft } from './hold-draft.ts';
import { afterOf } from './list.page.ts';
import { mayDoTo } from './run-steps.ts';
import { addressOf, runUrl, runUrls } from './runs.urls.ts';
import { isHeldByPerson, withHolds } from './shown-lines.ts';
import { may, runIdOf, versionSeen } from './stage.ts';

const ON_A_PAGE = 50;
const MOST_AT_ONCE = 1000;

/** The payments of a run, narrowed, in order and paged; ticked ones are held or let go. */
@Controller()
export class LinesPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.lines, title: 'The payments of a run', allowed: seeRuns },
    ...{ audit: 'payments.lines-seen', subject: 'run' },
  })
  lines(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.lines, title: 'Choose payments to hold or let go' },
    ...{ allowed: HoldLines.allowed, audit: null },
  })
  choose(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        await this.drafts.keep(visit.actor, holdDraft(id), await this.#chosen(visit, id));
        return goTo(runUrl(id, 'holds'));
      },
      () => this.#page(visit),
    );
  }

  /** Reads what was ticked, or all that is listed; refuses what the step asked for cannot do. */
  async #chosen(visit: Visit, id: string): Promise<HoldDraft> {
    const { step, isAll } = stepIn(visit);
    const lineIds = [visit.form.line ?? []].flat().filter((each) => /^\d{1,18}$/.test(each));
    if (!isAll && lineIds.length === 0) throw refused('Tick at least one payment.');
    const which = isAll ? { ...filterOf(visit), limit: MOST_AT_ONCE + 1 } : { ids: lineIds, limit: lineIds.length };
    const { run, found } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      run: await readRun(tx, id),
      found: await listLines(tx, id, which),
    }));
    const can = (line: LineRow): boolean => (step === 'hold' ? line.status !== 'held' : isHeldByPerson(line));
    const lines = isAll ? found.filter(can) : found;
    if (found.length > MOST_AT_ONCE) throw refused(`More than ${MOST_AT_ONCE} are listed. Narrow the list.`);
    if (lines.length === 0) throw refused(step === 'hold' ? 'All of these are held.' : 'Nobody holds any of these.');
    const names = lines.flatMap((line) => (can(line) ? [] : line.family)).join(', ');
    if (names) throw refused(`${step === 'hold' ? 'Already held' : 'Nobody holds'}: ${names}. Untick them.`);
    return { step, lineIds: lines.map((line) => line.id), seen: versionSeen(visit) ?? run.version };
  }

  async #page(visit: Visit): Promise<View> {
    const id = runIdOf(visit);
    const filter = filterOf(visit);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const run = await readRun(tx, id);
      const found = await listLines(tx, id, {
        ...filter,
        sort: filter.sort ?? 'family',
        after: afterOf(visit),
        limit: ON_A_PAGE + 1,
      });
      const lines = found.slice(0, ON_A_PAGE);
      return {
        run,
        hasMore: found.length > ON_A_PAGE,
        lines: await withHolds(tx, id, lines),
        funds: (await fundList(tx)).map(({ id: value, name: text }) => ({ value, text })),
      };
    });
    const at = (more: Record<string, string | undefined>): string =>
      addressOf(runUrl(id, 'lines'), { ...filter, ...more });
    const last = data.hasMore ? data.lines.at(-1)?.id : undefined;
    return show('runs/lines.njk', {
      ...{ ...data, filter, causes: causeChoices, changes: varianceKinds.filter((kind) => kind !== 'stopped') },
      next: last && at({ after: last }),
      first: afterOf(visit) && at({}),
      sorts: { family: at({ sort: undefined }), amount: at({ sort: 'amount' }) },
      isNarrowed: Object.keys(filter).some((key) => key !== 'sort' && filter[key as keyof typeof filter]),
      mayHold: mayDoTo(data.run, visit).hold,
      maySeeFamilies: may(visit, seeFamilies),
      ticked: [visit.form.line ?? []].flat(),
      self: at({ after: afterOf(visit) }),
    });
  }
}

type Filter = Pick<LinesAsked, 'status' | 'cause' | 'fundId' | 'change' | 'reference' | 'sort'>;

function filterOf({ query }: Visit): Filter {
  const { status, cause, fundId = '', change, reference, sort } = query;
  return {
    ...{ status: status === 'payable' || status === 'held' ? status : undefined, cause: cause || undefined },
    ...{ fundId: /^\d{1,18}$/.test(fundId) ? fundId : undefined, change: kindOf(change) },
    ...{ reference: reference?.trim().slice(0, 40) || undefined, sort: sort === 'amount' ? 'amount' : undefined },
  };
}

/** Reads a kind of change out of an address. */
export function kindOf(text: string | undefined): VarianceKind | undefined {
  return varianceKinds.find((kind) => kind === text);
}

/** What is to be done, with those ticked or with all that are listed. */
function stepIn({ form }: Visit): { step: HoldDraft['step']; isAll: boolean } {
  const asked = String(form.step ?? '');
  return { step: asked.startsWith('release') ? 'release' : 'hold', isAll: asked.endsWith('-all') };
}

function refused(reason: string) {
  return inputRefused(reason, [{ field: 'lines', reason }]);
}
