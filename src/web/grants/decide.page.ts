import { Controller } from '@nestjs/common';
import { approvalKindOf, aroundApplication, DecideApplication, familyYear } from '../../grants/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';
import { CONFLICT_NOTED, signedIn } from './signed-decision.ts';
import { chosenIn, elsewhereFor } from './why-not.ts';

const outcomes = {
  all: ['approved', 'changes_asked', 'declined'],
  inConflict: 'changes_asked',
  awards: 'approved',
} as const;
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
        const said = signedIn(visit.form, outcomes);
        const { state } = await this.decideApplication.run(visit.actor, id, said, visit.idempotency);
        if (said.interest?.declared === 'conflict') return goTo(grantUrl(id), CONFLICT_NOTED);
        if (state === 'recommended') return goTo(grantUrl(id), 'You have signed. It waits for another person to sign.');
        return goTo(grantUrl(id), told[said.outcome]);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looked = await lookAt(tx, visit);
      const { id, familyId } = looked.application;
      const standing = await standingOf(
        tx,
        visit,
        approvalKindOf(looked.application),
        id,
        DecideApplication.allowed.roles,
      );
      const elsewhere = await elsewhereFor(tx, looked.application.items);
      const around = await aroundApplication(tx, id);
      return { ...looked, standing, elsewhere, around, year: await familyYear(tx, familyId) };
    });
    return show('grants/decide.njk', { ...data, values: visit.form, chosen: chosenIn(visit.form) });
  }
}
