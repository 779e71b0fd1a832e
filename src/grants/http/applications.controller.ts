import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork } from '../../platform/index.ts';
import { applicationStateNames } from '../application.states.ts';
import { DecideApplication, type GrantDecided } from '../actions/decide-application.action.ts';
import { PutForward, type Recommended } from '../actions/put-forward.action.ts';
import { seeGrants } from '../actions/see-grants.ts';
import { WriteApplication } from '../actions/write-application.action.ts';
import type { CheckFound } from '../domain/checks.ts';
import { type ApplicationDetail, applicationDetail } from '../views/application.view.ts';
import { type ApplicationListed, applicationsListed } from '../views/application-list.view.ts';
import { changing, deciding, id, recommending, resolving, saying, starting, submitting } from './inputs.ts';

const listQuery = z.object({
  state: z.enum(applicationStateNames).optional(),
  familyId: id.optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** Applications for grants over HTTP: from a need to a decision. */
@Controller()
export class ApplicationsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly write: WriteApplication,
    private readonly putForward: PutForward,
    private readonly decideApplication: DecideApplication,
  ) {}

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/grant-applications',
      summary: 'Start an application',
      status: 201,
    },
    ...{ allowed: WriteApplication.allowed, body: starting, movesMoney: true },
  })
  start(@AskedBy() asked: Asked, @Param('id') familyId: string): Promise<{ applicationId: string }> {
    const body = asked.body as z.output<typeof starting>;
    return this.write.start(asked.actor, number(familyId), body, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-applications', summary: 'Applications, the newest first' },
    ...{ allowed: seeGrants, query: listQuery },
  })
  async list(@AskedBy() asked: Asked): Promise<{ applications: ApplicationListed[]; next: string | null }> {
    const query = asked.query as z.output<typeof listQuery>;
    const applications = await this.unitOfWork.read(asked.actor, (tx) => applicationsListed(tx, query));
    return { applications, next: applications.length === query.limit ? (applications.at(-1)?.id ?? null) : null };
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/grant-applications/:id', summary: 'One application, with checks and award' },
    allowed: seeGrants,
  })
  show(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<ApplicationDetail> {
    const look = { name: 'grants.see-application', actor: asked.actor };
    return this.unitOfWork.run(look, (tx) => applicationDetail(tx, number(applicationId)));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/grant-applications/:id/answers',
      summary: 'Write answers; it is a draft again',
    },
    ...{ allowed: WriteApplication.allowed, body: changing },
  })
  change(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<{ state: string; version: number }> {
    return this.write.change(asked.actor, number(applicationId), asked.body as z.output<typeof changing>);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-applications/:id/submit', summary: 'Hand the answers in; checks run' },
    ...{ allowed: PutForward.allowed, body: submitting },
  })
  submit(
    @AskedBy() asked: Asked,
    @Param('id') applicationId: string,
  ): Promise<{ state: string; checks: readonly CheckFound[] }> {
    const body = asked.body as z.output<typeof submitting>;
    return this.putForward.submit(asked.actor, number(applicationId), body.seen);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/grant-applications/:id/checks/:kind',
      summary: 'Write down what a person found',
    },
    ...{ allowed: PutForward.resolvers, body: resolving },
  })
  resolve(
    @AskedBy() asked: Asked,
    @Param('id') applicationId: string,
    @Param('kind') kind: string,
  ): Promise<{ kind: string }> {
    const { note } = asked.body as z.output<typeof resolving>;
    return this.putForward.resolve(asked.actor, number(applicationId), kind, note);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/grant-applications/:id/recommend', summary: 'Recommend it to a manager' },
    ...{ allowed: PutForward.allowed, body: recommending, movesMoney: true },
  })
  recommend(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<Recommended> {
    const { recommendation, seen } = asked.body as z.output<typeof recommending>;
    const options = { seen, idempotency: asked.idempotency };
    return this.putForward.recommend(asked.actor, number(applicationId), recommendation, options);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/grant-applications/:id/decision',
      summary: 'Approve, ask for changes, decline',
    },
    ...{ allowed: DecideApplication.allowed, body: deciding, movesMoney: true },
  })
  decide(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<GrantDecided> {
    const body = asked.body as z.output<typeof deciding>;
    return this.decideApplication.run(asked.actor, number(applicationId), body, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/grant-applications/:id/withdraw',
      summary: 'Take an application back for good',
    },
    ...{ allowed: PutForward.allowed, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') applicationId: string): Promise<{ state: string }> {
    const { reason } = asked.body as z.output<typeof saying>;
    return this.putForward.withdraw(asked.actor, number(applicationId), reason);
  }
}
