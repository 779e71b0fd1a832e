import { Controller } from '@nestjs/common';
import { whoMayDecide } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { DecideRun, readRun, runApprovalKind, RunFreshness, runFigures, SubmitRun } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, type View, type Visit, Visiting, writtenMoney } from '../pages/index.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { ableToDecide } from '../decisions/standing.ts';
import { atStage, movedOn, runIdOf, versionSeen } from './stage.ts';

/** Sending a priced run for approval: exactly these payments, by a finance officer. */
@Controller()
export class SendPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly submitRun: SubmitRun,
    private readonly freshness: RunFreshness,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.send, title: 'Send a run for approval' },
    ...{ allowed: SubmitRun.allowed, audit: null },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.send, title: 'Send a run for approval' },
    ...{ allowed: SubmitRun.allowed, audit: 'payments.run-submitted' },
  })
  send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        const run = await this.unitOfWork.read(visit.actor, (tx) => readRun(tx, id));
        // A second click finds the run sent by the first.
        const isSent = run.state === 'in_approval' && run.proposedBy === visit.person.id;
        if (!isSent && versionSeen(visit) !== run.version) throw movedOn(run);
        const options = { asPriced: visit.form.asPriced === 'yes', idempotency: visit.idempotency };
        const { payments, total } = await this.submitRun.run(visit.actor, id, options);
        return goTo(runUrl(id), `Sent for approval: ${payments} payments, ${writtenMoney(total)} in total.`);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const { run, ...data } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await readRun(tx, runIdOf(visit));
      const managers = await whoMayDecide(
        tx,
        runApprovalKind(found.kind),
        Money.gbp(found.total),
        DecideRun.allowed.roles,
      );
      const changed = await this.freshness.changedFamilies(tx, found);
      return { run: found, ...(await runFigures(tx, found)), managers, changed };
    });
    const others = ableToDecide(data.managers, run.total, visit.person.id);
    return atStage(run, ['priced'], 'runs/send.njk', { ...data, managers: others });
  }
}
