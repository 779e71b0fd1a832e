import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DecideApplication, familyYear, type ItemAwarded } from '../../grants/index.ts';
import { inputRefused, number, paragraphs, UnitOfWork } from '../../platform/index.ts';
import { standingOf } from '../decisions/standing.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const decision = z.object({
  outcome: z.enum(['approved', 'changes_asked', 'declined'], 'Choose what you decide.'),
  reason: paragraphs(2000).optional(),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
const told = {
  approved: 'The award is made, and its money is reserved.',
  changes_asked: 'The application is back with its worker, with your words.',
  declined: 'The application is declined, with your reasons.',
} as const;

/** The decision of a second person on one application: need, checks, money, and what they decide. */
@Controller()
export class DecideGrantPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideApplication: DecideApplication,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.decide, title: 'Decide on a grant', allowed: DecideApplication.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  look(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.decide, title: 'Decide on a grant', allowed: DecideApplication.allowed },
    audit: 'grants.application-awarded',
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const { outcome, reason = '', fingerprint } = read(decision, visit.form);
        const awarded = outcome === 'approved' ? awardedOf(visit.form) : [];
        const said = { outcome, reason, fingerprint, awarded };
        await this.decideApplication.run(visit.actor, id, said, visit.idempotency);
        return goTo(grantUrl(id), told[outcome]);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looked = await lookAt(tx, visit);
      const { id, familyId } = looked.application;
      const standing = await standingOf(tx, visit, 'grant-award', id, DecideApplication.allowed.roles);
      return { ...looked, standing, year: await familyYear(tx, familyId) };
    });
    return show('grants/decide.njk', { ...data, values: visit.form });
  }
}

/** Reads what each item is awarded, from boxes named after them. @throws input_refused */
function awardedOf(form: Form): ItemAwarded[] {
  return Object.entries(form).flatMap(([name, value]) => {
    const itemId = /^awarded\.(\d{1,18})$/.exec(name)?.[1];
    if (!itemId) return [];
    const amount = String(value).replaceAll(/[£,\s]/g, '');
    if (!/^(0|[1-9]\d{0,8})(\.\d{1,2})?$/.test(amount))
      throw inputRefused('One amount needs another look.', [
        { field: name, reason: 'Enter pounds and pence, such as 49.50; 0 for nothing.' },
      ]);
    return [{ itemId, amount }];
  });
}
