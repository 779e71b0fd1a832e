import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Money } from '../../kernel/index.ts';
import { holdCategories, HoldLines, listLines, readRun, type RunAfter } from '../../payments/index.ts';
import { Drafts, UnitOfWork, words } from '../../platform/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  type View,
  type Visit,
  Visiting,
  writtenMoney,
} from '../pages/index.ts';
import { categoriesToChoose, causeOf } from './causes.ts';
import { holdDraft, type HoldDraft } from './hold-draft.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { atStage, runIdOf } from './stage.ts';

const holding = z.object({ category: z.enum(holdCategories, 'Choose why they are held.'), reason: words(500) });
const releasing = z.object({ reason: words(500) });
const CHANGEABLE = ['priced', 'in_approval', 'approved'] as const;

/** Holding payments back, or letting them go: why, then the consequence in numbers, then done. */
@Controller()
export class HoldsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly holdLines: HoldLines,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.holds, title: 'Why payments are held or let go' },
    ...{ allowed: HoldLines.allowed, audit: 'payments.lines-seen', subject: 'run' },
  })
  ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#page(visit, 'runs/holds.njk');
  }

  @Page({
    ...{ method: 'POST', path: runUrls.holds, title: 'Why payments are held or let go' },
    ...{ allowed: HoldLines.allowed, audit: null },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        const draft = await this.#draft(visit, id);
        if (!draft) return goTo(runUrl(id, 'lines'));
        const answers = draft.step === 'hold' ? read(holding, visit.form) : read(releasing, visit.form);
        await this.drafts.keep(visit.actor, holdDraft(id), { ...draft, ...answers });
        return goTo(runUrl(id, 'holdsCheck'));
      },
      async () => this.#page(visit, 'runs/holds.njk') as Promise<View>,
    );
  }

  @Page({
    ...{ method: 'GET', path: runUrls.holdsCheck, title: 'Check before payments are held or let go' },
    ...{ allowed: HoldLines.allowed, audit: 'payments.lines-seen', subject: 'run' },
  })
  check(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#page(visit, 'runs/holds-check.njk');
  }

  @Page({
    ...{ method: 'POST', path: runUrls.holdsCheck, title: 'Hold payments or let them go' },
    ...{ allowed: HoldLines.allowed, audit: 'payments.lines-held' },
  })
  confirm(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        const draft = await this.#draft(visit, id);
        if (!draft?.reason) return goTo(runUrl(id));
        const after = await this.#do(visit, id, draft);
        await this.drafts.discard(visit.actor, holdDraft(id));
        return goTo(runUrl(id), told(draft, after));
      },
      async () => this.#page(visit, 'runs/holds-check.njk') as Promise<View>,
    );
  }

  #do(visit: Visit, id: string, draft: HoldDraft): Promise<RunAfter> {
    const { lineIds, seen, category = '', reason = '' } = draft;
    const options = { idempotency: visit.idempotency };
    return draft.step === 'hold'
      ? this.holdLines.hold(visit.actor, id, { lineIds, seen, category, reason }, options)
      : this.holdLines.release(visit.actor, id, { lineIds, seen, reason }, options);
  }

  #draft(visit: Visit, id: string): Promise<HoldDraft | undefined> {
    return this.drafts.find<HoldDraft>(visit.actor, holdDraft(id));
  }

  async #page(visit: Visit, template: string): Promise<PageAnswer> {
    const id = runIdOf(visit);
    const draft = await this.#draft(visit, id);
    const { run, lines } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      run: await readRun(tx, id),
      lines: draft ? await listLines(tx, id, { ids: draft.lineIds, sort: 'family', limit: draft.lineIds.length }) : [],
    }));
    if (!draft) return goTo(runUrl(id, 'lines'));
    const sum = Money.sum(lines.map((line) => Money.gbp(line.amount)));
    const total = Money.gbp(run.total);
    return atStage(run, CHANGEABLE, template, {
      ...{ draft, lines, sum, categories: categoriesToChoose },
      ...{ totalAfter: draft.step === 'hold' ? total.minus(sum) : total.plus(sum) },
      cause: draft.category ? causeOf(draft.category).name : undefined,
      values: visit.form.reason === undefined && visit.form.category === undefined ? draft : visit.form,
    });
  }
}

function told({ step, lineIds }: HoldDraft, after: RunAfter): string {
  const what = `${lineIds.length} payment${lineIds.length === 1 ? '' : 's'}`;
  const now = `The run now pays ${after.payable}, ${writtenMoney(after.total)} in total.`;
  return step === 'hold' ? `Held: ${what}. ${now}` : `Let go: ${what}. ${now}`;
}
