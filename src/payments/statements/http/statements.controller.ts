import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork, words } from '../../../platform/index.ts';
import { ImportStatement, type StatementsImported } from '../actions/import-statement.action.ts';
import {
  linesOfStatement,
  linesToMatchNow,
  listStatements,
  seeReconciliation,
  statementDetail,
  type StatementLineRow,
  type StatementRow,
} from '../views/statements.view.ts';

const naming = z.object({ name: words(200).default('statement'), dryRun: z.enum(['true', 'false']).default('false') });

/** Bank statements over HTTP: taken in, looked at, and what is still to match. */
@Controller()
export class StatementsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly importStatement: ImportStatement,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-statements', summary: 'Take in a bank statement file, all or nothing' },
    ...{ allowed: ImportStatement.allowed, query: naming, consumes: 'application/octet-stream', status: 201 },
  })
  take(@AskedBy() asked: Asked): Promise<StatementsImported> {
    const { name, dryRun } = asked.query as z.output<typeof naming>;
    const bytes = Buffer.isBuffer(asked.body) ? asked.body : Buffer.alloc(0);
    const { idempotency } = asked;
    return this.importStatement.run(asked.actor, name, bytes, { idempotency, dryRun: dryRun === 'true' });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-statements', summary: 'Bank statements, the newest first' },
    ...{ allowed: seeReconciliation, query: pageQuery },
  })
  async list(@AskedBy() asked: Asked): Promise<{ statements: StatementRow[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const from = after === '0' ? undefined : after;
    const statements = await this.unitOfWork.read(asked.actor, (tx) => listStatements(tx, from, limit));
    return { statements, next: statements.length === limit ? (statements.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{
      method: 'GET',
      path: '/api/v1/bank-statements/to-match',
      summary: 'Lines that are not matched, the oldest first',
    },
    ...{ allowed: seeReconciliation, query: pageQuery },
  })
  async toMatch(@AskedBy() asked: Asked): Promise<{ lines: StatementLineRow[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const lines = await this.unitOfWork.read(asked.actor, (tx) => linesToMatchNow(tx, after, limit));
    return { lines, next: lines.length === limit ? (lines.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-statements/:id', summary: 'One statement with its lines' },
    ...{ allowed: seeReconciliation, query: pageQuery },
  })
  async show(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<{ statement: StatementRow; lines: StatementLineRow[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const statement = await statementDetail(tx, number(id));
      const lines = await linesOfStatement(tx, statement.id, Number(after.slice(0, 9)), limit);
      return { statement, lines, next: lines.length === limit ? String(lines.at(-1)?.n) : null };
    });
  }
}
