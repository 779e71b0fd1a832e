import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, OpenBankDetails, type OpeningPurpose, openingPurposes } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrls } from './families.urls.ts';

const opening = z.object({
  purpose: z.enum(Object.keys(openingPurposes) as [OpeningPurpose, ...OpeningPurpose[]], 'Choose what it is for.'),
  reason: words(300),
});

/** A whole account number, shown once to somebody who says what for. */
@Controller()
export class AccountNumberPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly open: OpenBankDetails,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.account, title: 'Show an account number', allowed: OpenBankDetails.allowed },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.account, title: 'Show an account number' },
    ...{ allowed: OpenBankDetails.allowed, audit: 'families.bank-details-opened' },
  })
  show(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const why = read(opening, visit.form);
        const details = await this.open.run(visit.actor, number(visit.params.details ?? ''), why);
        return this.#page(visit, { details });
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit, more: Record<string, unknown> = {}): Promise<View> {
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, number(visit.params.id ?? '')));
    const account = family.bankDetails.find((each) => each.id === visit.params.details);
    const purposes = Object.entries(openingPurposes).map(([value, text]) => ({ value, text }));
    return show('families/account.njk', { family, account, purposes, values: visit.form, ...more });
  }
}
