import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { limitInForce, namesOf } from '../../identity/index.ts';
import { DomainError } from '../../kernel/index.ts';
import { DecideRun, readRun, runApprovalKind, runFigures, type RunRow } from '../../payments/index.ts';
import { type Transaction, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, type View, type Visit, Visiting } from '../pages/index.ts';
import { decidersOf } from '../decisions/who-decides.ts';
import { causeOf } from './causes.ts';
import { runUrl, runUrls } from './runs.urls.ts';
import { atStage, runIdOf } from './stage.ts';

const deciding = z
  .object({
    outcome: z.enum(['approved', 'sent_back'], 'Choose one.'),
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/, 'Load the page again.'),
    reason: z.string().trim().max(500, 'Write at most 500 characters.').default(''),
  })
  .refine(({ outcome, reason }) => outcome === 'approved' || reason, {
    ...{ path: ['reason'], message: 'Say what is to be changed.' },
  });

const TOLD: Readonly<Record<string, string>> = {
  approved: 'The run is approved and its money reserved. A releaser posts it.',
  priced: 'The run is sent back, with your reason.',
};

/** A manager's decision on a run: totals, exceptions, changes and funds on one page, approve or send back. */
@Controller()
export class ApprovePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decideRun: DecideRun,
  ) {}

  @Page({
    ...{ method: 'GET', path: runUrls.approve, title: 'Decide on a run', allowed: DecideRun.allowed },
    ...{ audit: 'payments.run-seen', subject: 'run' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: runUrls.approve, title: 'Decide on a run' },
    ...{ allowed: DecideRun.allowed, audit: 'payments.run-approved' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = runIdOf(visit);
    return attempt(
      async () => {
        const decision = read(deciding, visit.form);
        const { state } = await this.decideRun.run(visit.actor, id, decision, visit.idempotency);
        return goTo(runUrl(id), TOLD[state] ?? 'You signed. It waits for another signature.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const { run, ...data } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await readRun(tx, runIdOf(visit));
      const names = await namesOf(tx, [found.proposedBy]);
      return {
        ...{ run: found, ...(await runFigures(tx, found)), ...(await limitAndDeciders(tx, found, visit.person.id)) },
        proposer: names.get(found.proposedBy ?? ''),
      };
    });
    return atStage(run, ['in_approval'], 'runs/approve.njk', {
      ...{ ...data, values: visit.form, isMine: run.proposedBy === visit.person.id },
      exceptions: data.exceptions.map((each) => ({ ...each, ...causeOf(each.code) })),
      fingerprint: run.fingerprint?.toString('hex'),
    });
  }
}

/** Finds a manager's own limit, and who else may decide when it is not enough. */
async function limitAndDeciders(tx: Transaction, run: RunRow, personId: string) {
  const kind = runApprovalKind(run.kind);
  const limit = await limitInForce(tx, personId, kind).catch((error: unknown) => {
    if (error instanceof DomainError) return undefined;
    throw error;
  });
  const request = run.approvalId ?? '0';
  const able = (await decidersOf(tx, kind, [request], DecideRun.allowed.roles)).get(request) ?? [];
  const others = able.filter(({ id }) => id !== personId);
  return { limit: limit?.amount, isWithin: others.length < able.length, able: others };
}
