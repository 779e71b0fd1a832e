import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { readPlace, writePlace } from '../../ledger/index.ts';
import { type Asked, AskedBy, Route, UnitOfWork } from '../../platform/index.ts';
import { seeSpend } from '../actions/see-spend.ts';
import { spendAsked, spendFilterQuery, spendQuery } from '../domain/spend-query.ts';
import { spendAnswer } from '../views/spend-answer.ts';
import { type SpentTransfer, spentTransfers } from '../views/spend-transfers.view.ts';
import { spendReport } from '../views/spend.view.ts';

const transfersQuery = spendFilterQuery.extend({
  after: z
    .string()
    .refine((text) => readPlace(text) !== undefined, 'Use the "next" of the page before.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Spending over HTTP: figures, and the transfers each is the sum of. It is only ever read; each look is recorded. */
@Controller()
export class SpendController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/spend', summary: 'Where money went in a financial year, by one thing' },
    ...{ allowed: seeSpend, query: spendQuery, audit: 'reporting.spend-seen' },
  })
  spend(@AskedBy() asked: Asked): Promise<ReturnType<typeof spendAnswer>> {
    const { sort, order, ...chosen } = asked.query as z.output<typeof spendQuery>;
    return this.unitOfWork.run({ name: 'reporting.spend', actor: asked.actor }, async (tx) => {
      const report = await spendReport(tx, spendAsked(chosen, tx.today));
      tx.audit({ action: 'reporting.spend-seen', subjectKind: 'spend', subjectId: '' });
      return spendAnswer(report, sort, order);
    });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/spend/transfers', summary: 'The transfers a figure of spending is the sum of' },
    ...{ allowed: seeSpend, query: transfersQuery, audit: 'reporting.spend-transfers-seen' },
  })
  transfers(
    @AskedBy() asked: Asked,
  ): Promise<{ count: number; total: string; transfers: readonly SpentTransfer[]; next: string | null }> {
    const { after, limit, ...chosen } = asked.query as z.output<typeof transfersQuery>;
    return this.unitOfWork.run({ name: 'reporting.spend-transfers', actor: asked.actor }, async (tx) => {
      const place = after === undefined ? undefined : readPlace(after);
      const found = await spentTransfers(tx, spendAsked(chosen, tx.today), place, limit);
      tx.audit({ action: 'reporting.spend-transfers-seen', subjectKind: 'spend', subjectId: '' });
      const last = found.transfers.length === limit ? found.transfers.at(-1) : undefined;
      return { ...found, next: last ? writePlace(last) : null };
    });
  }
}
