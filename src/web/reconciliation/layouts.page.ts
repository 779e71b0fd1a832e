import { Controller } from '@nestjs/common';
import { namesOf } from '../../identity/index.ts';
import { DomainError } from '../../kernel/index.ts';
import {
  csvProfiles,
  KeepStatementLayout,
  seeReconciliation,
  statementLayouts,
  tryLayout,
} from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { holds } from '../administration/answers.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { layoutAsked, layoutIn } from './layout-form.ts';
import { reconciliationUrls } from './reconciliation.urls.ts';

const SHOWN = 20;

/** How banks lay out their CSV statements: the list, and a new one tried on lines of the bank's before it is kept. */
@Controller()
export class LayoutPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keep: KeepStatementLayout,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.layouts, title: 'Layouts of CSV statements' },
    ...{ allowed: seeReconciliation, audit: null },
  })
  list(@Visiting() visit: Visit): Promise<View> {
    return this.#list(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.layouts, title: 'Take a layout out of use' },
    ...{ allowed: KeepStatementLayout.allowed, audit: 'payments.statement-layout-taken-out' },
  })
  takeOut(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        await this.keep.takeOut(visit.actor, String(visit.form.name ?? ''), visit.idempotency);
        return goTo(reconciliationUrls.layouts, 'It is out of use. Files are no longer read by it.');
      },
      () => this.#list(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.newLayout, title: 'Add a layout' },
    ...{ allowed: KeepStatementLayout.allowed, audit: null },
  })
  ask(): View {
    return show('reconciliation/new-layout.njk', { values: {}, header: [] });
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.newLayout, title: 'Add a layout' },
    ...{ allowed: KeepStatementLayout.allowed, audit: 'payments.statement-layout-set' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const { form } = visit;
    return attempt(
      async () => {
        const { header } = layoutAsked(form);
        if (form.do === 'columns') return show('reconciliation/new-layout.njk', { values: form, header });
        const asked = layoutIn(form);
        if (form.do !== 'save') {
          const [statement] = refusedAtItsPlace(() => tryLayout(asked.name, asked.layout, asked.sample));
          const lines = statement?.lines.slice(0, SHOWN);
          return show('reconciliation/new-layout.njk', { values: form, header, statement, lines });
        }
        await this.keep.run(visit.actor, asked, visit.idempotency);
        return goTo(reconciliationUrls.layouts, `Files of ${asked.name} are read by it from now on.`);
      },
      () => show('reconciliation/new-layout.njk', { values: form, header: headerOf(visit) }),
    );
  }

  async #list(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const layouts = await statementLayouts(tx);
      const people = layouts.map(({ setBy }) => setBy);
      return { layouts, people: Object.fromEntries(await namesOf(tx, people)) };
    });
    const mayKeep = holds(visit, ...KeepStatementLayout.allowed.roles);
    return show('reconciliation/layouts.njk', { ...data, known: csvProfiles, mayKeep });
  }
}

/** What the lines do not prove is said at the lines. */
function refusedAtItsPlace<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'statement_refused') throw error;
    throw new DomainError(error.kind, error.message, [{ field: 'sample', reason: error.message }, ...error.items]);
  }
}

/** The columns to choose from, where there are any yet. */
function headerOf(visit: Visit): readonly string[] {
  try {
    return layoutAsked(visit.form).header;
  } catch {
    return [];
  }
}
