import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, payeesOf, ProposePayee } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { bankIn } from '../families/family-forms.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const named = z.object({ payeeName: words(100) });

/** Proposing a payee that is not the family: a landlord, a shop, the Home Office. */
@Controller()
export class PayeePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposePayee,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.payee, title: 'Propose a payee', allowed: ProposePayee.allowed },
    ...{ audit: 'families.family-seen', subject: 'family' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.payee, title: 'Propose a payee', allowed: ProposePayee.allowed },
    audit: 'families.payee-proposed',
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const { payeeName } = read(named, visit.form);
        await this.propose.run(visit.actor, id, { ...bankIn(visit.form), payeeName }, visit.idempotency);
        return goTo(
          backTo(visit) ?? `/families/${id}`,
          `${payeeName} can be paid once a second person has approved it.`,
        );
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      family: await familyDetail(tx, id),
      payees: await payeesOf(tx, id),
    }));
    return show('grants/payee.njk', { ...data, values: visit.form, backTo: backTo(visit) });
  }
}

/** Finds what somebody was asking for when the payee was missing, to lead them back there. */
function backTo({ query: { application } }: Visit): string | undefined {
  return application && /^\d{1,18}$/.test(application) ? grantUrl(application, 'answer', 'items') : undefined;
}
