import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { referencesOf } from '../../families/index.ts';
import { type Asked, AskedBy, day, number, paragraphs, Route, UnitOfWork, words } from '../../platform/index.ts';
import { FollowAward } from '../actions/follow-award.action.ts';
import { KeepEvidence } from '../actions/keep-evidence.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { type FollowUpRow, followUpsDue } from '../store/follow-up.store.ts';
import { type AroundApplication, lookAround } from '../views/around-application.view.ts';

const MOST = 500;
const naming = z.object({ name: words(200).default('file') });
const conference = z.object({ heldOn: day, agencies: words(500), recommendation: paragraphs(2000) });
const finding = z.object({ note: paragraphs(2000) });

/** What stands around an application, over HTTP: files, case conferences, and what is asked after an award. */
@Controller()
export class AroundController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly evidence: KeepEvidence,
    private readonly follow: FollowAward,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-applications/:id/around', allowed: seeGrants },
    summary: 'Who asked, files, case conferences, and what is asked after the award',
  })
  around(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<AroundApplication> {
    const look = { name: 'grants.see-application', actor: asked.actor };
    return this.unitOfWork.run(look, (tx) => lookAround(tx, number(applicationId)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-applications/:id/evidence', summary: 'Add a file, as bytes' },
    ...{ allowed: { roles: ['caseworker', 'manager'] }, query: naming, consumes: 'application/octet-stream' },
    status: 201,
  })
  add(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<{ evidenceId: string }> {
    const { name } = asked.query as z.output<typeof naming>;
    const bytes = Buffer.isBuffer(asked.body) ? asked.body : Buffer.alloc(0);
    return this.evidence.add(asked.actor, { applicationId: number(applicationId) }, { name, bytes });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/evidence/:id', summary: 'A file, to be saved; the look is on record' },
    ...{ allowed: seeGrants, produces: 'application/octet-stream' },
  })
  async open(@AskedBy() asked: Asked, @Param('id') evidenceId: string, @Res() response: Response): Promise<void> {
    const { name, bytes } = await this.evidence.open(asked.actor, number(evidenceId));
    response.set('Cache-Control', 'no-store').set('X-Content-Type-Options', 'nosniff');
    response.attachment(name).type('application/octet-stream').send(bytes);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-applications/:id/conferences', status: 201 },
    ...{ summary: 'Record what a case conference recommended', allowed: FollowAward.recorders, body: conference },
  })
  record(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<{ conferenceId: string }> {
    const given = asked.body as z.output<typeof conference>;
    return this.follow.recordConference(asked.actor, number(applicationId), given, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/follow-ups', allowed: seeGrants },
    summary: 'What is to be asked after awards by today: what money was spent on, how the family is',
  })
  async due(@AskedBy() asked: Asked): Promise<{ followUps: (FollowUpRow & { family: string })[] }> {
    return this.unitOfWork.run({ name: 'grants.see-follow-ups', actor: asked.actor }, async (tx) => {
      const due = await followUpsDue(tx, tx.today, MOST);
      const families = await referencesOf(
        tx,
        due.map((each) => each.familyId),
      );
      tx.audit({ action: 'grants.asked-for-seen', subjectKind: 'referral', subjectId: '' });
      return { followUps: due.map((each) => ({ ...each, family: families.get(each.familyId) ?? '' })) };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/follow-ups/:id/answer', summary: 'Write down what was found, once' },
    ...{ allowed: FollowAward.allowed, body: finding },
  })
  found(@AskedBy() asked: Asked, @Param('id') followUpId: string): Promise<{ applicationId: string }> {
    return this.follow.answer(asked.actor, number(followUpId), (asked.body as z.output<typeof finding>).note);
  }
}
