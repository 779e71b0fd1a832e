import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { readPlace } from '../../ledger/index.ts';
import { type Asked, AskedBy, Route } from '../../platform/index.ts';
import { LookAtSpend, type PageOfTransfers } from '../actions/look-at-spend.action.ts';
import { seeSpend } from '../actions/see-spend.ts';
import { spendFilterQuery, type SpendQuery, spendQuery } from '../domain/spend-query.ts';
import type { SpendAnswer } from '../views/spend-answer.ts';

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
  constructor(private readonly lookAtSpend: LookAtSpend) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/spend', summary: 'Where money went in a financial year, by one thing' },
    ...{ allowed: seeSpend, query: spendQuery, audit: 'reporting.spend-seen' },
  })
  spend(@AskedBy() asked: Asked): Promise<SpendAnswer> {
    return this.lookAtSpend.figures(asked.actor, asked.query as SpendQuery);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/spend/transfers', summary: 'The transfers a figure of spending is the sum of' },
    ...{ allowed: seeSpend, query: transfersQuery, audit: 'reporting.spend-transfers-seen' },
  })
  transfers(@AskedBy() asked: Asked): Promise<PageOfTransfers> {
    const { after, limit, ...chosen } = asked.query as z.output<typeof transfersQuery>;
    return this.lookAtSpend.transfers(asked.actor, chosen, after === undefined ? undefined : readPlace(after), limit);
  }
}
