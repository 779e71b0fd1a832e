import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { aroundApplication, FollowAward, KeepEvidence, referralsSince, seeGrants } from '../../grants/index.ts';
import { inputRefused, number, paragraphs, UnitOfWork, words } from '../../platform/index.ts';
import { plansFor } from '../../subsistence/index.ts';
import { dateField } from '../pages/date-field.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { fileOf } from '../referrals/own-referrals.page.ts';
import { sendEvidence } from '../referrals/send-evidence.ts';
import { may } from '../runs/stage.ts';
import { lookAt } from './application.page.ts';
import { grantUrl, grantUrls } from './grants.urls.ts';

const conference = z.object({ agencies: words(500), recommendation: paragraphs(2000) });
const finding = z.object({ note: paragraphs(2000) });
const COUNCIL = { roles: ['caseworker', 'manager'] } as const;

/** What stands around an application: its files, what case conferences recommended, and what is asked after the award. */
@Controller()
export class AroundApplicationPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly evidence: KeepEvidence,
    private readonly follow: FollowAward,
  ) {}

  @Page({
    ...{ method: 'GET', path: grantUrls.evidence, title: 'Files of an application', allowed: seeGrants },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  files(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'files');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.evidence, title: 'Add a file to an application', upload: true },
    ...{ allowed: COUNCIL, audit: 'grants.evidence-added' },
  })
  addFile(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const applicationId = number(visit.params.id ?? '');
        await this.evidence.add(visit.actor, { applicationId }, fileOf(visit));
        return goTo(grantUrl(applicationId, 'evidence'), 'The file is added.');
      },
      () => this.#page(visit, 'files'),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.file, title: 'A file', allowed: seeGrants },
    ...{ audit: null, produces: 'application/octet-stream' },
  })
  async open(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    sendEvidence(response, await this.evidence.open(visit.actor, number(visit.params.id ?? '')));
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.conference, title: 'Record a case conference', allowed: FollowAward.recorders },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  conference(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'conference');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.conference, title: 'Record a case conference' },
    ...{ allowed: FollowAward.recorders, audit: 'grants.conference-recorded' },
  })
  record(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const id = number(visit.params.id ?? '');
        const heldOn = dateField(visit.form, 'heldOn');
        if (!heldOn) throw inputRefused('A day is missing.', [{ field: 'heldOn-day', reason: 'Enter the day.' }]);
        const given = { ...read(conference, visit.form), heldOn };
        await this.follow.recordConference(visit.actor, id, given, visit.idempotency);
        return goTo(grantUrl(id), 'What the conference recommended is on record.');
      },
      () => this.#page(visit, 'conference'),
    );
  }

  @Page({
    ...{ method: 'GET', path: grantUrls.followUp, title: 'Follow up an award', allowed: FollowAward.allowed },
    ...{ audit: 'grants.application-seen', subject: 'application' },
  })
  askAfter(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit, 'follow-up');
  }

  @Page({
    ...{ method: 'POST', path: grantUrls.followUp, title: 'Follow up an award', allowed: FollowAward.allowed },
    audit: 'grants.followed-up',
  })
  found(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { note } = read(finding, visit.form);
        const found = await this.follow.answer(visit.actor, number(visit.params.followUp ?? ''), note);
        return goTo(grantUrl(found.applicationId), 'What you found is on record.');
      },
      () => this.#page(visit, 'follow-up'),
    );
  }

  async #page(visit: Visit, template: 'files' | 'conference' | 'follow-up'): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { application, family } = await lookAt(tx, visit);
      const since = application.award?.awardedOn ?? tx.today;
      // Two rooms that never meet: what became of the family since is put together here.
      const plans = (await plansFor(tx, family.id)).filter((plan) => plan.supportFrom > since);
      const referrals = await referralsSince(tx, family.id, since);
      return { application, family, around: await aroundApplication(tx, application.id), plans, referrals };
    });
    const followUp = data.around.followUps.find((each) => each.id === visit.params.followUp);
    return show(`grants/${template}.njk`, { ...data, followUp, values: visit.form, mayAdd: may(visit, COUNCIL) });
  }
}
