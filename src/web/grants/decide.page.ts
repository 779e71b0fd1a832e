import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  approvalKindOf,
  DecideApplication,
  familyYear,
  type GrantDecision,
  type ItemAwarded,
} from '../../grants/index.ts';
import { inputRefused, number, paragraphs, UnitOfWork, words } from '../../platform/index.ts';
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
  outcome: z.enum(['approved', 'changes_asked', 'declined'], 'Choose what you decide.').optional(),
  interest: z.enum(['none', 'conflict'], 'Say first whether you know the family or a payee.'),
  about: words(500).optional(),
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
        const said = decisionIn(visit.form);
        const { state } = await this.decideApplication.run(visit.actor, id, said, visit.idempotency);
        if (said.interest?.declared === 'conflict')
          return goTo(grantUrl(id), 'Your conflict of interest is on record. Somebody else decides.');
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
      return { ...looked, standing, year: await familyYear(tx, familyId) };
    });
    return show('grants/decide.njk', { ...data, values: visit.form });
  }
}

/** Reads a decision. Whoever has a conflict of interest says so, and decides nothing. @throws input_refused */
function decisionIn(form: Form): GrantDecision {
  const { outcome, reason = '', fingerprint, interest, about = '' } = read(decision, form);
  const refuse = (field: string, why: string): never => {
    throw inputRefused('One answer needs another look.', [{ field, reason: why }]);
  };
  if (interest === 'conflict' && !about) refuse('about', 'Say how you know them.');
  const declared = { declared: interest, about };
  if (interest === 'conflict') return { outcome: 'changes_asked', reason: about, fingerprint, interest: declared };
  if (!outcome) return refuse('outcome', 'Choose what you decide.');
  const awarded = outcome === 'approved' ? awardedOf(form) : [];
  return { outcome, reason, fingerprint, awarded, interest: declared };
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
