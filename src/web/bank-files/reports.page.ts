import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../kernel/index.ts';
import { ExplainException, ImportReport, listExceptions, reportKinds, seeBankFiles } from '../../payments/index.ts';
import { inputRefused, number, problemDocument, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, View, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls } from './bank-files.urls.ts';
import { exceptionWords, reportWords } from './words.ts';

const choosing = z.object({ kind: z.enum(reportKinds, 'Choose what the report is of.') });
const explaining = z.object({ explanation: words(500) });
const MOST_SHOWN = 200;

/** Taking in what a bank reports, and explaining what fits nothing here. */
@Controller()
export class ReportPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly importReport: ImportReport,
    private readonly explain: ExplainException,
  ) {}

  @Page({
    method: 'GET',
    path: bankFileUrls.report,
    title: 'Take in a bank’s report',
    allowed: ImportReport.allowed,
    audit: null,
  })
  ask(): View {
    return form();
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.report, title: 'Take in a bank’s report', upload: true },
    ...{ allowed: ImportReport.allowed, audit: 'payments.report-taken-in' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { kind } = read(choosing, visit.form);
        const { file } = visit;
        if (!file || file.bytes.length === 0)
          throw inputRefused('No file came.', [{ field: 'file', reason: 'Choose a file.' }]);
        const { idempotency } = visit;
        const done = await this.importReport
          .run(visit.actor, kind, file.bytes, { idempotency })
          .catch((error: unknown) => refusedReport(error, visit));
        if (done instanceof View) return done;
        const odd = done.exceptions === 0 ? '' : ` ${done.exceptions} fit nothing here: explain them below.`;
        const to =
          done.exceptions > 0 ? bankFileUrls.exceptions : kind === 'arucs' ? bankFileUrls.returns : bankFileUrls.list;
        return goTo(to, `Taken in: ${done.records} records, ${done.applied} acted on.${odd}`);
      },
      () => form({ values: visit.form }),
    );
  }

  @Page({
    method: 'GET',
    path: bankFileUrls.exceptions,
    title: 'What fits nothing here',
    allowed: seeBankFiles,
    audit: null,
  })
  exceptions(@Visiting() visit: Visit): Promise<View> {
    return this.#exceptions(visit);
  }

  @Page({
    ...{ method: 'POST', path: bankFileUrls.explain, title: 'Explain what fits nothing here' },
    ...{ allowed: ExplainException.allowed, audit: 'payments.exception-explained' },
  })
  explained(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { explanation } = read(explaining, visit.form);
        await this.explain.run(visit.actor, number(visit.params.id ?? ''), explanation);
        return goTo(bankFileUrls.exceptions, 'Explained.');
      },
      () => this.#exceptions(visit),
    );
  }

  async #exceptions(visit: Visit): Promise<View> {
    const exceptions = await this.unitOfWork.read(visit.actor, (tx) => listExceptions(tx, MOST_SHOWN));
    const mayExplain = visit.person.roles.some((role) => ExplainException.allowed.roles.includes(role));
    const data = { exceptions, exceptionWords, mayExplain, values: visit.form, tried: visit.params.id };
    return show('bank-files/exceptions.njk', data);
  }
}

function form(more: Record<string, unknown> = {}): View {
  return show('bank-files/report.njk', { ...formData, ...more });
}

const formData = { kinds: reportKinds.map((value) => ({ value, text: reportWords[value] })), values: {}, faults: [] };

/** Shows every line that is wrong in a table; anything else goes on to the form. */
function refusedReport(error: unknown, visit: Visit): View {
  if (!(error instanceof DomainError) || error.code !== 'report_refused') throw error;
  const problem = { ...problemDocument(error), items: [{ field: 'problems', reason: error.message }] };
  return new View('bank-files/report.njk', { ...formData, values: visit.form, faults: error.items, problem }, 422);
}
