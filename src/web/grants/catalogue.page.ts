import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Category, categories, catalogueList, ChangeCatalogue, seeGrants } from '../../grants/index.ts';
import { UnitOfWork, words } from '../../platform/index.ts';
import { amountField } from '../money/fields.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { may } from '../runs/stage.ts';
import { grantUrls } from './grants.urls.ts';

const item = z.object({
  code: z.string('Enter a code.').regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens.'),
  name: words(120),
  category: z.enum(Object.keys(categories) as [Category, ...Category[]], 'Choose what it is for.'),
  guideAmount: amountField.optional(),
  active: z.enum(['yes', 'no']).default('yes'),
});

const seeCatalogue = { roles: [...seeGrants.roles, 'administrator' as const] };

/** The catalogue of what can be asked for: names, guide amounts, what is offered no more. */
@Controller()
export class CataloguePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly change: ChangeCatalogue,
  ) {}

  @Page({
    method: 'GET',
    path: grantUrls.catalogue,
    title: 'What can be asked for',
    allowed: seeCatalogue,
    audit: null,
  })
  list(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.catalogue, title: 'Change the catalogue', allowed: ChangeCatalogue.allowed },
    audit: 'grants.catalogue-changed',
  })
  save(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { guideAmount = null, active, ...said } = read(item, visit.form);
        await this.change.run(visit.actor, { ...said, guideAmount, active: active === 'yes' });
        return goTo(grantUrls.catalogue, `${said.name} is in the catalogue as you said.`);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const items = await this.unitOfWork.read(visit.actor, catalogueList);
    const chosen = items.find((each) => each.code === visit.query.item);
    const values =
      visit.form.code === undefined ? { ...chosen, active: chosen?.active === false ? 'no' : 'yes' } : visit.form;
    return show('grants/catalogue.njk', { items, categories, values, mayChange: may(visit, ChangeCatalogue.allowed) });
  }
}
