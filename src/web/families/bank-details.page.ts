import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, ProposeBankDetails } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrl, familyUrls } from './families.urls.ts';

const digits = z.string().transform((text) => text.replaceAll(/[\s-]/g, ''));
const answers = z.object({ sortCode: digits, accountNumber: digits, accountName: words(100) });

/** Proposing where a family's money is to go; a second person decides. */
@Controller()
export class BankDetailsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeBankDetails,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.bankDetails, title: 'Propose bank details' },
    ...{ allowed: ProposeBankDetails.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.bankDetails, title: 'Propose bank details' },
    ...{ allowed: ProposeBankDetails.allowed, audit: 'families.bank-details-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        await this.propose.run(visit.actor, id, read(answers, visit.form));
        return goTo(familyUrl(id), 'The new bank details wait for a second person.');
      },
      () => this.#form(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, number(visit.params.id ?? '')));
    return show('families/bank-details.njk', { family, values: visit.form });
  }
}
