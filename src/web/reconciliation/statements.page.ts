import { Controller } from '@nestjs/common';
import { namesOf } from '../../identity/index.ts';
import { DomainError } from '../../kernel/index.ts';
import {
  ImportStatement,
  linesOfStatement,
  linesToMatchNow,
  listStatements,
  matchingTotals,
  seeReconciliation,
  statementDetail,
  writeOffsWaiting,
} from '../../payments/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf } from '../runs/runs.urls.ts';
import { reconciliationUrls, urlOf } from './reconciliation.urls.ts';

const ON_A_PAGE = 50;

/** Bank statements: the list, taking one in, one of them with its lines, and what is still to match. */
@Controller()
export class StatementPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly importStatement: ImportStatement,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.statements, title: 'Reconciliation' },
    ...{ allowed: seeReconciliation, audit: null },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const after = afterOf(visit);
    const { found, totals } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await listStatements(tx, after, ON_A_PAGE + 1),
      totals: await matchingTotals(tx),
    }));
    const statements = found.slice(0, ON_A_PAGE);
    const next = found.length > ON_A_PAGE ? statements.at(-1)?.id : undefined;
    return show('reconciliation/statements.njk', {
      ...{ statements, totals, mayTake: visit.person.roles.includes('finance') },
      next: next && addressOf(reconciliationUrls.statements, { after: next }),
      first: after && reconciliationUrls.statements,
    });
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.take, title: 'Take in a bank statement' },
    ...{ allowed: ImportStatement.allowed, audit: null },
  })
  ask(): View {
    return show('reconciliation/take-in.njk');
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.take, title: 'Take in a bank statement', upload: true },
    ...{ allowed: ImportStatement.allowed, audit: 'payments.statement-imported' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { file } = visit;
        if (!file || file.bytes.length === 0)
          throw inputRefused('No file came.', [{ field: 'file', reason: 'Choose a file.' }]);
        const run = this.importStatement.run(visit.actor, file.name, file.bytes, { idempotency: visit.idempotency });
        const done = await run.catch((error: unknown) => refusedFile(error));
        const [first] = done.statements;
        return goTo(
          first ? urlOf('statement', first.id) : reconciliationUrls.statements,
          'The statement is taken in and proved.',
        );
      },
      () => show('reconciliation/take-in.njk'),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.toMatch, title: 'Lines to match', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-lines-seen', subject: 'bank-account' },
  })
  async toMatch(@Visiting() visit: Visit): Promise<View> {
    const after = afterOf(visit);
    const { found, ...data } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await linesToMatchNow(tx, after ?? '0', ON_A_PAGE + 1),
      ...{ totals: await matchingTotals(tx), writeOffs: (await writeOffsWaiting(tx)).length },
    }));
    const lines = found.slice(0, ON_A_PAGE);
    const next = found.length > ON_A_PAGE ? lines.at(-1)?.id : undefined;
    return show('reconciliation/to-match.njk', {
      ...{ ...data, lines },
      next: next && addressOf(reconciliationUrls.toMatch, { after: next }),
      first: after && reconciliationUrls.toMatch,
    });
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.statement, title: 'One bank statement', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-statement-seen', subject: 'bank-statement' },
  })
  async statement(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const after = Number(afterOf(visit)?.slice(0, 9) ?? 0);
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const statement = await statementDetail(tx, id);
      const names = await namesOf(tx, [statement.importedBy]);
      return {
        ...{ statement, importer: names.get(statement.importedBy) },
        found: await linesOfStatement(tx, id, after, ON_A_PAGE + 1),
      };
    });
    const lines = data.found.slice(0, ON_A_PAGE);
    const next = data.found.length > ON_A_PAGE ? lines.at(-1)?.n : undefined;
    return show('reconciliation/statement.njk', {
      ...{ ...data, lines },
      next: next && addressOf(urlOf('statement', id), { after: String(next) }),
      first: after > 0 && urlOf('statement', id),
    });
  }
}

function afterOf(visit: Visit): string | undefined {
  const { after = '' } = visit.query;
  return /^\d{1,18}$/.test(after) ? after : undefined;
}

/** What is wrong with the file as a whole belongs to its field; what is wrong on a line has its place in the list. */
function refusedFile(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  throw new DomainError(error.kind, error.message, [{ field: 'file', reason: error.message }, ...error.items]);
}
