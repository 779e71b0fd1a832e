import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { LogReturn } from '../actions/log-return.action.ts';
import { MakePrintBatch } from '../actions/make-print-batch.action.ts';
import { SettlePrintBatch } from '../actions/settle-print-batch.action.ts';
import { postages } from '../../identity/index.ts';
import { lettersWaiting } from '../store/letter-queue.store.ts';
import { listBatches } from '../store/print-batch.store.ts';
import { LetterFiles } from '../views/opened-letters.view.ts';

const making = z.object({ postage: z.enum(postages).default('second') });
const takingBack = z.object({ reason: words(300) });
const paged = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Letters printed by the council itself, over HTTP. */
@Controller()
export class PrintBatchesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly make: MakePrintBatch,
    private readonly settle: SettlePrintBatch,
    private readonly files: LetterFiles,
    private readonly logReturn: LogReturn,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/letters', summary: 'Letters that wait to be printed, and batches' },
    ...{ allowed: MakePrintBatch.allowed, query: paged },
  })
  list(@AskedBy() asked: Asked) {
    const { before, limit } = asked.query as z.output<typeof paged>;
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      waiting: await lettersWaiting(tx),
      batches: await listBatches(tx, before, limit),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/letters', summary: 'Make a batch of letters to print', status: 201 },
    ...{ allowed: MakePrintBatch.allowed, body: making },
  })
  makeBatch(@AskedBy() asked: Asked): Promise<{ batchId: string; letters: number }> {
    const { postage } = asked.body as z.output<typeof making>;
    return this.make.run(asked.actor, postage, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/notices/letters/:id/file', summary: 'The letters of a batch; on record' },
    ...{ allowed: MakePrintBatch.allowed, produces: 'application/pdf' },
  })
  async file(@AskedBy() asked: Asked, @Param('id') id: string, @Res() response: Response): Promise<void> {
    const { name, bytes } = await this.files.batch(asked.actor, number(id));
    response.set('Cache-Control', 'no-store').attachment(name).type('application/pdf').send(bytes);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/letters/:id/posting', summary: 'Say that a batch was posted today' },
    allowed: SettlePrintBatch.allowed,
  })
  posted(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ arrivesLatest: string }> {
    return this.settle.posted(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/notices/letters/:id/taking-back', summary: 'Take back a batch not posted' },
    ...{ allowed: SettlePrintBatch.allowed, body: takingBack },
  })
  async takenBack(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: 'taken_back' }> {
    const { reason } = asked.body as z.output<typeof takingBack>;
    await this.settle.takenBack(asked.actor, number(id), reason, asked.idempotency);
    return { state: 'taken_back' };
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/letters/:id/return',
      summary: 'Say that a letter printed here came back today',
    },
    allowed: LogReturn.allowed,
  })
  returned(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ wasReceived: boolean }> {
    return this.logReturn.run(asked.actor, number(id), asked.idempotency);
  }
}
