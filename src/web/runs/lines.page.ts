import { Controller } from '@nestjs/common';
import { seeFamilies, teamsAndWards } from '../../families/index.ts';
import { fundPositions } from '../../funds/index.ts';
import { namesOf } from '../../identity/index.ts';
import {
  type HoldRow,
  HoldLines,
  holdsOf,
  type LineRow,
  type LinesAsked,
  listLines,
  readRun,
  seeRuns,
  type VarianceKind,
  varianceKinds,
} from '../../payments/index.ts';
import { Drafts, inputRefused, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { causeChoices, causeOf } from './causes.ts';
import { holdDraft, type HoldDraft } from './hold-draft.ts';
import { afterOf } from './list.page.ts';
import { mayDoTo } from './run-steps.ts';
import { addressOf, runUrl, runUrls } from './runs.urls.ts';
import { may, runIdOf, versionSeen } from './stage.ts';

const ON_A_PAGE = 50;

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

  /** Reads what was ticked, and refuses what the step asked for cannot do. */
  async #chosen(visit: Visit, id: string): Promise<HoldDraft> {
    const lineIds = [visit.form.line ?? []].flat().filter((each) => /^\d{1,18}$/.test(each));
    const step = visit.form.step === 'release' ? 'release' : 'hold';
    if (lineIds.length === 0) throw refused('Tick at least one payment.');
    const { run, lines } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      run: await readRun(tx, id),
      lines: await listLines(tx, id, { ids: lineIds, limit: lineIds.length }),
    }));
    const odd = lines.filter((line) => (step === 'hold' ? line.status === 'held' : !isHeldByPerson(line)));
    const names = odd.map((line) => line.family).join(', ');
    if (odd.length > 0)
      throw refused(step === 'hold' ? `Already held: ${names}. Untick them.` : `Nobody holds: ${names}. Untick them.`);
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
      return { run, hasMore: found.length > ON_A_PAGE, lines: await withHolds(tx, id, lines), ...(await choices(tx)) };
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

type Filter = Pick<LinesAsked, 'status' | 'cause' | 'fundId' | 'change' | 'team' | 'reference' | 'sort'>;

function filterOf({ query }: Visit): Filter {
  const { status, cause, fundId = '', change, team, reference, sort } = query;
  return {
    ...{ status: status === 'payable' || status === 'held' ? status : undefined, cause: cause || undefined },
    ...{ fundId: /^\d{1,18}$/.test(fundId) ? fundId : undefined, change: kindOf(change), team: team || undefined },
    ...{ reference: reference?.trim().slice(0, 40) || undefined, sort: sort === 'amount' ? 'amount' : undefined },
  };
}

/** Reads a kind of change out of an address. */
export function kindOf(text: string | undefined): VarianceKind | undefined {
  return varianceKinds.find((kind) => kind === text);
}

interface ShownLine extends LineRow {
  readonly hold: (HoldRow & { by: string }) | undefined;
  readonly causeName: string | undefined;
  readonly isTickable: boolean;
}

async function withHolds(tx: Transaction, runId: string, lines: readonly LineRow[]): Promise<ShownLine[]> {
  const held = lines.filter((line) => line.status === 'held').map((line) => line.sourceId);
  const holds = await holdsOf(tx, runId, held);
  const names = await namesOf(
    tx,
    holds.map((hold) => hold.heldBy),
  );
  return lines.map((line) => {
    const hold = holds.find((each) => each.sourceId === line.sourceId && each.category === line.holdCode);
    return {
      ...{ ...line, hold: hold && { ...hold, by: names.get(hold.heldBy ?? '') ?? 'Mainstay' } },
      causeName: line.holdCode ? causeOf(line.holdCode).name : undefined,
      isTickable: line.status === 'payable' || isHeldByPerson(line),
    };
  });
}

async function choices(tx: Transaction) {
  const { teams } = await teamsAndWards(tx);
  return { teams, funds: (await fundPositions(tx)).map(({ id, name }) => ({ value: id, text: name })) };
}

function isHeldByPerson(line: LineRow): boolean {
  return line.status === 'held' && line.holdCode !== null && !causeOf(line.holdCode).isByPricing;
}

function refused(reason: string) {
  return inputRefused(reason, [{ field: 'lines', reason }]);
}
