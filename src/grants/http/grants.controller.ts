import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type OpenedRun, OpenRun } from '../../payments/index.ts';
import { type Asked, AskedBy, day, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ChangeCatalogue } from '../actions/change-catalogue.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { type Category, categories } from '../domain/catalogue-defaults.ts';
import { above } from './inputs.ts';
import { type CatalogueRow, catalogueList } from '../store/catalogue.store.ts';

const opening = z.object({ payDate: day });
const item = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens.'),
  name: words(120),
  category: z.enum(Object.keys(categories) as [Category, ...Category[]]),
  guideAmount: above.nullable().default(null),
  active: z.boolean().default(true),
});

/** The catalogue, and runs of what is due, over HTTP. From there on a grants run is a run like others: /api/v1/runs. */
@Controller()
export class GrantsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openRun: OpenRun,
    private readonly changeCatalogue: ChangeCatalogue,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/grant-catalogue', summary: 'What can be asked for', allowed: seeGrants })
  async catalogue(@AskedBy() asked: Asked): Promise<{ items: CatalogueRow[] }> {
    return { items: await this.unitOfWork.read(asked.actor, catalogueList) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-catalogue', summary: 'Add an item, or change the one of that code' },
    ...{ allowed: ChangeCatalogue.allowed, body: item },
  })
  change(@AskedBy() asked: Asked): Promise<{ itemId: string }> {
    return this.changeCatalogue.run(asked.actor, asked.body as z.output<typeof item>);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/grants-runs',
      summary: 'Open a run of the instalments that are due',
      status: 201,
    },
    ...{ allowed: OpenRun.allowed, body: opening, movesMoney: true },
  })
  open(@AskedBy() asked: Asked): Promise<OpenedRun> {
    const { payDate } = asked.body as z.output<typeof opening>;
    return this.openRun.run(asked.actor, payDate, asked.idempotency, 'grants');
  }
}
