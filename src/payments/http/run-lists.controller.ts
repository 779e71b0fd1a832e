import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork } from '../../platform/index.ts';
import { seeRuns } from '../actions/see-runs.ts';
import { runStateNames } from '../run.states.ts';
import { findRuns } from '../store/run.store.ts';
import { varianceKinds } from '../store/variance.store.ts';
import { explainedLines } from '../views/lines.view.ts';
import { PayCalendar, type PayCalendarAnswer } from '../views/pay-calendar.view.ts';
import { listVariance, type VarianceRow, varianceTotals } from '../views/variance.view.ts';

const runsQuery = pageQuery.extend({
  state: z.enum(runStateNames).optional(),
  limit: pageQuery.shape.limit.default(200),
});
const narrowed = { reference: z.string().max(40).optional() };
const linesQuery = pageQuery.extend({
  ...{ ...narrowed, status: z.enum(['payable', 'held']).optional(), cause: z.string().max(40).optional() },
  ...{
    fundId: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    change: z.enum(varianceKinds).optional(),
  },
  ...{ team: z.string().max(100).optional(), sort: z.enum(['number', 'family', 'amount']).default('number') },
});
const varianceQuery = pageQuery.extend({
  ...{ ...narrowed, kind: z.enum(varianceKinds).optional() },
  firstToNewDetails: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  sort: z.enum(['family', 'difference']).default('family'),
});

/** Runs, their lines and the pay calendar as lists over HTTP: narrowed, in order, a page at a time. */
@Controller()
export class RunListsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payCalendar: PayCalendar,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/runs', summary: 'Runs, newest pay date first' },
    ...{ allowed: seeRuns, query: runsQuery },
  })
  async runs(@AskedBy() asked: Asked): Promise<{ runs: object[]; next: string | null }> {
    const { after, ...query } = asked.query as z.output<typeof runsQuery>;
    const start = after === '0' ? undefined : after;
    const runs = await this.unitOfWork.read(asked.actor, (tx) => findRuns(tx, { ...query, after: start }));
    const shown = runs.map((run) => ({ ...run, fingerprint: run.fingerprint?.toString('hex') ?? null }));
    return { runs: shown, next: nextOf(runs, query.limit, (run) => run.id) };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/pay-calendar', allowed: seeRuns },
    summary: 'Pay dates, cut-offs, bank holidays, and runs that were missed',
  })
  calendar(@AskedBy() asked: Asked): Promise<PayCalendarAnswer> {
    return this.unitOfWork.read(asked.actor, (tx) => this.payCalendar.read(tx));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/runs/:id/lines', summary: 'Lines, with how each was worked out' },
    ...{ allowed: seeRuns, query: linesQuery },
  })
  async lines(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ lines: object[]; next: string | null }> {
    const query = asked.query as z.output<typeof linesQuery>;
    const lines = await this.unitOfWork.read(asked.actor, (tx) => explainedLines(tx, number(id), query));
    return { lines, next: nextOf(lines, query.limit, (line) => line.id) };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/runs/:id/variance', allowed: seeRuns, query: varianceQuery },
    summary: 'How each payment differs from the last, stopped ones too, with totals by kind',
  })
  async variance(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
  ): Promise<{ totals: object; variance: VarianceRow[]; next: string | null }> {
    const query = asked.query as z.output<typeof varianceQuery>;
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const variance = await listVariance(tx, number(id), query);
      const next = nextOf(variance, query.limit, (row) => row.sourceId);
      return { totals: await varianceTotals(tx, number(id)), variance, next };
    });
  }
}

function nextOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => string): string | null {
  const last = rows.at(-1);
  return last !== undefined && rows.length === limit ? placeOf(last) : null;
}
