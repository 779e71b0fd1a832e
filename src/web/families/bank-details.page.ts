import { Controller } from '@nestjs/common';
import { AccountCheck, coolOffDaysFor, familyDetail, NOT_ASKED, ProposeBankDetails } from '../../families/index.ts';
import { addDays } from '../../kernel/index.ts';
import { Drafts, number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyUrl, familyUrls } from './families.urls.ts';
import { type AccountTyped, bankFieldsOf, bankIn, nameChecks } from './family-forms.ts';

const seen = { audit: 'families.family-seen', subject: 'family' } as const;

/** Proposing where a family's money is to go: typed, looked over, sent; a second person decides. */
@Controller()
export class BankDetailsPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeBankDetails,
    private readonly drafts: Drafts,
    private readonly accounts: AccountCheck,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.bankDetails, title: 'Propose bank details' },
    ...{ allowed: ProposeBankDetails.allowed, ...seen },
  })
  async ask(@Visiting() visit: Visit): Promise<View> {
    const typed = await this.#typed(visit);
    return this.#page(visit, 'families/bank-details.njk', { values: typed ? bankFieldsOf(typed) : {} });
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.bankDetails, title: 'Propose bank details' },
    ...{ allowed: ProposeBankDetails.allowed, audit: null },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const account = bankIn(visit.form);
        this.accounts.passing(account);
        await this.drafts.keep(visit.actor, draftOf(visit), account);
        return goTo(familyUrls.checkBankDetails.replace(':id', idOf(visit)));
      },
      () => this.#page(visit, 'families/bank-details.njk', { values: visit.form }),
    );
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.checkBankDetails, title: 'Check the bank details' },
    ...{ allowed: ProposeBankDetails.allowed, ...seen },
  })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const details = await this.#typed(visit);
    if (!details) return goTo(familyUrls.bankDetails.replace(':id', idOf(visit)));
    return this.#check(visit, details);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.checkBankDetails, title: 'Propose bank details' },
    ...{ allowed: ProposeBankDetails.allowed, audit: 'families.bank-details-proposed' },
  })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const details = await this.#typed(visit);
    if (!details) return goTo(familyUrl(idOf(visit)), 'These bank details were sent already.');
    return attempt(
      async () => {
        await this.propose.run(visit.actor, idOf(visit), details);
        await this.drafts.discard(visit.actor, draftOf(visit));
        return goTo(familyUrl(idOf(visit)), 'The new bank details wait for a second person.');
      },
      () => this.#check(visit, details),
    );
  }

  /** What was kept before the name check was asked for lacks it. */
  async #typed(visit: Visit): Promise<AccountTyped | undefined> {
    const kept = await this.drafts.find<AccountTyped>(visit.actor, draftOf(visit));
    return kept && { ...kept, nameCheck: kept.nameCheck ?? NOT_ASKED };
  }

  #check(visit: Visit, details: AccountTyped): Promise<View> {
    const modulus = this.accounts.resultFor(details);
    return this.#page(visit, 'families/check-bank-details.njk', { details, modulus });
  }

  async #page(visit: Visit, template: string, more: Record<string, unknown>): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const family = await familyDetail(tx, idOf(visit));
      const coolOffDays = await coolOffDaysFor(tx, family.id);
      return { family, coolOffDays, firstDay: addDays(tx.today, coolOffDays) };
    });
    return show(template, { ...data, nameChecks, ...more });
  }
}

function idOf({ params }: Visit): string {
  return number(params.id ?? '');
}

function draftOf(visit: Visit): string {
  return `families/${idOf(visit)}/bank-details`;
}
