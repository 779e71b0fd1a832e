import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { seeRuns } from '../actions/see-runs.ts';
import { CancelRun } from '../actions/cancel-run.action.ts';
import { DecideRun } from '../actions/decide-run.action.ts';
import { holdCategories, HoldLines, type RunAfter } from '../actions/hold-lines.action.ts';
import { type OpenedRun, OpenRun } from '../actions/open-run.action.ts';
import { type ReleasedRun, ReleaseRun } from '../actions/release-run.action.ts';
import { type SubmittedRun, SubmitRun } from '../actions/submit-run.action.ts';
import { railNames } from '../rails/rail-names.ts';
import { readRun } from '../store/run.store.ts';
import { BankFiles } from '../views/bank-file.view.ts';
import { type Preview, previewRun } from '../views/preview.view.ts';
import { RunFreshness } from '../views/run-freshness.view.ts';
import { type RunDetail, runDetail } from '../views/run.view.ts';

const reason = words(500);
/** The run's version the caller saw; left out, any is taken. */
const seen = z.number().int().positive().optional();
const opening = z.object({ payDate: day });
const lineIds = z
  .array(z.string().regex(/^\d{1,18}$/))
  .min(1)
  .max(10_000);
const holding = z.object({ lineIds, category: z.enum(holdCategories), reason, seen });
const releasing = z.object({ lineIds, reason, seen });
const decision = z.object({
  outcome: z.enum(['approved', 'sent_back']),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'Send the fingerprint you saw in the preview.'),
  reason: z.string().trim().max(500).default(''),
});
const submitting = z.object({ asPriced: z.boolean().default(false) });
const cancelling = z.object({ reason, seen });
const ofRail = z.object({ rail: z.enum(railNames).optional() });

/** A section 17 run over HTTP: open, look, hold, send, approve, release, file, cancel. */
@Controller()
export class RunsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openRun: OpenRun,
    private readonly holdLines: HoldLines,
    private readonly submitRun: SubmitRun,
    private readonly decideRun: DecideRun,
    private readonly releaseRun: ReleaseRun,
    private readonly cancelRun: CancelRun,
    private readonly files: BankFiles,
    private readonly freshness: RunFreshness,
  ) {}

  @Route({
    ...{ method: 'POST', path: '/api/v1/runs', summary: 'Open a run; it prices itself', status: 201 },
    ...{ allowed: OpenRun.allowed, body: opening, movesMoney: true },
  })
  open(@AskedBy() asked: Asked): Promise<OpenedRun> {
    return this.openRun.run(asked.actor, (asked.body as z.output<typeof opening>).payDate, asked.idempotency);
  }

  @Route({
    method: 'GET',
    path: '/api/v1/runs/:id',
    summary: 'One run: state, totals, people, ledger, story',
    allowed: seeRuns,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<RunDetail> {
    return this.unitOfWork.read(asked.actor, (tx) => runDetail(tx, number(id)));
  }

  @Route({
    method: 'GET',
    path: '/api/v1/runs/:id/preview',
    summary: 'Totals, exceptions, what changed',
    allowed: seeRuns,
  })
  preview(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Preview & { changedSincePriced: string[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      ...(await previewRun(tx, number(id))),
      changedSincePriced: await this.freshness.changedFamilies(tx, await readRun(tx, number(id))),
    }));
  }

  @Route({
    method: 'POST',
    path: '/api/v1/runs/:id/hold',
    summary: 'Hold lines back',
    allowed: HoldLines.allowed,
    body: holding,
  })
  hold(@AskedBy() asked: Asked, @Param('id') id: string): Promise<RunAfter> {
    const { idempotency } = asked;
    return this.holdLines.hold(asked.actor, number(id), asked.body as z.output<typeof holding>, { idempotency });
  }

  @Route({
    method: 'POST',
    path: '/api/v1/runs/:id/unhold',
    summary: 'Let held lines go',
    allowed: HoldLines.allowed,
    body: releasing,
  })
  unhold(@AskedBy() asked: Asked, @Param('id') id: string): Promise<RunAfter> {
    const body = asked.body as z.output<typeof releasing>;
    return this.holdLines.release(asked.actor, number(id), body, { idempotency: asked.idempotency });
  }

  @Route({
    method: 'POST',
    path: '/api/v1/runs/:id/submit',
    summary: 'Send for approval; refused while families changed since pricing, unless sent as priced',
    allowed: SubmitRun.allowed,
    body: submitting,
    movesMoney: true,
  })
  submit(@AskedBy() asked: Asked, @Param('id') id: string): Promise<SubmittedRun> {
    const { asPriced } = asked.body as z.output<typeof submitting>;
    return this.submitRun.run(asked.actor, number(id), { asPriced, idempotency: asked.idempotency });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/runs/:id/decision', summary: 'Approve, or send back with a reason' },
    ...{ allowed: DecideRun.allowed, body: decision, movesMoney: true },
  })
  decide(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.decideRun.run(asked.actor, number(id), asked.body as z.output<typeof decision>, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/runs/:id/post',
      summary: 'Release for posting; the bank file follows',
      status: 202,
    },
    ...{ allowed: ReleaseRun.allowed, movesMoney: true },
  })
  post(@AskedBy() asked: Asked, @Param('id') id: string): Promise<ReleasedRun> {
    return this.releaseRun.run(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/runs/:id/cancel', summary: 'Cancel before it is released' },
    ...{ allowed: CancelRun.allowed, body: cancelling, movesMoney: true },
  })
  cancel(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    const body = asked.body as z.output<typeof cancelling>;
    return this.cancelRun.run(asked.actor, number(id), body.reason, asked.idempotency, body.seen);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/runs/:id/file', summary: 'The bank file, or the one of a rail: the same bytes' },
    ...{ allowed: BankFiles.allowed, query: ofRail, produces: 'text/plain' },
  })
  async file(@AskedBy() asked: Asked, @Param('id') id: string, @Res() response: Response): Promise<void> {
    const { rail } = asked.query as z.output<typeof ofRail>;
    const file = await this.files.open(asked.actor, number(id), rail);
    response.set('X-Content-SHA256', file.sha256).attachment(file.name).type(file.mediaType).send(file.bytes);
  }
}
