import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { coolOffDaysFor, familyDetail, ProposeBankDetails } from '../../families/index.ts';
import { addDays } from '../../kernel/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrl, familyUrls } from './families.urls.ts';

const proposing = z.object({
  kind: z.enum(['prepaid-card', 'voucher'], 'Choose one.'),
  accountName: words(100),
  accountNumber: z
    .string()
    .default('')
    .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase()),
});

/** Proposing that a family without a bank account is paid on a prepaid card, or by vouchers; a second person decides. */
@Controller()
export class OtherWaysPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeBankDetails,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.otherWays, title: 'Pay by card or vouchers' },
    ...{ allowed: ProposeBankDetails.allowed, audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.otherWays, title: 'Pay by card or vouchers' },
    ...{ allowed: ProposeBankDetails.allowed, audit: 'families.bank-details-proposed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { kind, accountName, accountNumber } = read(proposing, visit.form);
        const reference = kind === 'voucher' ? '' : accountNumber;
        await this.propose.run(visit.actor, idOf(visit), { kind, sortCode: '', accountNumber: reference, accountName });
        return goTo(familyUrl(idOf(visit)), 'The new way to pay waits for a second person.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, idOf(visit));
      return { family, firstDay: addDays(tx.today, await coolOffDaysFor(tx, family.id)) };
    });
    return show('families/other-ways.njk', { ...data, values: visit.form });
  }
}

function idOf({ params }: Visit): string {
  return number(params.id ?? '');
}
