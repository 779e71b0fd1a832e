import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork, words } from '../../platform/index.ts';
import { seePlans } from '../actions/see-plans.ts';
import { SettleKeptDay } from '../actions/settle-kept-day.action.ts';
import { type KeptDay, keptDaysListed } from '../views/kept-days.view.ts';

const settling = z.object({ words: words(500) }).strict();

/** Pay days that were kept, over HTTP: each waits for a person. */
@Controller()
export class KeptDaysController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settleKeptDay: SettleKeptDay,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/kept-pay-days', summary: 'Families that keep their day and wait for a person' },
    ...{ allowed: seePlans, query: pageQuery },
  })
  async list(@AskedBy() { actor, query }: Asked): Promise<{ kept: readonly KeptDay[]; next: string | null }> {
    const { after, limit } = query as z.output<typeof pageQuery>;
    const kept = await this.unitOfWork.read(actor, (tx) => keptDaysListed(tx, after, limit));
    return { kept, next: kept.length === limit ? (kept.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/kept-pay-days/:id/settle',
      summary: 'Note that somebody saw to a kept pay day',
    },
    ...{ allowed: SettleKeptDay.allowed, body: settling },
  })
  async settle(@AskedBy() { actor, body }: Asked, @Param('id') id: string): Promise<{ state: string }> {
    await this.settleKeptDay.run(actor, number(id), (body as z.output<typeof settling>).words);
    return { state: 'settled' };
  }
}
