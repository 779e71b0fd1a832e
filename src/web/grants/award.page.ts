import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeAward, secondLooksWaiting, WriteApplication } from '../../grants/index.ts';
import { referencesOf } from '../../families/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
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
import { runUrl } from '../runs/runs.urls.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const why = z.object({ reason: words(500) });
const look = z.object({ agreed: z.enum(['yes', 'no'], 'Choose yes or no.'), note: words(500) });
const LISTED = 100;

/** What happens to an award: cancelled, topped up, paid today, looked at again. Each asks before it does. */
@Controller()
export class AwardPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly change: ChangeAward,
    private readonly write: WriteApplication,
  ) {}

  @Page({
    ...{
      method: 'GET',
      path: grantUrls.cancel,
      title: 'Cancel what is left of an award',
      allowed: ChangeAward.allowed,
    },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  askCancel(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'cancel');
  }

  @Page({
    ...{
      method: 'POST',
      path: grantUrls.cancel,
      title: 'Cancel what is left of an award',
      allowed: ChangeAward.allowed,
    },
    audit: 'grants.award-cancelled',
  })
  cancel(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, 'cancel', async (awardId, id) => {
      const { reason } = read(why, visit.form);
      const chosen = chosenOf(visit.form);
      const { freed } = await this.change.cancel(visit.actor, awardId, reason, chosen, visit.idempotency);
      return goTo(grantUrl(id), `£${freed} is back in the fund.`);
    });
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.payToday, title: 'Pay an emergency today', allowed: ChangeAward.payers },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  askPay(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'pay-today');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.payToday, title: 'Pay an emergency today', allowed: ChangeAward.payers },
    audit: 'payments.run-opened',
  })
  pay(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, 'pay-today', async (awardId) => {
      const { runId } = await this.change.payToday(visit.actor, awardId, visit.idempotency);
      return goTo(runUrl(runId), 'The run for this award alone is open. Send it, have it approved and released today.');
    });
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.secondLook, title: 'Look again at an emergency', allowed: ChangeAward.lookers },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  askLook(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'second-look');
  }

  @Page({
    ...{
      method: 'POST',
      path: grantUrls.secondLook,
      title: 'Look again at an emergency',
      allowed: ChangeAward.lookers,
    },
    audit: 'grants.award-looked-at-again',
  })
  lookAgain(@Visiting() visit: Visit): Promise<PageAnswer> {
    return this.#attempt(visit, 'second-look', async (awardId, id) => {
      const { agreed, note } = read(look, visit.form);
      await this.change.lookAgain(visit.actor, awardId, { agreed: agreed === 'yes', note });
      return goTo(grantUrl(id), 'Your second look is on record.');
    });
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.topUp, title: 'Top an award up', allowed: WriteApplication.allowed },
    audit: 'grants.application-started',
  })
  async topUp(@Visiting() visit: Visit): Promise<PageAnswer> {
    const { application } = await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit));
    const asked = { fundCode: application.fund.code, topsUp: application.award?.id ?? null };
    const { applicationId } = await this.write.start(visit.actor, application.familyId, asked, visit.idempotency);
    return goTo(grantUrl(applicationId), 'Say what is needed besides. A manager decides on the difference.');
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.secondLooks, title: 'Second looks', allowed: ChangeAward.lookers },
    audit: 'grants.list-seen',
  })
  async waiting(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const looks = await secondLooksWaiting(tx, LISTED);
      const families = await referencesOf(
        tx,
        looks.map((each) => each.familyId),
      );
      return { looks, families: Object.fromEntries(families) };
    });
    return show('grants/second-looks.njk', data);
  }

  #attempt(
    visit: Visit,
    template: string,
    work: (awardId: string, applicationId: string) => Promise<PageAnswer>,
  ): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { application } = await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit));
        return work(application.award?.id ?? '0', number(visit.params.id ?? ''));
      },
      () => this.#page(visit, template),
    );
  }

  async #page(visit: Visit, template: string): Promise<View> {
    const looked = await this.unitOfWork.read(visit.actor, (tx) => lookAt(tx, visit));
    return show(`grants/${template}.njk`, { ...looked, values: visit.form });
  }
}

/** Reads which instalments somebody ticked. */
function chosenOf(form: Form): string[] {
  const ticked = form.instalments ?? [];
  const boxes: readonly string[] = typeof ticked === 'string' ? [ticked] : ticked;
  return boxes.filter((id) => /^\d{1,18}$/.test(id));
}
