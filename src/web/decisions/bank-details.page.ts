import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { contactChangesBefore, DecideBankDetails, waitingBankDetails } from '../../families/index.ts';
import { namesOf } from '../../identity/index.ts';
import { addDays } from '../../kernel/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { writtenDay } from '../pages/index.ts';
import { decisionUrls } from './decisions.urls.ts';

const deciding = z.object({ outcome: z.enum(['approve', 'refuse'], 'Choose one.') });

/** Who may look at a change: those who decide, and the auditor, who only reads. */
const seeBankDetails = { roles: [...DecideBankDetails.allowed.roles, 'auditor'] } as const;

/** A change of bank details before a second person: the old account, the new one, and when it would be used. */
@Controller()
export class BankDetailsDecisionPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decide: DecideBankDetails,
  ) {}

  @Page({
    ...{ method: 'GET', path: decisionUrls.bankDetails, title: 'A change of bank details' },
    ...{ allowed: seeBankDetails, audit: 'families.bank-details-seen', subject: 'bank-details' },
  })
  show(@Visiting() visit: Visit): Promise<View | PageAnswer> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: decisionUrls.bankDetails, title: 'Decide on bank details' },
    ...{ allowed: DecideBankDetails.allowed, audit: 'families.bank-details-approved' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { outcome } = read(deciding, visit.form);
        const { usableFrom } = await this.decide.run(visit.actor, number(visit.params.id ?? ''), outcome);
        const told = usableFrom
          ? `Approved. Their first day is ${writtenDay(usableFrom)}.`
          : 'Refused. Nothing changes.';
        return goTo(decisionUrls.waiting, told);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const [details] = await waitingBankDetails(tx, 1, number(visit.params.id ?? ''));
      const changes = details ? await contactChangesBefore(tx, details.id) : [];
      const people = changes.flatMap(({ leftBy, unsafeBy }) => [leftBy, unsafeBy]);
      const names = await namesOf(tx, [details?.proposedBy ?? null, ...people]);
      const usableFrom = details && addDays(tx.today, details.coolOffDays);
      return { details, usableFrom, changes, names: Object.fromEntries(names) };
    });
    return show('decisions/bank-details.njk', {
      ...data,
      isMine: data.details?.proposedBy === visit.person.id,
      mayDecide: mayDecide(visit),
    });
  }
}

function mayDecide(visit: Visit): boolean {
  return visit.person.roles.some((role) => DecideBankDetails.allowed.roles.includes(role));
}
