import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf, namesOf } from '../../identity/index.ts';
import { readRun, releaseDays, ReleaseRun } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import {
  attempt,
  goTo,
  Page,
  type PageAnswer,
  read,
  type View,
  type Visit,
  Visiting,
  writtenDay,
} from '../pages/index.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { atStage, runIdOf } from './stage.ts';

const agreeing = z.object({ sure: z.literal('yes', 'Tick the box if you want to post this run.') });

/** Posting an approved run, by a third person: the last page before there is no way back. */
@Controller()
export class PostPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly releaseRun: ReleaseRun,
    private readonly calendars: Calendars,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.post, title: 'Post a run', allowed: ReleaseRun.allowed },
    ...{ audit: 'payments.run-seen', subject: 'run' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.post, title: 'Post a run' },
    ...{ allowed: ReleaseRun.allowed, audit: 'payments.run-released' },
  })
  post(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        read(agreeing, visit.form);
        const { entryDay } = await this.releaseRun.run(visit.actor, id, visit.idempotency);
        return goTo(runUrl(id), `The run is being posted. The money arrives on ${writtenDay(entryDay)}.`);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const { run, ...data } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await readRun(tx, runIdOf(visit));
      const names = await namesOf(tx, [found.proposedBy, found.approvedBy]);
      const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
      return {
        ...{ run: found, ...(await releaseDays(tx, calendars, found)) },
        ...{ proposer: names.get(found.proposedBy ?? ''), approver: names.get(found.approvedBy ?? '') },
      };
    });
    const hasPart = [run.proposedBy, run.approvedBy].includes(visit.person.id);
    return atStage(run, ['approved'], 'runs/post.njk', { ...data, hasPart });
  }
}
