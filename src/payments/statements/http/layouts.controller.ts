import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, Route, UnitOfWork, words } from '../../../platform/index.ts';
import { KeepStatementLayout } from '../actions/keep-layout.action.ts';
import { type StatementLayout, statementLayouts } from '../store/layout.store.ts';
import { seeReconciliation } from '../views/statements.view.ts';

const keeping = z.object({
  name: words(60),
  layout: z.record(z.string(), z.unknown()),
  sample: z.string().max(20_000),
});
const takingOut = z.object({ name: words(60) });

/** How banks lay out their CSV statements, over HTTP. */
@Controller()
export class LayoutsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keepLayout: KeepStatementLayout,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/statement-layouts', summary: 'The council’s own layouts of CSV statements' },
    allowed: seeReconciliation,
  })
  async list(@AskedBy() asked: Asked): Promise<{ layouts: StatementLayout[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ layouts: await statementLayouts(tx) }));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/statement-layouts',
      summary: 'Say how a bank lays out its CSV statements, proved by some of its lines',
      status: 201,
    },
    ...{ allowed: KeepStatementLayout.allowed, body: keeping },
  })
  keep(@AskedBy() asked: Asked): Promise<{ layoutId: string }> {
    return this.keepLayout.run(asked.actor, asked.body as z.output<typeof keeping>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/statement-layouts/taking-out', summary: 'Read no more files by a layout' },
    ...{ allowed: KeepStatementLayout.allowed, body: takingOut },
  })
  takeOut(@AskedBy() asked: Asked): Promise<{ layoutId: string }> {
    const { name } = asked.body as z.output<typeof takingOut>;
    return this.keepLayout.takeOut(asked.actor, name, asked.idempotency);
  }
}
